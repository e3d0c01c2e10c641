//! Are the facts of a study area in units that anybody lives in? Bands on the tables, before a world is built.
//!
//! What was seen in the tables of all counties of China in 2010 and 2020 lies inside; a mistake of units lies far
//! outside: output in 10,000 yuan, talent in per cent, coordinates of 0.

use std::collections::BTreeMap;

use crate::band::{Band, Finding};
use crate::world::sector::{AGRICULTURE, INDUSTRY};
use crate::world::{Geography, Node, SECTORS, Sector, Tier};

/// What a band is measured of.
#[derive(Clone, Copy)]
enum Value {
    /// A value of each node of the area, of one tier or of all; not a number where it cannot be measured.
    Node(Option<Tier>, fn(&Geography, usize) -> f64),
    /// One value of the whole area.
    Area(fn(&Geography) -> f64),
    /// Named values of parts of nodes, such as sectors.
    Parts(fn(&Geography) -> Vec<(String, f64)>),
}

/// A band with what it is measured of.
struct Judged {
    band: Band,
    value: Value,
}

macro_rules! judged {
    ($( $quantity:literal, $of:literal, $least:expr, $most:expr, $evidence:literal = $value:expr ; )*) => {
        static JUDGED: &[Judged] = &[ $( Judged {
            band: Band::new($quantity, $of, [$least, $most], $evidence), value: $value,
        }, )* ];
    };
}

const NONE: f64 = f64::NEG_INFINITY;

