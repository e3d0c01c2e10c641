//! What `shanhai compare` promises: effects are paired under the same luck, bytes do not depend on threads, a
//! replicate can be repeated alone, and what policies add adds up.

use std::path::{Path, PathBuf};

use crate::small_area::{read, rows, scenario};
use clap::Parser;
use shanhai::Error;
use shanhai::experiment::compare::{self, Request, page};
use shanhai::experiment::{Method, Settings};
use shanhai::inside::experiment::outside_income;

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    args: shanhai::cli::compare::Args,
}

fn compare(words: &[&str], out: &Path) -> Result<(), Error> {
    let out = out.display().to_string();
    let all = ["compare"].iter().chain(words).copied().chain(["--out", &out]);
    shanhai::cli::compare::run(Command::parse_from(all).args)
}

const TABLES: [&str; 5] = ["compare.csv", "costs.csv", "public_money.csv", "runs.csv", "replicates.csv"];

#[test]
fn threads_change_no_byte_and_a_replicate_alone_has_the_same_rows() {
    let place = tempfile::tempdir().unwrap();
    let file = scenario(place.path(), "a", "");
    let file = file.display().to_string();
    let words = [
        &file[..],
        "--treat",
        "parameters.relocation_review=0.2",
        "--treat",
        "parameters.saving_rate_urban=0.2",
    ];
    let [one, three, alone] = ["one", "three", "alone"].map(|name| place.path().join(name));
    let more = |extra: &[&'static str]| -> Vec<String> {
        words.iter().chain(extra).map(|w| (*w).to_owned()).collect()
    };
    let run = |extra: &[&'static str], out: &Path| {
        let words = more(extra);
        compare(&words.iter().map(String::as_str).collect::<Vec<_>>(), out).unwrap();
    };
    run(&["--replicates", "3", "--shapley", "--threads", "1"], &one);
    run(&["--replicates", "3", "--shapley", "--threads", "3"], &three);
    for table in TABLES.iter().chain(&["attribution.csv", "datapackage.json"]) {
        assert_eq!(read(&one, table), read(&three, table), "{table}");
    }
    run(&["--replicate", "2", "--shapley"], &alone);
    for table in ["runs.csv", "replicates.csv"] {
        let whole = rows(&one, table);
        let of_run: Vec<_> = whole.into_iter().filter(|r| r[0].ends_with("/2")).collect();
        assert_eq!(rows(&alone, table), of_run, "{table}");
        assert!(!of_run.is_empty());
    }
    // One replicate has a difference and no interval.
    let row = &rows(&alone, "compare.csv")[0];
    assert!(!row[7].is_empty() && row[8].is_empty() && row[9].is_empty() && row[10] == "1", "{row:?}");
}

#[test]
fn a_policy_that_changes_nothing_has_exactly_no_effect_and_no_width() {
    let place = tempfile::tempdir().unwrap();
    let file = scenario(place.path(), "a", "").display().to_string();
    let out = place.path().join("out");
    compare(
        &[&file, "--treat", "parameters.relocation_review=0.02", "--replicates", "2", "--independent"],
        &out,
    )
    .unwrap();
    let found = rows(&out, "compare.csv");
    assert!(found.len() > 100);
    for row in found.iter().filter(|r| !r[7].is_empty()) {
        assert_eq!([&row[7], &row[8], &row[9]], ["0", "0", "0"], "{row:?}");
    }
    // Independent luck has a width where shared luck has none.
    let narrowing = rows(&out, "narrowing.csv");
    let output = narrowing.iter().find(|r| r[1] == "output" && r[2] == "area").unwrap();
    assert_eq!(output[4], "0");
    assert!(output[5].parse::<f64>().unwrap() > 0.0);
    assert!(rows(&out, "public_money.csv").iter().all(|r| r[6] == "0"));
}

