//! Promise: the levels of prepared tables are right, or they are refused. National figures are data, so that no level
//! depends on which rows ride along; sums of others are set aside; a table says its year.

use std::collections::BTreeMap;
use std::path::Path;

use shanhai::prepare::{Area, Report, Request, prepare};
use shanhai::scenario::Files;

use crate::program::{root, said, shanhai};

/// An invented province of three counties in the layout of the census of 2020.
const UNITS: [(&str, &str, i64); 3] =
    [("990101", "甲区", 600_000), ("990121", "乙县", 400_000), ("990122", "丙县", 200_000)];

const INDUSTRIES: [(&str, i64); 20] = [
    ("agri", 12),
    ("mining", 0),
    ("manufacturing", 12),
    ("utilities", 1),
    ("construction", 4),
    ("trade", 8),
    ("transport", 3),
    ("hotel_catering", 3),
    ("ict", 1),
    ("finance", 1),
    ("real_estate", 1),
    ("business_services", 1),
    ("science", 1),
    ("environment", 1),
    ("resident_services", 1),
    ("education", 2),
    ("health", 1),
    ("culture", 1),
    ("public_admin", 2),
    ("intl_org", 0),
];

fn header() -> String {
    let mut columns: Vec<String> = "gb_code,county_cn,year,level,pop_total,pop_urban,pop_rural,\
        reg_other_township_same_county,reg_other_county_same_province,reg_other_province,age_0,age_1_4"
        .split(',')
        .map(String::from)
        .collect();
    columns.extend((1..17).map(|g| format!("age_{}_{}", 5 * g, 5 * g + 4)));
    columns.push("age_85p".into());
    columns.extend(
        ["none", "preschool", "primary", "junior_high", "senior_high", "college", "university_plus"]
            .map(|level| format!("edu_{level}")),
    );
    columns.push("emp10pct_total".into());
    columns.extend(INDUSTRIES.map(|(name, _)| format!("emp10pct_{name}")));
    columns.join(",")
}

fn row(code: &str, name: &str, level: &str, n: i64) -> String {
    let mut cells: Vec<i64> = vec![n, n * 6 / 10, n - n * 6 / 10, n / 10, n / 20, n / 50];
    let mut ages = vec![n / 100, n * 4 / 100];
    ages.extend([n * 5 / 100; 16]);
    ages.push(n - ages.iter().sum::<i64>());
    cells.extend(ages);
    cells.extend([n / 50, n / 50, n / 4, n / 3, n / 6, n / 10, n / 20]);
    let jobs = INDUSTRIES.map(|(_, per_mille)| n * per_mille / 1000);
    cells.push(jobs.iter().sum());
    cells.extend(jobs);
    let cells: Vec<String> = cells.iter().map(i64::to_string).collect();
    format!("{code},{name},2020,{level},{}", cells.join(","))
}

/// The census with the counties, and with the rows above them.
fn census(above: bool) -> String {
    let all: i64 = UNITS.iter().map(|u| u.2).sum();
    let mut lines = vec![header()];
    if above {
        lines.push(row("990000", "省", "province", all));
        lines.push(row("990100", "市", "prefecture", all));
    }
    lines.extend(UNITS.map(|(code, name, n)| row(code, name, "county", n)));
    lines.join("\n") + "\n"
}

const CENTROIDS: &str = "gb_code,county_cn,centroid_lon,centroid_lat,area_km2\n990101,甲区,110,30,800\n\
    990121,乙县,110.5,30.2,1500\n990122,丙县,110.2,30.6,2000\n980101,外,115,33,1000\n";
const REGISTERED: &str = "gb_code,year,hukou_pop_10k\n990101,2020,58\n990121,2020,42\n990122,2020,22\n";
/// 94 billion yuan, 78,000 a head.
const OUTPUT: &str = "gb_code,county_cn,year,gdp_10k_yuan,gdp_primary_10k_yuan\n990101,甲区,2020,6000000,60000\n\
    990121,乙县,2020,2400000,240000\n990122,丙县,2020,1000000,200000\n";