judged! {
    "output per resident or commuter, yuan", "cities", 3_000.0, 1_000_000.0, "9,700 to 473,000 seen" = Value::Node(Some(Tier::City), output_per_resident);
    "output per resident or commuter, yuan", "county seats", 2_500.0, 1_000_000.0, "8,800 to 1,300,000 seen; 99.9 %: 476,000" = Value::Node(Some(Tier::CountySeat), output_per_resident);
    "output per resident, yuan", "villages", 1_000.0, 400_000.0, "3,300 to 151,000 seen" = Value::Node(Some(Tier::Village), output_per_resident);
    "output per resident, yuan", "the area", 5_000.0, 300_000.0, "30,900 in 2010, 72,000 in 2020; provinces 13,000 to 165,000" = Value::Area(|g| sum(g, output) / sum(g, residents));
    "output per worker, yuan", "cities", 10_000.0, 2_000_000.0, "30,000 to 823,000 seen" = Value::Node(Some(Tier::City), output_per_worker);
    "output per worker, yuan", "county seats", 8_000.0, 2_000_000.0, "16,000 to 4,460,000 seen; 99.9 %: 1,070,000" = Value::Node(Some(Tier::CountySeat), output_per_worker);
    "output per worker, yuan", "villages", 3_000.0, 800_000.0, "8,100 to 303,000 seen" = Value::Node(Some(Tier::Village), output_per_worker);
    "greatest output per resident over the least (mixed units)", "cities", NONE, 200.0, "18 in 2010, 16 in 2020" = Value::Area(|g| spread(g, Tier::City));
    "greatest output per resident over the least (mixed units)", "county seats", NONE, 200.0, "18 in 2010, 115 in 2020" = Value::Area(|g| spread(g, Tier::CountySeat));
    "greatest output per resident over the least (mixed units)", "villages", NONE, 200.0, "13 in 2010, 29 in 2020" = Value::Area(|g| spread(g, Tier::Village));
    "output of a job on farms, yuan", "nodes", 1_500.0, 800_000.0, "6,800 to 407,000 seen" = Value::Node(None, |g, j| output_per_job(g, j, AGRICULTURE));
    "output of a job in industry, yuan", "nodes", 2_500.0, 5_000_000.0, "4,500 to 18,700,000 seen; 99.9 %: 4,900,000" = Value::Node(None, |g, j| output_per_job(g, j, INDUSTRY));
    "output of a job in services, yuan", "nodes and sectors", 2_500.0, 2_000_000.0, "national means of industries from 45,000 to 870,000" = Value::Parts(services_per_job);
    "output of a sector without a job in it, yuan", "nodes and sectors", NONE, 0.0, "none seen above a hundredth of the node's output and 1 million yuan" = Value::Parts(output_without_jobs);
    "jobs of a sector without output, persons", "nodes and sectors", NONE, 0.0, "none seen above a hundredth of the node's jobs and 100 persons" = Value::Parts(jobs_without_output);
    "residents at work per resident", "nodes", 0.10, 0.80, "0.03 to 0.75 seen; below 0.10 in four nodes of 5,350" = Value::Node(None, |g, j| at_work(&g.nodes[j]) / residents(&g.nodes[j]));
    "persons of tertiary education per resident", "cities", 0.005, 0.80, "0.015 to 0.74 seen" = Value::Node(Some(Tier::City), talent);
    "persons of tertiary education per resident", "county seats", 0.004, 0.60, "0.013 to 0.44 seen" = Value::Node(Some(Tier::CountySeat), talent);
    "persons of tertiary education per resident", "villages", 0.001, 0.45, "0.003 to 0.41 seen" = Value::Node(Some(Tier::Village), talent);
    "residents of 60 and over per resident", "nodes", 0.005, 0.55, "0.01 to 0.40 seen" = Value::Node(None, |g, j| aged(&g.nodes[j]) / residents(&g.nodes[j]));
    "residents registered elsewhere per resident", "nodes", NONE, 0.97, "0 to 0.92 seen" = Value::Node(None, |g, j| newcomers(&g.nodes[j]) / residents(&g.nodes[j]));
    "registered persons per resident", "nodes", 0.04, 10.0, "0.08 to 6.2 seen" = Value::Node(None, |g, j| g.nodes[j].facts.registered as f64 / residents(&g.nodes[j]));
    "residents per square kilometre", "cities", 0.3, 60_000.0, "1.2 to 38,800 seen" = Value::Node(Some(Tier::City), density);
    "residents per square kilometre", "villages", 0.01, 8_000.0, "0.025 in Aksai 2020 (739 on 29,000 km2) to 4,040 seen" = Value::Node(Some(Tier::Village), density);
    "kilometres to the nearest other county", "counties", 0.01, f64::INFINITY, "no two counties lie at one point" = Value::Parts(nearest_county);
    "degrees outside 73 to 136 E, 3 to 54 N", "nodes of Chinese provinces", NONE, 0.0, "where China is, from Zengmu reef to Mohe; Sansha's middle 13.6 N" = Value::Node(None, degrees_outside_china);
    "urban residents per resident", "the area", 0.10, 1.0, "0.50 in 2010, 0.64 in 2020; counties 0.014 to 1" = Value::Area(|g| sum(g, |n| if n.tier == Tier::Village { 0.0 } else { residents(n) }) / sum(g, residents));
    "farm jobs per job", "the area", NONE, 0.75, "0.48 in 2010, 0.21 in 2020; Henan 2010 0.67" = Value::Area(|g| sum(g, farm_jobs) / sum(g, at_work));
    "output of a farm job over that of another", "the area", 0.05, 1.0, "0.08 in Henan 2010, 0.11 and 0.32 in China, 0.59 in Zhejiang 2020" = Value::Area(farm_productivity);
}

/// All bands, for the documentation.
pub fn bands() -> impl Iterator<Item = &'static Band> {
    JUDGED.iter().map(|judged| &judged.band)
}

/// Everything in the tables of a study area that lies outside its band.
pub fn facts(g: &Geography) -> Vec<Finding> {
    let area = || 0..g.area_nodes();
    let named = |j: usize| g.nodes[j].called();
    JUDGED
        .iter()
        .filter_map(|Judged { band, value }| match *value {
            Value::Node(tier, value) => {
                let nodes = area().filter(|&j| tier.is_none_or(|tier| g.nodes[j].tier == tier));
                // A place where nobody lives has no level.
                let lived_in = nodes.filter(|&j| g.nodes[j].facts.residents > 0);
                band.finding(lived_in.map(|j| (named(j), value(g, j))))
            }
            Value::Area(value) => band.finding([("the area".to_owned(), value(g))]),
            Value::Parts(values) => band.finding(values(g)),
        })
        .collect()
}

fn residents(n: &Node) -> f64 {
    n.facts.residents as f64
}

