//! What `check` says of the tables by county: residents of the base-year table against those of the first world, what was
//! assumed and what was estimated behind the rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::messages;
use crate::prepare::report::WORDS;
use crate::printable::thousands;
use crate::scenario::problem::Problems;
use crate::scenario::table::{Column, Kind, Table};
use crate::simulation::Simulation;

/// Part of a county's residents from which it is listed.
const LISTED: f64 = 0.005;

/// Lists the counties whose residents of the first world differ most from those of the table. All together they are as
/// many: a world in which people would vanish is refused while it is built, with exit code 2.
pub(super) fn residents(text: &mut String, simulation: &Simulation, shown: usize) {
    let world = &simulation.world;
    let g = &world.geography;
    let agent = world.persons_per_agent() as f64;
    let mut rows: Vec<(f64, u64, String)> = Vec::new();
    for county in &g.counties {
        let members: Vec<usize> = std::iter::once(county.seat).chain(county.village).collect();
        let stated: u64 = members.iter().map(|&j| g.nodes[j].facts.residents).sum();
        let found: u64 = members.iter().map(|&j| world.residents(j)).sum();
        let difference = found as f64 - stated as f64;
        // Rounding to agents is no difference.
        if difference.abs() > LISTED * stated as f64 && difference.abs() > 2.0 * agent * members.len() as f64
        {
            rows.push((difference, stated, format!("{} {}", county.code, county.name)));
        }
    }
    let _ = writeln!(text, "  {}", messages::counties_against_table(g.counties.len(), rows.len()));
    rows.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    for (difference, stated, unit) in rows.iter().take(shown) {
        let share = 100.0 * difference / (*stated).max(1) as f64;
        let _ =
            writeln!(text, "    {unit:<24} {:>14} {difference:>+12.0} ({share:+.1} %)", thousands(*stated));
    }
    super::check::more(text, rows.len(), shown);
}

/// Columns of `nodes.csv` that say what stands behind a row.
static COLUMNS: [Column; 2] = [
    Column::required("county", Kind::Text, "code of the unit"),
    Column::optional("provenance", Kind::Tags, "words that name every assumption behind the row"),
];

/// Lists the words of the provenance column with what they mean and how many counties carry them.
pub(super) fn provenance(text: &mut String, nodes: &Path) {
    let table = Table::read_open(nodes, &COLUMNS[..], &mut Problems::new());
    let mut counties: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in table.rows() {
        for word in table.tags(row, "provenance") {
            counties.entry(word).or_default().insert(table.text(row, "county"));
        }
    }
    if counties.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", messages::behind_the_rows());
    for (word, counties) in &counties {
        let meaning = WORDS.iter().find(|(known, _)| known == word).map_or("", |(_, meaning)| meaning);
        let _ = writeln!(text, "  {word:<22} {:>5}  {}", counties.len(), messages::known(meaning));
    }
}
