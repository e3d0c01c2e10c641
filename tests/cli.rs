//! Promises of the command line: exit codes, folders, messages, options.

use std::path::Path;

use crate::program::{run, said, scenario, shanhai, tables};
use shanhai::inside::Manifest;

const CASE: &str = "teaching/mountain_and_coast.toml";

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

#[test]
fn a_run_leaves_tables_a_manifest_and_a_data_package_and_prints_a_summary() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("out");
    let path = scenario(CASE);
    let words = ["run".as_ref(), path.as_os_str(), "--years".as_ref(), "2".as_ref(), "--out".as_ref()];
    let output = shanhai(words.into_iter().chain([out.as_os_str()]));
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let summary = String::from_utf8_lossy(&output.stdout).into_owned();
    for part in ["Population", "Urban-rural income ratio", "Output per head", "Net flows", "agent-years in"] {
        assert!(summary.contains(part), "no word of {part} in {summary}");
    }
    assert!(summary.lines().count() <= 40, "one screen");
    let lines = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(lines.contains("2022: year 2 of 2"), "plain lines where there is no terminal: {lines}");

    let names: Vec<String> = tables(&out).into_keys().collect();
    for name in ["accounts", "flows", "indicators", "nodes", "runs", "tier_flows"] {
        assert!(names.contains(&format!("{name}.csv")), "{names:?}");
    }
    let runs = text(&out, "runs.csv");
    assert!(
        runs.contains("\nteaching-mountain_and_coast,") && runs.contains(",finished,2020,2,10,147000,"),
        "{runs}"
    );
    let manifest = Manifest::read(&out).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(manifest.inputs.len(), 1);
    assert_eq!(manifest.scenarios[0].text, std::fs::read_to_string(&path).expect("a scenario"));
    assert_eq!(manifest.scenarios[0].resolved["run"]["years"], 2);
    let session = &manifest.sessions[0];
    assert!(session.phases.iter().any(|p| p.phase == "move" && p.agent_steps > 200_000), "{session:?}");
    assert!(text(&out, "datapackage.json").contains("\"sha256:"));
}

#[test]
fn a_finished_folder_is_overwritten_only_with_force_and_files_of_others_stay() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("out");
    let path = scenario(CASE);
    run(&path, &out, &["--years", "1"]);
    std::fs::write(out.join("notes.txt"), "mine").expect("a file");
    let words = |more: &[&str]| {
        let mut words =
            vec!["run".to_owned(), path.display().to_string(), "--quiet".into(), "--years".into()];
        words.extend(["1".to_owned(), "--out".into(), out.display().to_string()]);
        words.extend(more.iter().map(ToString::to_string));
        words
    };
    let output = shanhai(words(&[]));
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("--force"), "{}", said(&output));
    let output = shanhai(words(&["--force", "--seed", "2"]));
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(text(&out, "notes.txt"), "mine");
    assert!(text(&out, "runs.csv").contains(",2,0,"));
}

#[test]
fn the_named_options_are_the_same_as_set() {
    let place = tempfile::tempdir().expect("a folder");
    let out = |name: &str| place.path().join(name);
    let named = ["--years", "2", "--seed", "7", "--persons-per-agent", "100"];
    run(&scenario(CASE), &out("named"), &named);
    let set = ["--set", "run.years=2", "--set", "run.seed=7", "--set", "run.persons_per_agent=100"];
    run(&scenario(CASE), &out("set"), &set);
    crate::program::assert_same_tables(&out("named"), &out("set"), "named options and --set");
    run(&scenario(CASE), &out("seed"), &["--years", "2", "--seed", "8", "--persons-per-agent", "100"]);
    assert_ne!(tables(&out("seed"))["nodes.csv"], tables(&out("set"))["nodes.csv"], "a seed matters");
}

