//! Who works where: employed residents by node and sector, and who commutes to the seat.
//!
//! The long form counts the employed of a unit, not those of its towns. How far a unit is above or below its province is divided
//! between towns and countryside by the best linear prediction (Henderson 1975) of the one from the whole:
//!
//! ```text
//! d   = ln(employed a resident of the unit/of its province in the area)
//! b   = (u s_t^2 + (1-u) r s_t s_c)/(u^2 s_t^2 + (1-u)^2 s_c^2 + 2 u (1-u) r s_t s_c)        u: urban share
//! towns: employed a resident = province's e^(b d)            countryside: what remains
//! ```
//!
//! s_t, s_c and r are the standard deviations of towns and countryside around their province and their correlation, from how the
//! spread of units around their province falls with u ([`Rules::town_spread`]). Without it (0) towns and countryside have one rate.

use std::collections::BTreeMap;

use super::industries::{Industries, Jobs, Mix};
use super::report::Report;
use super::rules::Rules;
use super::units::Unit;
use crate::quantity::split;
use crate::world::sector::{AGRICULTURE, SECTORS, urban};

/// The employed residents of a unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Work {
    /// Employed residents working in their own node, by node (urban, village) and sector.
    pub employed: [[i64; SECTORS]; 2],
    /// Villagers working at the seat, by sector; none farm there.
    pub commuters: [i64; SECTORS],
    /// What the jobs of each sector would make in the nation, yuan, as the long form counts jobs.
    pub value: [f64; SECTORS],
    /// What a job of each sector pays in the nation, yuan a year, and the share of capital in it, by the unit's industries; the
    /// nation's where it has no job of the sector.
    pub pay: [f64; SECTORS],
    pub capital: [f64; SECTORS],
    /// Whether a sector of the village had too few workers and they work at the seat.
    pub thin: bool,
}

impl Work {
    /// Workers of a sector in the unit, wherever they live.
    pub(crate) fn in_sector(&self, sector: usize) -> i64 {
        self.employed[0][sector] + self.employed[1][sector] + self.commuters[sector]
    }

    /// All workers of the unit.
    pub(crate) fn total(&self) -> i64 {
        (0..SECTORS).map(|s| self.in_sector(s)).sum()
    }
}

