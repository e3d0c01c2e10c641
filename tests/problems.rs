//! Every message a wrong input gets, word for word.
//!
//! Each `tests/problems/NAME.toml` or `NAME.csv` is read by the small types below, and what is said
//! about it must be `NAME.expected`. A line `# --set key=value` in a TOML file is an override. To accept
//! new texts after reading them: `ACCEPT=1 cargo test problems::`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;
use shanhai::Language;
use shanhai::inside::diagnose;
use shanhai::inside::table::{Column, Kind, Table};
use shanhai::scenario::Problems;

use crate::words::english_left;

/// A document with one of each thing that a scenario can contain.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are there to be filled")]
struct Document {
    /// What a reader calls it.
    title: String,
    run: Run,
    #[serde(default)]
    world: World,
    #[serde(default)]
    policy: Policies,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are there to be filled")]
struct Run {
    /// The base year.
    from: i32,
    /// The last year that is simulated.
    until: i32,
    /// Every draw follows from it.
    #[serde(default)]
    seed: u64,
    /// How many times the run is repeated with other luck.
    #[serde(default = "one")]
    #[schemars(range(min = 1, max = 1000))]
    replicates: u32,
    /// Write a row for every link.
    #[serde(default)]
    links: bool,
    /// Threads, all of them if absent.
    threads: Option<u16>,
}

fn one() -> u32 {
    1
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are there to be filled")]
struct World {
    /// Agents for one person.
    #[schemars(range(max = 1.0), extend("exclusiveMinimum" = 0.0))]
    scale: Option<f64>,
    /// Share of each sector in spending.
    #[serde(default)]
    spending: BTreeMap<String, f64>,
    /// Longitude and latitude of the capital.
    capital: Option<[f64; 2]>,
    /// Age groups, from youngest to oldest.
    #[serde(default)]
    #[schemars(length(min = 1))]
    ages: Vec<u8>,
    #[schemars(length(min = 1, max = 8))]
    code: Option<String>,
    closure: Option<Closure>,
    #[serde(default)]
    dwelling: BTreeMap<String, Dwelling>,
}

/// How saving leaves the area.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are there to be filled")]
enum Closure {
    /// Nothing leaves.
    Closed,
    /// A fixed share leaves.
    Share {
        /// The share that leaves.
        #[schemars(range(min = 0.0, max = 1.0))]
        share: f64,
    },
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "the fields are there to be filled")]
enum Dwelling {
    Owned,
    Rented { months: u8 },
    Shared { persons: u8 },
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(dead_code, reason = "the fields are there to be filled")]
struct Policies {
    industry_transfer: Vec<IndustryTransfer>,
    minimum_wage: Vec<MinimumWage>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are there to be filled")]
struct IndustryTransfer {
    active: Period,
    #[serde(default)]
    from: Selector,
    to: Selector,
    /// How much of the measure applies.
    #[schemars(range(min = 0.0, max = 1.0))]
    intensity: f64,
    /// Who pays for it.
    payer: Tier,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are there to be filled")]
struct MinimumWage {
    active: Period,
    /// The floor.
    #[schemars(range(min = 0.0), extend("x-unit" = "yuan a year"))]
    wage: f64,
    border: Option<Border>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are there to be filled")]
struct Period {
    /// The first year of the policy.
    from: i32,
    /// Its last year; open-ended if absent.
    until: Option<i32>,
    phase_in: Option<u8>,
}

/// Which nodes are meant.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(dead_code, reason = "the fields are there to be filled")]
struct Selector {
    ids: Vec<String>,
    tier: Option<Tier>,
    prefecture: Vec<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Tier {
    /// Districts of a prefecture-level city.
    City,
    /// The seat of a county or county-level city.
    CountySeat,
    /// The rural rest of a county.
    Village,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Border {
    County,
    Prefecture,
    Province,
}

static COLUMNS: [Column; 8] = [
    Column::required("id", Kind::Text, "unique short name of the node"),
    Column::required("name", Kind::Text, "what a reader calls it"),
    Column::required("tier", Kind::Words(&["city", "county_seat", "village"]), "kind of node"),
    Column::required("longitude", Kind::Number { least: -180.0, most: 180.0 }, "degrees east"),
    Column::required("residents", Kind::Persons, "persons living here"),
    Column::required("output_yuan", Kind::AMOUNT, "value added in the base year, yuan"),
    Column::optional("ecology", Kind::SHARE, "initial ecological state"),
    Column::optional("tags", Kind::Tags, "words about the node"),
];

fn problems_of(path: &Path) -> Problems {
    let name = path.file_name().and_then(|name| name.to_str()).expect("test files have plain names");
    if name.ends_with(".csv") {
        let mut problems = Problems::new();
        Table::parse(name, &fs::read(path).expect("a readable file"), &COLUMNS, &mut problems);
        return problems;
    }
    let text = fs::read_to_string(path).expect("a readable file");
    let overrides: Vec<String> =
        text.lines().filter_map(|line| line.strip_prefix("# --set ")).map(str::to_owned).collect();
    diagnose::examine::<Document>(&text, name, &overrides).err().unwrap_or_default()
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/problems");
    let entries = fs::read_dir(folder).expect("the folder of cases");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|path| path.extension().is_some_and(|end| end == "toml" || end == "csv"));
    cases.sort();
    cases
}

#[test]
fn every_wrong_input_is_told_what_would_be_right() {
    let mut failed = Vec::new();
    let cases = cases();
    for case in &cases {
        let said = problems_of(case).render(false) + "\n";
        let expected = case.with_extension("expected");
        if std::env::var_os("ACCEPT").is_some() {
            fs::write(&expected, &said).expect("a writable folder");
        }
        if fs::read_to_string(&expected).unwrap_or_default() != said {
            failed.push(format!("{}:\n{said}", case.display()));
        }
    }
    assert!(cases.len() >= 25, "only {} cases were found", cases.len());
    assert!(failed.is_empty(), "these messages changed:\n\n{}", failed.join("\n"));
}

/// Meanings are those of the types above, which only this test has.
#[test]
fn every_wrong_input_is_told_so_in_chinese() {
    for case in cases() {
        let said = Language::Zh.during(|| problems_of(&case).render(false));
        let english = english_left(&said, false);
        assert!(english.is_empty(), "{}:\n{}\n\nin\n{said}", case.display(), english.join("\n"));
    }
}
