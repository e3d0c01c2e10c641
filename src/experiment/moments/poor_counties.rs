//! Counties that left the national list of poor counties: what their residents earn and from what, beside what is made there.
//!
//! A slope is that of a line through counties, each counting one, on the log of output per head of the county (or its change). The
//! slopes of the sources of income over mean income add up to the slope of income over mean income.

use crate::simulation::Simulation;
use crate::world::sector::AGRICULTURE;
use crate::world::state::part;

/// The tag of counties that were on the list, and of those among them that are compared with surveys.
pub(crate) const FORMERLY_POOR: &str = "former_poor";
/// The tag of those among them that are compared with surveys.
pub(crate) const COMPARED: &str = "former_poor_compared";

/// Wages, business, property, transfers, outside income.
pub(crate) const SOURCES: usize = 5;

/// The cities and seat, or the village, of a county.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OfTier {
    /// Residents over whom income is counted, persons.
    pub people: f64,
    /// Residents with a job outside farming, persons.
    pub employed: f64,
    /// What these jobs pay after tax and contributions, yuan.
    pub pay: f64,
    /// Income by source, yuan.
    pub sources: [f64; SOURCES],
}

impl OfTier {
    /// Income per head, yuan.
    pub fn income(&self) -> f64 {
        self.sources.iter().sum::<f64>() / self.people
    }
}

/// A county that was on the list.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct County {
    /// Whether it is compared with surveys.
    pub compared: bool,
    /// Output, yuan.
    pub output: f64,
    /// Urban, rural.
    pub tiers: [OfTier; 2],
}

impl County {
    fn output_per_head(&self) -> f64 {
        self.output / (self.tiers[0].people + self.tiers[1].people)
    }
}

/// All of them in a year, in the order of counties.
pub(crate) fn counties(simulation: &Simulation) -> Vec<County> {
    let world = &simulation.world;
    let tagged = |j: usize, tag: &str| world.geography.nodes[j].tags.iter().any(|t| t == tag);
    let of_list = world.geography.counties.iter().filter(|county| tagged(county.seat, FORMERLY_POOR));
    of_list
        .map(|county| {
            let mut found = County { compared: tagged(county.seat, COMPARED), ..County::default() };
            for j in county.nodes() {
                let (state, earned) = (&world.nodes[j], &simulation.earnings.nodes[j]);
                found.output += crate::observe::totals::output(state) as f64 * 0.01;
                let farmers: f64 = earned.employed[AGRICULTURE].iter().sum();
                let tier = &mut found.tiers[usize::from(j != county.seat)];
                tier.people += earned.residents;
                tier.employed += earned.employed_residents() - farmers;
                tier.pay += state.income_parts[part::WAGES] as f64 * 0.01;
                let sources = state.income_by_source();
                tier.sources.iter_mut().zip(sources).for_each(|(sum, fen)| *sum += fen as f64 * 0.01);
            }
            found
        })
        .collect()
}

/// Mean income per head of a tier over all of them, residents counting one, yuan.
pub(crate) fn mean_income(counties: &[County], tier: usize) -> f64 {
    let sum = |f: &dyn Fn(&OfTier) -> f64| counties.iter().map(|c| f(&c.tiers[tier])).sum::<f64>();
    sum(&|t| t.sources.iter().sum()) / sum(&|t| t.people)
}

/// Median over those compared of urban over rural income per head.
pub(crate) fn median_ratio(counties: &[County]) -> f64 {
    let of = counties.iter().filter(|c| c.compared && c.tiers.iter().all(|t| t.people > 0.0));
    let mut ratios: Vec<f64> = of.map(|c| c.tiers[0].income() / c.tiers[1].income()).collect();
    ratios.sort_by(f64::total_cmp);
    let n = ratios.len();
    if n == 0 { f64::NAN } else { 0.5 * (ratios[(n - 1) / 2] + ratios[n / 2]) }
}

/// Slope of the line through points (x, y), and the standard deviation of x; not numbers for fewer than two.
fn slope(points: &[[f64; 2]]) -> (f64, f64) {
    let n = points.len() as f64;
    let mean = |i: usize| points.iter().map(|p| p[i]).sum::<f64>() / n;
    let (x, y) = (mean(0), mean(1));
    let xy: f64 = points.iter().map(|p| (p[0] - x) * (p[1] - y)).sum();
    let xx: f64 = points.iter().map(|p| (p[0] - x) * (p[0] - x)).sum();
    (xy / xx, libm::sqrt(xx / n))
}

/// Those compared whose residents of a tier earn something, work, and make something.
fn usable(tier: usize) -> impl Fn(&&County) -> bool {
    move |c| {
        let t = &c.tiers[tier];
        c.compared && t.people > 0.0 && t.employed > 0.0 && t.pay > 0.0 && t.income() > 0.0 && c.output > 0.0
    }
}

