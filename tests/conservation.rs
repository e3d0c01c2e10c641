//! Promise: people, money, capital and land are conserved, and nothing panics, in any scenario that the reader
//! lets through: random study areas, parameters, drivers and switches, and every identity checked every year.

use std::fmt::Write as _;
use std::path::Path;

use crate::program::random_cases;
use proptest::prelude::*;
use shanhai::run::load;
use shanhai::scenario::PARAMETERS;

/// A node's numbers before they are made to fit together.
#[derive(Clone, Debug)]
struct Place {
    stayers: [u32; 2],
    newcomers: [u32; 2],
    talent: f64,
    work: [f64; 6],
    output: [f64; 5],
    leavers: u32,
    floor: f64,
    ages: bool,
}

#[derive(Clone, Debug)]
struct Unit {
    prefecture: usize,
    district: bool,
    seat: Place,
    village: Option<Place>,
    point: (f64, f64),
}

#[derive(Clone, Debug)]
struct Case {
    units: Vec<Unit>,
    provinces: usize,
    outside: bool,
    persons_per_agent: u32,
    seed: u32,
    parameters: Vec<(usize, f64)>,
    extreme: bool,
    switches: Vec<bool>,
    drivers: [f64; 8],
    words: [usize; 3],
}

fn count() -> impl Strategy<Value = u32> {
    prop_oneof![1 => Just(0), 1 => 1..30u32, 4 => 30..3000u32]
}

fn amount() -> impl Strategy<Value = f64> {
    prop_oneof![1 => Just(0.0), 5 => 1e3..3e5f64]
}

fn place() -> impl Strategy<Value = Place> {
    (
        [count(), count()],
        [count(), count()],
        0.0..=1.0f64,
        prop::array::uniform6(0.0..1.0f64),
        prop::array::uniform5(amount()),
        count(),
        prop_oneof![3 => Just(0.0), 1 => 1e3..1e5f64],
        any::<bool>(),
    )
        .prop_map(|(stayers, newcomers, talent, work, output, leavers, floor, ages)| Place {
            stayers,
            newcomers,
            talent,
            work,
            output,
            leavers,
            floor,
            ages,
        })
}

fn unit() -> impl Strategy<Value = Unit> {
    (
        0..3usize,
        any::<bool>(),
        place(),
        prop::option::weighted(0.7, place()),
        (100.0..120.0f64, 20.0..40.0f64),
    )
        .prop_map(|(prefecture, district, seat, village, point)| Unit {
            prefecture,
            district,
            seat,
            village,
            point,
        })
}

fn case() -> impl Strategy<Value = Case> {
    (
        (prop::collection::vec(unit(), 1..6), 1..3usize, any::<bool>(), 1..60u32, any::<u32>()),
        (
            prop::collection::vec((0..PARAMETERS.len(), 0.0..=1.0f64), 0..12),
            any::<bool>(),
            prop::collection::vec(any::<bool>(), 13),
            prop::array::uniform8(-0.2..0.3f64),
            [0..2usize, 0..2, 0..2],
        ),
    )
        .prop_map(
            |(
                (units, provinces, outside, persons_per_agent, seed),
                (parameters, extreme, switches, drivers, words),
            )| {
                Case {
                    units,
                    provinces,
                    outside,
                    persons_per_agent,
                    seed,
                    parameters,
                    extreme,
                    switches,
                    drivers,
                    words,
                }
            },
        )
}

const SWITCHES: [&str; 13] = [
    "demography",
    "education",
    "conversion",
    "experience",
    "startups",
    "failure",
    "relocation",
    "migration",
    "sector_review",
    "investment",
    "housing",
    "ecology",
    "fixed_prices",
];

const HEADER: &str = "id,name,tier,county,prefecture,province,longitude,latitude,area_km2,residents,talent,\
stayers_from_seat,stayers_from_village,newcomers_province,newcomers_other,registered,employed_agriculture,\
employed_industry,employed_business_services,employed_local_services,employed_tourism,commuters,output_agriculture_yuan,\
output_industry_yuan,output_business_services_yuan,output_local_services_yuan,output_tourism_yuan,minimum_wage_yuan";