#[test]
fn effects_alone_and_their_interaction_add_up_and_so_do_shapley_shares() {
    let place = tempfile::tempdir().unwrap();
    let file = scenario(place.path(), "a", "").display().to_string();
    let out = place.path().join("out");
    let words = [
        &file[..],
        "--treat",
        "parameters.revenue_tax_rate=0.2",
        "--treat",
        "parameters.retained_profit_share=0.4",
        "--treat",
        "parameters.saving_rate_urban=0.1",
        "--replicates",
        "6",
        "--shapley",
        "--each",
        "--interval",
        "bootstrap",
    ];
    compare(&words, &out).unwrap();
    let parts = rows(&out, "attribution.csv");
    let pick = |kind: &str| -> Vec<f64> {
        let of = |r: &&Vec<String>| r[2] == kind && r[3] == "output" && r[4] == "area";
        parts.iter().filter(of).map(|r| r[7].parse().unwrap()).collect()
    };
    let (total, interaction) = (pick("total")[0], pick("interaction")[0]);
    assert_eq!(pick("alone").len(), 3);
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9 * a.abs().max(1e6), "{a} {b}");
    close(total, pick("alone").iter().sum::<f64>() + interaction);
    close(total, pick("shapley").iter().sum::<f64>());
    // The same total stands in the main table, and each policy alone under its own name.
    let main = rows(&out, "compare.csv");
    let of = |name: &str| {
        let row = main.iter().find(|r| r[0] == name && r[1] == "output" && r[2] == "area" && r[4] == "2022");
        row.unwrap_or_else(|| panic!("{name}"))[7].parse::<f64>().unwrap()
    };
    close(total, of("a"));
    close(pick("alone")[0], of("a:only:parameters.revenue_tax_rate=0.2"));
    close(pick("last")[0], of("a:last:parameters.revenue_tax_rate=0.2"));
    // A higher tax moves public money, and the table says whose.
    let taxes = rows(&out, "public_money.csv");
    let vat = taxes.iter().find(|r| r[0] == "a" && r[3] == "value_added_tax").unwrap();
    assert!(vat[6].parse::<f64>().unwrap() > 0.0, "{vat:?}");
}

/// Policies with money of their own: transfers to villagers, and services by residence.
const POLICIES: &str = r#"
[[policy.income_transfer]]
name = "late"
active = { from = 2022 }
persons = { tier = "village" }
person_yuan = 500
payers = { centre = 1.0 }

[[policy.income_transfer]]
name = "now"
persons = { tier = "village" }
person_yuan = 1000
payers = { province = 0.4, centre = 0.6 }

[[policy.hukou_reform]]
at = { tier = "urban" }
access_workers = 0.8
access_talent = 1.0
payers = { county = 1.0 }
"#;

#[test]
fn policies_of_a_file_are_switched_one_by_one_and_their_payers_are_named() {
    let place = tempfile::tempdir().unwrap();
    let file = scenario(place.path(), "a", POLICIES).display().to_string();
    let out = place.path().join("out");
    compare(&[&file, "--replicates", "2", "--each"], &out).unwrap();
    let arms: Vec<String> = rows(&out, "runs.csv").iter().map(|r| r[2].clone()).collect();
    let all = "hukou_reform;income_transfer.late;income_transfer.now";
    for on in ["none", all, "hukou_reform", "income_transfer.late", "hukou_reform;income_transfer.now"] {
        assert_eq!(arms.iter().filter(|a| *a == on).count(), 2, "{on}: {arms:?}");
    }
    let costs = rows(&out, "costs.csv");
    let paid = |comparison: &str, policy: &str, payer: &str| -> f64 {
        let of = |r: &&Vec<String>| r[0] == comparison && r[1] == policy && r[2] == payer;
        costs.iter().filter(of).map(|r| r[6].parse::<f64>().unwrap()).sum()
    };
    let now = "income_transfer.now";
    let (centre, province) = (paid("a", now, "central_government"), paid("a", now, "province_governments"));
    assert!(province > 0.0 && centre > 0.0, "{costs:?}");
    assert!(paid("a:only:income_transfer.late", now, "central_government") == 0.0);
    let main = rows(&out, "compare.csv");
    let village = |year: &str| {
        let of = |r: &&Vec<String>| r[0] == "a" && r[1] == "income" && r[3] == "village" && r[4] == year;
        main.iter().find(of).unwrap()[7].parse::<f64>().unwrap()
    };
    assert!(village("2022") > village("2021") && village("2021") > 0.0);
}

#[test]
fn a_comparison_builds_one_first_world_of_each_luck_for_arms_that_differ_in_policies_alone() {
    let place = tempfile::tempdir().unwrap();
    let file = scenario(place.path(), "a", POLICIES);
    let built = |treat: &[&str], threads: usize| {
        let request = Request {
            scenarios: vec![file.clone()],
            overrides: Vec::new(),
            treat: treat.iter().map(|change| (*change).to_owned()).collect(),
            replicates: 2,
            replicate: None,
            each: true,
            pairs: false,
            shapley: false,
            orders: 1,
            independent: false,
            break_even: None,
            take_up: Vec::new(),
            threads,
            settings: Settings { level: 0.95, method: Method::T, seed: 1 },
        };
        let outcome = compare::compare(&request).unwrap();
        assert!(outcome.values.len() >= 16, "eight arms and more, twice");
        outcome.first_worlds
    };
    assert_eq!([1, 3].map(|threads| built(&[], threads)), [2, 2]);
    assert_eq!(built(&["parameters.relocation_review=0.2"], 2), 4, "a parameter has a base year of its own");
}