/// Work in every unit, in their order.
pub(crate) fn work(
    units: &mut [Unit],
    year: i32,
    industries: &Industries,
    rules: &Rules,
    report: &mut Report,
) -> Vec<Work> {
    let mut told = std::collections::BTreeSet::new();
    // A unit without jobs in the long form gets the area's mix.
    let (mut area, mut adults) = (Jobs::default(), 0.0);
    for unit in units.iter() {
        area.0.iter_mut().zip(unit.counts.jobs.0).for_each(|(sum, jobs)| *sum += jobs);
        adults += unit.counts.adults() as f64;
    }
    let rates = employed_by_province(units);
    let (by_province, by_prefecture) = (around(units, |u| &u.province), around(units, |u| &u.prefecture));
    let nation = industries.nation(rules);
    let mut wholesale = Vec::with_capacity(units.len());
    let mut all = Vec::with_capacity(units.len());
    for unit in units.iter_mut() {
        if let Some(jobs) = unit.counts.sectors {
            all.push(counted(unit, jobs, rules));
            continue;
        }
        let (factor, why) = rules.participation(&unit.province, year);
        if told.insert(unit.province.clone()) {
            report.note(
                "Participation",
                format!("{} {}: long form x 10 x {factor} ({why})", unit.province, unit.province_name),
            );
        }
        let mut jobs = unit.counts.jobs;
        let grown = unit.counts.adults() as f64;
        let usual = by_province.get(&unit.province).map_or(0.0, Around::rate);
        if jobs.total() > 0.0 && jobs.total() < rules.participation_least * usual * grown {
            let around = by_prefecture.get(&unit.prefecture).copied().unwrap_or_default();
            report.note(
                "Participation",
                format!(
                    "{} {}: {:.0} in the long form at work, {:.2} of the province's a resident of 15 and over: jobs as in the \
                     prefecture",
                    unit.code,
                    unit.name,
                    jobs.total(),
                    jobs.total() / (usual * grown)
                ),
            );
            jobs = around.without(&jobs, grown).jobs_of(grown);
            unit.words.insert("participation_prefecture");
        }
        if jobs.total() <= 0.0 {
            let scale = unit.counts.adults() as f64 / f64::max(adults, 1.0);
            jobs = Jobs(area.0.map(|n| n * scale));
            unit.words.insert("participation_unit");
        }
        let mix = industries.mix(&jobs, unit.counts.residents as f64, rules);
        wholesale.push(mix.wholesale);
        let wanted = 10.0 * factor * jobs.total();
        let most = rules.participation_cap * unit.counts.adults() as f64;
        if wanted > most {
            unit.words.insert("participation_capped");
            report.note(
                "Participation",
                format!(
                    "{} {}: {:.0} employed limited to {:.0}, {} of residents of 15 and over",
                    unit.code, unit.name, wanted, most, rules.participation_cap
                ),
            );
        }
        let employed = libm::floor(wanted.min(most)) as i64;
        let rate = rates.get(&unit.province).copied().unwrap_or_default();
        let adults = unit.counts.adults() as f64;
        let workers = workers(employed, unit.node_residents, adults, 10.0 * factor * rate, rules);
        let mut work = place(employed, &mix, workers, unit.node_residents, rules);
        for s in 0..SECTORS {
            let of = if mix.jobs[s] > 0.0 { &mix } else { &nation };
            (work.pay[s], work.capital[s]) = (of.pay[s], of.capital[s]);
        }
        if work.thin {
            unit.words.insert("thin_cell");
        }
        all.push(work);
    }
    // Where persons at work were counted by sector there is nothing to be said of industries.
    if wholesale.is_empty() {
        report.note(
            "Sectors",
            "persons at work were counted by sector: none raised, pay of jobs unknown".into(),
        );
        return all;
    }
    wholesale.sort_by(f64::total_cmp);
    let at =
        |share: f64| wholesale.get((share * (wholesale.len().max(1) - 1) as f64) as usize).unwrap_or(&0.0);
    report.note(
        "Sectors",
        format!(
            "value added a job in {}, thousand yuan: {}; dwellings {:.4} of tertiary value added; wholesale in trade \
             jobs of a unit {:.2} (median), {:.2} to {:.2} (first to last tenth)",
            industries.year,
            industries.listed(),
            industries.dwelling_share,
            at(0.5),
            at(0.1),
            at(0.9)
        ),
    );
    all
}

/// Work of a unit whose persons at work were counted by sector: nobody is added, and services make as much a job each.
fn counted(unit: &mut Unit, jobs: [f64; SECTORS], rules: &Rules) -> Work {
    let employed = libm::rint(jobs.iter().sum::<f64>()) as i64;
    let mix = Mix { jobs, value: jobs, ..Mix::default() };
    let workers = workers(employed, unit.node_residents, 0.0, 0.0, rules);
    let work = place(employed, &mix, workers, unit.node_residents, rules);
    unit.words.insert("jobs_by_sector");
    if work.thin {
        unit.words.insert("thin_cell");
    }
    work
}

/// Jobs of the long form and residents of 15 and over around a unit.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    jobs: Jobs,
    adults: f64,
}

impl Around {
    fn rate(&self) -> f64 {
        self.jobs.total() / self.adults.max(1.0)
    }

    /// What is around a unit with such jobs and adults.
    fn without(&self, jobs: &Jobs, adults: f64) -> Around {
        Around {
            jobs: Jobs(std::array::from_fn(|i| self.jobs.0[i] - jobs.0[i])),
            adults: self.adults - adults,
        }
    }

    /// Jobs of so many adults at the same rate.
    fn jobs_of(&self, adults: f64) -> Jobs {
        Jobs(self.jobs.0.map(|n| n * adults / self.adults.max(1.0)))
    }
}

