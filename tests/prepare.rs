//! What `shanhai prepare` promises: the shipped tables follow from the shipped sources byte for byte, county
//! sums are those of the census, every constraint of docs/data-format.md holds, and wrong input is explained.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Parser;
use shanhai::Error;
use shanhai::cli::prepare::Args;
use shanhai::inside::prepare::{Census, Counts, province_of};
use shanhai::prepare::{Area, Report, Request, Rules, prepare};
use shanhai::scenario::Problems;

/// The folders of tables in the repository.
const FOLDERS: [&str; 5] = ["zhejiang/2020", "zhejiang/2010", "henan/2020", "henan/2010", "china/2010"];

/// The same of other countries.
const ELSEWHERE: [&str; 1] = ["kerala/2011"];

const TABLES: [&str; 5] = ["nodes.csv", "outside.csv", "prefectures.csv", "registered.csv", "provenance.md"];

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    args: Args,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The command in a folder's prepare.sh, with its paths made absolute.
fn command(folder: &str) -> Args {
    let text = std::fs::read_to_string(root().join("scenarios").join(folder).join("prepare.sh")).unwrap();
    let words: Vec<String> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.trim_end_matches('\\').split_whitespace())
        .map(|word| match ["scenarios/", "data/", "docs/"].iter().any(|folder| word.starts_with(folder)) {
            true => root().join(word).to_string_lossy().into_owned(),
            false => word.to_string(),
        })
        .collect();
    assert_eq!(words[..2], ["shanhai", "prepare"], "{folder}/prepare.sh begins with the command");
    Command::try_parse_from(&words[1..]).unwrap_or_else(|e| panic!("{folder}: {e}")).args
}

/// Prepares a folder's tables elsewhere.
fn prepared(folder: &str) -> (tempfile::TempDir, Report) {
    let mut request = command(folder).request().unwrap();
    let out = tempfile::tempdir().unwrap();
    request.out = out.path().to_path_buf();
    (out, prepare(&request).unwrap_or_else(|e| panic!("{folder}: {e}")))
}

#[test]
fn shipped_tables_follow_from_shipped_sources() {
    for folder in FOLDERS.into_iter().chain(ELSEWHERE) {
        let (out, _) = prepared(folder);
        let shipped = root().join("scenarios").join(folder);
        // Accepting new tables is a decision: SHANHAI_ACCEPT=1 writes them (run this test
        // alone then), and the change is reviewed.
        if std::env::var_os("SHANHAI_ACCEPT").is_some() {
            for table in TABLES.iter().filter(|t| out.path().join(t).exists()) {
                std::fs::copy(out.path().join(table), shipped.join(table)).unwrap();
            }
        }
        for table in TABLES {
            let (new, old) = (std::fs::read(out.path().join(table)), std::fs::read(shipped.join(table)));
            assert!(
                new.as_ref().ok() == old.as_ref().ok(),
                "{folder}/{table} differs from what prepare writes; SHANHAI_ACCEPT=1 accepts the new table"
            );
        }
    }
}

/// A census table without a fault.
fn census(path: &Path, year: Option<i32>) -> Census {
    let mut problems = Problems::new();
    let census = Census::read(path, year, &mut problems);
    assert!(problems.is_empty(), "{}", problems.render(false));
    census
}

/// One row of a table by column.
type Row = BTreeMap<String, String>;

fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|record| header.iter().map(String::from).zip(record.unwrap().iter().map(String::from)).collect())
        .collect()
}

fn count(row: &Row, column: &str) -> i64 {
    row[column].parse().unwrap_or_else(|_| panic!("{} {column}: `{}`", row["id"], row[column]))
}

fn sum(rows: &[Row], column: &str) -> i64 {
    rows.iter().map(|row| count(row, column)).sum()
}

fn nodes(folder: &str) -> Vec<Row> {
    rows(&root().join("scenarios").join(folder).join("nodes.csv"))
}

fn age_columns() -> Vec<String> {
    (0..18).map(|g| if g == 17 { "age_85".into() } else { format!("age_{}_{}", 5 * g, 5 * g + 4) }).collect()
}