/// The places of each unit, with as many leavers as newcomers have homes to come from: who is registered in another
/// county of a province left the county before it, in a circle. An outside takes those that are left over.
fn places(case: &Case) -> Vec<Vec<Place>> {
    let province = |unit: &Unit| unit.prefecture % case.provinces;
    let mut all: Vec<Vec<Place>> = Vec::new();
    for unit in &case.units {
        let alone = case.units.iter().filter(|other| province(other) == province(unit)).count() == 1;
        let mut places = vec![unit.seat.clone()];
        places.extend(unit.village.clone());
        for (i, place) in places.iter_mut().enumerate() {
            if unit.village.is_none() {
                place.stayers[1] = 0;
            }
            place.newcomers[0] = if alone { 0 } else { place.newcomers[0] };
            place.newcomers[1] = if case.outside { place.newcomers[1] } else { 0 };
            if i == 0 {
                place.work[5] = 0.0;
            }
        }
        all.push(places);
    }
    for (c, unit) in case.units.iter().enumerate() {
        let same = |other: &usize| province(&case.units[*other]) == province(unit);
        let next = (c + 1..case.units.len()).chain(0..c).find(same);
        let come: u32 = next.map_or(0, |next| all[next].iter().map(|place| place.newcomers[0]).sum());
        for (i, place) in all[c].iter_mut().enumerate() {
            let extra = if case.outside { place.leavers } else { 0 };
            place.leavers = extra + if i == 0 { come } else { 0 };
        }
    }
    all
}