#[test]
fn years_before_a_policy_begins_are_those_of_the_baseline() {
    let place = tempfile::tempdir().unwrap();
    let late = POLICIES.trim().split("\n\n").next().unwrap();
    let file = scenario(place.path(), "a", &format!("\n{late}\n")).display().to_string();
    let out = place.path().join("out");
    compare(&[&file, "--replicates", "2"], &out).unwrap();
    let found = rows(&out, "compare.csv");
    let moved = |year: &str| found.iter().filter(|r| r[4] == year && !r[7].is_empty() && r[7] != "0").count();
    assert_eq!(moved("2021"), 0);
    assert!(moved("2022") > 0);
}

#[test]
fn several_scenarios_are_compared_with_each_other_under_the_same_luck() {
    let place = tempfile::tempdir().unwrap();
    let a = scenario(place.path(), "a", "").display().to_string();
    let b = scenario(place.path(), "b", "\n[parameters]\nsaving_rate_urban = 0.2\n").display().to_string();
    let out = place.path().join("out");
    compare(&[&a, &b, "--replicates", "2"], &out).unwrap();
    let found = rows(&out, "compare.csv");
    assert!(found.iter().all(|r| r[0] == "b vs a"));
    let scopes: std::collections::BTreeSet<&str> = found.iter().map(|r| r[2].as_str()).collect();
    assert_eq!(
        scopes.into_iter().collect::<Vec<_>>(),
        ["area", "node", "prefecture", "tag", "tier", "tiers"]
    );
    let runs = rows(&out, "runs.csv");
    let seeds = |name: &str| runs.iter().filter(|r| r[1] == name).map(|r| r[4].clone()).collect::<Vec<_>>();
    assert_eq!(seeds("a"), seeds("b"));
    assert_eq!(seeds("a").len(), 2);
}

#[test]
fn scenarios_of_different_places_are_refused_and_those_with_other_luck_are_not_paired() {
    let place = tempfile::tempdir().unwrap();
    let teaching =
        |name: &str| crate::program::scenario(&format!("teaching/{name}.toml")).display().to_string();
    let out = place.path().join("areas");
    let refused = compare(&[&teaching("two_regions"), &teaching("mountain_and_coast")], &out).unwrap_err();
    assert_eq!(refused.exit_code(), 2);
    assert!(refused.to_string().contains("different study areas"), "{refused}");
    assert!(!out.exists());

    // The same places under another seed: no pair, and the interval is wider than the paired one.
    let file = |name: &str, more: &str| {
        let path = scenario(place.path(), name, "");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("years = 2", &format!("years = 2\n{more}"))).unwrap();
        path.display().to_string()
    };
    let (a, same, other) = (file("a", ""), file("same", "seed = 1"), file("other", "seed = 7"));
    compare(&[&a, &same, "--replicates", "4"], &place.path().join("shared")).unwrap();
    compare(&[&a, &other, "--replicates", "4"], &place.path().join("own")).unwrap();
    let output = |name: &str| {
        let found = rows(&place.path().join(name), "compare.csv");
        let of = |r: &&Vec<String>| r[1] == "output" && r[2] == "area" && r[4] == "2022";
        found.iter().find(of).unwrap().clone()
    };
    let (shared, own) = (output("shared"), output("own"));
    let width = |r: &[String]| r[9].parse::<f64>().unwrap() - r[8].parse::<f64>().unwrap();
    assert_eq!((shared[12].as_str(), own[12].as_str()), ("shared", "own"));
    assert!(width(&shared) == 0.0 && width(&own) > 0.0, "{shared:?} {own:?}");
}

#[test]
fn a_bootstrap_of_too_few_replicates_is_refused_and_says_how_many_it_needs() {
    let place = tempfile::tempdir().unwrap();
    let file = scenario(place.path(), "a", "").display().to_string();
    let words = [
        &file[..],
        "--treat",
        "parameters.relocation_review=0.2",
        "--interval",
        "bootstrap",
        "--replicates",
        "2",
    ];
    let refused = compare(&words, &place.path().join("out")).unwrap_err();
    assert!(refused.exit_code() == 2 && refused.to_string().contains("at least 6 replicates"), "{refused}");
}

