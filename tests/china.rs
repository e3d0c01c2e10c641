//! Promise: any province of China, any list of provinces or prefectures, and the nation in one command. Residents are
//! those of the census, output is the published one, a county has the same row whatever it is prepared with, and what
//! is written is well.
#![cfg(feature = "china")]

use std::collections::BTreeMap;
use std::path::Path;

use shanhai::inside::prepare::{embedded, folder_name, prepared};
use shanhai::prepare::Prepared;

use crate::program::{root, said, shanhai};

fn area(text: &str, year: i32) -> Prepared {
    prepared(text, year, &embedded().unwrap()).unwrap_or_else(|e| panic!("{text} {year}: {e}"))
}

type Row = BTreeMap<String, String>;

fn rows(bytes: &[u8]) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|record| header.iter().map(String::from).zip(record.unwrap().iter().map(String::from)).collect())
        .collect()
}

fn table(prepared: &Prepared, name: &str) -> Vec<Row> {
    let (_, bytes) = prepared.tables.iter().find(|(table, _)| *table == name).expect("the table");
    rows(bytes)
}

fn data(name: &str) -> Vec<Row> {
    rows(&std::fs::read(root().join("data").join(name)).unwrap())
}

/// Residents and output (10,000 yuan) of each province, from the nodes of an area.
fn by_province(prepared: &Prepared) -> BTreeMap<String, (i64, f64)> {
    let mut sums: BTreeMap<String, (i64, f64)> = BTreeMap::new();
    for node in &prepared.rows {
        let sum = sums.entry(node.province.clone()).or_default();
        sum.0 += node.residents;
        sum.1 += (node.output.iter().map(|&x| x as f64).sum::<f64>() + node.dwellings as f64) / 1e4;
    }
    sums
}

#[test]
fn the_nation_has_the_residents_of_the_census_and_the_output_that_its_provinces_publish() {
    let nation = area("china", 2020);
    let found = by_province(&nation);
    assert_eq!(found.len(), 31);
    let census = data("census_2020.csv");
    for row in census.iter().filter(|row| row["level"] == "province") {
        assert_eq!(
            found[&row["gb_code"]].0,
            row["pop_total"].parse::<i64>().unwrap(),
            "{}",
            row["county_cn"]
        );
    }
    for row in data("province_output.csv").iter().filter(|row| row["year"] == "2020") {
        let (stated, found) = (row["gdp_10k_yuan"].parse::<f64>().unwrap(), found[&row["gb_code"]].1);
        assert!((found / stated - 1.0).abs() < 1e-5, "{}: {found} for {stated}", row["province_cn"]);
    }
    assert!(nation.tables.iter().all(|(name, _)| *name != "outside.csv"));
    // As many people live away from home as newcomers are counted.
    let registered: i64 = nation.rows.iter().map(|n| n.registered).sum();
    assert_eq!(registered, 1_409_778_724);

    // A county alone is the county within the nation, but for coordinates that were moved apart.
    let national = table(&nation, "nodes.csv");
    for part in ["福建", "浙江省+江西省", "46"] {
        let alone = table(&area(part, 2020), "nodes.csv");
        assert!(alone.len() > 40, "{part}");
        for row in &alone {
            let within = national.iter().find(|other| other["id"] == row["id"]).expect("the same unit");
            let moved = |name: &str| ["longitude", "latitude", "provenance"].contains(&name);
            for (name, value) in row.iter().filter(|(name, _)| !moved(name)) {
                assert_eq!(value, &within[name], "{part} {} {name}", row["id"]);
            }
        }
    }
}

#[test]
fn the_census_of_2010_makes_every_area_too() {
    let nation = by_province(&area("全国", 2010));
    assert_eq!(nation.len(), 31);
    let residents: i64 = nation.values().map(|(n, _)| n).sum();
    // Seven prefectures' remainders below a thousand people are dropped, and named.
    assert!((1_332_810_869 - residents).abs() < 10_000, "{residents}");
    let output: f64 = nation.values().map(|(_, y)| y).sum();
    assert!((output / 4_121_192_000.0 - 1.0).abs() < 0.002, "{output}");
    assert_eq!(area("guizhou", 2010).year, 2010);
}

