//! What the backtest promises: skill of the law on the shipped targets, and agents that follow the law.

use std::path::{Path, PathBuf};

use clap::Parser;

use crate::small_area::{read, rows};
use shanhai::inside::experiment::backtest::evidence::{self, fitted};
use shanhai::inside::experiment::backtest::{
    AgentRuns, Backtest, ClosedForm, MoverAges, PublishedRates, Request, Study, Targets, agent_runs,
    by_level, ceilings, load, residents, ridge_leaving_one_prefecture_out, score, terms, value,
    with_closed_form, without_fitted_terms,
};

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(file)
}

fn targets(law: &ClosedForm) -> Targets {
    Targets::read(&[path("china/census_2020_fine.csv")], &law.geography).unwrap()
}

/// Population-weighted correlation of log growth, so that sampling of small counties does not decide.
fn agreement(law: &ClosedForm, a: &[f64], b: &[f64]) -> f64 {
    let n = a.len();
    let start: Vec<f64> = (0..n).map(|c| residents(&law.geography, c)).collect();
    let by_prefecture = |v: &[f64]| -> Vec<f64> {
        law.geography
            .prefectures
            .iter()
            .map(|p| {
                let sum = |v: &[f64]| p.counties.clone().map(|c| v[c]).sum::<f64>();
                (sum(v) / sum(&start)).ln()
            })
            .collect()
    };
    score(&by_prefecture(a), &by_prefecture(b)).r
}

#[test]
fn law_and_agents_predict_all_provinces_as_the_evidence_says() {
    let file = path("china/backtest_2010_2020.toml");
    let (scenario, law) = load(&file, &[]).unwrap();
    let targets = targets(&law);
    assert_eq!((targets.list.len(), targets.unmatched.len()), (2142, 0));
    let odds = &scenario.drivers.migration;
    let prediction = law.predict(odds);
    let levels = by_level(&targets, &law.geography, &prediction.population);
    let r = |level: &str| levels.iter().find(|(l, _)| l.trim() == level).unwrap().1.r;
    assert!(r("units") > 0.72 && r("prefectures") > 0.78 && r("provinces") > 0.75, "{levels:?}");
    let uniform = score(&targets.growth(), &targets.predicted(&law.geography, &law.uniform()));
    assert!(levels[0].1.mae < 0.7 * uniform.mae, "{levels:?}");
    let people = prediction.population.iter().sum::<f64>();
    assert!((people / 1e6 - 1409.8).abs() < 2.0);
    let urban = prediction.urban.iter().sum::<f64>() / people;
    assert!((urban - 0.639).abs() < 0.005, "the nation is {urban} urban");
    // People away, converts among them, are as many as stated.
    for (b, growth) in [odds.own_province, odds.other_provinces].into_iter().enumerate() {
        let start: f64 = law
            .geography
            .nodes
            .iter()
            .map(|n| if b == 0 { n.facts.newcomers_province } else { n.facts.newcomers_other } as f64)
            .sum();
        assert!((prediction.away[b] / (start * growth.unwrap() * odds.converts.exp()) - 1.0).abs() < 1e-6);
    }
    // Fitting what a prediction made finds the terms again.
    let mut known = targets.clone();
    for t in &mut known.list {
        let start: f64 = t.counties.iter().map(|&c| residents(&law.geography, c)).sum();
        t.population_start = start;
        t.population_end = t.counties.iter().map(|&c| prediction.population[c]).sum();
    }
    let start = without_fitted_terms(odds);
    let fit = with_closed_form(&law, &start, &fitted(), &known).unwrap();
    for e in &fit.estimates {
        let truth = *value(&mut odds.clone(), &e.key).unwrap();
        assert!((e.value - truth).abs() < 0.01, "{}: {} is not {truth}", e.key, e.value);
    }

    // A ceiling that is stated is kept in closed form where it binds, by fewer newcomers, and is nothing where it does not.
    let (with, kept) = ceilings::kept(&law, odds);
    assert!(odds.ceilings.len() >= 4 && odds.ceilings.iter().all(|c| c.log_odds == 0.0), "stated, off");
    for ceiling in &with.ceilings {
        let [free, held] = [&prediction, &kept].map(|p| ceilings::residents(&law, p, &ceiling.place));
        assert!(held < 1.001 * ceiling.residents, "{}: {held}", ceiling.place);
        let binds = free > ceiling.residents;
        assert_eq!(ceiling.log_odds < 0.0, binds, "{}: {free} without, {held} with", ceiling.place);
        assert!(!binds || (held / ceiling.residents - 1.0).abs() < 0.001, "{}: {held}", ceiling.place);
    }

    // Agents at a small scale: 5,000 persons each, so a county of 400,000 has 80 of them and prefectures are
    // what can be compared.
    let few = ["run.persons_per_agent=5000".to_owned()];
    let (_, _, runs) = agent_runs(&file, &few, 1, |_| {}, |_, _| {}).unwrap();
    for (found, stated) in runs.away_growth.iter().zip([2.119, 1.454]) {
        assert!((found / stated - 1.0).abs() < 0.03, "{found} for {stated}");
    }
    // A prediction for every unit of China, target or not.
    assert_eq!(runs.population[0].len(), 2863);
    assert!(runs.population[0].iter().filter(|p| **p > 0.0).count() > 2800);
    let expected = law.predict_with(odds, MoverAges::AsLaidOut).population;
    let r = agreement(&law, &runs.mean(), &expected);
    assert!(r > 0.85, "agents and law agree with r {r}");
}