#[test]
fn wrong_scenarios_and_arguments_end_with_2_and_say_what_would_be_right() {
    let path = scenario(CASE).display().to_string();
    let cases: [(&[&str], &[&str]); 11] = [
        (&["run", "no_such_file.toml"], &["no_such_file.toml"]),
        (&["run", &path, "--years", "5000"], &["--set:1:", "1000"]),
        (
            &["run", &path, "--set", "parameters.location_elasticity_worker=2"],
            &["location_elasticity_worker`", "location_elasticity_workers"],
        ),
        (
            &["run", &path, "--set", "parameters.review_rate_18_34=1.5", "--set", "run.years=\"x\""],
            &["review_rate_18_34", "run.years"],
        ),
        (
            &["run", &path, "--set", "parameters.housing_spending_share=0.9"],
            &["tourism_spending_share is at most 1"],
        ),
        (&["run", &path, "--set", "world.nodes=\"missing.csv\""], &["missing.csv"]),
        (&["run", &path, "--persons-per-agent", "0"], &["persons_per_agent"]),
        (&["run", &path, "--bogus"], &["--bogus"]),
        (&["runn", &path], &["run"]),
        (&["nodes", &path, "--tier", "town"], &["there is no tier `town`", "county_seat"]),
        (&["nodes", &path, "--tag", "mountian"], &["did you mean `mountain`?"]),
    ];
    for (words, parts) in cases {
        let output = shanhai(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", said(&output));
        for part in parts {
            assert!(said(&output).contains(part), "{words:?}: no word of `{part}` in {}", said(&output));
        }
        assert!(!said(&output).contains("panicked"), "{}", said(&output));
    }
}

#[test]
fn too_little_memory_is_said_before_anything_is_allocated() {
    // A thousand copies of a county of two thousand million people.
    let place = tempfile::tempdir().expect("a folder");
    let mut table = "id,name,tier,county,prefecture,province,longitude,latitude,residents,talent,stayers_from_seat,\
        stayers_from_village,newcomers_province,newcomers_other,registered,employed_agriculture,employed_industry,\
        employed_services,employed_tourism,output_agriculture_yuan,output_industry_yuan,output_services_yuan,\
        output_tourism_yuan\n"
        .to_owned();
    for i in 0..1000 {
        let n = 2_000_000_000u64;
        table += &format!("n{i},n,county_seat,c{i},p,r,110,30,{n},0,{n},0,0,0,{n},1,1,1,1,1,1,1,1\n");
    }
    std::fs::write(place.path().join("nodes.csv"), table).expect("a table");
    let scenario = place.path().join("large.toml");
    std::fs::write(
        &scenario,
        "title = \"large\"\n[run]\npersons_per_agent = 1\n[world]\nnodes = \"nodes.csv\"\npreset = \"china_2020\"\n",
    )
    .expect("a scenario");
    let output =
        shanhai(["run".as_ref(), scenario.as_os_str(), "--out".as_ref(), place.path().join("o").as_os_str()]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("GiB of memory"), "{}", said(&output));
    assert!(!place.path().join("o").exists(), "nothing was begun");
}

#[test]
fn as_many_counties_as_there_can_be_are_told_that_they_do_not_fit_and_abort_nothing() {
    let place = tempfile::tempdir().expect("a folder");
    let mut table = "id,name,tier,county,prefecture,province,longitude,latitude,residents,talent,stayers_from_seat,\
        stayers_from_village,newcomers_province,newcomers_other,registered,employed_agriculture,employed_industry,\
        employed_services,employed_tourism,output_agriculture_yuan,output_industry_yuan,output_services_yuan,\
        output_tourism_yuan\n"
        .to_owned();
    for i in 0..65_535 {
        table += &format!("n{i},n,county_seat,c{i},p{i},r,110,30,100,0,100,0,0,0,100,1,1,1,1,1,1,1,1\n");
    }
    std::fs::write(place.path().join("nodes.csv"), table).expect("a table");
    let scenario = place.path().join("many.toml");
    std::fs::write(&scenario, "title = \"many\"\n[world]\nnodes = \"nodes.csv\"\npreset = \"china_2020\"\n")
        .expect("a scenario");
    let output = shanhai(["check".as_ref(), scenario.as_os_str()]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("the study area itself is too large"), "{}", said(&output));
}

#[test]
fn memory_is_predicted_for_the_people_who_will_be_born_and_the_projects_that_will_be_founded() {
    use shanhai::inside::bindings::Size;
    use shanhai::run::Simulation;
    let of = |changes: &[&str]| {
        let mut changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
        changes.extend(["run.persons_per_agent=20".to_owned(), "run.years=12".to_owned()]);
        shanhai::inside::load(&scenario(CASE), &changes).unwrap_or_else(|e| panic!("{e}"))
    };
    let (usual, area) = of(&[]);
    let (fertile, _) = of(&["drivers.fertility_growth=0.5"]);
    let size = Size::of(&fertile, &area, 1);
    let mut simulation = Simulation::new(fertile, area.clone()).unwrap_or_else(|e| panic!("{e}"));
    simulation.run(|_| Ok(())).unwrap_or_else(|e| panic!("{e}"));
    let found = simulation.world.people.slots() as f64;
    let ratio = size.most_agents as f64 / found;
    assert!((0.9..1.1).contains(&ratio), "{} agents predicted, {found} found", size.most_agents);
    assert!(found > 1.5 * size.agents as f64, "births were many");
    // What every start-up takes is counted too.
    let (busy, _) = of(&["parameters.startup_rate=1"]);
    assert!(Size::of(&busy, &area, 1).peak_bytes > Size::of(&usual, &area, 1).peak_bytes + 1_000_000);
    let (trading, _) = of(&["model.market=\"ces\""]);
    let nodes = area.geography.len() as u64;
    let [trading, usual] = [trading, usual].map(|scenario| Size::of(&scenario, &area, 1).peak_bytes);
    assert_eq!(trading - usual, 16 * nodes * nodes);
}

#[test]
fn check_explains_without_writing() {
    let output = shanhai(["check", "scenarios/zhejiang/baseline.toml"]);
    assert!(output.status.success(), "{}", said(&output));
    let said = said(&output);
    for part in [
        "174 in 90 counties",
        "Agents",
        "Memory",
        "Disk",
        "Registered people",
        "outside income",
        "everybody registered was found a place",
    ] {
        assert!(said.contains(part), "no word of {part} in {said}");
    }
}

#[test]
fn nodes_are_found_by_name_tier_and_tag() {
    let ids = |more: &[&str]| {
        let words = [&["nodes", "scenarios/zhejiang/baseline.toml", "--ids"], more].concat();
        let output = shanhai(words);
        assert!(output.status.success(), "{}", said(&output));
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["--tier", "city"]).len(), 37);
    assert_eq!(
        ids(&["--tag", "mountain", "--tier", "county_seat"]).len()
            + ids(&["--tag", "mountain", "--tier", "city"]).len(),
        26
    );
    assert_eq!(ids(&["songyang"]), ids(&["松阳"]));
}

