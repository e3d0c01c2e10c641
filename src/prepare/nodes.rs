//! The rows of `nodes.csv`, `outside.csv` and `prefectures.csv`.

use super::census::AGE_GROUPS;
use super::divide::by_node;
use super::homes::Homes;
use super::output::Output;
use super::people;
use super::places::{Place, round};
use super::rules::Rules;
use super::units::Unit;
use super::work::Work;
use crate::messages;
use crate::quantity::split;
use crate::world::sector::{SECTOR_TABLE, SECTORS};
use crate::{Error, Result};

/// What is known about a unit beside its people.
pub(crate) struct Facts {
    /// Base year of the figures.
    pub year: i32,
    /// What follows the unit's name at its city, its village and its county seat.
    pub parts: [&'static str; 3],
    pub place: Place,
    pub tags: String,
    pub minimum_wage: i64,
    /// Output of a village worker outside farming relative to the seat's.
    pub village_output: f64,
    pub wage: Option<f64>,
}

/// One row of `nodes.csv`.
#[derive(Debug)]
pub struct Node {
    /// Code of the node: the unit's, and which part of it.
    pub id: String,
    /// City, county seat or village.
    pub tier: &'static str,
    /// Code of the prefecture.
    pub prefecture: String,
    /// Code of the province.
    pub province: String,
    /// Residents, persons.
    pub residents: i64,
    /// Residents with tertiary education, persons.
    pub talent: i64,
    /// Residents by five-year age group, persons.
    pub ages: [i64; AGE_GROUPS],
    /// Residents registered in the seat and in the village of the same county, persons.
    pub stayers: [i64; 2],
    /// Residents registered in another county of the province, persons.
    pub newcomers_province: i64,
    /// Residents registered in another province, persons.
    pub newcomers_other: i64,
    /// People registered here, wherever they live, persons.
    pub registered: i64,
    /// Residents at work by sector, persons.
    pub employed: [i64; SECTORS],
    /// Residents who work at the county's seat, persons.
    pub commuters: i64,
    /// Value added by sector, yuan a year.
    pub output: [i64; SECTORS],
    /// Value of living in homes, yuan a year.
    pub dwellings: i64,
    /// Pay of a job, yuan a year, and share of capital by sector.
    pay: [f64; SECTORS],
    capital: [f64; SECTORS],
    cells: Vec<(String, String)>,
}

/// The nodes of a unit.
pub(crate) fn nodes(
    unit: &Unit,
    work: &Work,
    homes: &Homes,
    output: &Output,
    facts: &Facts,
    rules: &Rules,
) -> Vec<Node> {
    let talent = people::talent(&unit.counts, unit.node_residents, rules);
    let ages = people::ages(&unit.counts, unit.node_residents);
    let dwellings = split(output.dwellings, &unit.node_residents.map(|n| n as f64));
    let output = by_node(&output.sectors, work, facts.village_output);
    let count = if unit.has_village() { 2 } else { 1 };
    let urban_area = if unit.has_village() {
        let built = unit.node_residents[0] as f64 / rules.urban_density;
        round(built.min(rules.urban_area_cap * facts.place.area_km2), 1)
    } else {
        facts.place.area_km2
    };
    (0..count)
        .map(|n| {
            let mut node = Node {
                id: format!("{}{}", unit.code, ["u", "v"][n]),
                tier: match (n, unit.district) {
                    (1, _) => "village",
                    (_, true) => "city",
                    (_, false) => "county_seat",
                },
                prefecture: unit.prefecture.clone(),
                province: unit.province.clone(),
                residents: unit.node_residents[n],
                talent: talent[n],
                ages: ages[n],
                stayers: homes.stayers[n],
                newcomers_province: homes.newcomers_province[n],
                newcomers_other: homes.newcomers_other[n],
                registered: homes.registered(n),
                employed: work.employed[n],
                commuters: if n == 1 { work.commuters.iter().sum() } else { 0 },
                output: output[n],
                dwellings: dwellings[n],
                pay: work.pay,
                capital: work.capital,
                cells: Vec::new(),
            };
            let area = if n == 0 { urban_area } else { round(facts.place.area_km2 - urban_area, 1) };
            node.cells = cells(&node, unit, facts, area);
            node
        })
        .collect()
}

fn cells(node: &Node, unit: &Unit, facts: &Facts, area: f64) -> Vec<(String, String)> {
    let mut cells: Vec<(String, String)> = Vec::with_capacity(50);
    let mut put = |column: &str, value: String| cells.push((column.to_string(), value));
    // A unit without a village node is called by its own name.
    let part = match node.tier {
        _ if !unit.has_village() => "",
        "village" => facts.parts[1],
        "city" => facts.parts[0],
        _ => facts.parts[2],
    };
    put("id", node.id.clone());
    put("name", format!("{}{part}", unit.name));
    let english = match (facts.place.name_en.as_str(), node.tier) {
        ("", _) => String::new(),
        (name, _) if !unit.has_village() => name.to_string(),
        (name, "village") => format!("{name} villages"),
        (name, "city") => format!("{name} city"),
        (name, _) => format!("{name} seat"),
    };
    put("name_en", english);
    put("tier", node.tier.to_string());
    put("county", unit.code.clone());
    put("county_name", unit.name.clone());
    put("prefecture", unit.prefecture.clone());
    put("prefecture_name", unit.prefecture_name.clone());
    put("province", unit.province.clone());
    put("province_name", unit.province_name.clone());
    put("longitude", facts.place.longitude.to_string());
    put("latitude", facts.place.latitude.to_string());
    put("area_km2", area.to_string());
    put("tags", facts.tags.clone());
    put("residents", node.residents.to_string());
    put("talent", node.talent.to_string());
    for (g, age) in node.ages.iter().enumerate() {
        let column = match g {
            17 => "age_85".to_string(),
            _ => format!("age_{}_{}", 5 * g, 5 * g + 4),
        };
        put(&column, age.to_string());
    }
    put("stayers_from_seat", node.stayers[0].to_string());
    put("stayers_from_village", node.stayers[1].to_string());
    put("newcomers_province", node.newcomers_province.to_string());
    put("newcomers_other", node.newcomers_other.to_string());
    put("registered", node.registered.to_string());
    for (row, employed) in SECTOR_TABLE.iter().zip(node.employed) {
        put(row.employed_column, employed.to_string());
    }
    put("commuters", node.commuters.to_string());
    for (row, output) in SECTOR_TABLE.iter().zip(node.output) {
        put(row.output_column, output.to_string());
    }
    put("output_dwellings_yuan", node.dwellings.to_string());
    put("minimum_wage_yuan", facts.minimum_wage.to_string());
    for (s, row) in SECTOR_TABLE.iter().enumerate().filter(|(_, row)| row.urban) {
        // Nothing is known of pay where the table has jobs by sector, not by industry.
        let known = node.pay[s] > 0.0;
        let cell = |x: f64| if known { x.to_string() } else { String::new() };
        put(row.pay_column, cell(round(node.pay[s], 0)));
        put(row.capital_column, cell(round(node.capital[s], 3)));
    }
    let optional = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
    let counts = &unit.counts;
    let residents = counts.residents.max(1) as f64;
    put("birth_rate", optional(counts.births.map(|b| round(1000.0 * b / residents, 2))));
    let jobs = counts.jobs.total();
    put("mining_share", optional((jobs > 0.0).then(|| round(counts.jobs.mining() / jobs, 5))));
    put("wage_yuan", optional(facts.wage.map(|w| round(w, 0))));
    put("minority_share", optional(counts.minority.map(|m| round(m / residents, 4))));
    put("year", facts.year.to_string());
    put("provenance", unit.words.iter().copied().collect::<Vec<_>>().join(";"));
    cells
}

/// `nodes.csv` as text.
pub(crate) fn nodes_csv(nodes: &[Node]) -> Result<Vec<u8>> {
    let rows: Vec<&Vec<(String, String)>> = nodes.iter().map(|n| &n.cells).collect();
    to_csv(&rows)
}

/// Writes named cells as CSV; every row has the columns of the first.
pub(crate) fn to_csv(rows: &[&Vec<(String, String)>]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    if let Some(first) = rows.first() {
        writer.write_record(first.iter().map(|(column, _)| column)).map_err(not_written)?;
    }
    for row in rows {
        writer.write_record(row.iter().map(|(_, value)| value)).map_err(not_written)?;
    }
    bytes_of(writer)
}

/// Writes rows as CSV under the names of their columns.
pub(crate) fn csv_of<const N: usize>(
    names: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(names).map_err(not_written)?;
    for row in rows {
        writer.write_record(row).map_err(not_written)?;
    }
    bytes_of(writer)
}

fn not_written(e: csv::Error) -> Error {
    Error::Data {
        what: messages::a_table_to_be_written(),
        found: messages::as_is(e),
        expected: messages::rows_of_one_length(),
    }
}

fn bytes_of(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>> {
    writer.into_inner().map_err(|e| Error::Data {
        what: messages::a_table_to_be_written(),
        found: messages::as_is(e),
        expected: messages::memory_for_it(),
    })
}
