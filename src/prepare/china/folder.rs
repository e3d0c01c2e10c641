//! The folder that `shanhai new AREA` writes: tables, baseline, a policy to start from, and what stands behind them.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::prepare::area::PROVINCES;
use crate::prepare::{Area, FLOWS, Node, Prepared};

/// Provinces whose counties settle their budget with the province, and municipalities, which have no prefectures.
const DIRECT: [&str; 6] = ["110000", "120000", "310000", "330000", "460000", "500000"];
/// Provinces that the centre's take leaves with less than a third returned: the payers of the national budget.
const PAYERS: [&str; 8] = ["110000", "120000", "310000", "320000", "330000", "350000", "370000", "440000"];

/// The law of migration, with the nation's borders: odds of living in another county of the province, and in another
/// province, over those who stay (censuses of 2010 and 2020: 84.69 and 85.88 of 1,332.8 million, 179.44 and 124.84 of 1,409.8).
const LAW: &str = "[drivers.migration]
source = \"terms as in scenarios/china/backtest_2010_2020.toml; borders: odds of living in another county or province, China 2010 to 2020; after 2020 an assumption\"
since = 2010
years = 10
after = \"fade\"
fade_years = 10
border_own_province = 0.8
border_other_provinces = 0.42
age_35_54 = 0.4
age_others = 0.4
reversion = 0.489
wage = 0.741
thickness = 0.158
mining = -0.103
crowding = -0.204
skills = 0.256
size = 0.189
city = 0.35
convergence = -0.288
village_to_seat = 0.6
";

/// Tables of all provinces that go into every folder.
const PENSIONS: (&str, &[u8]) = ("pensions.csv", include_bytes!("../../../scenarios/china/pensions.csv"));
const VITAL_RATES: (&str, &[u8]) =
    ("vital_rates.csv", include_bytes!("../../../scenarios/china/vital_rates.csv"));

/// Growth of pensions beyond prices: from 2010 to 2020 and to 2024 as in the nation, after that the adjustment of 2025.
fn pension_drivers(year: i32) -> &'static str {
    match year {
        2010 => "[drivers.pensions]\nemployees = 0.064\nresidents = 0.087\nuntil = 2020\nlater = 0.02\n\n",
        _ => "[drivers.pensions]\nemployees = 0.026\nresidents = 0.082\nuntil = 2024\nlater = 0.02\n\n",
    }
}

/// Agents that a run of the area should not exceed.
const MOST_AGENTS: i64 = 15_000_000;

/// The name of the folder: pinyin of provinces, Chinese names of prefectures.
pub fn folder_name(prepared: &Prepared) -> String {
    let of_province = |code: &String| {
        let known = PROVINCES.iter().find(|p| p.0 == code).map(|p| p.2.to_owned());
        known.unwrap_or_else(|| code.clone())
    };
    let of_prefecture = |code: &String| match prepared.names.get(code) {
        Some(name) if PROVINCES.iter().all(|p| p.0 != code) => name.clone(),
        _ => of_province(code),
    };
    let parts: Vec<String> = match &prepared.area {
        Area::All | Area::Named(_) => vec!["china".to_owned()],
        Area::Provinces(codes) => codes.iter().map(of_province).collect(),
        Area::Prefectures(codes) => codes.iter().map(of_prefecture).collect(),
        Area::Parts { provinces, prefectures } => {
            provinces.iter().map(of_province).chain(prefectures.iter().map(of_prefecture)).collect()
        }
    };
    match parts.as_slice() {
        [first, _, _, rest @ ..] if !rest.is_empty() => format!("{first}+{}", parts.len() - 1),
        _ => parts.join("+"),
    }
}

/// What the area is called in titles.
fn title(prepared: &Prepared) -> String {
    let name = folder_name(prepared);
    match prepared.area {
        Area::Provinces(_) | Area::All => {
            let words = name.split('+').map(|word| {
                let mut letters = word.chars();
                letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect())
            });
            words.collect::<Vec<String>>().join(" and ").replace('_', " ")
        }
        _ => name.replace('+', " and "),
    }
}

/// Files of the folder with their paths in it. `call` is the command that wrote them.
pub fn files(prepared: &Prepared, call: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let year = prepared.year;
    let mut files: Vec<(PathBuf, Vec<u8>)> = prepared
        .tables
        .iter()
        .map(|(name, bytes)| (PathBuf::from(year.to_string()).join(name), bytes.clone()))
        .collect();
    files.push((PENSIONS.0.into(), PENSIONS.1.to_vec()));
    files.push((VITAL_RATES.0.into(), VITAL_RATES.1.to_vec()));
    files.push(("baseline.toml".into(), baseline(prepared).into_bytes()));
    files.push(("equal_services.toml".into(), equal_services(prepared).into_bytes()));
    files.push(("README.md".into(), readme(prepared, call).into_bytes()));
    files
}

/// Totals of the rows.
struct Totals {
    residents: i64,
    urban: i64,
    output: f64,
}