/// Jobs and adults by what is above the units.
fn around(units: &[Unit], above: impl Fn(&Unit) -> &String) -> BTreeMap<String, Around> {
    let mut sums: BTreeMap<String, Around> = BTreeMap::new();
    for unit in units {
        let sum = sums.entry(above(unit).clone()).or_default();
        sum.jobs.0.iter_mut().zip(unit.counts.jobs.0).for_each(|(sum, jobs)| *sum += jobs);
        sum.adults += unit.counts.adults() as f64;
    }
    sums
}

/// Employed of the long form a resident, by province of the area; 0 where there are none.
fn employed_by_province(units: &[Unit]) -> BTreeMap<String, f64> {
    let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for unit in units.iter().filter(|unit| unit.counts.jobs.total() > 0.0) {
        let (jobs, people) = sums.entry(unit.province.clone()).or_default();
        *jobs += unit.counts.jobs.total();
        *people += unit.counts.residents as f64;
    }
    sums.into_iter()
        .map(|(province, (jobs, people))| (province, if people > 0.0 { jobs / people } else { 0.0 }))
        .collect()
}

/// Share of a unit's log difference from its province that its towns have, by the share of towns in its residents.
fn part_of_towns(urban: f64, rules: &Rules) -> f64 {
    let (towns, country) = (rules.town_spread, rules.country_spread);
    let (rural, common) = (1.0 - urban, rules.town_correlation * towns * country);
    let all =
        urban * urban * towns * towns + rural * rural * country * country + 2.0 * urban * rural * common;
    if towns > 0.0 && all > 0.0 { (urban * towns * towns + rural * common) / all } else { 1.0 }
}

/// Employed residents of a unit by node, where a resident of the province is employed at a rate. No node has more of them than the unit
/// may have, in proportion to residents, and the countryside at least a fifth of what one rate would give it.
fn workers(employed: i64, residents: [i64; 2], adults: f64, province: f64, rules: &Rules) -> [i64; 2] {
    let [towns, country] = residents.map(|r| r as f64);
    let all = towns + country;
    if residents[1] == 0 || all <= 0.0 || province <= 0.0 || employed <= 0 {
        let parts = split(employed, &[towns, country]);
        return [parts[0], parts[1]];
    }
    let difference = libm::log(employed as f64 / all / province);
    let rate = province * libm::exp(part_of_towns(towns / all, rules) * difference);
    let employed_whole = employed as f64;
    let most = (rules.participation_cap * adults).max(employed_whole) / all;
    let least = (employed_whole - most * country).max(0.0);
    let greatest = (most * towns).min(employed_whole * (1.0 - 0.2 * country / all));
    let in_towns = libm::rint((rate * towns).clamp(least, greatest.max(least))) as i64;
    [in_towns, employed - in_towns]
}