/// Slopes on log output per head in one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Slopes {
    /// Of every source over mean income: they add up to the slope of income over mean income.
    pub sources: [f64; SOURCES],
    /// Of log jobs outside farming a resident.
    pub jobs: f64,
    /// Of log pay of such a job.
    pub pay: f64,
}

/// What makes incomes of a tier follow output.
pub(crate) fn slopes(counties: &[County], tier: usize) -> Slopes {
    let these: Vec<&County> = counties.iter().filter(usable(tier)).collect();
    let mean = these.iter().map(|c| c.tiers[tier].income()).sum::<f64>() / these.len() as f64;
    let of = |y: &dyn Fn(&OfTier) -> f64| {
        let point = |c: &&County| [libm::log(c.output_per_head()), y(&c.tiers[tier])];
        slope(&these.iter().map(point).collect::<Vec<_>>()).0
    };
    Slopes {
        sources: std::array::from_fn(|i| of(&|t| t.sources[i] / t.people / mean)),
        jobs: of(&|t| libm::log(t.employed / t.people)),
        pay: of(&|t| libm::log(t.pay / t.employed)),
    }
}

/// How growth since the base year differs between counties.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Growth {
    /// Standard deviation of the growth of output per head, log points.
    pub spread: f64,
    /// Slope on it of the growth of jobs outside farming a resident, of their pay, and of the residents of the county.
    pub jobs: f64,
    /// Of pay of such a job.
    pub pay: f64,
    /// Of the residents of the county.
    pub residents: f64,
}

/// Growth of a tier from one year to another.
pub(crate) fn growth(then: &[County], now: &[County], tier: usize) -> Growth {
    let is_usable = usable(tier);
    let pairs = then.iter().zip(now).filter(|(a, b)| is_usable(a) && is_usable(b));
    let pairs: Vec<(&County, &County)> = pairs.collect();
    let of = |y: &dyn Fn(&County) -> f64| {
        let point = |(a, b): &(&County, &County)| {
            [libm::log(b.output_per_head() / a.output_per_head()), libm::log(y(b) / y(a))]
        };
        slope(&pairs.iter().map(point).collect::<Vec<_>>())
    };
    Growth {
        spread: of(&|c| c.output).1,
        jobs: of(&|c| c.tiers[tier].employed / c.tiers[tier].people).0,
        pay: of(&|c| c.tiers[tier].pay / c.tiers[tier].employed).0,
        residents: of(&|c| c.tiers[0].people + c.tiers[1].people).0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counties whose output per head is e^x, with half as many jobs as residents, pay e^(.3 x), and property that is flat.
    fn made(x: f64, jobs: f64) -> County {
        let pay = 10.0 * libm::exp(0.3 * x);
        let tier = |people: f64| OfTier {
            people,
            employed: jobs * people,
            pay: pay * jobs * people,
            sources: [pay * jobs * people, 0.0, people, 0.0, 0.0],
        };
        County { compared: true, output: 3.0 * libm::exp(x), tiers: [tier(1.0), tier(2.0)] }
    }

    #[test]
    fn what_was_put_in_comes_out() {
        let counties: Vec<County> = (0..12).map(|i| made(0.1 * f64::from(i), 0.5)).collect();
        let found = slopes(&counties, 1);
        assert!(found.jobs.abs() < 1e-12 && (found.pay - 0.3).abs() < 1e-12, "{found:?}");
        assert!(found.sources[2].abs() < 1e-12 && found.sources[0] > 0.2, "{found:?}");
        let income: f64 = found.sources.iter().sum();
        let mean = counties.iter().map(|c| c.tiers[1].income()).sum::<f64>() / 12.0;
        let points: Vec<[f64; 2]> =
            counties.iter().map(|c| [libm::log(c.output_per_head()), c.tiers[1].income() / mean]).collect();
        assert!((income - slope(&points).0).abs() < 1e-12, "sources add up");
        assert_eq!(median_ratio(&counties), 1.0);
    }

    #[test]
    fn growth_by_jobs_is_told_from_growth_by_pay() {
        let then: Vec<County> = (0..12).map(|_| made(0.0, 0.5)).collect();
        let now: Vec<County> =
            (0..12).map(|i| made(0.1 * f64::from(i), 0.5 * libm::exp(0.02 * f64::from(i)))).collect();
        let found = growth(&then, &now, 0);
        assert!((found.jobs - 0.2).abs() < 1e-12 && (found.pay - 0.3).abs() < 1e-12, "{found:?}");
        assert!(found.residents.abs() < 1e-12, "{found:?}");
        assert!((found.spread - 0.1 * libm::sqrt(143.0 / 12.0)).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn a_mean_counts_residents() {
        let mut counties = vec![made(0.0, 0.5), made(0.0, 1.0)];
        counties[1].tiers[0].people *= 3.0;
        counties[1].tiers[0].sources.iter_mut().for_each(|x| *x *= 3.0);
        assert!((mean_income(&counties, 0) - (6.0 + 3.0 * 11.0) / 4.0).abs() < 1e-12);
    }
}
