//! Promise: the first world equals the census, exactly at one person an agent.

use std::path::{Path, PathBuf};

use crate::program::{root, said, scenario, shanhai};
use shanhai::inside::sector::{AGRICULTURE, BUSINESS_SERVICES, INDUSTRY, LOCAL_SERVICES, TOURISM};
use shanhai::run::{Simulation, load};
use shanhai::world::Tier;

/// One prefecture of Zhejiang (Lishui, 2.5 million residents), prepared from the census into a folder.
fn lishui(folder: &Path) {
    let data = |name: &str| root().join("scenarios/zhejiang/data").join(name).display().to_string();
    let out = folder.join("tables").display().to_string();
    let output = shanhai([
        "prepare",
        "--year",
        "2020",
        "--prefectures",
        "331100",
        "--census",
        &data("census_2020_counties.csv"),
        "--centroids",
        &root().join("scenarios/china/data/centroids.csv").display().to_string(),
        "--gdp",
        &data("county_gdp.csv"),
        "--prefecture-gdp",
        &data("prefecture_gdp.csv"),
        "--registered",
        &data("registered.csv"),
        "--tags",
        &data("tags_2020.csv"),
        "--outside",
        "111.7,33.4",
        "--out",
        &out,
    ]);
    assert!(output.status.success(), "{}", said(&output));
    let scenario =
        "title = \"Lishui\"\n[world]\nnodes = \"tables/nodes.csv\"\noutside = \"tables/outside.csv\"\n";
    std::fs::write(folder.join("lishui.toml"), scenario).expect("a scenario");
}

fn world(folder: &Path, persons_per_agent: u32) -> Simulation {
    let set = format!("run.persons_per_agent={persons_per_agent}");
    load(&folder.join("lishui.toml"), &[set]).unwrap_or_else(|e| panic!("{e}"))
}

/// What the census counts in a county: talent, 18 age groups, stayers from seat and village, newcomers from
/// the own province and from others.
fn census_of_county(simulation: &Simulation, county: usize) -> [i64; 23] {
    let g = &simulation.world.geography;
    let mut sums = [0; 23];
    for j in g.counties[county].nodes() {
        let f = &g.nodes[j].facts;
        sums[0] += f.talent as i64;
        for (sum, n) in sums[1..19].iter_mut().zip(f.ages) {
            *sum += n as i64;
        }
        let origins = [f.stayers_from_seat, f.stayers_from_village, f.newcomers_province, f.newcomers_other];
        for (sum, n) in sums[19..].iter_mut().zip(origins) {
            *sum += n as i64;
        }
    }
    sums
}

fn agents_by_county(simulation: &Simulation) -> Vec<[i64; 23]> {
    let g = &simulation.world.geography;
    let mut counties = vec![[0i64; 23]; g.counties.len()];
    for person in simulation.world.people.iter().filter(|p| !g.is_outside(p.place())) {
        let county = g.nodes[person.place()].county;
        let sums = &mut counties[county];
        sums[0] += person.skill() as i64;
        sums[1 + (person.age() as usize / 5).min(17)] += 1;
        let home = person.home();
        let origin = if g.is_outside(home) || g.nodes[home].province != g.nodes[person.place()].province {
            3
        } else if g.nodes[home].county != county {
            2
        } else {
            usize::from(g.nodes[home].tier == Tier::Village)
        };
        sums[19 + origin] += 1;
    }
    counties
}

#[test]
fn at_one_person_an_agent_the_first_world_equals_the_census() {
    let folder = tempfile::tempdir().expect("a folder");
    lishui(folder.path());
    let simulation = world(folder.path(), 1);
    let g = &simulation.world.geography;
    for j in 0..g.area_nodes() {
        assert_eq!(
            simulation.world.residents(j),
            g.nodes[j].facts.residents,
            "residents of {}",
            g.nodes[j].id
        );
    }
    for (c, found) in agents_by_county(&simulation).iter().enumerate() {
        let census = census_of_county(&simulation, c);
        assert_eq!(*found, census, "talent, ages, origins of {}", g.counties[c].name);
    }
    // Everybody registered is somewhere.
    for h in 0..g.area_nodes() {
        let node = &g.nodes[h];
        let found = simulation.world.census.registered(h) as f64;
        let published = node.facts.registered as f64;
        assert!((found / published - 1.0).abs() < 0.002, "{}: {found} of {published} registered", node.id);
    }
}

