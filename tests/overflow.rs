//! Promise: money never changes its sign. What has no room is refused where it is read, and a run that grows out of
//! the numbers stops, says so, and says where and when.

use std::path::Path;

use crate::program::{root, said, scenario, shanhai};
use shanhai::Error;
use shanhai::policy::KINDS;
use shanhai::run::load;

/// Runs the teaching case until it ends or stops; every year before that holds no negative capital.
fn until_it_stops(changes: &[&str]) -> Result<(), Error> {
    let mut changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
    changes.push("run.persons_per_agent=5000".to_owned());
    let mut simulation = load(&scenario("teaching/mountain_and_coast.toml"), &changes)?;
    simulation.run(|s| {
        let sound = |n: &shanhai::world::NodeState| n.capital.iter().chain(&n.revenue).all(|&fen| fen >= 0);
        assert!(s.world.nodes.iter().all(sound), "a sum changed its sign in {}", s.world.year);
        Ok(())
    })
}

#[test]
fn growth_without_end_stops_the_run_with_the_place_and_the_year() {
    for changes in [&["run.years=1000"][..], &["run.years=60", "drivers.technology.industry=0.5"]] {
        let error = until_it_stops(changes).expect_err("no whole number holds this");
        let Error::Overflow { year, ref node, yuan, .. } = error else { panic!("{error}") };
        assert!(year > 2025 && yuan > 1e14 && !node.is_empty(), "{error}");
        assert!(error.to_string().contains("overflows"), "{error}");
        assert_eq!(error.exit_code(), 1);
    }
}

#[test]
fn a_century_of_the_teaching_case_has_room() {
    until_it_stops(&["run.years=100"]).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn no_policy_can_be_asked_for_money_or_people_without_bound() {
    let mut fields = 0;
    for kind in KINDS {
        let schema = kind.schema();
        for (name, field) in schema["properties"].as_object().expect("fields") {
            let money = name.ends_with("_yuan")
                || ["budget_cap", "postings", "training_seats"].contains(&name.as_str());
            // The cap of a what-if, which pays nobody, is not used.
            if money && kind.name != "lever_change" {
                assert!(field["maximum"].is_number(), "{}.{name} has no greatest value: {field}", kind.name);
                fields += 1;
            }
        }
    }
    assert!(fields > 40, "{fields}");
}

/// A table of published output in which every figure is times a factor.
fn inflated(table: &str, factor: f64, folder: &Path) -> String {
    let path = root().join("scenarios/zhejiang/data").join(table);
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_path(path).expect("a table");
    let header = reader.headers().expect("a header").clone();
    let out = folder.join(table);
    let mut writer = csv::Writer::from_path(&out).expect("a file");
    writer.write_record(&header).expect("a header");
    for record in reader.records() {
        let record = record.expect("a row");
        let cells = record.iter().zip(&header).map(|(cell, name)| match cell.parse::<f64>() {
            Ok(number) if name.contains("gdp") => (number * factor).to_string(),
            _ => cell.to_owned(),
        });
        writer.write_record(cells).expect("a row");
    }
    writer.flush().expect("a file");
    out.display().to_string()
}

#[test]
fn prepare_refuses_output_that_no_world_makes() {
    let place = tempfile::tempdir().expect("a folder");
    let data = |name: &str| root().join("scenarios/zhejiang/data").join(name).display().to_string();
    // One figure above all, and figures that nobody makes.
    for (factor, part) in [(1e7, "gdp"), (300.0, "the output of all units")] {
        let gdp = inflated("county_gdp.csv", factor, place.path());
        let prefectures = inflated("prefecture_gdp.csv", factor, place.path());
        let out = place.path().join("tables").display().to_string();
        let centroids = root().join("scenarios/china/data/centroids.csv").display().to_string();
        let (census, registered) = (data("census_2020_counties.csv"), data("registered.csv"));
        let output = shanhai([
            "prepare",
            "--year",
            "2020",
            "--provinces",
            "330000",
            "--census",
            &census,
            "--centroids",
            &centroids,
            "--gdp",
            &gdp,
            "--prefecture-gdp",
            &prefectures,
            "--registered",
            &registered,
            "--outside",
            "111.7,33.4",
            "--out",
            &out,
        ]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(part), "{factor}: {}", said(&output));
        assert!(!Path::new(&out).join("nodes.csv").exists());
    }
}