const SECTORS: [&str; 5] = ["agriculture", "industry", "business_services", "local_services", "tourism"];

#[test]
fn every_shipped_node_keeps_the_format() {
    for folder in FOLDERS {
        let nodes = nodes(folder);
        let mut ids = BTreeSet::new();
        let mut points: BTreeMap<(String, String), String> = BTreeMap::new();
        for node in &nodes {
            let id = &node["id"];
            assert!(ids.insert(id.clone()), "{folder} {id} twice");
            assert!(["city", "county_seat", "village"].contains(&node["tier"].as_str()), "{id}");
            assert_eq!(id.ends_with('v'), node["tier"] == "village", "{id}");
            let (longitude, latitude): (f64, f64) =
                (node["longitude"].parse().unwrap(), node["latitude"].parse().unwrap());
            assert!((73.0..136.0).contains(&longitude) && (3.0..54.0).contains(&latitude), "{id}");
            assert!(node["area_km2"].parse::<f64>().unwrap() > 0.0, "{id}");
            let point = (node["longitude"].clone(), node["latitude"].clone());
            let county = points.entry(point).or_insert_with(|| node["county"].clone());
            assert_eq!(county, &node["county"], "{id}: two counties share a point");

            let residents = count(node, "residents");
            assert!(residents > 0, "{id}");
            let ages: Vec<i64> = age_columns().iter().map(|c| count(node, c)).collect();
            assert!(ages.iter().all(|&a| a >= 0), "{id}");
            assert_eq!(ages.iter().sum::<i64>(), residents, "{id}: ages");
            let origins =
                ["stayers_from_seat", "stayers_from_village", "newcomers_province", "newcomers_other"]
                    .map(|c| count(node, c));
            assert!(origins.iter().all(|&n| n >= 0), "{id}");
            assert_eq!(origins.iter().sum::<i64>(), residents, "{id}: origins");
            let adults: i64 = ages[3..].iter().sum();
            assert!((0..=adults).contains(&count(node, "talent")), "{id}: talent");

            let commuters = count(node, "commuters");
            assert!(commuters >= 0 && (commuters == 0 || node["tier"] == "village"), "{id}: commuters");
            let employed: i64 = SECTORS.iter().map(|s| count(node, &format!("employed_{s}"))).sum();
            assert!(employed + commuters <= adults, "{id}: more workers than adults");
            for sector in SECTORS {
                let workers = count(node, &format!("employed_{sector}"));
                let output = count(node, &format!("output_{sector}_yuan"));
                assert!(workers >= 0 && output >= 0, "{id} {sector}");
                assert!(output > 0 || workers == 0, "{id} {sector}: workers without output");
            }
            assert!((0..=60_000).contains(&count(node, "minimum_wage_yuan")), "{id}: minimum wage");
            for column in ["mining_share", "minority_share"] {
                let share = &node[column];
                assert!(share.is_empty() || (0.0..=1.0).contains(&share.parse::<f64>().unwrap()), "{id}");
            }
            assert!(!node["provenance"].is_empty(), "{id}");
        }
    }
}

#[test]
fn registered_people_close_over_every_shipped_area() {
    for folder in FOLDERS {
        let nodes = nodes(folder);
        let mut stayers: BTreeMap<&str, [i64; 2]> = BTreeMap::new();
        for node in &nodes {
            let of_county = stayers.entry(&node["county"]).or_default();
            of_county[0] += count(node, "stayers_from_seat");
            of_county[1] += count(node, "stayers_from_village");
        }
        let mut provinces: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for node in &nodes {
            let home = usize::from(node["tier"] == "village");
            let leavers = count(node, "registered") - stayers[node["county"].as_str()][home];
            assert!(leavers >= 0, "{folder} {}: {leavers} leavers", node["id"]);
            let province = provinces.entry(&node["province"]).or_default();
            province.0 += leavers;
            province.1 += count(node, "newcomers_province");
        }
        for (province, (leavers, inside)) in provinces {
            assert!(leavers >= inside, "{folder} {province}: {leavers} left, {inside} arrived from within");
        }
        let outside = root().join("scenarios").join(folder).join("outside.csv");
        if folder.starts_with("china") {
            assert!(!outside.exists(), "a national area has no outside");
            assert_eq!(sum(&nodes, "registered"), sum(&nodes, "residents"), "{folder}");
        } else {
            let registered: i64 =
                rows(&outside).iter().map(|r| r["registered_in_area"].parse::<i64>().unwrap()).sum();
            assert_eq!(registered, sum(&nodes, "newcomers_other"), "{folder}");
        }
        let known: BTreeSet<String> = rows(&root().join("scenarios").join(folder).join("prefectures.csv"))
            .iter()
            .map(|r| r["prefecture"].clone())
            .collect();
        assert!(nodes.iter().all(|n| known.contains(&n["prefecture"])), "{folder}: prefectures.csv");
    }
}