#[test]
fn with_more_persons_an_agent_the_first_world_equals_the_census_within_rounding() {
    let folder = tempfile::tempdir().expect("a folder");
    lishui(folder.path());
    let w = 37;
    let simulation = world(folder.path(), w);
    let g = &simulation.world.geography;
    let w = i64::from(w);
    for j in 0..g.area_nodes() {
        let (found, census) = (simulation.world.residents(j) as i64, g.nodes[j].facts.residents as i64);
        assert!((found - census).abs() <= w, "{}: {found} agents' persons for {census}", g.nodes[j].id);
    }
    for (c, found) in agents_by_county(&simulation).iter().enumerate() {
        for (i, census) in census_of_county(&simulation, c).into_iter().enumerate() {
            // A county is a few cells, each rounded once.
            assert!(
                (found[i] * w - census).abs() <= 8 * w,
                "{}, item {i}: {} for {census}",
                g.counties[c].name,
                found[i] * w
            );
        }
    }
}

#[test]
fn output_by_node_and_sector_equals_the_base_year_data() {
    let folder = tempfile::tempdir().expect("a folder");
    lishui(folder.path());
    let simulation = world(folder.path(), 10);
    let g = &simulation.world.geography;
    // What residents cannot have bought of local services counts as business services: the two are held together.
    let groups: [&[usize]; 4] =
        [&[AGRICULTURE], &[INDUSTRY], &[BUSINESS_SERVICES, LOCAL_SERVICES], &[TOURISM]];
    for j in 0..g.area_nodes() {
        for sectors in groups {
            let data: f64 = sectors.iter().map(|&s| g.nodes[j].facts.output_yuan[s]).sum();
            let revenue = &simulation.world.nodes[j].revenue;
            let found = sectors.iter().map(|&s| revenue[s]).sum::<i64>() as f64 / 100.0;
            assert!(
                (found - data).abs() <= 1e-6 * data + 2.0,
                "{}, sectors {sectors:?}: {found} yuan for {data}",
                g.nodes[j].id
            );
        }
    }
}

#[test]
fn people_registered_in_another_province_are_never_dropped_for_want_of_an_outside() {
    let folder = tempfile::tempdir().expect("a folder");
    lishui(folder.path());
    let file = folder.path().join("lishui.toml");
    let with = load(&file, &["run.persons_per_agent=100".to_owned()]).unwrap_or_else(|e| panic!("{e}"));
    let [table, there] = with.report.residents;
    assert!(table > 2_000_000 && table.abs_diff(there) <= 100, "{there} of {table}");
    let text = std::fs::read_to_string(&file).expect("the scenario");
    std::fs::write(&file, text.replace("outside = \"tables/outside.csv\"\n", "")).expect("a scenario");
    let Err(error) = load(&file, &[]).map(drop) else { panic!("people vanish") };
    assert_eq!(error.exit_code(), 2);
    let others: u64 = with.world.geography.nodes.iter().map(|n| n.facts.newcomers_other).sum();
    let part = format!("{others} residents are registered in another province");
    assert!(error.to_string().contains(&part), "{error}");
}

#[test]
fn check_holds_the_table_against_the_world() {
    let output = shanhai(["check", "scenarios/teaching/mountain_and_coast.toml"]);
    let part = "1,470,000 residents in the table, 1,470,000 in the world, by 10 persons an agent";
    assert!(said(&output).contains(part), "{}", said(&output));
}

/// 200,000 more registered in the mountains: they live nowhere, and nobody may say that they do.
fn people_who_live_nowhere(folder: &Path) -> PathBuf {
    let nodes = scenario("teaching/mountain_and_coast_nodes.csv");
    let table = std::fs::read_to_string(nodes).expect("a table");
    let table = table.replace(",0,300000,", ",0,500000,");
    std::fs::write(folder.join("mountain_and_coast_nodes.csv"), table).expect("a table");
    let file = folder.join("more.toml");
    std::fs::copy(scenario("teaching/mountain_and_coast.toml"), &file).expect("a copy");
    file
}

