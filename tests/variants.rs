//! Promise: a scenario by difference is the scenario that its text means. `base` inherits, `[variant.NAME]` and `[grid]`
//! change, and what is wrong points into the file that said it.

use std::path::{Path, PathBuf};

use crate::program::{scenario, shanhai};
use crate::small_area::{read, rows};
use shanhai::scenario::{Files, ScenarioSource};

/// Files in a folder of their own, with the teaching case in a folder beside them.
fn desk(files: &[(&str, &str)]) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let below = place.path().join("below");
    std::fs::create_dir(&below).unwrap();
    for name in ["mountain_and_coast.toml", "mountain_and_coast_nodes.csv"] {
        std::fs::copy(scenario("teaching").join(name), below.join(name)).unwrap();
    }
    std::fs::create_dir(place.path().join("upper")).unwrap();
    for (name, text) in files {
        std::fs::write(place.path().join(name), text).unwrap();
    }
    place
}

fn refused(path: &Path) -> String {
    ScenarioSource::file(path).load(&[]).map(drop).unwrap_err().to_string()
}

const UPPER: &str = r#"base = "../below/mountain_and_coast.toml"
title = "Upper"
drivers.technology.industry = 0.05

[run]
persons_per_agent = 100
"#;

const REFORM: &str = r#"
[[policy.hukou_reform]]
at = { tier = "urban" }
access_workers = 0.6
payers = { county = 1.0 }
"#;

#[test]
fn a_file_on_top_of_another_says_what_is_different_and_keeps_the_rest() {
    let place =
        desk(&[("upper/upper.toml", UPPER), ("upper/top.toml", "base = \"upper.toml\"\n[run]\nyears = 3\n")]);
    let top = place.path().join("upper/top.toml");
    let loaded = ScenarioSource::file(&top).load(&[]).unwrap();
    let (run, drivers) = (&loaded.scenario.run, &loaded.scenario.drivers);
    assert_eq!((run.years, run.persons_per_agent, run.start_year), (3, 100, 2020));
    assert_eq!((drivers.technology.industry, drivers.technology.agriculture), (0.05, 0.036));
    assert_eq!(loaded.scenario.title, "Upper");
    assert_eq!(loaded.area.geography.area_nodes(), 6, "tables lie where the lowest file names them");
    let names: Vec<&str> = loaded.origin.inputs.iter().map(|i| i.path.as_str()).collect();
    let expected =
        ["upper.toml", "../below/mountain_and_coast.toml", "../below/mountain_and_coast_nodes.csv"];
    assert_eq!(names, expected, "every file that was read is an input");

    // A checkpoint holds all of it: the files below may be gone.
    std::fs::remove_file(place.path().join("below/mountain_and_coast.toml")).unwrap();
    let again = ScenarioSource::again(&loaded.origin, Files::folder(&loaded.origin.folder));
    assert_eq!(again.load(&[]).unwrap().scenario, loaded.scenario);
    assert!(refused(&top).contains("mountain_and_coast.toml"), "a file below that is gone is named");
}

#[test]
fn an_error_points_into_the_file_that_said_it() {
    let wrong_below = "base = \"upper.toml\"\n";
    let place = desk(&[
        ("upper/upper.toml", &UPPER.replace("0.05", "\"fast\"")),
        ("upper/top.toml", wrong_below),
        (
            "upper/own.toml",
            "base = \"../below/mountain_and_coast.toml\"\nparameters.relocation_reviews = 1\n",
        ),
        ("upper/a.toml", "base = \"b.toml\"\n"),
        ("upper/b.toml", "base = \"a.toml\"\n"),
    ]);
    let at = |name: &str| place.path().join("upper").join(name);
    let below = refused(&at("top.toml"));
    assert!(below.contains("upper.toml:3:31") && below.contains("\"fast\""), "{below}");
    let own = refused(&at("own.toml"));
    assert!(own.contains("own.toml:2:12") && own.contains("did you mean `relocation_review`"), "{own}");
    let circle = refused(&at("a.toml"));
    assert!(circle.contains("leads in a circle"), "{circle}");
}

#[test]
fn variants_and_points_of_a_grid_are_the_scenarios_that_their_changes_make() {
    let set = format!(
        "{UPPER}{REFORM}\n[variant.none]\npolicy.hukou_reform = []\n\n[variant.fast]\nparameters.relocation_review = 0.2\n\
         \"policy.hukou_reform[0].access_workers\" = 0.9\n\n[grid]\n\"policy.hukou_reform[0].access_workers\" = [0.3, \
         0.9]\nrun.seed = [1, 2]\n"
    );
    let zipped = set.replace("[grid]\n", "[grid]\nhow = \"zipped\"\n");
    let place = desk(&[("upper/set.toml", &set), ("upper/zipped.toml", &zipped)]);
    let path = place.path().join("upper/set.toml");
    let names = |file: &str| -> Vec<String> {
        let source = ScenarioSource::file(&place.path().join("upper").join(file));
        source.variants().unwrap().into_iter().map(|v| v.name).collect()
    };
    let mut found = names("set.toml");
    found.sort();
    let points = [
        "access_workers=0.3,seed=1",
        "access_workers=0.3,seed=2",
        "access_workers=0.9,seed=1",
        "access_workers=0.9,seed=2",
    ];
    assert_eq!(found, [&points[..], &["fast", "none"]].concat());
    let mut found = names("zipped.toml");
    found.sort();
    assert_eq!(found, ["access_workers=0.3,seed=1", "access_workers=0.9,seed=2", "fast", "none"]);

    let variant = |name: &str| {
        let path = PathBuf::from(format!("{}#{name}", path.display()));
        ScenarioSource::file(&path).load(&[]).unwrap().scenario
    };
    // Each is the file with the same changes given on the command line.
    let by_hand = |changes: &[&str]| {
        let changes: Vec<String> = changes.iter().map(|c| (*c).to_owned()).collect();
        ScenarioSource::file(&path).load(&changes).unwrap().scenario
    };
    assert_eq!(variant("none"), by_hand(&["policy.hukou_reform=[]"]));
    let access = "policy.hukou_reform[0].access_workers";
    assert_eq!(variant("fast"), by_hand(&["parameters.relocation_review=0.2", &format!("{access}=0.9")]));
    assert_eq!(variant("access_workers=0.3,seed=2"), by_hand(&[&format!("{access}=0.3"), "run.seed=2"]));
    assert_ne!(variant("none"), by_hand(&[]));

    let unknown = refused(&PathBuf::from(format!("{}#fsat", path.display())));
    assert!(
        unknown.contains("there is no variant `fsat`") && unknown.contains("did you mean `fast`"),
        "{unknown}"
    );
}

