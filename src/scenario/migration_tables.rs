//! The table of the law of migration: terms that a national run stated.

use std::collections::BTreeMap;

use super::files::Input;
use super::pair_tables::indexed;
use super::problem::{Problem, Problems};
use super::table::{Column, Kind, Table};
use crate::messages;
use crate::world::Geography;
use crate::world::node::MigrationTerms;

/// Log odds of a whole period.
const LOG_ODDS: Kind = Kind::Number { least: -20.0, most: 20.0 };

static TERM_COLUMNS: [Column; 6] = [
    Column::required("place", Kind::Text, "code of the county, or id of the outside node"),
    Column::required("home", LOG_ODDS, "change of the log odds that people registered here live away"),
    Column::required("own_province", LOG_ODDS, "change of the log odds to come here from the own province"),
    Column::required("other_provinces", LOG_ODDS, "the same from other provinces"),
    Column::required(
        "births",
        Kind::Number { least: 0.0, most: 100.0 },
        "births per young adult relative to the nation",
    ),
    Column::optional(
        "away",
        Kind::AMOUNT,
        "people registered here who live in another county in the base year; empty: registered people less stayers",
    ),
];

/// Reads the terms into a geography.
pub(super) fn read(geography: &mut Geography, input: &Input, problems: &mut Problems) {
    let table = Table::read_input(input, &TERM_COLUMNS, problems);
    let counties = indexed(geography.counties.iter().map(|county| &county.code));
    let outside = geography.outside.clone();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let place = table.text(row, "place");
        let nodes: Vec<usize> = match counties.get(place) {
            Some(&c) => geography.counties[c].nodes().collect(),
            None => outside.clone().filter(|&j| geography.nodes[j].id == place).collect(),
        };
        if nodes.is_empty() {
            problems.push(
                Problem::new(table.place(row, "place"), messages::no_county_or_outside(place))
                    .help(messages::place_in_nodes_or_outside()),
            );
        }
        if let Some(first) = seen.insert(place, row) {
            problems.push(
                Problem::new(table.place(row, "place"), messages::place_occurs_twice(place))
                    .also(table.place(first, "place"), messages::first_here())
                    .help(messages::one_row_a_named_place()),
            );
        }
        let number = |column: &str| table.number(row, column).unwrap_or_default();
        for j in nodes {
            geography.nodes[j].facts.migration = Some(MigrationTerms {
                home: number("home"),
                place: [number("own_province"), number("other_provinces")],
                births: number("births"),
                away: table.number(row, "away"),
            });
        }
    }
    let missing: Vec<&str> =
        geography.nodes.iter().filter(|n| n.facts.migration.is_none()).map(|n| n.id.as_str()).collect();
    if let (Some(first), true) = (missing.first(), problems.is_empty()) {
        problems.push(
            Problem::new(table.whole(), messages::nodes_without_row(missing.len(), first))
                .help(messages::row_for_every_county()),
        );
    }
}
