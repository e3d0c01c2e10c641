//! What `shanhai sensitivity` and `shanhai merge` promise: bytes do not depend on threads, on a restart or on
//! being run in parts; parts prove that they are the whole; refused members stay visible.

use std::path::{Path, PathBuf};

use crate::small_area::{read, rows, scenario};
use clap::Parser;
use shanhai::Error;

#[derive(Parser)]
enum Command {
    Sensitivity(shanhai::cli::sensitivity::Args),
    Merge(shanhai::cli::merge::Args),
}

fn shanhai(words: &[&str]) -> Result<(), Error> {
    match Command::parse_from(["shanhai"].iter().chain(words)) {
        Command::Sensitivity(args) => shanhai::cli::sensitivity::run(args),
        Command::Merge(args) => shanhai::cli::merge::run(args),
    }
}

const TABLES: [&str; 8] = [
    "factors.csv",
    "design.csv",
    "members.csv",
    "results.csv",
    "indices.csv",
    "policies.csv",
    "rankings.csv",
    "datapackage.json",
];

struct Bench {
    _place: tempfile::TempDir,
    folder: PathBuf,
    file: String,
}

impl Bench {
    fn new() -> Bench {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().to_owned();
        let file = scenario(&folder, "a", "").display().to_string();
        Bench { _place: place, folder, file }
    }