/// Counts of the census that nodes must add up to.
fn counted(counts: &Counts) -> Vec<(String, i64)> {
    let mut list = vec![
        ("residents".to_string(), counts.residents),
        ("talent".to_string(), counts.talent),
        ("newcomers_province".to_string(), counts.newcomers_province),
        ("newcomers_other".to_string(), counts.newcomers_other),
    ];
    list.extend(age_columns().into_iter().zip(counts.ages));
    list
}

#[test]
fn county_sums_are_those_of_the_census() {
    for folder in FOLDERS {
        let census = census(command(folder).census.as_ref().unwrap(), None);
        let nodes = nodes(folder);
        let mut compared = 0;
        for county in &census.counties {
            let members: Vec<Row> = nodes.iter().filter(|n| n["county"] == county.code).cloned().collect();
            let words = members.first().map_or("", |n| n["provenance"].as_str());
            if members.is_empty() || words.split(';').any(|w| w == "joined" || w == "remainder") {
                continue;
            }
            for (column, expected) in counted(&county.counts) {
                assert_eq!(sum(&members, &column), expected, "{folder} {} {column}", county.code);
            }
            if members.len() == 2 {
                assert_eq!(count(&members[0], "residents"), county.counts.urban, "{folder} {}", county.code);
            }
            compared += 1;
        }
        assert!(compared > 80, "{folder}: {compared} counties compared");
        // With the zones that joined districts and the remainders, provinces are complete.
        for province in census.provinces.values() {
            let members: Vec<Row> =
                nodes.iter().filter(|n| n["province"] == province.code).cloned().collect();
            let missing = province.counts.residents - sum(&members, "residents");
            // The Xisha islands stand under no prefecture.
            let expected = if province.code == "460000" { 444 } else { 0 };
            assert_eq!(missing, expected, "{folder} {}", province.code);
        }
    }
}

#[test]
fn zhejiang_2020_has_the_levels_that_the_design_computed() {
    let nodes = nodes("zhejiang/2020");
    assert_eq!(sum(&nodes, "residents"), 64_567_588);
    assert_eq!(nodes.len(), 90 + 83); // Longgang's and Longwan's villages are too small
    let village: Vec<Row> = nodes.iter().filter(|n| n["tier"] == "village").cloned().collect();
    let registered = sum(&nodes, "registered");
    let share = sum(&village, "registered") as f64 / registered as f64;
    assert!((share - 0.47).abs() < 0.005, "village-registered {share}");
    let at_home = sum(&village, "stayers_from_village") as f64 / sum(&village, "registered") as f64;
    assert!((at_home - 0.61).abs() < 0.005, "at home {at_home}");
    let stayers = sum(&nodes, "stayers_from_seat") + sum(&nodes, "stayers_from_village");
    let leavers = registered - stayers;
    assert!((leavers as f64 / 8.1e6 - 1.0).abs() < 0.01, "leavers {leavers}");
    let outside = leavers - sum(&nodes, "newcomers_province");
    assert!((outside as f64 / 2.3e6 - 1.0).abs() < 0.01, "outside {outside}");
    let cells: i64 = SECTORS.iter().map(|s| sum(&nodes, &format!("output_{s}_yuan"))).sum();
    let output = cells + sum(&nodes, "output_dwellings_yuan");
    assert_eq!(output, 6_475_600_000_000, "the sum of the prefectures");
}