fn totals(rows: &[Node]) -> Totals {
    let residents = rows.iter().map(|n| n.residents).sum();
    let urban = rows.iter().filter(|n| n.tier != "village").map(|n| n.residents).sum();
    let output =
        rows.iter().map(|n| n.output.iter().map(|&x| x as f64).sum::<f64>() + n.dwellings as f64).sum();
    Totals { residents, urban, output }
}

/// Persons that an agent stands for: a round number that keeps the run small.
fn persons_per_agent(residents: i64) -> i64 {
    [10, 20, 50, 100].into_iter().find(|persons| residents / persons <= MOST_AGENTS).unwrap_or(200)
}

/// The parts that the scenarios of an area share, from `[run]` on.
fn common(prepared: &Prepared) -> String {
    let year = prepared.year;
    let residents = totals(&prepared.rows).residents;
    let mut text = format!(
        "[run]\nstart_year = {year}\nyears = 15\nseed = 1\npersons_per_agent = {}\n\n[world]\nnodes = \"{year}/nodes.csv\"\n",
        persons_per_agent(residents)
    );
    if prepared.area != Area::All {
        let _ = writeln!(text, "outside = \"{year}/outside.csv\"");
    }
    if prepared.tables.iter().any(|(name, _)| *name == FLOWS) {
        let _ = writeln!(text, "flows = \"{year}/{FLOWS}\"");
    }
    let _ = writeln!(
        text,
        "prefectures = \"{year}/prefectures.csv\"\npensions = \"{}\"\nvital_rates = \"{}\"\n",
        PENSIONS.0, VITAL_RATES.0
    );
    let (fiscal, _) = fiscal(prepared);
    text.push_str(&fiscal);
    text.push_str(
        "[drivers.technology]\nagriculture = 0.036\nindustry = 0.02\nbusiness_services = 0.0204\nlocal_services = 0.031\n\n[drivers.sector]\nagriculture = -0.066\n\
         lead_years = 9.0\nyears = 10.0\n\n",
    );
    text.push_str(pension_drivers(year));
    text.push_str(LAW);
    text
}

/// Rules between the levels of government, as a section of the scenario and as an assumption in words.
fn fiscal(prepared: &Prepared) -> (String, String) {
    let provinces: std::collections::BTreeSet<&str> =
        prepared.rows.iter().map(|n| n.province.as_str()).collect();
    let all = |codes: &[&str]| provinces.iter().all(|code| codes.contains(code));
    let any = |codes: &[&str]| provinces.iter().any(|code| codes.contains(code));
    let back = match (all(&PAYERS), any(&PAYERS)) {
        (true, _) => 0.35,
        (false, true) => 0.6,
        (false, false) => 0.9,
    };
    let mut text = "[parameters]\n".to_owned();
    if prepared.year == 2010 {
        text.push_str("pay_measured = 0.84\n");
    }
    let direct = all(&DIRECT);
    if !direct {
        text.push_str("province_share = 0.10\nprefecture_share = 0.20\ninterception = 0.10\n");
    }
    if prepared.year == 2010 {
        // The household survey of 2010: saving, what rural households built of it, and what reached them of what farms make.
        text.push_str("saving_rate_urban = 0.295\nsaving_rate_village = 0.26\nhousing_saving_village = 0.51\nfarm_measured = 0.41\n");
    }
    let _ = writeln!(text, "central_return_share = {back}\n");
    let who = match direct {
        true => "counties settle their budget with the province",
        false => {
            "prefectures manage counties: they take .20 of counties' local revenue and keep .10 of their transfers, the province takes .10"
        }
    };
    (
        text,
        format!(
            "{who}; the centre returns {back} of its take (.35 where a province pays more than it gets, .9 elsewhere)"
        ),
    )
}

fn sources(year: i32) -> &'static str {
    match year {
        2010 => {
            "sources = [\n  \"6th census of 2010, county tables (NBS)\",\n  \"mean wages by prefecture 2010, China City Statistical Yearbook\",\n]\n"
        }
        _ => {
            "sources = [\n  \"7th census of 2020, county tables (NBS)\",\n  \"output by prefecture and province 2020, statistical yearbooks\",\n  \"output by county: constructed (README.md)\",\n]\n"
        }
    }
}

fn assumptions(prepared: &Prepared, more: &str) -> String {
    let until = prepared.year + 10;
    let (_, fiscal) = fiscal(prepared);
    let output = match prepared.year {
        2010 => {
            "output of units is jobs at the nation's output per job times the wage level of the prefecture"
        }
        _ => {
            "output of counties is constructed from that of prefectures (median error 14 to 16 %); registered people are estimated (3 %)"
        }
    };
    format!(
        "assumptions = [\n{more}  \"{output}\",\n  \"{fiscal}\",\n  \"technology growth of .02 a year in industry, .0204 in business services, .031 in local services, .036 in farming (balanced)\",\n  \
         \"terms of migration as in the national run of 2010 to 2020, with the borders of the nation; they fade from 2020 to 2030\",\n  \
         \"log odds of farming fall by .066 a year beyond what wages do, as between the censuses of 2000 and 2010 (farm share of jobs .644 and .483, recalled), until {until}\",\n  \
         \"what a recipient of a pension gets grows beyond prices as in the nation (China Statistical Yearbook), and by .02 a year later (recalled)\",\n  \
         \"births and deaths a head as published of the province, and after the last year the rates by age\",\n]\n\n"
    )
}