#[test]
fn an_area_has_many_names() {
    let names = [
        ("福建", "fujian"),
        ("福建省", "fujian"),
        ("Fujian", "fujian"),
        ("35", "fujian"),
        ("350000", "fujian"),
        ("内蒙古", "inner_mongolia"),
        ("吉林", "jilin"),
        ("吉林市", "吉林市"),
        ("厦门", "厦门市"),
        ("3502", "厦门市"),
        ("恩施", "恩施土家族苗族自治州"),
        ("济源市", "济源市"),
        ("浙江省+江西省", "zhejiang+jiangxi"),
        ("北京、天津、河北", "beijing+tianjin+hebei"),
        ("重庆", "chongqing"),
    ];
    for (text, folder) in names {
        assert_eq!(folder_name(&area(text, 2020)), folder, "{text}");
    }
    let data = embedded().unwrap();
    for (text, words) in [
        ("福健", vec!["福健", "perhaps `福建`"]),
        ("桐庐县", vec!["it is a county", "杭州市"]),
        ("china+福建", vec!["a part of it"]),
        ("99", vec!["99"]),
        ("", vec!["no area"]),
    ] {
        let error = prepared(text, 2020, &data).expect_err(text);
        assert_eq!(error.exit_code(), 2);
        for word in words {
            assert!(error.to_string().contains(word), "{text}: `{word}` is not in {error}");
        }
    }
    assert!(prepared("福建", 2015, &data).expect_err("no census").to_string().contains("2020 and 2010"));
}

/// `new`, `check`, and a year of the baseline and of the policy, audited.
fn works(folder: &Path, arguments: &[&str], persons: &str) {
    let out = folder.to_str().expect("a path");
    let mut new = vec!["new"];
    new.extend(arguments);
    new.extend(["--out", out]);
    let output = shanhai(&new);
    assert!(output.status.success(), "{}", said(&output));
    let again = shanhai(&new);
    assert_eq!(again.status.code(), Some(2), "nothing is replaced unasked");
    for scenario in ["baseline.toml", "equal_services.toml"] {
        let scenario = folder.join(scenario);
        let scenario = scenario.to_str().expect("a path");
        let checked = shanhai(["check", scenario]);
        assert!(checked.status.success(), "{}", said(&checked));
        let results = folder.join("results");
        let ran = shanhai([
            "run",
            scenario,
            "--quiet",
            "--force",
            "--persons-per-agent",
            persons,
            "--set",
            "run.years=1",
            "--out",
            results.to_str().expect("a path"),
        ]);
        assert!(ran.status.success(), "{}", said(&ran));
    }
    let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
    assert!(readme.contains("median error") || readme.contains("not published"), "{readme}");
}

#[test]
fn an_area_is_written_checked_and_run() {
    let place = tempfile::tempdir().unwrap();
    works(&place.path().join("a"), &["宁夏"], "1000");
    works(&place.path().join("b"), &["厦门市"], "1000");
    works(&place.path().join("c"), &["青海+甘肃"], "1000");
    works(&place.path().join("d"), &["海南", "--year", "2010"], "1000");
}

#[test]
fn data_of_a_folder_take_the_place_of_those_inside() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    for (name, path) in shanhai::inside::prepare::MEMBERS {
        std::fs::copy(root().join(path), at(name)).unwrap();
    }
    // Ningxia produces twice as much here.
    let table = std::fs::read_to_string(at("province_output.csv")).unwrap();
    let doubled: String = table
        .lines()
        .map(|line| match line.split(',').collect::<Vec<_>>().as_slice() {
            ["640000", name, year, numbers @ ..] => {
                let twice = numbers.iter().map(|x| (2.0 * x.parse::<f64>().unwrap()).to_string());
                format!("640000,{name},{year},{}\n", twice.collect::<Vec<_>>().join(","))
            }
            _ => format!("{line}\n"),
        })
        .collect();
    assert_ne!(doubled, table);
    std::fs::write(at("province_output.csv"), doubled).unwrap();
    let output =
        |data: &shanhai::scenario::Files| by_province(&prepared("宁夏", 2020, data).unwrap())["640000"].1;
    let ratio = output(&shanhai::scenario::Files::folder(place.path())) / output(&embedded().unwrap());
    assert!((ratio - 2.0).abs() < 1e-6, "{ratio}");
}
