//! Promise: a run can begin with the past of another. The same future of a past is the run in one piece, byte for byte;
//! another future shares every row of the past; what would make it another past is refused by name.

use std::path::{Path, PathBuf};

use crate::program::{run, said, shanhai, tables};
use crate::small_area::{read, rows, scenario};

const REFORM: &str = "\n[[policy.hukou_reform]]\nat = { tier = \"urban\" }\naccess_workers = 0.9\nactive = { phase_in = 2 }\n\
                      payers = { county = 1.0 }\n";

/// A past of two years of a run of four, with what goes on from it.
struct Desk {
    place: tempfile::TempDir,
}

impl Desk {
    fn new(policies: &str) -> Desk {
        let place = tempfile::tempdir().unwrap();
        let a = scenario(place.path(), "a", policies);
        run(&a, &place.path().join("past"), &["--years", "4", "--checkpoint-every", "2"]);
        Desk { place }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// A scenario on top of the first.
    fn upper(&self, name: &str, text: &str) -> PathBuf {
        let path = self.at(&format!("{name}.toml"));
        std::fs::write(&path, format!("base = \"a.toml\"\n{text}")).unwrap();
        path
    }

    /// The key of a run in tables: folder and file.
    fn key(&self, name: &str) -> String {
        format!("{}-{name}", self.place.path().file_name().unwrap().to_string_lossy())
    }
}

const FROM_PAST: &str = "[run]\nyears = 4\nstart_from = \"past@2022\"\n";

fn refused(file: &Path, out: &Path) -> String {
    let output = shanhai(["run".as_ref(), file.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(!out.exists(), "nothing is touched");
    said(&output)
}

/// Rows of a table up to a year, without the key of the run.
fn until(folder: &Path, table: &str, year: i32) -> Vec<Vec<String>> {
    let of = |row: &Vec<String>| row[1].parse::<i32>().unwrap() <= year;
    rows(folder, table).into_iter().filter(of).map(|row| row[1..].to_vec()).collect()
}

#[test]
fn the_same_future_of_a_past_is_the_run_in_one_piece() {
    let desk = Desk::new(REFORM);
    let out = desk.at("again");
    run(&desk.upper("b", FROM_PAST), &out, &[]);
    let whole = tables(&desk.at("past"));
    for (name, bytes) in tables(&out) {
        let text = String::from_utf8(bytes).unwrap().replace(&desk.key("b"), &desk.key("a"));
        assert!(text.as_bytes() == whole[&name], "{name} differs");
    }
    // What it was made of is in its manifest: the checkpoint with its sum.
    assert!(read(&out, "manifest.json").contains("past/checkpoint_2022"), "the checkpoint is an input");
}

#[test]
fn another_future_shares_the_past_and_begins_after_it() {
    let desk = Desk::new("");
    let out = desk.at("other");
    run(&desk.upper("b", &format!("{FROM_PAST}{REFORM}")), &out, &["--checkpoint-every", "1"]);
    for table in ["nodes.csv", "counties.csv", "flows.csv", "indicators.csv", "accounts.csv"] {
        assert_eq!(until(&out, table, 2022), until(&desk.at("past"), table, 2022), "{table}");
    }
    assert_ne!(until(&out, "nodes.csv", 2024), until(&desk.at("past"), "nodes.csv", 2024));
    // A policy that the past did not know begins in the year after it, at half strength of two years.
    let levers: Vec<Vec<String>> = rows(&out, "effects.csv")
        .into_iter()
        .filter(|row| row.iter().any(|c| c.contains("access")))
        .collect();
    let years: Vec<&str> = levers.iter().map(|row| row[1].as_str()).collect();
    assert!(years.contains(&"2023") && years.contains(&"2024") && !years.contains(&"2021"), "{years:?}");
    // Killed after a year, it goes on to the same bytes: its own calendar is in its checkpoint.
    let expected = tables(&out);
    std::fs::remove_file(out.join("checkpoint_2024.shanhai")).unwrap();
    let mark = read(&out, ".shanhai-folder").replace("status finished\n", "");
    std::fs::write(out.join(".shanhai-folder"), mark).unwrap();
    let output = shanhai(["resume".as_ref(), out.as_os_str()]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(tables(&out) == expected, "a resumed branch has other bytes");
}

#[test]
fn variants_of_one_past_are_compared_under_the_same_luck() {
    let desk = Desk::new("");
    let set = desk.upper(
        "set",
        &format!("{FROM_PAST}{REFORM}\n[variant.none]\npolicy.hukou_reform = []\n[variant.late]\n\"policy.hukou_reform[0].active.from\" = 2024\n"),
    );
    let out = desk.at("compared");
    let words = ["compare", &set.display().to_string(), "--replicates", "2", "--quiet", "--out"];
    let output = shanhai(words.iter().copied().chain([out.display().to_string().as_str()]));
    assert!(output.status.success(), "{}", said(&output));
    let variants = rows(&out, "variants.csv");
    for name in ["set", "none", "late"] {
        assert!(variants.iter().any(|row| row[0] == name), "no variant {name}");
    }
    let years: std::collections::BTreeSet<String> =
        rows(&out, "replicates.csv").into_iter().map(|row| row[5].clone()).collect();
    assert_eq!(years.into_iter().collect::<Vec<_>>(), ["2023", "2024"], "the past is nobody's effect");
    assert!(rows(&out, "compare.csv").iter().all(|row| row.last().unwrap() == "shared"));
}

#[test]
fn another_past_is_refused_with_the_key_that_makes_it_so() {
    let desk = Desk::new("");
    let out = desk.at("refused");
    for (more, told) in [
        ("parameters.review_rate_18_34 = 0.05\n", "another `parameters.review_rate_18_34`"),
        ("run.persons_per_agent = 200\n", "another `run.persons_per_agent`"),
        ("model.relocation = false\n", "another `model.relocation`"),
    ] {
        // Dotted keys at the top come before the table of the run.
        let text = match more.strip_prefix("run.") {
            Some(key) => format!("{FROM_PAST}{key}"),
            None => format!("{more}{FROM_PAST}"),
        };
        let told_so = refused(&desk.upper("b", &text), &out);
        assert!(told_so.contains(told), "{told_so}");
    }
    let year = refused(&desk.upper("b", &FROM_PAST.replace("2022", "2023")), &out);
    assert!(year.contains("there are `2022` and `2024`") && year.contains("^"), "{year}");
    let early = refused(&desk.upper("b", &FROM_PAST.replace("years = 4", "years = 2")), &out);
    assert!(early.contains("2022") && early.contains("run.start_year"), "{early}");
    let form = refused(&desk.upper("b", &FROM_PAST.replace("@2022", "")), &out);
    assert!(form.contains("results/x@2028"), "{form}");
}
