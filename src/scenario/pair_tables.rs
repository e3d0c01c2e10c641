//! Tables of pairs: two ends and a number, such as the costs of moving and of trade.

use std::collections::BTreeMap;

use super::files::Input;
use super::problem::{Problem, Problems};
use super::source::Place;
use super::table::{Column, Kind, Table};
use crate::messages;
use crate::simulation::size::{BYTES_COST_READ, available_memory};
use crate::world::Geography;

static MOVING_COST_COLUMNS: [Column; 3] = [
    Column::required("from", Kind::Text, "id of the home node"),
    Column::required("to", Kind::Text, "code of the prefecture"),
    Column::required("cost", Kind::Number { least: -1000.0, most: 1000.0 }, "log points of income"),
];

static TRADE_COST_COLUMNS: [Column; 3] = [
    Column::required("from", Kind::Text, "id of the selling node"),
    Column::required("to", Kind::Text, "id of the buying node"),
    Column::required(
        "factor",
        Kind::Number { least: 1.0, most: 1000.0 },
        "units sent for one that arrives, 1 or more",
    ),
];

/// Reads stated moving costs and trade costs into a geography.
pub(crate) fn read_costs(
    geography: &mut Geography,
    moving: Option<&Input>,
    trade: Option<&Input>,
    problems: &mut Problems,
) {
    let nodes = indexed(geography.nodes.iter().map(|node| &node.id));
    if let Some(input) = moving {
        let prefectures = indexed(geography.prefectures.iter().map(|prefecture| &prefecture.code));
        let ends = [("from", "node", &nodes), ("to", "prefecture", &prefectures)];
        geography.moving_costs = read_pairs(input, &MOVING_COST_COLUMNS, "cost", ends, problems);
    }
    if let Some(input) = trade {
        let ends = [("from", "node", &nodes), ("to", "node", &nodes)];
        geography.trade_costs = read_pairs(input, &TRADE_COST_COLUMNS, "factor", ends, problems);
    }
}

/// The position of each code.
pub(super) fn indexed<'c>(codes: impl Iterator<Item = &'c String>) -> BTreeMap<String, usize> {
    codes.enumerate().map(|(at, code)| (code.clone(), at)).collect()
}

/// Whether a table of pairs fits into memory; a problem if it does not. A row is some twenty signs: a number of rows before any
/// of them takes memory.
pub(crate) fn has_room(input: &Input, problems: &mut Problems) -> bool {
    let (Ok(bytes), Some(available)) = (input.bytes(), available_memory()) else { return true };
    let needed = bytes.iter().filter(|&&byte| byte == b'\n').count() as f64 * BYTES_COST_READ;
    if needed <= available as f64 {
        return true;
    }
    problems.push(
        Problem::new(
            Place::file(input.name()),
            messages::reading_needs(input.name(), format_args!("{:.1}", needed / 1e9)),
        )
        .help(messages::fewer_pairs(format_args!("{:.1}", available as f64 / 1e9))),
    );
    false
}

/// Rows of two ends and a number, in the order of the table; each pair once.
pub(super) fn read_pairs(
    input: &Input,
    columns: &'static [Column],
    number: &str,
    ends: [(&str, &str, &BTreeMap<String, usize>); 2],
    problems: &mut Problems,
) -> Vec<(usize, usize, f64)> {
    if !has_room(input, problems) {
        return Vec::new();
    }
    let table = Table::read_input(input, columns, problems);
    let mut pairs = Vec::new();
    let mut seen: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let mut end = |(column, what, known): (&str, &str, &BTreeMap<String, usize>)| {
            let code = table.text(row, column);
            let at = known.get(code).copied();
            if at.is_none() {
                problems.push(
                    Problem::new(
                        table.place(row, column),
                        messages::no_such_word(messages::known(what), code),
                    )
                    .help(messages::named_in_nodes(messages::known(what))),
                );
            }
            at
        };
        let (Some(from), Some(to)) = (end(ends[0]), end(ends[1])) else { continue };
        if let Some(first) = seen.insert((from, to), row) {
            problems.push(
                Problem::new(table.place(row, number), messages::pair_occurs_twice())
                    .also(table.place(first, number), messages::first_here())
                    .help(messages::one_row_a_pair()),
            );
        }
        pairs.push((from, to, table.number(row, number).unwrap_or_default()));
    }
    pairs
}