#[test]
fn check_ends_with_2_where_people_would_vanish() {
    let folder = tempfile::tempdir().expect("a folder");
    // Found while the first world is built: homes and places do not agree.
    let nowhere = people_who_live_nowhere(folder.path());
    // Found while the tables are read: people from other provinces, and no other province.
    lishui(folder.path());
    let closed = folder.path().join("lishui.toml");
    let text = std::fs::read_to_string(&closed).expect("the scenario");
    std::fs::write(&closed, text.replace("outside = \"tables/outside.csv\"\n", "")).expect("a scenario");
    let cases = [
        (nowhere, "338000 people left the counties"),
        (closed, "residents are registered in another province"),
    ];
    let ways: [&[&str]; 2] = [&[], &["--quiet"]];
    for (file, part) in cases {
        for more in ways {
            let words = [&["check", file.to_str().expect("a path")], more].concat();
            let output = shanhai(&words);
            assert_eq!(output.status.code(), Some(2), "{words:?}: {}", said(&output));
            assert!(said(&output).contains(part), "{words:?}: no word of {part} in {}", said(&output));
            assert!(!said(&output).contains("No problem found"), "{words:?}: {}", said(&output));
        }
    }
}

#[test]
fn homes_and_places_agree_or_the_run_does_not_begin() {
    let teaching = scenario("teaching/mountain_and_coast.toml");
    let few = "run.persons_per_agent=1000".to_owned();
    let simulation = load(&teaching, std::slice::from_ref(&few)).unwrap_or_else(|e| panic!("{e}"));
    assert!(simulation.report.fit_gap < 1e-6, "{:?}", simulation.report);
    let folder = tempfile::tempdir().expect("a folder");
    let file = people_who_live_nowhere(folder.path());
    let Err(error) = load(&file, &[few]).map(drop) else { panic!("200,000 people are nowhere") };
    assert_eq!(error.exit_code(), 2);
    for part in ["newcomers are counted in all", "338000 people left the counties", "`outside`"] {
        assert!(error.to_string().contains(part), "no word of {part} in {error}");
    }
}

/// Zhejiang of 2020 at so many persons an agent.
fn zhejiang(persons_per_agent: u32) -> Simulation {
    let set = format!("run.persons_per_agent={persons_per_agent}");
    load(&scenario("zhejiang/baseline.toml"), &[set]).unwrap_or_else(|e| panic!("{e}"))
}

/// Persons who live in the area by single year of age.
fn persons_by_age(simulation: &Simulation) -> [f64; 128] {
    let g = &simulation.world.geography;
    let mut counts = [0.0; 128];
    for person in simulation.world.people.iter().filter(|p| !g.is_outside(p.place())) {
        counts[person.age() as usize] += simulation.world.persons_per_agent() as f64;
    }
    counts
}

#[test]
fn each_single_year_holds_its_part_of_the_group_at_any_persons_per_agent() {
    for (persons_per_agent, allowed) in [(10, 0.01), (100, 0.01), (1000, 0.05)] {
        let simulation = zhejiang(persons_per_agent);
        let g = &simulation.world.geography;
        let group: u64 = g.nodes[..g.area_nodes()].iter().map(|n| n.facts.ages[3]).sum();
        let found = persons_by_age(&simulation);
        for (age, persons) in found.iter().enumerate().take(20).skip(15) {
            let gap = persons / (group as f64 / 5.0) - 1.0;
            assert!(gap.abs() < allowed, "{persons_per_agent} persons an agent, aged {age}: off by {gap:.4}");
        }
        let oldest: f64 = found[85..].iter().sum();
        assert!(found[100..].iter().sum::<f64>() < 0.15 * oldest, "few reach a hundred");
        assert!(found[95..].iter().sum::<f64>() > 0.1 * oldest, "some reach ninety-five");
    }
}

#[test]
fn births_deaths_and_cohorts_agree_between_scales() {
    let [fine, coarse] = [10, 1000].map(|persons_per_agent| {
        let mut simulation = zhejiang(persons_per_agent);
        let turning_eighteen_in_two_years = persons_by_age(&simulation)[16];
        simulation.step().unwrap_or_else(|e| panic!("{e}"));
        let area = simulation.world.geography.area_nodes();
        let all = |counts: &[u64]| (counts[..area].iter().sum::<u64>() * u64::from(persons_per_agent)) as f64;
        [all(&simulation.tally.births), all(&simulation.tally.deaths), turning_eighteen_in_two_years]
    });
    for (what, (fine, coarse)) in ["births", "deaths", "cohort"].iter().zip(fine.into_iter().zip(coarse)) {
        let luck = (fine * 1000.0).sqrt();
        assert!((fine - coarse).abs() < 4.0 * luck, "{what}: {fine} and {coarse}, luck {luck:.0}");
    }
}
