//! The rows of `nodes.csv`, `outside.csv` and `prefectures.csv`.

use super::census::AGE_GROUPS;
use super::homes::Homes;
use super::output::by_node;
use super::people;
use super::places::{Place, round};
use super::rules::Rules;
use super::units::Unit;
use super::work::{SECTORS, Work};
use crate::{Error, Result};

/// What is known about a unit beside its people.
pub struct Facts {
    pub place: Place,
    pub tags: String,
    pub minimum_wage: i64,
    pub wage: Option<f64>,
}

/// One row of `nodes.csv`.
pub struct Node {
    pub id: String,
    pub tier: &'static str,
    pub prefecture: String,
    pub residents: i64,
    pub talent: i64,
    pub ages: [i64; AGE_GROUPS],
    pub stayers: [i64; 2],
    pub newcomers_province: i64,
    pub newcomers_other: i64,
    pub registered: i64,
    pub employed: [i64; SECTORS],
    pub commuters: i64,
    pub output: [i64; SECTORS],
    cells: Vec<(String, String)>,
}

/// The nodes of a unit.
pub fn nodes(
    unit: &Unit,
    work: &Work,
    homes: &Homes,
    output: &[i64; SECTORS],
    facts: &Facts,
    rules: &Rules,
) -> Vec<Node> {
    let talent = people::talent(&unit.counts, unit.node_residents, rules);
    let ages = people::ages(&unit.counts, unit.node_residents);
    let output = by_node(output, work, rules);
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
        "village" => "乡村",
        "city" => "城区",
        _ => "城镇",
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
    for (sector, name) in SECTOR_NAMES.iter().enumerate() {
        put(&format!("employed_{name}"), node.employed[sector].to_string());
    }
    put("commuters", node.commuters.to_string());
    for (sector, name) in SECTOR_NAMES.iter().enumerate() {
        put(&format!("output_{name}_yuan"), node.output[sector].to_string());
    }
    put("minimum_wage_yuan", facts.minimum_wage.to_string());
    let optional = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
    let counts = &unit.counts;
    let residents = counts.residents.max(1) as f64;
    put("birth_rate", optional(counts.births.map(|b| round(1000.0 * b / residents, 2))));
    let jobs = counts.jobs.total();
    put("mining_share", optional((jobs > 0.0).then(|| round(counts.jobs.mining / jobs, 5))));
    put("wage_yuan", optional(facts.wage.map(|w| round(w, 0))));
    put("minority_share", optional(counts.minority.map(|m| round(m / residents, 4))));
    put("provenance", unit.words.iter().copied().collect::<Vec<_>>().join(";"));
    cells
}

const SECTOR_NAMES: [&str; SECTORS] = ["agriculture", "industry", "services", "tourism"];

/// `nodes.csv` as text.
pub fn nodes_csv(nodes: &[Node]) -> Result<Vec<u8>> {
    let rows: Vec<&Vec<(String, String)>> = nodes.iter().map(|n| &n.cells).collect();
    to_csv(&rows)
}

/// Writes named cells as CSV; every row has the columns of the first.
pub fn to_csv(rows: &[&Vec<(String, String)>]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |e: csv::Error| Error::Data {
        what: "a table to be written".into(),
        found: e.to_string(),
        expected: "rows of one length".into(),
    };
    if let Some(first) = rows.first() {
        writer.write_record(first.iter().map(|(column, _)| column)).map_err(failed)?;
    }
    for row in rows {
        writer.write_record(row.iter().map(|(_, value)| value)).map_err(failed)?;
    }
    writer.into_inner().map_err(|e| Error::Data {
        what: "a table to be written".into(),
        found: e.to_string(),
        expected: "memory for it".into(),
    })
}