    fn out(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A Morris design of two parameters, two trajectories and two policies: members 0 to 6.
    fn run(&self, name: &str, more: &[&str]) -> Result<PathBuf, Error> {
        let out = self.out(name);
        let path = out.display().to_string();
        let mut words = vec![
            "sensitivity",
            &self.file,
            "--parameters",
            "relocation_review,saving_rate_urban",
            "--treat",
            "parameters.revenue_tax_rate=0.2",
            "--treat",
            "parameters.retained_profit_share=0.4",
            "--out",
            &path,
        ];
        if !more.contains(&"--trajectories") {
            words.extend(["--trajectories", "2"]);
        }
        words.extend(more);
        shanhai(&words).map(|()| out)
    }
}

fn same_tables(a: &Path, b: &Path) {
    for table in TABLES {
        assert_eq!(read(a, table), read(b, table), "{table}");
    }
}

#[test]
fn threads_parts_and_restarts_change_no_byte() {
    let bench = Bench::new();
    let whole = bench.run("whole", &["--threads", "1"]).unwrap();
    assert_eq!(rows(&whole, "members.csv").len(), 7);
    same_tables(&whole, &bench.run("threads", &["--threads", "3"]).unwrap());

    // In parts, put together.
    let parts: Vec<PathBuf> =
        ["1/2", "2/2"].iter().map(|s| bench.run(&s.replace('/', "of"), &["--shard", s]).unwrap()).collect();
    let merged = bench.out("merged");
    let words: Vec<String> = parts.iter().chain([&merged]).map(|p| p.display().to_string()).collect();
    shanhai(&["merge", &words[0], &words[1], "--out", &words[2]]).unwrap();
    same_tables(&whole, &merged);

    // One member alone.
    let job = bench.run("job", &["--job", "3"]).unwrap();
    let of_three: Vec<_> = rows(&whole, "results.csv").into_iter().filter(|r| r[0] == "3").collect();
    assert_eq!(rows(&job, "results.csv"), of_three);
    assert!(!job.join("indices.csv").exists());

    // Incomplete, twice, of another design: refused with the members and folders.
    let message = |dirs: &[&Path]| {
        let dirs: Vec<String> = dirs.iter().map(|d| d.display().to_string()).collect();
        let out = bench.out("never").display().to_string();
        let words: Vec<&str> = ["merge"].into_iter().chain(dirs.iter().map(String::as_str)).collect();
        shanhai(&[&words[..], &["--out", &out]].concat()).unwrap_err().to_string()
    };
    let missing = message(&[&parts[0], &job]);
    assert!(missing.contains("2 of 7 members are missing: 1, 5"), "{missing}");
    let twice = message(&[&parts[0], &parts[1], &job]);
    assert!(twice.contains("member 3 in ") && twice.contains("job"), "{twice}");
    let other = bench.run("other", &["--shard", "1/2", "--design-seed", "9"]).unwrap();
    let two = message(&[&parts[1], &other]);
    assert!(two.contains("two designs"), "{two}");
}

#[test]
fn parts_run_under_different_tables_are_not_put_together_and_the_table_is_named() {
    let place = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(place.path().join(name), text).unwrap();
    let pairing = "\n[[policy.mountain_sea_pairing]]\npairs_file = \"pairs.csv\"\ntransfer_share = 0.02\n";
    let file = scenario(place.path(), "a", pairing).display().to_string();
    let part = |shard: &str| {
        let out = place.path().join(shard.replace('/', "_of_")).display().to_string();
        let design =
            ["--parameters", "relocation_review,saving_rate_urban", "--trajectories", "1", "--years", "1"];
        let words = [&["sensitivity", &file, "--out", &out, "--shard", shard][..], &design].concat();
        shanhai(&words).unwrap();
        out
    };
    write("pairs.csv", "mountain_county,coastal_county\n331121,331102\n331122,331102\n");
    let one = part("1/2");
    write("pairs.csv", "mountain_county,coastal_county\n331121,331102\n");
    let two = part("2/2");
    let merged = place.path().join("merged");
    let words = ["merge", &one, &two, "--out", merged.to_str().unwrap()];
    let refused = shanhai(&words).unwrap_err().to_string();
    assert!(refused.contains("two designs") && refused.contains("the table pairs.csv"), "{refused}");
    assert!(!merged.exists());
}

#[test]
fn a_killed_design_goes_on_where_it_was_and_does_not_run_members_again() {
    let bench = Bench::new();
    let whole = bench.run("whole", &[]).unwrap();
    let cut = bench.run("cut", &[]).unwrap();
    // As if killed in the middle of the fourth member's line.
    let journal = read(&cut, "members.jsonl");
    let lines: Vec<&str> = journal.lines().collect();
    let kept = format!("{}\n{}", lines[..5].join("\n"), &lines[5][..20]);
    std::fs::write(cut.join("members.jsonl"), kept).unwrap();
    let folder = read(&cut, ".shanhai-folder").replace("status finished\n", "");
    std::fs::write(cut.join(".shanhai-folder"), folder).unwrap();
    bench.run("cut", &[]).unwrap();
    same_tables(&whole, &cut);
    assert!(read(&cut, "members.jsonl").starts_with(&format!("{}\n", lines[..5].join("\n"))));

    // Another design does not go on with it; a finished one is not begun again.
    let folder = read(&cut, ".shanhai-folder").replace("status finished\n", "");
    std::fs::write(cut.join(".shanhai-folder"), folder).unwrap();
    let other = bench.run("cut", &["--design-seed", "5"]).unwrap_err().to_string();
    assert!(other.contains("another design"), "{other}");
    let finished = bench.run("whole", &[]).unwrap_err().to_string();
    assert!(finished.contains("finished") && finished.contains("--force"), "{finished}");
}

#[test]
fn refused_members_are_reported_with_the_reason_and_the_rest_still_counts() {
    let bench = Bench::new();
    let out = bench.out("out").display().to_string();
    let words = [
        "sensitivity",
        &bench.file,
        "--parameters",
        "spend_services=0.3..0.95,relocation_review",
        "--design",
        "lhs",
        "--points",
        "6",
        "--treat",
        "parameters.revenue_tax_rate=0.2",
        "--out",
        &out,
    ];
    shanhai(&words).unwrap();
    let out = bench.out("out");
    let members = rows(&out, "members.csv");
    let refused: Vec<_> = members.iter().filter(|r| r[1] == "refused").collect();
    assert_eq!((members.len(), members[0][1].as_str()), (7, "done"));
    assert!(!refused.is_empty() && refused.len() < 6, "{members:?}");
    assert!(
        refused.iter().all(|r| r[2].contains("services, infrastructure and payments to households take")),
        "{refused:?}"
    );
    let held = rows(&out, "policies.csv");
    let row = held.iter().find(|r| r[1] == "own_revenue" && r[2] == "area").unwrap();
    assert_eq!(row[18], (6 - refused.len()).to_string());
    assert_eq!(row[19], refused.len().to_string());
    // Doubling a tax raises revenue under any of these parameters.
    assert_eq!((row[0].as_str(), row[8].as_str()), ("parameters.revenue_tax_rate=0.2", "1"));
    let indices = rows(&out, "indices.csv");
    assert!(indices.iter().all(|r| r[5] == "spearman" && r[9] == (6 - refused.len()).to_string()));
}

#[test]
fn a_table_of_rows_is_a_design_and_sobol_indices_come_with_intervals() {
    let bench = Bench::new();
    let table = bench.folder.join("rows.csv");
    std::fs::write(&table, "relocation_review,saving_rate_urban\n0.02,0.38\n0.05,0.2\n").unwrap();
    let out = bench.run("table", &["--design", &table.display().to_string()]).unwrap();
    let design = rows(&out, "design.csv");
    assert_eq!(design.len(), 6);
    // Row 1 has the scenario's own values, so the same results as member 0.
    let results = rows(&out, "results.csv");
    let of = |m: &str| results.iter().filter(|r| r[0] == m).map(|r| r[1..].to_vec()).collect::<Vec<_>>();
    assert_eq!(of("0"), of("1"));
    assert_ne!(of("0"), of("2"));

    let sobol = bench.run("sobol", &["--design", "sobol", "--points", "4"]).unwrap();
    assert_eq!(rows(&sobol, "members.csv").len(), 1 + 4 * 4);
    let indices = rows(&sobol, "indices.csv");
    let total = indices
        .iter()
        .find(|r| r[1] == "income_per_head" && r[4] == "saving_rate_urban" && r[5] == "total")
        .unwrap();
    let [value, low, high] = [6, 7, 8].map(|i| total[i].parse::<f64>().unwrap());
    assert!(value > 0.0 && low <= value && value <= high, "{total:?}");
    let held = rows(&sobol, "policies.csv");
    assert!(held.iter().any(|r| r[0] == "all") && held.iter().any(|r| r[11] == "2"));

    let wrong = bench.run("wrong", &["--design", "sobo"]).unwrap_err().to_string();
    assert!(wrong.contains("morris, sobol, lhs"), "{wrong}");
    let job = bench.run("wrong", &["--job", "70"]).unwrap_err().to_string();
    assert!(job.contains("members 0 to 6"), "{job}");
}

/// As if killed: what was done stays, the folder is not finished.
fn unfinished(folder: &Path, members: usize) {
    let journal = read(folder, "members.jsonl");
    // Plan and names stand before the members.
    let kept: Vec<&str> = journal.lines().take(2 + members).collect();
    std::fs::write(folder.join("members.jsonl"), kept.join("\n") + "\n").unwrap();
    let mark = read(folder, ".shanhai-folder").replace("status finished\n", "");
    std::fs::write(folder.join(".shanhai-folder"), mark).unwrap();
}

#[test]
fn a_run_goes_on_with_more_or_fewer_trajectories_to_the_bytes_of_a_fresh_one() {
    let bench = Bench::new();
    let [two, three] = ["2", "3"].map(|n| bench.run(n, &["--trajectories", n]).unwrap());
    let more = bench.run("more", &["--trajectories", "2"]).unwrap();
    unfinished(&more, 7);
    bench.run("more", &["--trajectories", "3"]).unwrap();
    same_tables(&three, &more);
    let fewer = bench.run("fewer", &["--trajectories", "3"]).unwrap();
    unfinished(&fewer, 9);
    bench.run("fewer", &["--trajectories", "2"]).unwrap();
    same_tables(&two, &fewer);
    // A Latin hypercube of other points has other rows from the first on.
    let cube = bench.run("cube", &["--design", "lhs", "--points", "4"]).unwrap();
    unfinished(&cube, 2);
    let other = bench.run("cube", &["--design", "lhs", "--points", "5"]).unwrap_err().to_string();
    assert!(other.contains("another design"), "{other}");
}

#[test]
fn the_page_for_referees_says_for_every_policy_whether_its_sign_holds() {
    let bench = Bench::new();
    let page = bench.out("page.md");
    std::fs::write(&page, "# Mine\n<!-- begin:sensitivity -->\n<!-- end:sensitivity -->\nmine too\n")
        .unwrap();
    let words = ["--own-replicates", "3", "--evidence", &page.display().to_string()];
    let out = bench.run("out", &words).unwrap();
    let text = std::fs::read_to_string(&page).unwrap();
    assert!(text.starts_with("# Mine\n") && text.ends_with("\nmine too\n"), "{text}");
    for said in [
        "--parameters relocation_review,saving_rate_urban --design morris --trajectories 2 --own-replicates 3 --treat parameters.revenue_tax_rate=0.2",
        "7 members of which 7 are done, 4 runs each",
        "### Gini of income",
        "### Welfare of all, log points",
        "## Does the order of policies hold?",
        "`saving_rate_urban` 0.19 .. 0.57",
    ] {
        assert!(text.contains(said), "no `{said}` in\n{text}");
    }
    // A row a policy under each number: its sign's share is that of the table.
    let held = rows(&out, "policies.csv");
    let row = held
        .iter()
        .find(|r| r[0] == "parameters.revenue_tax_rate=0.2" && r[1] == "output_per_head" && r[2] == "area");
    let row = row.unwrap();
    let share = |i: usize| row[i].parse::<f64>().unwrap();
    assert!(share(9) <= share(8) && share(8) <= share(10), "{row:?}");
    assert!(share(6) < share(5) && share(5) < share(7), "three replicates have an interval: {row:?}");
    let part = text.split("### Output per head, yuan").nth(1).unwrap();
    let line = part.lines().find(|l| l.starts_with("| `parameters.revenue_tax_rate=0.2`")).unwrap();
    assert!(line.contains(&format!("| {:.0} (", 100.0 * share(8))), "{line} {row:?}");
    let order = rows(&out, "rankings.csv");
    assert!(order.iter().all(|r| r[8].parse::<f64>().unwrap().abs() <= 1.0) && !order.is_empty());

    // A part of a design has no page yet, and the merged parts print the same one but for the file's folder.
    let waits = bench.out("waits.md");
    let part = |s: &str, more: &[&str]| {
        let mut all = vec!["--own-replicates", "3", "--shard", s];
        all.extend(more);
        bench.run(&s.replace('/', "of"), &all).unwrap().display().to_string()
    };
    let evidence = waits.display().to_string();
    let [one, two] = [part("1/2", &["--evidence", &evidence]), part("2/2", &[])];
    assert!(!waits.exists());
    let whole = bench.out("whole").display().to_string();
    shanhai(&["merge", &one, &two, "--out", &whole, "--evidence", &evidence]).unwrap();
    let merged = std::fs::read_to_string(&waits).unwrap();
    let from = |text: &str| text.split("## Which parameters").nth(1).unwrap().to_owned();
    let between = text.split("<!-- end").next().unwrap();
    assert_eq!(from(&merged).trim(), from(between).trim());
    assert!(merged.contains("shanhai sensitivity SCENARIO.toml --parameters"), "{merged}");
}

#[test]
fn any_number_of_the_scenario_can_be_varied_by_its_path() {
    let bench = Bench::new();
    let reform = "[[policy.hukou_reform]]\nat = { tier = \"urban\" }\naccess_workers = 0.5\npayers = { county = 1.0 }\n";
    let file = scenario(&bench.folder, "b", reform).display().to_string();
    let out = bench.out("out").display().to_string();
    let list = "policy.hukou_reform[0].access_workers=0.2..0.9,drivers.technology.industry=0..0.05,relocation_review";
    let words = ["sensitivity", &file, "--parameters", list, "--trajectories", "1", "--out", &out];
    shanhai(&words).unwrap();
    let design = rows(&bench.out("out"), "design.csv");
    let of =
        |member: &str, key: &str| design.iter().find(|r| r[0] == member && r[1] == key).unwrap()[2].clone();
    assert_eq!(of("0", "policy.hukou_reform[0].access_workers"), "0.5");
    // A member is the scenario with its row given on the command line.
    let results = rows(&bench.out("out"), "results.csv");
    let level = |results: &[Vec<String>], member: &str| -> String {
        let is = |r: &&Vec<String>| r[0] == member && r[1] == "level" && r[2] == "output" && r[3] == "area";
        results.iter().find(is).unwrap()[6].clone()
    };
    let moved = (1..4).find(|m| {
        of(&m.to_string(), "drivers.technology.industry") != of("0", "drivers.technology.industry")
    });
    let member = moved.expect("one step moves it").to_string();
    let sets: Vec<String> = ["policy.hukou_reform[0].access_workers", "drivers.technology.industry"]
        .iter()
        .map(|key| format!("{key}={}", of(&member, key)))
        .chain([format!("parameters.relocation_review={}", of(&member, "relocation_review"))])
        .collect();
    let again = bench.out("again").display().to_string();
    let mut words = vec![
        "sensitivity",
        &file,
        "--parameters",
        "relocation_loss",
        "--trajectories",
        "1",
        "--job",
        "0",
        "--out",
        &again,
    ];
    sets.iter().for_each(|set| words.extend(["--set", set.as_str()]));
    shanhai(&words).unwrap();
    assert_eq!(level(&results, &member), level(&rows(&bench.out("again"), "results.csv"), "0"));
    let says = |list: &str| {
        shanhai(&["sensitivity", &file, "--parameters", list, "--out", &out]).unwrap_err().to_string()
    };
    assert!(says("run.seeds=1..2").contains("is no number of the scenario"));
    assert!(says("run.years").contains("has no range"));
}
