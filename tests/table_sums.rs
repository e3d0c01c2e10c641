//! Promise: tables that say less say it exactly. Small flows summed by prefecture leave every total as it is, and a county
//! is the sum of its nodes.

use std::collections::BTreeMap;
use std::path::Path;

use crate::program::{run, said, scenario, shanhai};
use crate::small_area;
use crate::small_area::{read, rows};

/// Amounts of a table of flows by year, factor, and prefecture of origin and destination, fen or persons.
fn sums(folder: &Path, prefecture_of: &BTreeMap<String, String>) -> BTreeMap<Vec<String>, i64> {
    let mut sums = BTreeMap::new();
    for row in rows(folder, "flows.csv") {
        let unit = |code: &String| prefecture_of.get(code).unwrap_or(code).clone();
        let key = vec![row[1].clone(), row[2].clone(), unit(&row[3]), unit(&row[4])];
        let amount = (row[5].parse::<f64>().unwrap() * 100.0).round() as i64;
        *sums.entry(key).or_insert(0) += amount;
    }
    sums
}

#[test]
fn flows_above_a_share_and_their_sums_have_the_totals_of_all_flows() {
    let place = tempfile::tempdir().unwrap();
    let file = scenario("zhejiang/baseline.toml");
    let small = ["--years", "1", "--persons-per-agent", "2000"];
    let [whole, told] = ["whole", "told"].map(|name| place.path().join(name));
    run(&file, &whole, &[&small[..], &["--set", "output.flow_share=0"]].concat());
    run(&file, &told, &small);
    let prefecture_of: BTreeMap<String, String> = rows(&whole, "places.csv")
        .into_iter()
        .filter(|row| !row[6].is_empty())
        .map(|row| (row[0].clone(), row[6].clone()))
        .collect();
    assert_eq!(sums(&whole, &prefecture_of), sums(&told, &prefecture_of));
    let levels = |folder: &Path| -> Vec<String> {
        let mut levels: Vec<String> =
            rows(folder, "flows.csv").into_iter().map(|row| row[7].clone()).collect();
        levels.sort();
        levels.dedup();
        levels
    };
    assert_eq!(levels(&whole), ["node"]);
    assert_eq!(levels(&told), ["node", "prefecture"]);
    let [all, fewer] = [&whole, &told].map(|folder| read(folder, "flows.csv").len());
    println!("flows.csv: {all} bytes whole, {fewer} by default");
    assert!(fewer * 3 < all, "{fewer} of {all} bytes");
    // A county is the sum of its nodes, and its codes are those of the nodes.
    let mut people: BTreeMap<(String, String), i64> = BTreeMap::new();
    for row in rows(&told, "nodes.csv").into_iter().filter(|row| !row[5].is_empty()) {
        *people.entry((row[1].clone(), row[5].clone())).or_insert(0) += row[8].parse::<i64>().unwrap();
    }
    let counties: BTreeMap<(String, String), i64> = rows(&told, "counties.csv")
        .into_iter()
        .map(|row| ((row[1].clone(), row[2].clone()), row[7].parse().unwrap()))
        .collect();
    assert_eq!(people, counties);
}

#[test]
fn parquet_is_written_by_a_build_that_has_it_and_explained_by_one_that_has_not() {
    let place = tempfile::tempdir().unwrap();
    let file = small_area::scenario(place.path(), "a", "\n[output]\nformat = [\"csv\", \"parquet\"]\n");
    let out = place.path().join("out");
    let output = shanhai(["run".as_ref(), file.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    if cfg!(feature = "parquet") {
        assert!(output.status.success(), "{}", said(&output));
        let magic = std::fs::read(out.join("nodes.parquet")).unwrap();
        assert!(magic.starts_with(b"PAR1") && magic.ends_with(b"PAR1"));
    } else {
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(
            said(&output).contains("--features parquet") && said(&output).contains("^"),
            "{}",
            said(&output)
        );
    }
    let alone = small_area::scenario(place.path(), "b", "\n[output]\nformat = [\"parquet\"]\n");
    let output = shanhai(["run".as_ref(), alone.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("CSV is always written"), "{}", said(&output));
}