fn output(n: &Node) -> f64 {
    n.facts.output_yuan.iter().sum()
}

/// Residents who work, commuters included.
fn at_work(n: &Node) -> f64 {
    (n.facts.employed.iter().sum::<u64>() + n.facts.commuters) as f64
}

fn farm_jobs(n: &Node) -> f64 {
    n.facts.employed[AGRICULTURE] as f64
}

fn aged(n: &Node) -> f64 {
    n.facts.ages[12..].iter().sum::<u64>() as f64
}

fn newcomers(n: &Node) -> f64 {
    (n.facts.newcomers_province + n.facts.newcomers_other) as f64
}

fn sum(g: &Geography, value: fn(&Node) -> f64) -> f64 {
    g.nodes[..g.area_nodes()].iter().map(value).sum()
}

/// Output over those who make it: residents, and at a seat the commuters of its village.
fn output_per_resident(g: &Geography, j: usize) -> f64 {
    output(&g.nodes[j]) / (residents(&g.nodes[j]) + commuters_to(g, j))
}

/// Villagers who work at a node.
fn commuters_to(g: &Geography, j: usize) -> f64 {
    let county = &g.counties[g.nodes[j].county];
    county.village.filter(|_| county.seat == j).map_or(0.0, |v| g.nodes[v].facts.commuters as f64)
}

fn talent(g: &Geography, j: usize) -> f64 {
    g.nodes[j].facts.talent as f64 / residents(&g.nodes[j])
}

fn density(g: &Geography, j: usize) -> f64 {
    let node = &g.nodes[j];
    if node.area_km2 > 0.0 { residents(node) / node.area_km2 } else { f64::NAN }
}

/// Persons at work at a node: residents without those who commute, and at a seat the commuters of its village.
fn jobs_here(g: &Geography, j: usize) -> f64 {
    g.nodes[j].facts.employed.iter().sum::<u64>() as f64 + commuters_to(g, j)
}

fn output_per_worker(g: &Geography, j: usize) -> f64 {
    let jobs = jobs_here(g, j);
    if jobs > 0.0 { output(&g.nodes[j]) / jobs } else { f64::NAN }
}

/// Output over jobs of a sector, where there are some and they make something. Commuters work in the sectors outside farming as the
/// residents do.
fn output_per_job(g: &Geography, j: usize, s: usize) -> f64 {
    let facts = &g.nodes[j].facts;
    let outside_farming = (facts.employed.iter().sum::<u64>() - facts.employed[AGRICULTURE]) as f64;
    let commuters = if s == AGRICULTURE { 0.0 } else { commuters_to(g, j) / outside_farming.max(1.0) };
    let (jobs, output) = (facts.employed[s] as f64 * (1.0 + commuters), facts.output_yuan[s]);
    if jobs > 0.0 && output > 0.0 { output / jobs } else { f64::NAN }
}

/// Greatest over least output per resident of the nodes of a tier that have any.
fn spread(g: &Geography, tier: Tier) -> f64 {
    let of_tier = (0..g.area_nodes()).filter(|&j| g.nodes[j].tier == tier && residents(&g.nodes[j]) > 0.0);
    let levels: Vec<f64> = of_tier.map(|j| output_per_resident(g, j)).filter(|&level| level > 0.0).collect();
    let greatest = levels.iter().copied().fold(f64::NAN, f64::max);
    greatest / levels.iter().copied().fold(f64::NAN, f64::min)
}

/// Every node and sector, with the name under which it is told.
fn cells(g: &Geography) -> impl Iterator<Item = (usize, usize, String)> {
    let cell = |j: usize, s: usize| (j, s, format!("{}, {}", g.nodes[j].called(), Sector::ALL[s].name()));
    (0..g.area_nodes()).flat_map(move |j| (0..SECTORS).map(move |s| cell(j, s)))
}

fn services_per_job(g: &Geography) -> Vec<(String, f64)> {
    cells(g)
        .filter(|(_, s, _)| ![AGRICULTURE, INDUSTRY].contains(s))
        .map(|(j, s, name)| (name, output_per_job(g, j, s)))
        .collect()
}

