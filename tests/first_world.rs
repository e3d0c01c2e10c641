//! Promise: the first world equals the census, exactly at one person an agent.

mod support;

use std::path::Path;

use shanhai::simulation::{Simulation, load};
use shanhai::world::{SECTORS, Tier};
use support::{root, said, shanhai};

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
    for j in 0..g.area_nodes() {
        for s in 0..SECTORS {
            let data = g.nodes[j].facts.output_yuan[s];
            let found = simulation.world.nodes[j].revenue[s] as f64 / 100.0;
            assert!(
                (found - data).abs() <= 1e-6 * data + 1.0,
                "{}, sector {s}: {found} yuan for {data}",
                g.nodes[j].id
            );
        }
    }
}