fn baseline(prepared: &Prepared) -> String {
    let (name, year) = (title(prepared), prepared.year);
    let all = totals(&prepared.rows);
    let outside = match prepared.area {
        Area::All => "there is no outside",
        _ => "the rest of the country is one outside node",
    };
    format!(
        "#:schema ./schema.json\ntitle = \"{name} {year} to {}: baseline\"\ndescription = \"\"\"\n\
         All {:.1} million residents at the census of {year}; {outside}. No policy; technology grows and moving gets easier as the\n\
         drivers state.\"\"\"\n{}{}{}",
        year + 15,
        all.residents as f64 / 1e6,
        sources(year),
        assumptions(prepared, ""),
        common(prepared)
    )
}

fn equal_services(prepared: &Prepared) -> String {
    let (name, year) = (title(prepared), prepared.year);
    format!(
        "#:schema ./schema.json\ntitle = \"{name}: equal public services\"\ndescription = \"\"\"\n\
         A policy to start from: county spending follows residents, transfers close half of the gap of poor counties first,\n\
         villages use a tenth of the seat's services from afar. `shanhai policies` lists the kinds with their fields.\"\"\"\n{}{}{}\n\
         [[policy.service_equalisation]]\nactive = {{ from = {}, phase_in = 5 }}\nby_residence = 0.8\ntop_up = 0.5\ndigital = 0.1\n\
         digital_yuan = 50\n",
        sources(year),
        assumptions(
            prepared,
            "  \"drivers are those of the baseline\",\n  \"sizes of the policy are assumed: no budget document was read for them\",\n"
        ),
        common(prepared),
        year + 1
    )
}

fn readme(prepared: &Prepared, call: &str) -> String {
    let (name, year) = (title(prepared), prepared.year);
    let all = totals(&prepared.rows);
    let counted = format!(
        "{} residents, {:.1} % of them at urban nodes; output {:.1} hundred million yuan, {:.0} a resident",
        all.residents,
        100.0 * all.urban as f64 / all.residents.max(1) as f64,
        all.output / 1e8,
        all.output / all.residents.max(1) as f64
    );
    let output = match year {
        2010 => {
            "**Output is not published here.** Units have their jobs at the nation's output per job and sector, times the wage level of the\nprefecture: levels of single provinces are not to be read as data."
        }
        _ => {
            "**Output of counties is constructed, not published**: the output of the prefecture is divided by jobs, cars, schooling and other\ncounts of the census. Against published output of 2,560 units in 2021 the median error is 16 % (districts 20 %, counties 15 %; Zhejiang\n12 %, Henan 14 %), a tenth of the units are off by more than 45 %. Prefectures and provinces add up to what is published; sectors of a county\nfollow from its total, its jobs and the sectors of the prefecture. Where you\nhave published county output, `shanhai prepare --gdp` takes it."
        }
    };
    let registered = match year {
        2010 => "Registered people are those of the census.",
        _ => {
            "**Registered people of counties are estimated** from the census of 2010, the growth of their province and residents (median error 3 %,\na tenth off by more than 11 %). They are closed over the nation: as many live away from home as newcomers are counted."
        }
    };
    format!(
        "# {name}, {year}\n\nWritten by `{call}`. {counted}.\n\n| file | what |\n|---|---|\n\
         | `baseline.toml` | the area without a policy: `shanhai run baseline.toml` |\n\
         | `equal_services.toml` | a policy to start from: `shanhai compare baseline.toml equal_services.toml` |\n\
         | `pensions.csv`, `vital_rates.csv` | recipients of pensions and what they get; births and deaths a head: of all provinces |\n\
         | `{year}/nodes.csv` and the other tables | what the model reads; `docs/data-format.md` of the program has the columns |\n\
         | `{year}/provenance.md` | sources, totals, constants, what was missing and what stands in its place, unit by unit |\n\
         | `{year}/registered.csv` | registered people of each unit as estimated and as used |\n\n## What is counted and what is not\n\n\
         Residents, ages, schooling, newcomers by origin and jobs are counts of the census; the sums of counties are exact.\n\n{output}\n\n{registered}\n\n\
         No income of counties is published. Who among the stayers is registered in the village, and what a village worker produces, follows the\n\
         rules in `{year}/provenance.md`, most of them assumed. Births, deaths and pensions are those of its provinces (`vital_rates.csv`, `pensions.csv`). The drivers of the baseline and the rules\n\
         between levels of government are listed in its `assumptions`; change them before you believe them.\n\n## Sources\n\n\
         National Bureau of Statistics, county volume of the census, as transcribed by leiii/census (MIT); statistical yearbooks of the provinces\n\
         through compiled extracts; China City Statistical Yearbook; minimum wages of 2018: Ouyang (2026); coordinates: thebamboogrove/tudigong\n\
         (MIT), after CTAmap 1.30. `data/README.md` of the program's repository lists every file with its grade.\n"
    )
}