/// Whether commuters may do the work of a sector: they are counted where they live.
fn commuters_may_work_here(g: &Geography, j: usize) -> bool {
    jobs_here(g, j) > g.nodes[j].facts.employed.iter().sum::<u64>() as f64
}

fn output_without_jobs(g: &Geography) -> Vec<(String, f64)> {
    let without = |j: usize, s: usize| {
        let (node, facts) = (&g.nodes[j], &g.nodes[j].facts);
        facts.employed[s] == 0
            && facts.output_yuan[s] > (0.01 * output(node)).max(1e6)
            && !commuters_may_work_here(g, j)
    };
    let yuan = |j: usize, s: usize| g.nodes[j].facts.output_yuan[s];
    cells(g).filter(|(j, s, _)| without(*j, *s)).map(|(j, s, name)| (name, yuan(j, s))).collect()
}

fn jobs_without_output(g: &Geography) -> Vec<(String, f64)> {
    let jobs = |j: usize, s: usize| g.nodes[j].facts.employed[s] as f64;
    let without = |j: usize, s: usize| {
        g.nodes[j].facts.output_yuan[s] <= 0.0 && jobs(j, s) > (0.01 * at_work(&g.nodes[j])).max(100.0)
    };
    cells(g).filter(|(j, s, _)| without(*j, *s)).map(|(j, s, name)| (name, jobs(j, s))).collect()
}

/// Kilometres from each county to the nearest other one, if that is less than a step apart: exact only for those.
fn nearest_county(g: &Geography) -> Vec<(String, f64)> {
    let point = |c: usize| {
        let (x, y) = (g.counties[c].longitude, g.counties[c].latitude);
        // Ten metres, in whole steps.
        ((x * 1e4).round() as i64, (y * 1e4).round() as i64)
    };
    let mut at: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for c in 0..g.counties.len() {
        at.entry(point(c)).or_default().push(c);
    }
    let together = at.into_values().filter(|counties| counties.len() > 1).flatten();
    together.map(|c| (format!("{} {}", g.counties[c].code, g.counties[c].name), 0.0)).collect()
}

/// Whether a province has a code of GB/T 2260.
pub(crate) fn is_of_china(code: &str) -> bool {
    let first = code.strip_suffix("0000").filter(|first| first.len() == 2);
    first.is_some_and(|first| first.parse::<u32>().is_ok_and(|first| (11..=82).contains(&first)))
}

/// How far a node lies outside the degrees of China, if its province has a code of GB/T 2260.
fn degrees_outside_china(g: &Geography, j: usize) -> f64 {
    let node = &g.nodes[j];
    if !is_of_china(&g.provinces[node.province].code) {
        return f64::NAN;
    }
    let beyond = |x: f64, least: f64, most: f64| (least - x).max(x - most).max(0.0);
    beyond(node.longitude, 73.0, 136.0).max(beyond(node.latitude, 3.0, 54.0))
}

fn farm_productivity(g: &Geography) -> f64 {
    let of = |s: fn(usize) -> bool| {
        let (mut made, mut jobs) = (0.0, 0.0);
        for node in &g.nodes[..g.area_nodes()] {
            for s in (0..SECTORS).filter(|&sector| s(sector)) {
                made += node.facts.output_yuan[s];
                jobs += node.facts.employed[s] as f64;
            }
            jobs += if s(INDUSTRY) { node.facts.commuters as f64 } else { 0.0 };
        }
        (made, jobs)
    };
    let ((farm, farmers), (rest, workers)) = (of(|s| s == AGRICULTURE), of(|s| s != AGRICULTURE));
    if farm > 0.0 && farmers > 0.0 && rest > 0.0 && workers > 0.0 {
        (farm / farmers) / (rest / workers)
    } else {
        f64::NAN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_band_has_room_and_says_what_it_rests_on() {
        for band in bands() {
            assert!(band.least < band.most, "{}, {}", band.quantity, band.of);
            assert!(!band.evidence.is_empty(), "{}, {}", band.quantity, band.of);
        }
        let keys: Vec<(&str, &str)> = bands().map(|band| (band.quantity, band.of)).collect();
        for (i, key) in keys.iter().enumerate() {
            assert!(!keys[..i].contains(key), "{key:?} stands twice");
        }
    }
}