/// Prepares tables in memory.
fn tables(area: Area, census: String, output: Option<&str>) -> shanhai::Result<(Report, Vec<Row>)> {
    let mut files: Vec<(&str, Vec<u8>)> = vec![
        ("census.csv", census.into_bytes()),
        ("centroids.csv", CENTROIDS.into()),
        ("registered.csv", REGISTERED.into()),
    ];
    files.extend(output.map(|text| ("gdp.csv", text.as_bytes().to_vec())));
    let out = tempfile::tempdir().unwrap();
    let request = Request {
        files: Files::memory(files),
        census: "census.csv".into(),
        centroids: "centroids.csv".into(),
        registered: Some("registered.csv".into()),
        gdp: output.map(|_| "gdp.csv".into()),
        ..Request::new(area, out.path())
    };
    let report = prepare(&request)?;
    Ok((report, rows(&out.path().join("nodes.csv"))))
}

type Row = BTreeMap<String, String>;

fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|record| header.iter().map(String::from).zip(record.unwrap().iter().map(String::from)).collect())
        .collect()
}

/// Sum over the rows of a county (or all of them) and the columns that begin and end so.
fn sum(rows: &[Row], county: &str, begins: &str, ends: &str) -> f64 {
    let of = |row: &&Row| county.is_empty() || row["county"] == county;
    let columns = |row: &Row| -> f64 {
        let these = row.iter().filter(|(name, _)| name.starts_with(begins) && name.ends_with(ends));
        these.map(|(_, value)| value.parse::<f64>().unwrap_or(0.0)).sum()
    };
    rows.iter().filter(of).map(columns).sum()
}

fn output_of(rows: &[Row], county: &str) -> f64 {
    sum(rows, county, "output_", "_yuan")
}

fn refused(result: shanhai::Result<(Report, Vec<Row>)>, words: &[&str]) {
    let error = result.expect_err("it must be refused");
    assert_eq!(error.exit_code(), 2, "{error}");
    let text = error.to_string();
    for word in words {
        assert!(text.contains(word), "`{word}` is not in: {text}");
    }
}

#[test]
fn stated_output_of_the_base_year_is_kept_to_the_yuan() {
    for (area, above) in [(Area::Provinces(vec!["99".into()]), true), (Area::All, true), (Area::All, false)] {
        let (_, rows) = tables(area, census(above), Some(OUTPUT)).unwrap();
        for (county, stated) in [("990101", 6e10), ("990121", 2.4e10), ("990122", 1e10)] {
            let found = output_of(&rows, county);
            assert!((found - stated).abs() < 10.0, "{county}: {found} for {stated}, rows above: {above}");
        }
    }
}

#[test]
fn a_unit_without_a_figure_gets_the_output_per_job_of_its_neighbours() {
    let missing = OUTPUT.replace("990122,丙县,2020,1000000,200000\n", "");
    for above in [true, false] {
        let (report, rows) = tables(Area::All, census(above), Some(&missing)).unwrap();
        let found = output_of(&rows, "990122") / 200_000.0;
        assert!((80_000.0..90_000.0).contains(&found), "{found} yuan a head; the two others have 84,000");
        assert!(
            report
                .notes("Output")
                .iter()
                .any(|line| line.starts_with("990122 丙县: no prefecture output; no"))
        );
    }
    // Without any figure: jobs at the nation's output per job, whatever rows there are.
    let mut levels = Vec::new();
    for above in [true, false] {
        let (_, rows) = tables(Area::All, census(above), None).unwrap();
        levels.push(output_of(&rows, "") / 1_200_000.0);
    }
    assert_eq!(levels[0], levels[1]);
    assert!((50_000.0..110_000.0).contains(&levels[0]), "{levels:?} beside 72,000 in the nation");
}

#[test]
fn output_in_a_wrong_unit_is_refused_with_the_names_of_the_units() {
    let provinces = || Area::Provinces(vec!["990000".into()]);
    let in_yuan = OUTPUT.replace("000,", "0000000,").replace("000\n", "0000000\n");
    refused(tables(provinces(), census(true), Some(&in_yuan)), &["990101 甲区", "990122 丙县", "--believe"]);
    let one = OUTPUT.replace("1000000,200000", "100,20");
    refused(tables(provinces(), census(true), Some(&one)), &["990122 丙县"]);
}

