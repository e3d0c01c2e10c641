//! The folder that `shanhai new AREA` writes: tables, baseline, a policy to start from, and what stands behind them.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::message::Language;
use crate::messages::{self, scenarios::shown};
use crate::prepare::area::PROVINCES;
use crate::prepare::{Area, FLOWS, Node, Prepared};

/// Provinces whose counties settle their budget with the province, and municipalities, which have no prefectures.
const DIRECT: [&str; 6] = ["110000", "120000", "310000", "330000", "460000", "500000"];
/// Provinces that the centre's take leaves with less than a third returned: the payers of the national budget.
const PAYERS: [&str; 8] = ["110000", "120000", "310000", "320000", "330000", "350000", "370000", "440000"];

/// The law of migration, with the nation's borders: odds of living in another county of the province, and in another
/// province, over those who stay (censuses of 2010 and 2020: 84.69 and 85.88 of 1,332.8 million, 179.44 and 124.84 of 1,409.8).
const LAW: &str = "since = 2010
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
const SOURCE_OF_LAW: &str = "terms as in scenarios/china/backtest_2010_2020.toml; borders: odds of living in another county or province, China 2010 to 2020; after 2020 an assumption";

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

/// Names of the parts of an area: of provinces in pinyin or in Chinese, of prefectures in Chinese.
fn parts(prepared: &Prepared, language: Language) -> Vec<String> {
    let of_province = |code: &String| {
        let known = PROVINCES.iter().find(|p| p.0 == code).map(|p| language.of(p.2, p.1).to_owned());
        known.unwrap_or_else(|| code.clone())
    };
    let of_prefecture = |code: &String| match prepared.names.get(code) {
        Some(name) if PROVINCES.iter().all(|p| p.0 != code) => name.clone(),
        _ => of_province(code),
    };
    match &prepared.area {
        Area::All | Area::Named(_) => vec![language.of("china", "全国").to_owned()],
        Area::Provinces(codes) => codes.iter().map(of_province).collect(),
        Area::Prefectures(codes) => codes.iter().map(of_prefecture).collect(),
        Area::Parts { provinces, prefectures } => {
            provinces.iter().map(of_province).chain(prefectures.iter().map(of_prefecture)).collect()
        }
    }
}

/// The name of the folder: pinyin of provinces, Chinese names of prefectures.
pub fn folder_name(prepared: &Prepared) -> String {
    let parts = parts(prepared, Language::En);
    match parts.as_slice() {
        [first, _, _, rest @ ..] if !rest.is_empty() => format!("{first}+{}", parts.len() - 1),
        _ => parts.join("+"),
    }
}

/// What the area is called in titles.
fn title(prepared: &Prepared) -> String {
    let language = Language::shown();
    let mut parts = parts(prepared, language);
    if matches!(prepared.area, Area::Provinces(_) | Area::All) {
        for part in &mut parts {
            let mut letters = part.chars();
            let first = letters.next().map(char::to_uppercase);
            *part = first.into_iter().flatten().chain(letters).collect::<String>().replace('_', " ");
        }
    }
    match parts.as_slice() {
        [first, _, _, rest @ ..] if !rest.is_empty() => {
            messages::area_and_more(first, parts.len() - 1).into()
        }
        _ => parts.join(language.of(" and ", "、")),
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
    let _ = write!(text, "[drivers.migration]\nsource = \"{}\"\n{LAW}", shown(SOURCE_OF_LAW));
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
        true => messages::area_direct(),
        false => messages::area_city_managed(),
    };
    (text, messages::area_fiscal(who, back).into())
}

/// A list of sentences under its key.
fn listed<'s>(key: &str, sentences: impl IntoIterator<Item = &'s str>) -> String {
    let lines: String = sentences.into_iter().map(|one| format!("  \"{}\",\n", shown(one))).collect();
    format!("{key} = [\n{lines}]\n")
}