/// One law: what the backtest is scored with is what baselines of 2010 run.
#[test]
fn baselines_of_2010_have_the_terms_of_the_backtest() {
    let read = |file: &str| shanhai::inside::load(&path(file), &[]).unwrap();
    let (scored, _) = read("china/backtest_2010_2020.toml");
    let (nation, _) = read("china/2010.toml");
    assert_eq!(nation.drivers.migration, scored.drivers.migration);
    assert_eq!(
        (&nation.world.flows, &nation.world.registration),
        (&scored.world.flows, &scored.world.registration)
    );
    let (a, b) = (&nation.parameters, &scored.parameters);
    assert_eq!(
        (a.distance_loss, a.fertility_scale, a.mortality_scale),
        (b.distance_loss, b.fertility_scale, b.mortality_scale)
    );
    // Provinces read the nation's terms from a table, which is the one that the law writes now.
    let (_, law) = load(&path("china/backtest_2010_2020.toml"), &[]).unwrap();
    let m = &scored.drivers.migration;
    for (province, code) in [("zhejiang", "330000"), ("henan", "410000")] {
        let (own, area) = read(&format!("{province}/baseline_2010.toml"));
        let p = &own.drivers.migration;
        assert_eq!(
            (p.years, p.age_35_54, p.age_others, p.village_to_seat, p.seat_convergence, p.converts),
            (m.years, m.age_35_54, m.age_others, m.village_to_seat, m.seat_convergence, m.converts)
        );
        let now = terms::table(&law, m, &scored.parameters, code, "outside").unwrap();
        let file = format!("{province}/2010/migration.csv");
        // As other files that the program writes: ACCEPT=1 takes the new one.
        if std::env::var_os("ACCEPT").is_some() {
            std::fs::write(path(&file), &now).unwrap();
        }
        let shipped = read_file(&file);
        assert_eq!(now.lines().count(), shipped.lines().count());
        for (now, shipped) in now.lines().zip(shipped.lines()).skip(1) {
            // The outside has no leavers of its own.
            let numbers = |line: &str| -> Vec<f64> {
                line.split(',').skip(1).filter(|v| !v.is_empty()).map(|v| v.parse().unwrap()).collect()
            };
            for (a, b) in numbers(now).iter().zip(numbers(shipped)) {
                assert!((a - b).abs() < 2e-4, "{now} is shipped as {shipped}");
            }
        }
        assert_eq!(area.geography.nodes.iter().filter(|n| n.facts.migration.is_none()).count(), 0);
    }
}