#[test]
fn a_part_of_a_province_closes_with_its_surroundings() {
    let mut request = command("zhejiang/2020").request().unwrap();
    let out = tempfile::tempdir().unwrap();
    request.out = out.path().to_path_buf();
    request.area = Area::Prefectures(vec!["330800".into(), "331100".into()]);
    prepare(&request).unwrap();
    let nodes = rows(&out.path().join("nodes.csv"));
    assert_eq!(sum(&nodes, "residents"), 2_276_184 + 2_507_396);
    let outside = rows(&out.path().join("outside.csv"));
    assert_eq!(outside[0]["registered_in_area"], sum(&nodes, "newcomers_other").to_string());
    let stayers = sum(&nodes, "stayers_from_seat") + sum(&nodes, "stayers_from_village");
    assert!(sum(&nodes, "registered") - stayers >= sum(&nodes, "newcomers_province"));
}

/// A census of one prefecture with two counties, right in itself, in the layout of 2010.
pub(crate) fn small_census() -> String {
    let mut header = vec![
        "gb_code",
        "name_cn",
        "year",
        "level",
        "pop_total",
        "pop_urban",
        "pop_rural",
        "hukou_pop",
        "age_0",
        "age_1_4",
    ]
    .into_iter()
    .map(String::from)
    .collect::<Vec<_>>();
    header.extend((1..17).map(|g| format!("age_{}_{}", 5 * g, 5 * g + 4)));
    header.push("age_85p".into());
    let counts = [
        ("inmig_same_county_city", 9_000),
        ("inmig_other_county_same_province", 4_000),
        ("inmig_other_province", 6_000),
        ("edu_none", 4_000),
        ("edu_primary", 30_000),
        ("edu_junior_high", 40_000),
        ("edu_senior_high", 11_000),
        ("edu_college", 5_000),
        ("edu_university_plus", 3_000),
        ("emp10pct_agri", 2_000),
        ("emp10pct_manufacturing", 1_500),
        ("emp10pct_trade", 1_300),
        ("emp10pct_hotel_catering", 200),
    ];
    let others = [
        "mining",
        "utilities",
        "construction",
        "culture",
        "transport",
        "ict",
        "finance",
        "real_estate",
        "business_services",
        "science",
        "environment",
        "resident_services",
        "education",
        "health",
        "public_admin",
        "intl_org",
    ];
    header.extend(counts.iter().map(|(column, _)| column.to_string()));
    header.extend(others.iter().map(|industry| format!("emp10pct_{industry}")));
    let row = |code: &str, level: &str, k: i64| {
        let mut cells = vec![code.to_string(), format!("{code}县"), "2010".into(), level.into()];
        cells.extend([100_000 * k, 60_000 * k, 40_000 * k, 98_000 * k, 0, 5_000 * k].map(|x| x.to_string()));
        cells.extend((1..17).map(|_| (5_800 * k).to_string()));
        cells.push((2_200 * k).to_string());
        cells.extend(counts.iter().map(|(_, x)| (x * k).to_string()));
        cells.extend(others.iter().map(|_| String::new()));
        cells.join(",")
    };
    [
        header.join(","),
        row("990000", "province", 3),
        row("990100", "prefecture", 3),
        row("990102", "county", 1),
        row("990121", "county", 2),
    ]
    .join("\n")
        + "\n"
}

pub(crate) const SMALL_CENTROIDS: &str = "gb_code,county_cn,name_en,centroid_lon,centroid_lat,area_km2\n\
    990102,甲区,Jia,120,30,100\n990121,乙县,Yi,120.5,30,900\n980101,丙县,Bing,115,32,500\n";