#[test]
fn what_is_wrong_with_a_set_is_said_under_its_line() {
    let set = |more: &str| format!("{UPPER}{REFORM}\n{more}");
    let cases = [
        (
            "[variant.low]\nparameters.relocation_reviews = 1\n",
            "set.toml#low",
            "set.toml:14:12",
            "did you mean `relocation_review`",
        ),
        ("[variant.low]\n\"policy.hukou_reform[3].intensity\" = 1\n", "set.toml#low", "set.toml:14:1", "[3]"),
        ("[variant]\nlow = 3\n", "set.toml", "set.toml:14:7", "[variant.NAME]"),
        ("[variant.\"a b\"]\nparameters.relocation_review = 1\n", "set.toml", "set.toml:13:10", "is no name"),
        ("[grid]\nparameters.relocation_review = 3\n", "set.toml", "set.toml:14:32", "not a list"),
        (
            "[grid]\nhow = \"zipped\"\nparameters.relocation_review = [0.1]\nrun.seed = [1, 2]\n",
            "set.toml",
            "set.toml:13",
            "zipped",
        ),
        ("[grid]\nhow = \"half\"\nrun.seed = [1, 2]\n", "set.toml", "set.toml:14:7", "full"),
    ];
    for (more, name, at, part) in cases {
        let place = desk(&[("upper/set.toml", &set(more))]);
        let said = refused(&place.path().join("upper").join(name));
        assert!(said.contains(at) && said.contains(part), "no `{at}` or `{part}` in\n{said}");
    }
}

#[test]
fn check_explains_the_set_and_compare_runs_all_of_it_side_by_side() {
    let file = scenario("teaching/variants.toml");
    let file = file.to_str().unwrap();
    let checked = shanhai(["check", file]);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert_eq!(checked.status.code(), Some(0), "{said}");
    for part in ["Based on", "mountain_and_coast.toml", "5 beside", "centre_pays", "policy.hukou_reform = []"]
    {
        assert!(said.contains(part), "no `{part}` in {said}");
    }
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let words = ["compare", file, "--replicates", "3", "--persons-per-agent", "500", "--years", "7"];
    let compared = shanhai(words.iter().copied().chain(["--out", out.to_str().unwrap()]));
    let page = String::from_utf8_lossy(&compared.stdout).into_owned();
    assert_eq!(compared.status.code(), Some(0), "{}", crate::program::said(&compared));
    assert!(page.starts_with("6 scenarios side by side"), "{page}");
    assert!(page.contains("12 replicates would halve it") && !page.contains(" vs "), "{page}");
    assert!(String::from_utf8_lossy(&compared.stderr).contains("of 21 runs"), "first rows while it runs");
    let table = rows(&out, "variants.csv");
    let of =
        |name: &str| table.iter().find(|r| r[0] == name && r[2] == "residents" && r[3] == "area").unwrap();
    let first = of("variants");
    assert!(first[10].is_empty() && first[9] == "12" && !first[7].is_empty(), "{first:?}");
    assert_eq!(of("late")[13], "shared");
    assert_eq!(of("none")[1], "none");
    // The mean and its error are those of the replicates.
    let values: Vec<f64> = rows(&out, "replicates.csv")
        .iter()
        .filter(|r| {
            r[0].starts_with("late/policy/") && r[2] == "residents" && r[3] == "area" && r[5] == "2027"
        })
        .map(|r| r[6].parse().unwrap())
        .collect();
    let mean = values.iter().sum::<f64>() / 3.0;
    let error = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 2.0 / 3.0).sqrt();
    let late = of("late");
    let [said_mean, said_error] = [6, 7].map(|i| late[i].parse::<f64>().unwrap());
    assert!((mean - said_mean).abs() < 1e-9 * mean && (error - said_error).abs() <= 1e-9 * error.max(1.0));

    // A variant alone, and quietly.
    let alone = place.path().join("alone");
    let run = shanhai([
        "run",
        &format!("{file}#none"),
        "--years",
        "1",
        "--quiet",
        "--out",
        alone.to_str().unwrap(),
    ]);
    assert_eq!(run.status.code(), Some(0), "{}", crate::program::said(&run));
    assert!(read(&alone, "manifest.json").contains("mountain_and_coast.toml"));
    let quiet = place.path().join("quiet");
    let more = ["--quiet", "--out", quiet.to_str().unwrap()];
    let run = shanhai(words.iter().copied().chain(more));
    assert!(
        run.status.success() && run.stdout.is_empty() && run.stderr.is_empty(),
        "{}",
        crate::program::said(&run)
    );
}