/// Places the employed of a unit: farm jobs first in the village, the rest by where people live.
fn place(employed: i64, mix: &Mix, workers: [i64; 2], residents: [i64; 2], rules: &Rules) -> Work {
    let by_sector = split(employed, &mix.jobs);
    let mut work = Work { value: mix.value, ..Work::default() };
    if residents[1] == 0 {
        work.employed[0].copy_from_slice(&by_sector);
        return work;
    }
    let farm = by_sector[AGRICULTURE];
    let cap = rules.farm_share_cap.max(0.5 * (1.0 + farm as f64 / employed.max(1) as f64));
    // Beside a very small seat the village holds at least its own share of the farm jobs.
    let share = rules.farm_jobs_village.max(workers[1] as f64 / employed.max(1) as f64);
    let in_village = (share * farm as f64).min(cap * workers[1] as f64);
    // The seat cannot farm with more people than it has; what it cannot hold goes back to the village.
    let in_village = (libm::rint(in_village) as i64).max(farm - workers[0]).min(workers[1]);
    let others = workers[1] - in_village;
    let commuters = libm::rint(rules.commuting * others as f64) as i64;
    // The village takes the county's mix outside farming; the seat is what remains, so sums are exact.
    let outside_farming = |parts: &[i64]| -> Vec<f64> {
        parts.iter().enumerate().map(|(s, &n)| if s == AGRICULTURE { 0.0 } else { n as f64 }).collect()
    };
    let village = split(others, &outside_farming(&by_sector));
    let travelling = split(commuters, &outside_farming(&village));
    work.employed[0][AGRICULTURE] = farm - in_village;
    work.employed[1][AGRICULTURE] = in_village;
    for s in urban() {
        let here = village[s].min(by_sector[s]);
        work.commuters[s] = travelling[s].min(here);
        work.employed[1][s] = here - work.commuters[s];
        work.employed[0][s] = by_sector[s] - here;
        // Too few to be a place of work of their own: they work at the seat.
        if (1..rules.village_cell_minimum).contains(&work.employed[1][s]) {
            work.commuters[s] += std::mem::take(&mut work.employed[1][s]);
            work.thin = true;
        }
    }
    work
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placing_loses_no_worker_and_farms_in_the_village() {
        let mix = Mix { jobs: [300.0, 400.0, 100.0, 180.0, 20.0], ..Mix::default() };
        let residents = [15_000, 5_000];
        let work = place(10_000, &mix, [7_500, 2_500], residents, &Rules::default());
        assert_eq!(work.total(), 10_000);
        assert_eq!(work.in_sector(0), 3_000);
        // 85 % of 3,000 exceeds 85 % of the 2,500 village workers.
        assert_eq!(work.employed[1][0], 2_125);
        assert_eq!(work.commuters[0], 0);
        // Of 375 others in the village 214, 54, 96 and 11 by the county's mix; fewer than 200 in each commute.
        assert!(work.thin);
        assert_eq!(work.commuters.iter().sum::<i64>(), 375);
        let thick = Rules { village_cell_minimum: 0, ..Rules::default() };
        let work = place(10_000, &mix, [7_500, 2_500], residents, &thick);
        assert_eq!((work.thin, work.commuters.iter().sum::<i64>()), (false, 94));
    }

    #[test]
    fn towns_differ_from_their_province_by_what_the_whole_unit_says_of_them() {
        let rules = Rules::default();
        // All of it where there is no countryside; towns spread less, so less than all where there is.
        assert!((part_of_towns(1.0, &rules) - 1.0).abs() < 1e-12);
        let parts = [0.3, 0.4, 0.5, 0.6].map(|u| part_of_towns(u, &rules));
        assert!(parts.windows(2).all(|p| p[0] < p[1]) && parts[0] > 0.3 && parts[3] < 0.9, "{parts:?}");
        // Whatever the part, the parts of towns and countryside make up the unit.
        let (towns, country): (f64, f64) = (0.157, 0.228);
        let common = 0.11 * towns * country;
        let all = 0.16 * towns * towns + 0.36 * country * country + 0.48 * common;
        let of_country = (0.6 * country * country + 0.4 * common) / all;
        assert!((0.4 * part_of_towns(0.4, &rules) + 0.6 * of_country - 1.0).abs() < 1e-12);
        // A unit like its province has one rate; one that is a fifth above it has it in the countryside rather.
        assert_eq!(workers(4_000, [4_000, 6_000], 8_000.0, 0.4, &rules), [1_600, 2_400]);
        let [in_towns, in_country] = workers(4_800, [4_000, 6_000], 8_000.0, 0.4, &rules);
        let rate = 0.4 * libm::pow(1.2, part_of_towns(0.4, &rules));
        assert_eq!(in_towns, libm::rint(4_000.0 * rate) as i64);
        assert!(in_towns + in_country == 4_800 && in_towns < 1_920, "{in_towns} {in_country}");
        // Without a spread of towns that is known: one rate.
        let one = Rules { town_spread: 0.0, ..Rules::default() };
        assert_eq!(workers(4_800, [4_000, 6_000], 8_000.0, 0.4, &one), [1_920, 2_880]);
        // Poor counties of many towns: the countryside keeps somebody.
        let [in_towns, in_country] = workers(1_000, [9_000, 1_000], 8_000.0, 0.9, &rules);
        assert!(in_towns + in_country == 1_000 && in_country >= 20, "{in_towns} {in_country}");
        // Nobody is employed twice: 12,000 adults of 15,000 residents, .8 of them at most, in each node.
        let [in_towns, in_country] = workers(9_600, [5_000, 10_000], 12_000.0, 0.3, &rules);
        assert_eq!([in_towns, in_country], [3_200, 6_400]);
    }
}
