//! Who works where: employed residents by node and sector, and who commutes to the seat.

use super::census::Jobs;
use super::report::Report;
use super::rules::Rules;
use super::units::Unit;
use crate::quantity::split;

/// Sectors in the order of the columns: agriculture, industry, services, tourism.
pub const SECTORS: usize = 4;

/// The employed residents of a unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// Employed residents working in their own node, by node (urban, village) and sector.
    pub employed: [[i64; SECTORS]; 2],
    /// Villagers working at the seat, by sector; none farm there.
    pub commuters: [i64; SECTORS],
}

impl Work {
    /// Workers of a sector in the unit, wherever they live.
    pub fn in_sector(&self, sector: usize) -> i64 {
        self.employed[0][sector] + self.employed[1][sector] + self.commuters[sector]
    }

    /// All workers of the unit.
    pub fn total(&self) -> i64 {
        (0..SECTORS).map(|s| self.in_sector(s)).sum()
    }
}

/// Long-form jobs by sector, tourism being a share of catering and culture.
pub fn sectors(jobs: &Jobs, tourism_share: f64) -> [f64; SECTORS] {
    let tourism = tourism_share * jobs.catering_and_culture;
    [jobs.agriculture, jobs.industry(), jobs.services() - tourism, tourism]
}

/// Work in every unit, in their order.
pub fn work(units: &mut [Unit], year: i32, rules: &Rules, report: &mut Report) -> Vec<Work> {
    let mut told = std::collections::BTreeSet::new();
    // A unit without jobs in the long form gets the area's mix.
    let area = units.iter().fold([0.0; SECTORS + 1], |mut sum, u| {
        let jobs = sectors(&u.counts.jobs, rules.tourism_share);
        (0..SECTORS).for_each(|s| sum[s] += jobs[s]);
        sum[SECTORS] += u.counts.adults() as f64;
        sum
    });
    let mut all = Vec::with_capacity(units.len());
    for unit in units.iter_mut() {
        let (factor, why) = rules.participation(&unit.province, year);
        if told.insert(unit.province.clone()) {
            report.note(
                "Participation",
                format!("{} {}: long form x 10 x {factor} ({why})", unit.province, unit.province_name),
            );
        }
        let mut jobs = sectors(&unit.counts.jobs, rules.tourism_share);
        if jobs.iter().sum::<f64>() <= 0.0 {
            let scale = unit.counts.adults() as f64 / area[SECTORS].max(1.0);
            jobs = [area[0] * scale, area[1] * scale, area[2] * scale, area[3] * scale];
            unit.words.insert("participation_unit");
        }
        let wanted = 10.0 * factor * jobs.iter().sum::<f64>();
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
        all.push(place(employed, &jobs, unit.node_residents, rules));
    }
    all
}

/// Places the employed of a unit: farm jobs first in the village, the rest by where people live.
fn place(employed: i64, jobs: &[f64; SECTORS], residents: [i64; 2], rules: &Rules) -> Work {
    let by_sector = split(employed, jobs);
    let mut work = Work::default();
    if residents[1] == 0 {
        work.employed[0].copy_from_slice(&by_sector);
        return work;
    }
    let workers = split(employed, &residents.map(|r| r as f64));
    let farm = by_sector[0];
    let cap = rules.farm_share_cap.max(0.5 * (1.0 + farm as f64 / employed.max(1) as f64));
    // Beside a very small seat the village holds at least its own share of the farm jobs.
    let share = rules.farm_jobs_village.max(workers[1] as f64 / employed.max(1) as f64);
    let in_village = (share * farm as f64).min(cap * workers[1] as f64);
    // The seat cannot farm with more people than it has; what it cannot hold goes back to the village.
    let in_village = (libm::rint(in_village) as i64).max(farm - workers[0]).min(workers[1]);
    let others = workers[1] - in_village;
    let commuters = libm::rint(rules.commuting * others as f64) as i64;
    let mix = [0.0, by_sector[1] as f64, by_sector[2] as f64, by_sector[3] as f64];
    // The village takes the county's mix outside farming; the seat is what remains, so sums are exact.
    let village = split(others, &mix);
    let travelling = split(commuters, &[0.0, village[1] as f64, village[2] as f64, village[3] as f64]);
    work.employed[0][0] = farm - in_village;
    work.employed[1][0] = in_village;
    for s in 1..SECTORS {
        let here = village[s].min(by_sector[s]);
        work.commuters[s] = travelling[s].min(here);
        work.employed[1][s] = here - work.commuters[s];
        work.employed[0][s] = by_sector[s] - here;
    }
    work
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placing_loses_no_worker_and_farms_in_the_village() {
        let work = place(10_000, &[300.0, 400.0, 280.0, 20.0], [15_000, 5_000], &Rules::default());
        assert_eq!(work.total(), 10_000);
        assert_eq!(work.in_sector(0), 3_000);
        // 85 % of 3,000 exceeds 85 % of the 2,500 village workers.
        assert_eq!(work.employed[1][0], 2_125);
        assert_eq!(work.commuters[0], 0);
        assert_eq!(work.commuters.iter().sum::<i64>(), 94);
    }
}
