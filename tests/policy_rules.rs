//! What holds of every policy: no intensity is no policy, byte for byte; the order in a file means nothing; what a policy
//! costs stands in the ledger of who pays; every example, scenario, lever and mechanism is where its list says.

use crate::policies::paid;
use crate::six_nodes::{Area, FIRST};
use shanhai::policy::{KINDS, LEVERS, Lever};
use shanhai::run::Simulation;

/// Everything that a run leaves behind, as bytes.
fn bytes(simulation: &Simulation) -> Vec<u8> {
    let w = &simulation.world;
    let mut bytes = serde_json::to_vec(&(&w.nodes, &w.counties, &w.accounts)).expect("a world");
    let people: Vec<String> = w.people.blocks.iter().map(|b| format!("{:?}", b.slots)).collect();
    bytes.extend(people.concat().into_bytes());
    bytes.extend(format!("{:?}", w.projects).into_bytes());
    bytes
}

/// Every example, with the tables that it names made those of the six nodes.
fn examples() -> Vec<(&'static str, String)> {
    KINDS.iter().map(|k| (k.name, k.example.replace("../pairing.csv", "pairs.csv"))).collect()
}

#[test]
fn every_example_loads_runs_and_is_audited() {
    let area = Area::new();
    for (name, example) in examples() {
        let mut simulation = area.load(6, &example).unwrap_or_else(|e| panic!("{name}: {e}"));
        simulation.run(|_| Ok(())).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}

#[test]
fn a_policy_sets_the_levers_that_it_says_and_no_others() {
    let area = Area::new();
    for (kind, (name, example)) in KINDS.iter().zip(examples()) {
        let example = example.replace("from = 2025", "from = 2021").replace("from = 2022", "from = 2021");
        let simulation = area.run(1, &example);
        for change in &simulation.changes {
            assert!(kind.levers.contains(&change.lever), "{name} sets {:?} without saying so", change.lever);
        }
    }
}

#[test]
fn no_intensity_is_no_policy_byte_for_byte() {
    let area = Area::new();
    let baseline = bytes(&area.run(3, ""));
    for (name, example) in examples() {
        let header = format!("[[policy.{name}]]");
        let mut off = example.replace(&header, &format!("{header}\nintensity = 0.0"));
        off = off.replace("\n\n", "\n");
        assert!(bytes(&area.run(3, &off)) == baseline, "{name} at no intensity differs from no policy");
    }
}

#[test]
fn a_first_world_under_a_policy_has_the_future_of_a_scenario_with_it() {
    let area = Area::new();
    let load = |policy: &str| area.load(3, policy).unwrap_or_else(|e| panic!("{e}"));
    let beginning = load("");
    // One that needs what the first world without it has not worked out, and one that orders money.
    for policy in ["[[policy.metropolitan_circle]]\nmarket_access = 0.2\n", "[[policy.infrastructure]]\n"] {
        let mut whole = load(policy);
        let mut future = beginning.under(whole.scenario.policy.clone());
        for run in [&mut whole, &mut future] {
            run.run(|_| Ok(())).unwrap_or_else(|e| panic!("{policy}: {e}"));
        }
        assert!(bytes(&future) == bytes(&whole), "{policy}");
        assert!(bytes(&future) != bytes(&area.run(3, "")), "{policy} does nothing");
    }
    // Of every kind, those with a table of their own too.
    for (name, example) in examples() {
        let mut whole = load(&example.replace("from = 2025", "from = 2021"));
        let mut future = beginning.under(whole.scenario.policy.clone());
        for run in [&mut whole, &mut future] {
            run.run(|_| Ok(())).unwrap_or_else(|e| panic!("{name}: {e}"));
        }
        assert!(bytes(&future) == bytes(&whole), "{name}");
    }
}

/// A run with policies that need not act in it.
fn insisting(area: &Area, years: u32, body: &str) -> Simulation {
    let path = area.scenario("insisting", years, body);
    let loaded = shanhai::run::load(&path, &["run.allow_idle=true".to_owned()]);
    let mut simulation = loaded.unwrap_or_else(|e| panic!("{e}"));
    simulation.run(|_| Ok(())).unwrap_or_else(|e| panic!("{e}"));
    simulation
}

#[test]
fn years_before_a_policy_starts_are_those_of_the_baseline() {
    let area = Area::new();
    let baseline = bytes(&area.run(3, ""));
    for (name, example) in examples() {
        let header = format!("[[policy.{name}]]");
        let rest: Vec<&str> = example.lines().filter(|l| !l.starts_with("active")).collect();
        let later = rest.join("\n").replace(&header, &format!("{header}\nactive = {{ from = 2024 }}"));
        assert!(bytes(&insisting(&area, 3, &later)) == baseline, "{name} acts before it starts");
    }
}

#[test]
fn the_order_of_policies_in_a_file_means_nothing() {
    let area = Area::new();
    let zone = "[[policy.development_zone]]\nsubsidy = 0.1\n";
    let small =
        "[[policy.development_zone]]\nat = { tag = \"mountain\" }\nsubsidy = 0.03\nproductivity = 1.02\n";
    let finance = "[[policy.rural_finance]]\nfund_yuan = 4000\n";
    let roads = "[[policy.infrastructure]]\nbuilding_yuan = 4000\n";
    let one = area.run(4, &[zone, small, finance, roads].concat());
    let other = area.run(4, &[roads, finance, small, zone].concat());
    assert!(bytes(&one) == bytes(&other));
    assert_eq!(one.world.programmes, other.world.programmes);
    assert_eq!(one.changes, other.changes);
}

#[test]
fn a_payer_without_cash_borrows_to_its_limit_and_then_the_programme_is_cut() {
    let area = Area::new();
    let rich = area.run(2, "[parameters]\ndebt_limit = 3.0\n[[policy.rural_finance]]\nfund_yuan = 9000\n");
    assert!(rich.world.accounts.debt[FIRST].0 > 0, "it borrows");
    let poor = area.run(1, "[parameters]\ndebt_limit = 0.0\n[[policy.rural_finance]]\nfund_yuan = 90000\n");
    assert_eq!(poor.world.accounts.debt[FIRST].0, 0);
    let order = &poor.world.programmes.orders[0];
    assert!(order.paid < order.demanded, "it is cut");
    let leakage = poor.levers.county(Lever::DepositLeakage, FIRST);
    assert!(leakage > 0.2, "what is not paid for is not done: {leakage}");
}

#[test]
fn a_debt_is_paid_back_by_a_tenth_a_year() {
    let area = Area::new();
    let policy = "[parameters]\ndebt_limit = 3.0\n[[policy.rural_finance]]\nfund_yuan = 9000\nactive = { until = 2021 }\n";
    let [first, next] = [1, 2].map(|years| area.run(years, policy).world.accounts.debt[FIRST].0);
    assert!(first > 0, "it borrows");
    assert!((next as f64 / first as f64 - 0.9).abs() < 1e-3, "{first} became {next}");
}

#[test]
fn a_budget_cap_holds() {
    let area = Area::new();
    let run = area.run(2, "[[policy.infrastructure]]\nbudget_cap = 1000000\n");
    let spent = paid(&run, "infrastructure");
    assert!(spent > 90_000_000 && spent <= 100_000_000, "{spent}");
}

#[test]
fn an_exclusive_rule_claimed_twice_names_both_policies() {
    let area = Area::new();
    let twice = "[[policy.fiscal_direct]]\n[[policy.fiscal_direct]]\nmode = \"city_managing\"\n\
                 counties = { county = [\"100002\"] }\n";
    let Err(error) = area.load(1, twice) else { panic!("accepted") };
    let text = error.to_string();
    assert!(text.contains("fiscal_direct[1]") && text.contains("fiscal_direct[0]"), "{text}");
    let apart = twice.replace("counties = {", "active = { from = 2030 }\ncounties = {");
    let first =
        apart.replacen("[[policy.fiscal_direct]]", "[[policy.fiscal_direct]]\nactive = { until = 2029 }", 1);
    insisting(&area, 1, &first);
}

#[test]
fn unknown_names_are_reported_with_the_nearest_right_one() {
    let area = Area::new();
    let wrong = "[[policy.development_zone]]\nat = { ids = [\"m_seet\"] }\npayers = { county = 0.5 }\n\
                 [[policy.infrastructure]]\nat = { tag = \"mountains\" }\nactive = { from = 2030, until = 2025 }\n\
                 [[policy.mountain_sea_pairing]]\npairs = [{ mountain = \"200002\", sea = \"100001\" }]\n";
    let Err(error) = area.load(1, wrong) else { panic!("accepted") };
    let text = error.to_string();
    for words in
        ["did you mean `m_seat`?", "did you mean `mountain`?", "add up to 0.500", "before `from`", "200002"]
    {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
}

#[test]
fn a_misspelt_field_is_shown_under_its_line() {
    let area = Area::new();
    let Err(error) = area.load(1, "[[policy.development_zone]]\nsubsidi = 0.1\n") else { panic!("accepted") };
    let text = error.to_string();
    assert!(text.contains("subsidy") && text.contains("^"), "{text}");
}

/// Scenario files of a folder and below.
fn scenarios(folder: &str) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(scenarios(&path.display().to_string()));
        } else if path.extension().is_some_and(|e| e == "toml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn every_policy_scenario_loads_and_says_what_it_assumes() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let all = [scenarios(&format!("{root}/zhejiang")), scenarios(&format!("{root}/henan"))].concat();
    let mut kinds: Vec<&str> = Vec::new();
    for path in &all {
        let (scenario, _) = shanhai::inside::load(path, &[]).unwrap_or_else(|e| panic!("{e}"));
        let policies = scenario.policy.each();
        let stated = !scenario.description.is_empty() && !scenario.sources.is_empty();
        assert!(stated && !scenario.assumptions.is_empty(), "{} says too little", path.display());
        kinds.extend(policies.iter().map(|(kind, ..)| *kind));
    }
    for kind in KINDS {
        assert!(kinds.contains(&kind.name), "no scenario shows {}", kind.name);
    }
}

#[test]
fn scenarios_of_several_policies_run_and_close_their_accounts() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let coarse = ["run.persons_per_agent=5000".to_owned(), "run.years=2".to_owned()];
    for name in ["zhejiang/common_prosperity", "zhejiang/county_carrier", "henan/three_ups"] {
        let path = format!("{root}/{name}.toml");
        let mut run = shanhai::run::load(path.as_ref(), &coarse).unwrap_or_else(|e| panic!("{e}"));
        run.run(|_| Ok(())).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(run.world.programmes.orders.iter().any(|o| o.paid.0 > 0) || name.starts_with("henan"));
    }
}

