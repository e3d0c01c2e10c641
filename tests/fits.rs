//! Promise: `calibrate --target` fits any number of a scenario to any number that runs print. What is fitted to a run of the
//! model is found again; threads and a journal that was cut change no byte; what is asked wrongly is answered before
//! anything is touched.

use std::path::Path;

use crate::program::{command, said};
use crate::small_area::{read, rows, scenario};

const KEY: &str = "parameters.review_rate_18_34";

fn calibrate(file: &str, out: &Path, more: &[&str]) -> std::process::Output {
    let out = out.display().to_string();
    let mut words = vec!["calibrate", file, "--out", &out];
    words.extend(more);
    command(words).output().expect("the program starts")
}

/// What a run at the truth prints: an indicator of the area, and a column of a node.
fn truth(place: &Path, file: &str) -> [f64; 2] {
    let out = place.join("truth");
    let words = ["run", file, "--set", &format!("{KEY}=0.3"), "--quiet", "--out", &out.display().to_string()];
    let output = command(words).output().expect("the program starts");
    assert!(output.status.success(), "{}", said(&output));
    let indicator = rows(&out, "indicators.csv")
        .into_iter()
        .find(|r| (&r[1][..], &r[2][..], &r[3][..]) == ("2022", "moved_in", "area"));
    let head = read(&out, "nodes.csv");
    let head: Vec<&str> = head.lines().next().unwrap().split(',').collect();
    let at = |name: &str| head.iter().position(|column| *column == name).unwrap();
    let node = rows(&out, "nodes.csv")
        .into_iter()
        .find(|r| r[at("year")] == "2022" && r[at("node")] == "331121v")
        .unwrap_or_else(|| panic!("no such node in {}", read(&out, "nodes.csv")));
    [indicator.unwrap()[5].parse().unwrap(), node[at("residents")].parse().unwrap()]
}

#[test]
fn a_number_is_found_again_from_an_indicator_and_a_column_on_any_threads_and_after_a_cut() {
    let place = tempfile::tempdir().unwrap();
    let file = scenario(place.path(), "a", "").display().to_string();
    let [moved, residents] = truth(place.path(), &file);
    let targets = [
        format!("moved_in@2022={moved}~{}", moved / 50.0),
        format!("nodes.residents@2022[node=331121v]={residents}~{}", residents / 100.0),
    ];
    let more = [
        "--parameters",
        "review_rate_18_34=0.01..0.6",
        "--target",
        &targets[0],
        "--target",
        &targets[1],
        "--write",
        &place.path().join("found.toml").display().to_string(),
        "--force",
    ];
    let one = place.path().join("one");
    let output = calibrate(&file, &one, &[&more[..], &["--threads", "1"]].concat());
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("no evidence for the model"), "{}", said(&output));
    let found: f64 = rows(&one, "fitted.csv")[0][5].parse().unwrap();
    assert!((found - 0.3).abs() < 0.08, "{found}\n{}", said(&output));
    for row in rows(&one, "fitted_targets.csv") {
        let [wanted, error, start, fit] = [2, 3, 4, 5].map(|i| row[i].parse::<f64>().unwrap());
        assert!((wanted - fit).abs() <= (wanted - start).abs().max(error), "{row:?}");
    }

    // The scenario that was written prints what the table says.
    let again = place.path().join("again").display().to_string();
    let fitted = format!("{}#fitted", place.path().join("found.toml").display());
    let output = command(["run", &fitted, "--quiet", "--out", &again]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let printed = rows(Path::new(&again), "indicators.csv");
    let printed = printed.iter().find(|r| (&r[1][..], &r[2][..], &r[3][..]) == ("2022", "moved_in", "area"));
    let told: f64 = rows(&one, "fitted_targets.csv")[0][5].parse().unwrap();
    assert_eq!(printed.unwrap()[5].parse::<f64>().unwrap(), told);

    let three = place.path().join("three");
    let output = calibrate(&file, &three, &[&more[..], &["--threads", "3", "--quiet"]].concat());
    assert!(output.status.success() && output.stdout.is_empty(), "{}", said(&output));
    // A fit that was killed after two runs goes on from them.
    let cut = place.path().join("cut");
    std::fs::create_dir(&cut).unwrap();
    let begun: Vec<String> = read(&one, "points.jsonl").lines().take(3).map(str::to_owned).collect();
    std::fs::write(cut.join("points.jsonl"), begun.join("\n") + "\n").unwrap();
    let mark = read(&one, ".shanhai-folder").replace("status finished\n", "");
    std::fs::write(cut.join(".shanhai-folder"), mark).unwrap();
    let without = more.iter().filter(|word| **word != "--force").copied().collect::<Vec<_>>();
    std::fs::remove_file(place.path().join("found.toml")).unwrap();
    let output = calibrate(&file, &cut, &without);
    assert!(output.status.success(), "{}", said(&output));
    for other in [&three, &cut] {
        for table in ["fitted.csv", "fitted_targets.csv"] {
            assert_eq!(read(&one, table), read(other, table), "{table} of {}", other.display());
        }
    }
}

#[test]
fn what_cannot_be_fitted_is_said_before_a_folder_is_made() {
    let place = tempfile::tempdir().unwrap();
    let file = scenario(place.path(), "a", "").display().to_string();
    let out = place.path().join("out");
    let free = "review_rate_18_34=0.01..0.6";
    for (words, part) in [
        (vec!["--parameters", free, "--target", "share_urbann@2022=0.5"], "did you mean `share_urban`?"),
        (vec!["--parameters", free, "--target", "share_urban@2050=0.5"], "2020 to 2022"),
        (vec!["--parameters", "review_rate=0..1", "--target", "share_urban@2022=0.5"], "review_rate"),
        (vec!["--parameters", "run.nothing=0..1", "--target", "share_urban@2022=0.5"], "run.nothing"),
        (
            vec!["--parameters", "review_rate_18_34", "--target", "share_urban@2022=0.5"],
            "review_rate_18_34=0..1",
        ),
        (
            vec![
                "--parameters",
                "review_rate_18_34=0.1..0.2,floor_scale=0..1",
                "--target",
                "share_urban@2022=0.5",
            ],
            "at least as many targets",
        ),
        (vec!["--parameters", free], "--target"),
        (vec!["--parameters", free, "--target", "share_urban@2022=0.5", "--replicates", "0"], "at least one"),
    ] {
        let output = calibrate(&file, &out, &words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", said(&output));
        assert!(said(&output).contains(part), "{words:?}: no word of `{part}` in {}", said(&output));
        assert!(!out.exists(), "{words:?}");
    }
}