#[test]
fn sums_among_the_counties_are_named_and_counted_once() {
    let plain = tables(Area::All, census(true), Some(OUTPUT)).unwrap().1;
    let all: i64 = UNITS.iter().map(|u| u.2).sum();
    let mut text = census(true);
    text.push_str(&(row("990100", "市辖区", "county", all) + "\n"));
    text.push_str(&(row("", "开发区", "county", 1_000) + "\n"));
    let (report, rows) = tables(Area::All, text, Some(OUTPUT)).unwrap();
    assert_eq!(sum(&rows, "", "residents", ""), 1_200_000.0);
    assert_eq!(rows, plain);
    let left_out = report.notes("Rows left out").join("\n");
    assert!(left_out.contains("990100 市辖区 (1200000 residents"), "{left_out}");
    assert!(left_out.contains("开发区"), "{left_out}");
    // A printed table has province, prefecture and counties under one another and no column that tells them apart.
    for of_province in [all, 3 * all] {
        let above = [row("990000", "省", "county", of_province), row("990100", "市", "county", all)];
        let text = format!("{}{}\n", census(false), above.join("\n"));
        let (_, rows) = tables(Area::All, text, Some(OUTPUT)).unwrap();
        assert_eq!(sum(&rows, "", "residents", ""), 1_200_000.0);
    }
    // Without the prefecture's own row its sum among the counties stands for it.
    let mut text = census(false);
    text.push_str(&(row("990100", "市辖区", "county", all) + "\n"));
    let (_, rows) = tables(Area::All, text, Some(OUTPUT)).unwrap();
    assert_eq!(sum(&rows, "", "residents", ""), 1_200_000.0);
}

#[test]
fn a_unit_with_hardly_anybody_at_work_has_the_jobs_of_its_prefecture() {
    let plain = tables(Area::All, census(true), Some(OUTPUT)).unwrap().1;
    let header = header();
    let idle = |line: &str, share: i64| -> String {
        let cells = header.split(',').zip(line.split(',')).map(|(column, cell)| match cell.parse::<i64>() {
            Ok(n) if column.starts_with("emp10pct_") => (n / share).to_string(),
            _ => cell.to_owned(),
        });
        cells.collect::<Vec<_>>().join(",")
    };
    let prepared = |share: i64| {
        let lines = census(true);
        let lines = lines
            .lines()
            .map(|line| if line.starts_with("990122") { idle(line, share) } else { line.into() });
        tables(Area::All, lines.collect::<Vec<String>>().join("\n"), Some(OUTPUT)).unwrap().1
    };
    let employed = |rows: &[Row]| sum(rows, "990122", "employed_", "") + sum(rows, "990122", "commuters", "");
    // A tenth of what its neighbours have is not believed, a half is.
    let herders = prepared(10);
    assert!((employed(&herders) / employed(&plain) - 1.0).abs() < 0.01, "{}", employed(&herders));
    let told = |rows: &[Row]| rows.iter().any(|row| row["provenance"].contains("participation_prefecture"));
    assert!(told(&herders) && !told(&plain));
    let half = prepared(2);
    assert!((employed(&half) / employed(&plain) - 0.5).abs() < 0.01 && !told(&half), "{}", employed(&half));
}

#[test]
fn output_under_a_code_that_was_given_to_another_unit_is_that_units() {
    // 990101 became the code of what the census calls 丙县.
    let reused = "gb_code,county_cn,year,gdp_10k_yuan,gdp_primary_10k_yuan\n990101,丙区,2020,1000000,200000\n\
        990121,乙县,2020,2400000,240000\n";
    let (report, rows) = tables(Area::All, census(true), Some(reused)).unwrap();
    assert!((output_of(&rows, "990122") - 1e10).abs() < 10.0, "{}", output_of(&rows, "990122"));
    assert!(output_of(&rows, "990101") > 3e10, "{}", output_of(&rows, "990101"));
    let told = report.notes("Output under another unit's code").join("\n");
    assert!(told.contains("990101 is 丙区") && told.contains("taken for 990122"), "{told}");
}