/// Prepares the small area after changes to its tables.
fn small(change: impl FnOnce(&mut String, &mut String, &mut Request)) -> shanhai::Result<Report> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (mut census, mut centroids) = (small_census(), SMALL_CENTROIDS.to_string());
    let mut request = Request {
        census: path("census.csv"),
        year: Some(2010),
        centroids: path("centroids.csv"),
        ..Request::new(Area::Provinces(vec!["990000".into()]), path("out"))
    };
    change(&mut census, &mut centroids, &mut request);
    if !census.is_empty() {
        std::fs::write(path("census.csv"), census).unwrap();
    }
    std::fs::write(path("centroids.csv"), centroids).unwrap();
    prepare(&request)
}

#[test]
fn wrong_input_is_explained() {
    assert!(small(|_, _, _| {}).is_ok());
    let data = |what: &str, result: shanhai::Result<Report>, words: &[&str]| match result {
        Ok(_) => panic!("{what}: accepted"),
        Err(error @ (Error::Data { .. } | Error::Scenario { .. })) => {
            assert_eq!(error.exit_code(), 2);
            let text = error.to_string();
            for word in words {
                assert!(text.contains(word), "{what}: `{word}` is not in: {text}");
            }
        }
        Err(error) => panic!("{what}: not a data error: {error}"),
    };
    data(
        "a column with another name",
        small(|c, _, _| *c = c.replacen("pop_urban", "pop_urbann", 1)),
        &["census.csv", "pop_urban", "pop_urbann"],
    );
    data("a missing age group", small(|c, _, _| *c = c.replacen("age_40_44", "age_40", 1)), &["age_40_44"]);
    data("a column twice", small(|c, _, _| *c = c.replacen("age_0", "age_85p", 1)), &["age_85p", "twice"]);
    data(
        "a word for a number",
        small(|c, _, _| *c = c.replacen(",98000,", ",many,", 1)),
        &["census.csv:4:", "hukou_pop", "many"],
    );
    data("a negative count", small(|c, _, _| *c = c.replacen(",9000,", ",-9000,", 1)), &["-9000"]);
    data(
        "a code of five digits",
        small(|c, _, _| *c = c.replacen("990121,", "99012,", 1)),
        &["census.csv:5:1", "99012"],
    );
    data(
        "a unit twice",
        small(|c, _, _| *c = c.replacen("990121,", "990102,", 1)),
        &["990102 occurs twice", "first here"],
    );
    data(
        "an unknown level",
        small(|c, _, _| *c = c.replacen(",county,", ",town,", 1)),
        &["town", "prefecture"],
    );
    data("another year", small(|_, _, r| r.year = Some(2020)), &["2010", "2020"]);
    data(
        "urban and rural apart",
        small(|c, _, _| *c = c.replacen(",60000,", ",61000,", 1)),
        &["pop_urban", "100000"],
    );
    data(
        "more newcomers than residents",
        small(|c, _, _| *c = c.replacen(",4000,6000,", ",4000,600000,", 1)),
        &["inmig_other_province", "100000"],
    );
    data("a row too short", small(|c, _, _| c.push_str("990131,短县,2010\n")), &["census.csv"]);
    data("only a header", small(|c, _, _| c.truncate(c.find('\n').unwrap() + 1)), &["no rows"]);
    data(
        "bytes that are no text",
        small(|c, _, _| *c = c.replacen('县', "\u{fffd}\n\"", 1)),
        &["census.csv"],
    );
    data(
        "no registered people",
        small(|c, _, _| *c = c.replacen("hukou_pop", "hukou", 1)),
        &["registered population", "--registered"],
    );
    data(
        "an area the census lacks",
        small(|_, _, r| r.area = Area::Provinces(vec!["330000".into()])),
        &["330000", "990000"],
    );
    data("no area", small(|_, _, r| r.area = Area::Prefectures(Vec::new())), &["--prefectures"]);
    data(
        "a longitude out of range",
        small(|_, p, _| *p = p.replacen("120.5", "1205", 1)),
        &["centroids.csv", "1205", "180"],
    );
    data("no outside", small(|_, p, _| p.truncate(p.find("980101").unwrap())), &["outside", "--outside"]);
    data("a file that is not there", small(|c, _, _| c.clear()), &["census.csv could not be read"]);
    data(
        "a file that is neither UTF-8 nor GB 18030",
        small(|_, _, r| {
            let joins = r.out.with_file_name("joins.csv");
            std::fs::write(&joins, b"from,into\n990121,990102\n# \xff\xff\n").unwrap();
            r.joins = Some(joins);
        }),
        &["line 3 is not UTF-8", "GBK"],
    );
}