fn sources(year: i32) -> String {
    let all: &[&str] = match year {
        2010 => &[
            "6th census of 2010, county tables (NBS)",
            "mean wages by prefecture 2010, China City Statistical Yearbook",
        ],
        _ => &[
            "7th census of 2020, county tables (NBS)",
            "output by prefecture and province 2020, statistical yearbooks",
            "output by county: constructed (README.md)",
        ],
    };
    listed("sources", all.iter().copied())
}

fn assumptions(prepared: &Prepared, more: &[&str]) -> String {
    let (_, fiscal) = fiscal(prepared);
    let output = match prepared.year {
        2010 => {
            "output of units is jobs at the nation's output per job times the wage level of the prefecture"
        }
        _ => {
            "output of counties is constructed from that of prefectures (median error 14 to 16 %); registered people are estimated (3 %)"
        }
    };
    let farming = format!(
        "log odds of farming fall by .066 a year beyond what wages do, as between the censuses of 2000 and 2010 (farm share of jobs .644 and .483, recalled), until {}",
        prepared.year + 10
    );
    let all = [
        output,
        fiscal.as_str(),
        "technology growth of .02 a year in industry, .0204 in business services, .031 in local services, .036 in farming (balanced)",
        "terms of migration as in the national run of 2010 to 2020, with the borders of the nation; they fade from 2020 to 2030",
        farming.as_str(),
        "what a recipient of a pension gets grows beyond prices as in the nation (China Statistical Yearbook), and by .02 a year later (recalled)",
        "births and deaths a head as published of the province, and after the last year the rates by age",
    ];
    listed("assumptions", more.iter().copied().chain(all)) + "\n"
}

/// Residents as a reader counts them: millions, or ten thousands in Chinese.
fn people(residents: i64) -> String {
    let residents = residents as f64;
    let number = match Language::shown() {
        Language::En => format!("{:.1}", residents / 1e6),
        Language::Zh => format!("{:.0}", residents / 1e4),
    };
    messages::area_people(number).into()
}

/// The head of a scenario: its title and what it is for.
fn head(title: impl std::fmt::Display, about: impl std::fmt::Display) -> String {
    format!("#:schema ./schema.json\ntitle = \"{title}\"\ndescription = \"\"\"\n{about}\"\"\"\n")
}

fn baseline(prepared: &Prepared) -> String {
    let year = prepared.year;
    let outside = match prepared.area {
        Area::All => messages::area_no_outside(),
        _ => messages::area_one_outside(),
    };
    let residents = people(totals(&prepared.rows).residents);
    let title = messages::area_baseline_title(title(prepared), year, year + 15);
    head(title, messages::area_baseline_about(residents, year, outside))
        + &sources(year)
        + &assumptions(prepared, &[])
        + &common(prepared)
}

fn equal_services(prepared: &Prepared) -> String {
    let year = prepared.year;
    let more = [
        "drivers are those of the baseline",
        "sizes of the policy are assumed: no budget document was read for them",
    ];
    let policy = format!(
        "\n[[policy.service_equalisation]]\nactive = {{ from = {}, phase_in = 5 }}\nby_residence = 0.8\ntop_up = 0.5\ndigital = 0.1\n\
         digital_yuan = 50\n",
        year + 1
    );
    head(messages::area_policy_title(title(prepared)), messages::area_policy_about())
        + &sources(year)
        + &assumptions(prepared, &more)
        + &common(prepared)
        + &policy
}

fn readme(prepared: &Prepared, call: &str) -> String {
    let all = totals(&prepared.rows);
    let counted = messages::area_counted(
        all.residents,
        format_args!("{:.1}", 100.0 * all.urban as f64 / all.residents.max(1) as f64),
        format_args!("{:.1}", all.output / 1e8),
        format_args!("{:.0}", all.output / all.residents.max(1) as f64),
    );
    let (output, registered) = match prepared.year {
        2010 => (messages::area_output_by_wage(), messages::area_registered_counted()),
        _ => (messages::area_output_constructed(), messages::area_registered_estimated()),
    };
    let page = messages::area_readme(title(prepared), prepared.year, call, counted, output, registered);
    format!("{page}\n")
}