#[test]
fn yearly_values_of_every_replicate_are_kept_and_make_the_intervals() {
    let place = tempfile::tempdir().unwrap();
    let file = scenario(place.path(), "a", "").display().to_string();
    let out = place.path().join("out");
    compare(&[&file, "--treat", "parameters.relocation_review=0.2", "--replicates", "3"], &out).unwrap();
    let values = rows(&out, "replicates.csv");
    let of = |arm: &str, year: &str| -> Vec<f64> {
        let is = |r: &&Vec<String>| {
            r[0].starts_with(&format!("a/{arm}/")) && r[2] == "output" && r[3] == "area" && r[5] == year
        };
        values.iter().filter(is).map(|r| r[6].parse().unwrap()).collect()
    };
    for year in ["2021", "2022"] {
        let (policy, baseline) = (of("policy", year), of("baseline", year));
        assert_eq!((policy.len(), baseline.len()), (3, 3));
        let difference = policy.iter().zip(&baseline).map(|(p, b)| p - b).sum::<f64>() / 3.0;
        let row = rows(&out, "compare.csv");
        let row = row.iter().find(|r| r[1] == "output" && r[2] == "area" && r[4] == year).unwrap();
        let said: f64 = row[7].parse().unwrap();
        assert!((said - difference).abs() <= 1e-9 * difference.abs().max(1.0), "{year}: {said} {difference}");
    }
}

#[test]
fn what_cannot_be_compared_is_explained_before_anything_runs() {
    let place = tempfile::tempdir().unwrap();
    let file = scenario(place.path(), "a", "").display().to_string();
    let says = |words: &[&str], name: &str| compare(words, &place.path().join(name)).unwrap_err().to_string();
    let none = says(&[&file], "x");
    assert!(none.contains("no policy") && none.contains("--treat"), "{none}");
    let wrong = says(&[&file, "--treat", "parameters.relocation_reviews=1"], "y");
    assert!(wrong.contains("did you mean"), "{wrong}");
    let years = says(&[&file, "--years", "0", "--treat", "parameters.relocation_review=0.1"], "z");
    assert!(years.contains("--years"), "{years}");
}

#[test]
fn numbers_of_experiments_are_those_of_indicators() {
    #[derive(Parser)]
    struct Run {
        #[command(flatten)]
        args: shanhai::cli::run::Args,
    }
    let place = tempfile::tempdir().unwrap();
    let file = scenario(place.path(), "a", "").display().to_string();
    let [alone, compared] = ["alone", "compared"].map(|name| place.path().join(name));
    let words = ["run", &file, "--quiet", "--out", &alone.display().to_string()];
    shanhai::cli::run::run(&Run::parse_from(words).args).unwrap();
    compare(&[&file, "--treat", "parameters.relocation_review=0.2", "--replicates", "1"], &compared).unwrap();
    let indicators: std::collections::BTreeMap<Vec<String>, f64> = rows(&alone, "indicators.csv")
        .into_iter()
        .filter(|r| !r[5].is_empty())
        .map(|r| ([2, 3, 4, 1].map(|i| r[i].clone()).to_vec(), r[5].parse().unwrap()))
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    for row in rows(&compared, "compare.csv").iter().filter(|r| !r[5].is_empty()) {
        if let Some(&value) = indicators.get(&row[1..5]) {
            let found: f64 = row[5].parse().unwrap();
            assert!((found - value).abs() <= 1e-9 * value.abs().max(1.0), "{row:?} is not {value}");
            seen.insert(row[1].clone());
        }
    }
    for name in ["gini", "theil", "theil_between_tiers", "welfare_gain", "income_ratio_home", "cv_services"] {
        assert!(seen.contains(name), "{name} is not among {seen:?}");
    }
    assert!(seen.len() >= 17, "{seen:?}");
}

#[test]
fn runs_made_elsewhere_are_taken_over_and_the_comparison_is_that_in_one_piece() {
    let place = tempfile::tempdir().unwrap();
    let file = scenario(place.path(), "a", "").display().to_string();
    let words = [&file[..], "--treat", "parameters.relocation_review=0.2", "--quiet"];
    let with = |more: &[&str], name: &str| {
        let out = place.path().join(name);
        compare(&[&words[..], more].concat(), &out).map(|()| out)
    };
    let whole = with(&["--replicates", "3"], "whole").unwrap();
    let parts = ["0", "2"].map(|n| with(&["--replicate", n], &format!("part{n}")).unwrap());
    let [a, b] = parts.each_ref().map(|part| part.display().to_string());
    let together = with(&["--replicates", "3", "--take-up", &a, "--take-up", &b], "together").unwrap();
    for table in TABLES.iter().chain(&["variants.csv", "datapackage.json"]) {
        assert_eq!(read(&whole, table), read(&together, table), "{table}");
    }
    // Only the replicate that nobody had made was run here: its lines came last.
    let journal = read(&together, "runs.jsonl");
    let last = journal.lines().rev().take(2).collect::<Vec<_>>();
    assert!(last.iter().all(|line| line.contains("\"replicate\":1")), "{}", last[0]);
    let other =
        with(&["--years", "1", "--replicates", "2", "--take-up", &a], "other").unwrap_err().to_string();
    assert!(other.contains("part0"), "{other}");
}