#[test]
fn everything_that_is_wrong_with_the_tables_is_told_at_once_with_line_and_caret() {
    let wrong = small(|census, centroids, request| {
        *census = census.replacen(",98000,", ",many,", 1).replacen("990121,", "99012,", 1);
        *centroids = centroids.replacen("120.5", "1205", 1).replacen("area_km2", "area", 1);
        request.joins = Some("no such file.csv".into());
    });
    let text = wrong.expect_err("four faults in three tables").to_string();
    for words in [
        "`hukou_pop` is `many`, but must be a count of persons",
        "`gb_code` is `99012`, but must be a six-digit GB/T 2260 code",
        "the column `area_km2` is missing",
        "the nearest column there is `area`",
        "`centroid_lon` is `1205`, but must be a number from -180 to 180",
        "no such file.csv could not be read",
        "^^^^",
        "5 problems: ",
    ] {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
}

#[test]
fn flags_override_the_rules() {
    let words = ["prepare", "--census", "c", "--centroids", "p", "--provinces", "all", "--out", "o"];
    let args = |more: &[&str]| {
        Command::try_parse_from(words.iter().chain(more)).map(|command| command.args.request())
    };
    let request = args(&[]).unwrap().unwrap();
    assert_eq!((request.area, request.rules), (Area::All, Rules::default()));
    let request = args(&["--talent-odds", "3", "--outside", "117,30"]).unwrap().unwrap();
    assert_eq!((request.rules.talent_odds, request.outside), (3.0, Some((117.0, 30.0))));
    assert!(matches!(args(&["--outside", "117"]).unwrap(), Err(Error::Usage { .. })));
    assert!(args(&["--prefectures", "330100"]).is_err(), "either provinces or prefectures");
}

#[test]
fn impossible_rules_are_refused() {
    let refused =
        |change: fn(&mut Rules)| matches!(small(|_, _, r| change(&mut r.rules)), Err(Error::Usage { .. }));
    assert!(refused(|r| r.commuting = 1.5));
    assert!(refused(|r| r.talent_odds = 0.0));
    assert!(refused(|r| r.leavers_floor = 1.0));
    assert!(refused(|r| r.village_minimum = 0));
    assert!(refused(|r| r.farm_output_bound = f64::NAN));
}

/// The harmonised targets agree with both censuses.
#[test]
fn census_targets_add_up_to_both_censuses() {
    for (province, code) in [("zhejiang", "330000"), ("henan", "410000")] {
        let folder = root().join("scenarios").join(province);
        let targets = rows(&folder.join("census_2020.csv"));
        let column = |c: &str| targets.iter().map(|r| r[c].parse::<i64>().unwrap()).sum::<i64>();
        let mut seen = BTreeSet::new();
        let codes = targets.iter().flat_map(|r| r["codes_2010"].split(';'));
        assert!(codes.map(String::from).all(|code| seen.insert(code)), "{province}: a code of 2010 twice");
        for (year, unit_column, urban_column) in
            [(2010, "population_2010", "urban_2010"), (2020, "population_2020", "urban_2020")]
        {
            let path = folder.join(format!("data/census_{year}_counties.csv"));
            let census = census(&path, Some(year));
            let whole = &census.provinces[code].counts;
            assert_eq!(column(unit_column), whole.residents, "{province} {year}");
            assert_eq!(column(urban_column), whole.urban, "{province} {year}");
            if year == 2010 {
                let all: BTreeSet<String> = census
                    .counties
                    .iter()
                    .filter(|c| province_of(&c.code) == code)
                    .map(|c| c.code.clone())
                    .collect();
                assert_eq!(seen, all, "{province}: every unit of 2010 once");
            }
        }
    }
}