/// The whole economy runs in the baseline, prices and all; it still goes where the backtest goes. Prefectures of a hundred agents
/// and more are compared: in a region of six agents one who goes or stays is a sixth, and eleven such regions would decide.
#[test]
fn the_baseline_of_2010_scores_what_the_backtest_scores() {
    let (_, law) = load(&path("china/backtest_2010_2020.toml"), &[]).unwrap();
    let mut targets = targets(&law);
    let people = |c: usize| -> f64 {
        let prefecture = &law.geography.prefectures[law.geography.counties[c].prefecture];
        prefecture.counties.clone().map(|c| residents(&law.geography, c)).sum()
    };
    targets.list.retain(|t| people(t.counties[0]) >= 100.0 * 5000.0);
    assert!(targets.list.len() > 2000, "{} units", targets.list.len());
    let scale = ["run.persons_per_agent=5000", "run.years=10"].map(String::from);
    let run = |file: &str| agent_runs(&path(file), &scale, 1, |_| {}, |_, _| {}).unwrap().2.mean();
    let by_prefecture = |population: &[f64]| {
        let levels = by_level(&targets, &law.geography, population);
        levels.iter().find(|(level, _)| level == "prefectures").unwrap().1.r
    };
    let [scored, baseline] =
        ["china/backtest_2010_2020.toml", "china/2010.toml"].map(|file| by_prefecture(&run(file)));
    assert!(scored > 0.77 && (scored - baseline).abs() < 0.03, "backtest {scored}, baseline {baseline}");
}

/// A province that runs alone reads the nation's path from its table (`world.migration`): its counties grow as the nation's law
/// says of them, and in sum: it has the leavers that the nation counts, and border constants without those who convert.
#[test]
fn a_province_alone_goes_where_the_nation_sends_it() {
    let (scenario, law) = load(&path("china/backtest_2010_2020.toml"), &[]).unwrap();
    let nation = law.predict(&scenario.drivers.migration).population;
    for province in ["zhejiang", "henan"] {
        let file = path(&format!("{province}/baseline_2010.toml"));
        let scale = ["run.persons_per_agent=500", "run.years=10"].map(String::from);
        let (_, alone, runs) = agent_runs(&file, &scale, 1, |_| {}, |_, _| {}).unwrap();
        let (mut a, mut b, mut sums) = (Vec::new(), Vec::new(), [0.0; 3]);
        for (c, county) in alone.counties.iter().enumerate() {
            let Some(d) = law.geography.counties.iter().position(|n| n.code == county.code) else { continue };
            let start = residents(&law.geography, d);
            let ends = [runs.mean()[c], nation[d]];
            a.push((ends[0] / residents(&alone, c)).ln());
            b.push((ends[1] / start).ln());
            sums = [sums[0] + start, sums[1] + ends[0], sums[2] + ends[1]];
        }
        let s = score(&b, &a);
        let growth = [sums[1] / sums[0], sums[2] / sums[0]];
        println!("{province}: r {:.3} over {} counties, growth {growth:.3?}", s.r, s.units);
        assert!(s.units > 60 && s.r > 0.85, "{province}: r {} over {} counties", s.r, s.units);
        assert!((growth[0] / growth[1] - 1.0).abs() < 0.03, "{province}: {growth:?} of the base year");
        // Against the census it scores as the province does in the nation.
        let counted = Targets::read(&[path("china/census_2020_fine.csv")], &alone).unwrap();
        let mut same = targets(&law);
        same.list.retain(|t| counted.list.iter().any(|own| own.unit == t.unit));
        assert_eq!(same.list.len(), counted.list.len());
        let r = [
            score(&counted.growth(), &counted.predicted(&alone, &runs.mean())).r,
            score(&same.growth(), &same.predicted(&law.geography, &nation)).r,
        ];
        println!("{province}: r {r:.3?} alone and in the nation against the census");
        assert!((r[0] - r[1]).abs() < 0.03, "{province}: r {r:?} alone and in the nation");
    }
}