#[test]
fn every_policy_file_is_registered() {
    let registered: Vec<&str> = KINDS.iter().map(|k| k.name).collect();
    let tools = ["fault", "hand", "listing", "mod", "outlook", "payer", "period", "selector", "set", "view"];
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/policy")).expect("src/policy") {
        let path = entry.expect("a file").path();
        let name = path.file_stem().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        assert!(
            tools.contains(&name.as_str()) || registered.contains(&name.as_str()),
            "src/policy/{name}.rs is not registered: add its `mod` line and its line in `registry!` of src/policy/mod.rs"
        );
    }
    for (i, kind) in KINDS.iter().enumerate() {
        assert!(i == 0 || KINDS[i - 1].name < kind.name, "kinds stand in alphabetical order");
    }
}

#[test]
fn every_lever_is_read_by_an_equation() {
    let mut text = String::new();
    let mut folders = ["src/economy", "src/people", "src/capital", "src/simulation"]
        .map(|folder| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .to_vec();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                text.push_str(&std::fs::read_to_string(path).expect("a source file"));
            }
        }
    }
    // `tau` of the levers is the equation of the trade wedge.
    let lever = std::fs::read_to_string(format!("{}/src/rules/lever.rs", env!("CARGO_MANIFEST_DIR")));
    let lever = lever.expect("lever.rs");
    let tau =
        ["TradeWedge", "OnlineWedge"].iter().all(|l| lever.contains(&format!("self.node(Lever::{l}, node)")));
    for row in LEVERS {
        let name = format!("Lever::{:?}", row.lever);
        let read = text
            .match_indices(&name)
            .any(|(i, _)| !text[i + name.len()..].starts_with(|c: char| c.is_alphanumeric()));
        assert!(
            read || (matches!(row.lever, Lever::TradeWedge | Lever::OnlineWedge) && tau),
            "no equation reads {name}"
        );
    }
}

#[test]
fn every_mechanism_has_a_row_and_a_test() {
    let root = env!("CARGO_MANIFEST_DIR");
    let page = std::fs::read_to_string(format!("{root}/docs/mechanisms.md")).expect("docs/mechanisms.md");
    let tests = std::fs::read_to_string(format!("{root}/tests/policies.rs")).expect("tests/policies.rs");
    for number in 1..=41 {
        let id = format!("M{number:02}");
        let row = page.lines().find(|l| l.starts_with(&format!("| {id} |")));
        let row = row.unwrap_or_else(|| panic!("docs/mechanisms.md has no row for {id}"));
        let test = row.rsplit('`').nth(1).unwrap_or_default();
        assert!(tests.contains(&format!("fn {test}(")), "{id} names the test `{test}`, which is not there");
    }
}