#[test]
fn a_size_at_which_gains_pay_is_looked_for_between_its_ends() {
    let place = tempfile::tempdir().unwrap();
    let file = crate::program::scenario("teaching/transfer.toml").display().to_string();
    let small = ["--years", "2", "--persons-per-agent", "1000", "--replicates", "2", "--quiet"];
    let out = place.path().join("sizes");
    let key = "policy.income_transfer[0].person_yuan";
    let range = format!("{key}=500..2500");
    compare(&[&[&file[..]][..], &small, &["--break-even", &range]].concat(), &out).unwrap();
    let table = rows(&out, "break_even.csv");
    assert_eq!(table.len(), 10, "five sizes and two yardsticks");
    let number = |row: &[String], column: usize| row[column].parse::<f64>().unwrap();
    for of_yardstick in table.chunks(5) {
        let sizes: Vec<f64> = of_yardstick.iter().map(|row| number(row, 2)).collect();
        assert_eq!(sizes, [500.0, 1000.0, 1500.0, 2000.0, 2500.0]);
        for row in of_yardstick {
            let [gain, cost, net] = [3, 4, 5].map(|column| number(row, column));
            assert!((gain - cost - net).abs() <= 1e-6 * cost.abs() + 1.0, "{row:?}");
            // Five times the transfer costs five times as much, but for who moves.
            assert!(
                (cost / number(&of_yardstick[0], 4) / (number(row, 2) / 500.0) - 1.0).abs() < 0.1,
                "{row:?}"
            );
        }
    }
    // A transfer is income to who receives it, whatever it does to output.
    assert!(table.iter().all(|row| (row[1] == "income") == (row[1] != "output")));
    assert!(table.iter().filter(|row| row[1] == "income").all(|row| number(row, 3) > 0.0), "{table:?}");
    // The middle size is what a comparison at that size says.
    let alone = place.path().join("alone");
    let at = format!("{key}=1500.0");
    compare(&[&[&file[..]][..], &small, &["--set", &at]].concat(), &alone).unwrap();
    let paid: f64 = rows(&alone, "costs.csv").iter().map(|row| number(row, 6)).sum();
    assert!((paid - number(&table[2], 4)).abs() <= 1e-9 * paid.abs() && paid > 0.0, "{paid} {:?}", table[2]);
    for (wrong, told) in [
        ("policy.income_transfer[3].person_yuan=1..2", "income_transfer"),
        ("drivers.technology.industry=0.0..0.1", "--break-even"),
    ] {
        let error =
            compare(&[&[&file[..]][..], &small, &["--break-even", wrong]].concat(), &place.path().join("no"));
        let error = error.unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn the_page_ends_with_the_residual_of_income_where_incomes_are_published() {
    let place = tempfile::tempdir().unwrap();
    let table = "prefecture,income_urban_yuan,income_rural_yuan\n331100,46842,21077\n";
    std::fs::write(place.path().join("prefectures.csv"), table).unwrap();
    let with = scenario(place.path(), "with", "prefectures = \"prefectures.csv\"\n");
    let without = scenario(place.path(), "without", "");
    let page = |scenarios: &[&PathBuf]| {
        let request = Request {
            scenarios: scenarios.iter().map(|path| (*path).clone()).collect(),
            overrides: Vec::new(),
            treat: vec!["parameters.relocation_review=0.2".to_owned()],
            replicates: 1,
            replicate: None,
            each: false,
            pairs: false,
            shapley: false,
            orders: 1,
            independent: false,
            break_even: None,
            take_up: Vec::new(),
            threads: 0,
            settings: Settings { level: 0.95, method: Method::T, seed: 1 },
        };
        page(&compare::compare(&request).unwrap()).unwrap()
    };
    let simulation = shanhai::run::load(&with, &[]).unwrap();
    let residual = outside_income(&simulation);
    assert!(residual.contains("Outside income, a residual"), "{residual}");
    assert!(page(&[&with]).ends_with(&residual));
    assert!(page(&[&without, &with]).ends_with(&format!("{residual}  in with\n")));
    assert!(!page(&[&without]).contains("Outside income"));
}