fn read_file(file: &str) -> String {
    std::fs::read_to_string(path(file)).unwrap()
}

#[test]
fn with_one_target_file_a_ridge_regression_predicts_every_prefecture_from_the_others() {
    let file = path("china/backtest_2010_2020.toml");
    let (scenario, law) = load(&file, &[]).unwrap();
    let census = path("zhejiang/census_2020.csv");
    let targets = Targets::read(std::slice::from_ref(&census), &law.geography).unwrap();
    let predict = |targets: &Targets| ridge_leaving_one_prefecture_out(&law, targets).unwrap();
    let predicted = predict(&targets);
    let found = score(&targets.growth(), &predicted);
    assert!(found.units == targets.list.len() && found.r > 0.0 && found.mae < 0.3, "{found:?}");

    // What is counted in a prefecture tells of the others and not of itself.
    let prefecture = |i: usize| law.geography.counties[targets.list[i].counties[0]].prefecture;
    let mut doubled = targets.clone();
    (0..doubled.list.len())
        .filter(|&i| prefecture(i) == prefecture(0))
        .for_each(|i| doubled.list[i].population_end *= 2.0);
    for (i, (new, old)) in predict(&doubled).iter().zip(&predicted).enumerate() {
        assert_eq!(new == old, prefecture(i) == prefecture(0), "unit {i}: {new} and {old}");
    }
    let mut one = targets.clone();
    one.list.truncate(1);
    assert!(ridge_leaving_one_prefecture_out(&law, &one).is_none(), "no other prefecture");

    // The score and the page say what it is.
    let odds = scenario.drivers.migration.clone();
    let prediction = law.predict(&odds);
    let population = vec![prediction.population.clone()];
    let events =
        |share: f64| vec![population[0].iter().map(|residents| share * residents).collect::<Vec<f64>>()];
    let (births, deaths) = (events(0.11), events(0.07));
    let stock = vec![vec![1e5; law.geography.provinces.len().pow(2)]];
    let runs = AgentRuns {
        urban: population.clone(),
        children: population.clone(),
        newcomers: [population.clone(), population.clone()],
        stock: [stock.clone(), stock],
        population,
        births,
        deaths,
        away_growth: [1.0; 2],
    };
    let geography = law.geography.clone();
    let law = Some((law, prediction));
    let (start, years) = (scenario.run.start_year, scenario.run.years);
    let published = path("china/vital_rates.csv");
    let vital = Some(PublishedRates::read(&published, &geography, start, years).unwrap());
    let other = Vec::new();
    let backtest = Backtest { geography, runs, law, targets, other, years, odds, vital };
    let report = backtest.report();
    assert!(report.contains("ridge regression   leaving one prefecture out"), "{report}");
    assert!(report.contains("births and deaths a year per 1,000 residents, 31 provinces"), "{report}");
    let request = Request {
        scenario: file,
        overrides: Vec::new(),
        targets: vec![census],
        vital_rates: Some(published),
        replicates: 1,
    };
    let page = evidence::page(&backtest, &scenario, &request, None, &[]).unwrap();
    for part in [
        "| leaving one prefecture out |",
        "| births | 31 |",
        "| deaths | 31 |",
        "china/vital_rates.csv --replicates 1",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
}

/// Births and deaths that a run takes from a table say nothing of the model.
#[test]
fn stated_births_and_deaths_are_no_evidence() {
    let place = tempfile::tempdir().unwrap();
    let file = crate::small_area::scenario(place.path(), "stated", "vital_rates = \"rates.csv\"\n");
    let rates = place.path().join("rates.csv");
    std::fs::write(&rates, "province,year,birth_rate_permille,death_rate_permille\n000000,2020,8.5,7.1\n")
        .unwrap();
    let request = Request {
        scenario: file,
        overrides: Vec::new(),
        targets: Vec::new(),
        vital_rates: Some(rates),
        replicates: 1,
    };
    let error = Study::new(request).err().expect("the rates are an input").to_string();
    assert!(error.contains("births and deaths from rates.csv") && error.contains("--vital-rates"), "{error}");
}

#[test]
fn the_evidence_page_asks_for_targets_before_anything_is_run() {
    let words = ["shanhai", "backtest", "a.toml", "--evidence", "page.md"];
    let error = Command::try_parse_from(words).err().unwrap().to_string();
    assert!(error.contains("--targets"), "{error}");
}

#[derive(Parser)]
enum Command {
    Backtest(shanhai::cli::backtest::Args),
    Calibrate(shanhai::cli::calibrate::Args),
}

fn command(words: &[&str]) -> shanhai::Result<()> {
    match Command::parse_from(["shanhai"].iter().chain(words)) {
        Command::Backtest(args) => shanhai::cli::backtest::run(&args),
        Command::Calibrate(args) => shanhai::cli::calibrate::run(&args),
    }
}

/// A small area whose crowded places lose newcomers.
fn crowded(folder: &Path, crowding: &str) -> String {
    let more = format!("[drivers.migration]\nyears = 20\ncrowding_density = 20\ncrowding = {crowding}\n");
    crate::small_area::scenario(folder, "crowded", &more).display().to_string()
}

#[test]
fn every_unit_is_predicted_without_a_target_and_what_cannot_be_matched_is_listed() {
    let place = tempfile::tempdir().unwrap();
    let file = crowded(place.path(), "0");
    let [without, with] = ["without", "with"].map(|name| place.path().join(name));
    command(&["backtest", &file, "--replicates", "2", "--out", &without.display().to_string()]).unwrap();
    let predicted = rows(&without, "backtest.csv");
    assert_eq!(predicted.iter().map(|r| &r[0][..]).collect::<Vec<_>>(), ["331102", "331121", "331122"]);
    for row in &predicted {
        let [mean, spread, low, high] = [5, 6, 7, 8].map(|i| row[i].parse::<f64>().unwrap());
        assert!(low <= mean && mean <= high && low > 1e4 && spread >= 0.0, "{row:?}");
        assert!(row[10].is_empty() && row[11].is_empty(), "no target, no error: {row:?}");
        assert!((0.0..=1.0).contains(&row[12].parse::<f64>().unwrap()), "{row:?}");
    }

    // Two counties are one target; one code is unknown, one county is taken already, one unit is empty.
    let table = place.path().join("targets.csv");
    let lines = "unit,name,codes_2010,population_2010,population_2020\nmerged,two,331102;331121,1000000,1100000\n\
                 999999,gone,999999,,5000\n331121,again,331121,,500000\n331122,empty,,,0\n";
    std::fs::write(&table, lines).unwrap();
    let table = table.display().to_string();
    command(&[
        "backtest",
        &file,
        "--replicates",
        "1",
        "--targets",
        &table,
        "--out",
        &with.display().to_string(),
        "--report",
    ])
    .unwrap();
    // The page shows the signed error of every unit that was counted, on a map and in a table.
    let page = read(&with, "report.html");
    assert!(page.contains("Residents: error of growth") && !page.contains("<script"), "{page}");
    assert_eq!(page.matches("<circle ").count(), 1, "331122 has no count");
    let found = rows(&with, "backtest.csv");
    assert_eq!(found.iter().map(|r| &r[0][..]).collect::<Vec<_>>(), ["merged", "331122"]);
    let merged = &found[0];
    assert_eq!((&merged[1][..], &merged[10][..]), ("331102;331121", "1100000"));
    let number = |i: usize| merged[i].parse::<f64>().unwrap();
    let error = (number(5) / number(4)).ln() - 1.1_f64.ln();
    assert!((number(11) - error).abs() < 1e-9, "{merged:?}");
    assert!(
        page.contains(&format!("two {error:+.3}")) && page.contains(&format!("<td>{error:+.3}</td>")),
        "{page}"
    );

    let (_, area) = shanhai::inside::load(Path::new(&file), &[]).unwrap();
    let targets = Targets::read(&[PathBuf::from(&table)], &area.geography).unwrap();
    let reasons: Vec<String> = targets.unmatched.iter().map(|(u, why)| format!("{u}: {why}")).collect();
    assert_eq!(
        reasons,
        [
            "999999: no county 999999 in the base year",
            "331121: county 331121 is already part of merged",
            "331122: no persons counted"
        ]
    );
    let request = Request {
        scenario: file.into(),
        overrides: Vec::new(),
        targets: vec![table.into()],
        vital_rates: None,
        replicates: 1,
    };
    let report =
        Study::new(request).unwrap().run(Vec::new(), &|| false, |_| Ok(()), |_, _| {}).unwrap().report();
    for reason in &targets.unmatched {
        assert!(report.contains(&format!("not matched: {} ({})", reason.0, reason.1)), "{report}");
    }
}

#[test]
fn agent_runs_with_common_draws_find_a_term_again_and_the_scenario_keeps_it() {
    let place = tempfile::tempdir().unwrap();
    let truth = -1.0;
    let file = crowded(place.path(), &truth.to_string());
    let out = place.path().join("truth");
    // Long enough for the stock of people to follow the odds, and agents enough that a place is no staircase of them.
    let years = ["--set", "run.years=6", "--set", "run.persons_per_agent=100"];
    let words = [
        "backtest",
        &file,
        "--replicates",
        "1",
        "--out",
        &out.display().to_string(),
        years[0],
        years[1],
        years[2],
        years[3],
    ];
    command(&words).unwrap();
    let mut table = String::from("unit,population_2020\n");
    for row in rows(&out, "backtest.csv") {
        table += &format!("{},{}\n", row[0], row[5]);
    }
    let targets = place.path().join("targets.csv");
    std::fs::write(&targets, table).unwrap();
    let targets = targets.display().to_string();

    // Fitted from zero. Agents convert one by one, so nothing tells what the share of converts does.
    let file = crowded(place.path(), "0");
    let written = place.path().join("fitted.toml").display().to_string();
    let fit = place.path().join("fit").display().to_string();
    let words = [
        "calibrate",
        &file,
        "--targets",
        &targets,
        "--parameters",
        "crowding=-4:4,converts=-1:1",
        "--method",
        "agents",
        years[0],
        years[1],
        years[2],
        years[3],
        "--out",
        &fit,
        "--write",
        &written,
    ];
    command(&words).unwrap();
    let text = read(place.path(), "fitted.toml");
    assert!(text.contains("# fitted by `shanhai calibrate` with agent runs with common draws on"), "{text}");
    assert!(text.contains("converts = 0.0000 # not identified"), "{text}");
    let (fitted, _) = shanhai::inside::load(Path::new(&written), &[]).unwrap();
    let found = fitted.drivers.migration.crowding;
    assert!((found - truth).abs() < 0.1, "{found} is not {truth}");
    let line = text.lines().find(|l| l.starts_with("crowding = ")).unwrap();
    let error: f64 = line.split("# s.e. ").nth(1).unwrap().parse().unwrap();
    // Under common draws the term is met to the last digit, so nothing is left to err by.
    assert!((0.0..1.0).contains(&error), "{line}");

    // An old file is not lost, and one in another folder would not find its tables.
    assert!(command(&words).unwrap_err().to_string().contains("--force"));
    let elsewhere = place.path().join("truth").join("fitted.toml").display().to_string();
    let words = [&words[..words.len() - 1], &[&elsewhere]].concat();
    assert!(command(&words).unwrap_err().to_string().contains("beside the old one"));
}