/// The nation of 2010, and a province of it, from one table and from the table of the province alone.
#[test]
fn a_province_alone_has_the_output_that_it_has_within_the_nation() {
    let data = |name: &str| root().join("scenarios/china/data").join(name);
    let whole = data("census_2010_counties.csv");
    let text = std::fs::read_to_string(&whole).unwrap();
    let own: String = text
        .lines()
        .filter(|line| line.starts_with(['#', 'g']) || line.starts_with("51"))
        .map(|line| format!("{line}\n"))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let alone = folder.path().join("sichuan.csv");
    std::fs::write(&alone, own).unwrap();
    let mut found = Vec::new();
    for (census, out) in [(whole, "within"), (alone, "alone")] {
        let out = folder.path().join(out);
        let request = Request {
            census,
            centroids: data("centroids.csv"),
            minimum_wage: Some(data("minimum_wage_2018.csv")),
            prefecture_wage: Some(data("prefecture_wage_2010.csv")),
            renames: Some(data("renames_2010.csv")),
            ..Request::new(Area::Provinces(vec!["四川".into()]), &out)
        };
        prepare(&request).unwrap();
        found.push(rows(&out.join("nodes.csv")));
    }
    assert_eq!(found[0].len(), found[1].len());
    let national = rows(&root().join("scenarios/china/2010/nodes.csv"));
    for (within, alone) in found[0].iter().zip(&found[1]) {
        // The whole country, prepared as one area, has this row word for word.
        let shipped = national.iter().find(|row| row["id"] == within["id"]).expect("the same unit");
        let place = |name: &&String| ["longitude", "latitude", "provenance"].contains(&name.as_str());
        for (name, value) in within.iter().filter(|(name, _)| !place(name)) {
            assert_eq!(value, &shipped[name], "{} {name}", within["id"]);
        }
        let (a, b) =
            (output_of(std::slice::from_ref(within), ""), output_of(std::slice::from_ref(alone), ""));
        assert!((a / b - 1.0).abs() < 1e-6, "{}: {a} within the nation, {b} alone", within["id"]);
    }
}

#[test]
fn provinces_and_prefectures_are_found_by_name_and_short_code() {
    for name in ["99", "9900", "990000", "省"] {
        assert!(tables(Area::Provinces(vec![name.into()]), census(true), Some(OUTPUT)).is_ok(), "{name}");
    }
    for name in ["9901", "990100", "市"] {
        assert!(tables(Area::Prefectures(vec![name.into()]), census(true), Some(OUTPUT)).is_ok(), "{name}");
    }
    refused(
        tables(Area::Prefectures(vec!["乙县".into()]), census(true), Some(OUTPUT)),
        &["乙县", "it is a county", "990100 市"],
    );
    refused(tables(Area::Provinces(vec!["浙江".into()]), census(true), Some(OUTPUT)), &["浙江", "990000 省"]);
}

#[test]
fn tables_say_their_year_and_a_scenario_of_another_year_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let table = |year: &str| {
        let text = std::fs::read_to_string(root().join("scenarios/teaching/two_regions_nodes.csv")).unwrap();
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let header = format!("{},year\n", lines.next().unwrap());
        header + &lines.map(|line| format!("{line},{year}\n")).collect::<String>()
    };
    std::fs::write(at("nodes.csv"), table("2010")).unwrap();
    let output = shanhai(["new", &at("own.toml")]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(std::fs::read_to_string(at("own.toml")).unwrap().contains("start_year = 2010 "));
    let check = |change: &str| shanhai(["check", &at("own.toml"), "--set", change]);
    let output = check("run.start_year=2010");
    let problems = said(&output);
    assert!(!problems.contains("is of 2010"), "{problems}");
    let output = check("run.start_year=2020");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("start_year is 2020, but"), "{}", said(&output));
    assert!(said(&output).contains("nodes.csv is of 2010"), "{}", said(&output));
}