#[test]
fn new_writes_a_scenario_that_is_sound() {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("mine/first.toml");
    let output = shanhai(["new".as_ref(), file.as_os_str(), "--title".as_ref(), "My \"first\"".as_ref()]);
    assert!(output.status.success(), "{}", said(&output));
    for name in ["nodes", "outside", "prefectures"] {
        let table = scenario("zhejiang/2020").join(format!("{name}.csv"));
        std::fs::copy(table, place.path().join(format!("mine/{name}.csv"))).expect("a copy");
    }
    std::fs::remove_file(&file).expect("a file");
    let output = shanhai(["new".as_ref(), file.as_os_str(), "--title".as_ref(), "My \"first\"".as_ref()]);
    assert!(output.status.success(), "{}", said(&output));
    let output =
        shanhai(["check".as_ref(), file.as_os_str(), "--persons-per-agent".as_ref(), "1000".as_ref()]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("My \"first\""), "{}", said(&output));
    let output = shanhai(["new".as_ref(), file.as_os_str()]);
    assert_eq!(output.status.code(), Some(2), "a file that is there stays: {}", said(&output));
    assert!(said(&output).contains("is there already"), "{}", said(&output));
}

#[test]
fn parameters_and_schema_are_printed() {
    let plain = shanhai(["parameters"]);
    let csv = shanhai(["parameters", "--csv"]);
    let markdown = shanhai(["parameters", "kappa", "--markdown"]);
    let rows = |output: &std::process::Output| {
        assert!(output.status.success(), "{}", said(output));
        String::from_utf8_lossy(&output.stdout).lines().count()
    };
    let n = shanhai::scenario::PARAMETERS.len();
    assert_eq!((rows(&plain), rows(&csv)), (2 * n, n + 1));
    assert!(rows(&markdown) > 3);
    let schema = shanhai(["schema"]);
    assert!(String::from_utf8_lossy(&schema.stdout).contains("\"review_rate_18_34\""));
}