/// Writes the tables and the scenario of a case.
fn write(case: &Case, folder: &Path) {
    let mut nodes = HEADER.to_owned();
    for group in 0..17 {
        let _ = write!(nodes, ",age_{}_{}", group * 5, group * 5 + 4);
    }
    nodes.push_str(",age_85\n");
    let given = case.units.iter().all(|u| u.seat.ages);
    let mut from_outside = 0;
    for (c, (unit, places)) in case.units.iter().zip(places(case)).enumerate() {
        from_outside += places.iter().map(|place| place.newcomers[1]).sum::<u32>();
        for (i, place) in places.iter().enumerate() {
            let residents: u32 = place.stayers.iter().chain(&place.newcomers).sum();
            let talent = (f64::from(residents) * place.talent * 0.6) as u32;
            let all: f64 = place.work.iter().sum::<f64>().max(1e-9);
            let jobs = f64::from(residents) * 0.6;
            let work = place.work.map(|w| (jobs * w / all) as u32);
            let registered: u32 = places.iter().map(|p| p.stayers[i]).sum::<u32>() + place.leavers;
            let tier = match (i, unit.district) {
                (0, true) => "city",
                (0, false) => "county_seat",
                _ => "village",
            };
            let prefecture = unit.prefecture;
            let _ = write!(
                nodes,
                "n{c}_{i},n,{tier},c{c},p{prefecture},r{},{},{},{}",
                prefecture % case.provinces,
                unit.point.0,
                unit.point.1,
                100 + i * 1000
            );
            let people = [residents, talent, place.stayers[0], place.stayers[1], place.newcomers[0]];
            for n in people.into_iter().chain([place.newcomers[1], registered]).chain(work) {
                let _ = write!(nodes, ",{n}");
            }
            for (jobs, per_job) in work.iter().zip(place.output) {
                let _ = write!(nodes, ",{}", f64::from(*jobs) * per_job);
            }
            let _ = write!(nodes, ",{}", place.floor);
            for group in 0..18u32 {
                if given {
                    let n = residents / 18 + u32::from(group < residents % 18);
                    let _ = write!(nodes, ",{n}");
                } else {
                    nodes.push(',');
                }
            }
            nodes.push('\n');
        }
    }
    if !given {
        // Empty age columns would count as none; take them away instead.
        nodes =
            nodes.lines().map(|line| line.split(',').take(28).collect::<Vec<_>>().join(",") + "\n").collect();
    }
    std::fs::write(folder.join("nodes.csv"), nodes).expect("a table");
    let mut text = format!(
        "title = \"random\"\n[run]\nyears = 4\nseed = {}\npersons_per_agent = {}\n[world]\nnodes = \"nodes.csv\"\npreset = \"china_2020\"\n",
        case.seed, case.persons_per_agent
    );
    if case.outside {
        let table =
            format!("id,name,longitude,latitude,registered_in_area\nrest,rest,110,30,{from_outside}\n");
        std::fs::write(folder.join("outside.csv"), table).expect("a table");
        text.push_str("outside = \"outside.csv\"\n");
    }
    text.push_str("[model]\n");
    for (name, on) in SWITCHES.iter().zip(&case.switches) {
        // Mostly on, or nothing would happen.
        let on = if *name == "fixed_prices" { *on && case.extreme } else { *on || !case.extreme };
        let _ = writeln!(text, "{name} = {on}");
    }
    let _ = writeln!(text, "anchor = \"{}\"", ["home", "place"][case.words[0]]);
    let _ = writeln!(text, "capital = \"{}\"", ["projects", "deterministic"][case.words[1]]);
    let _ = writeln!(text, "base_growth = \"{}\"", ["drivers", "none"][case.words[2]]);
    text.push_str("[parameters]\n");
    let mut set: Vec<usize> = Vec::new();
    for &(i, x) in &case.parameters {
        let p = &PARAMETERS[i];
        if set.contains(&i) {
            continue;
        }
        set.push(i);
        let value = if case.extreme {
            p.least + x * (p.greatest - p.least)
        } else {
            (p.default * (0.5 + x)).clamp(p.least, p.greatest)
        };
        let _ = writeln!(text, "{} = {value:?}", p.key);
    }
    let d = case.drivers;
    let _ = write!(
        text,
        "[drivers]\nfertility_growth = {}\neducation_growth = {}\n[drivers.technology]\nagriculture = {}\nindustry = \
         {}\nbusiness_services = {}\n[drivers.migration]\nvillage_to_seat = {}\nborder_own_province = {}\nborder_other_provinces = {}\n",
        d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7]
    );
    std::fs::write(folder.join("random.toml"), text).expect("a scenario");
}

/// Runs a case; a scenario that the reader refuses is none.
fn runs(case: &Case) -> Result<bool, TestCaseError> {
    let folder = tempfile::tempdir().expect("a folder");
    write(case, folder.path());
    let mut simulation = match load(&folder.path().join("random.toml"), &[]) {
        Ok(simulation) => simulation,
        Err(shanhai::Error::Scenario { .. } | shanhai::Error::Data { .. }) => return Ok(false),
        Err(error) => return Err(TestCaseError::fail(error.to_string())),
    };
    let money = simulation.world.accounts.total();
    let outcome = simulation.run(|s| {
        let agents: u64 = s.world.people.iter().count() as u64;
        assert_eq!(s.world.census.total(), agents, "the census counts everybody once");
        assert_eq!(s.world.accounts.total(), money, "money is neither made nor lost");
        Ok(())
    });
    outcome.map_err(|error| TestCaseError::fail(error.to_string()))?;
    Ok(true)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: random_cases(40), failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default()
    })]

    #[test]
    fn random_scenarios_conserve_people_money_capital_and_land(case in case()) {
        runs(&case)?;
    }
}

#[test]
fn most_random_scenarios_are_really_run() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let done = (0..20)
        .filter(|_| {
            let case = case().new_tree(&mut runner).expect("a case").current();
            runs(&Case { extreme: false, ..case }).unwrap_or_else(|e| panic!("{e}"))
        })
        .count();
    assert!(done >= 10, "the reader refused {} of 20 scenarios", 20 - done);
}
