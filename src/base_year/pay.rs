//! Pay of the base year where it is known: what a job of an industry pays in the nation, at the relative level of its
//! prefecture, county and node; and so the shares of labour, capital and the place in what a cell makes.
//!
//! ```text
//! rho_p = (wage_p/wage of the nation)^wage_relative            without a wage: (output a job/the nation's)^wage_output
//! rho_j = rho_p (mw_c/mean of mw over the prefecture) q_j/(1 - V (1 - village_pay))         q = 1, in the village village_pay
//! w_js  = pay_measured pay_js rho_j                            pay of a job, yuan a year; rho_j so much more as brings the mean over
//!                                                              the node's jobs to 1.2 minimum wages
//! beta  = min(w_js jobs_js/n_js, 1 - buildings - capital_share_least a_js)                  n: value added after the tax on it
//! kappa = min(1 - buildings - beta, a_js + share_bound),  rent of the place = the rest
//! ```
//!
//! The mean of the prefecture is over jobs and of logs, so that minimum wages do not move what it pays. V is the share of
//! villages in the nation's jobs outside farming: what a job of an industry pays in the nation is a mean over seats and villages, and
//! the wage of a prefecture is that of staff in towns. A county full of villages pays less than the mean; one without pays more.
//! The shares are exponents: labour and capital earn them at the margin too, and a factor of the place that cannot
//! be moved earns the rest. Without pay in the table the shares are the sectors' own.

use crate::config::{Parameters, Pay};
use crate::economy::jobs::usual_unemployment;
use crate::economy::production::{shares_of_sector, value_added_tax};
use crate::rules::Rules;
use crate::world::people::activity;
use crate::world::sector::{AGRICULTURE, LOCAL_SERVICES, urban};
use crate::world::{SECTORS, SKILLS, Shares, Tier, World};

/// Means of the nation that levels of places are relative to.
struct Nation {
    year: i32,
    /// Mean wage of staff in urban units over prefectures, weighted with jobs outside farming of the census, so that relatives
    /// are one on average, yuan a year (prefecture_wage tables; computed). The published mean weighs with staff, who are
    /// more where wages are high: 36,539 and 97,379 yuan.
    staff_wage: f64,
    /// Value added of a job outside farming without dwellings, yuan (industries.csv; computed).
    output_per_job: f64,
    /// Share of villages in jobs outside farming, commuters counted at the seat (tables of all counties; computed).
    village_jobs: f64,
}

const NATION: [Nation; 2] = [
    Nation { year: 2010, staff_wage: 35_406.0, output_per_job: 95_464.0, village_jobs: 0.177 },
    Nation { year: 2020, staff_wage: 93_478.0, output_per_job: 172_554.0, village_jobs: 0.178 },
];

/// The means nearest to a year.
fn nation(year: i32) -> &'static Nation {
    let [first, second] = &NATION;
    if (first.year - year).abs() < (second.year - year).abs() { first } else { second }
}

/// Minimum wages that jobs of a node outside farming are paid at least on average: some stand at the floor and none below. Assumed,
/// about what the lowest hundredth of nodes has where nothing bounds it (minimum wage over pay: .85).
/// Binds in seven villages of Henan 2020 and five of China 2010.
const LEAST_PAY: f64 = 1.2;

/// Greatest part of farm product that is measured.
const MOST_MEASURED: f64 = 0.95;

/// Shares of every cell in output that production meets. Nothing if pay is not known, or not asked for.
pub(super) fn shares(world: &World, rules: &Rules, targets: &[[f64; SECTORS]]) -> Vec<[Shares; SECTORS]> {
    if !is_known(world, rules) {
        return Vec::new();
    }
    let jobs = at_work(world, rules);
    let relative = relatives(world, rules, targets, &jobs);
    let measured = measured_farming(rules.p, targets, &farmers(world));
    (0..targets.len())
        .map(|j| {
            let facts = &world.geography.nodes[j].facts;
            std::array::from_fn(|s| {
                let row = shares_of_sector(world, rules, j, s);
                if s == AGRICULTURE {
                    return Shares { measured: measured[j], ..row };
                }
                let (Some(pay), made) =
                    (facts.pay_yuan[s], targets[j][s] * (1.0 - value_added_tax(rules, s)))
                else {
                    return row;
                };
                if made <= 0.0 {
                    return row;
                }
                let bill = rules.p.pay_measured * pay * 100.0 * relative[j] * jobs[j][s];
                of_cell(rules.p, &row, private_part(&row, rules, s, facts.capital_share[s]), bill / made)
            })
        })
        .collect()
}

/// Whether the table says what jobs pay.
fn is_known(world: &World, rules: &Rules) -> bool {
    let area = 0..world.geography.area_nodes();
    let says = |j: usize| world.geography.nodes[j].facts.pay_yuan.iter().any(Option::is_some);
    rules.model.pay == Pay::Data && area.into_iter().any(says)
}

/// Share of private capital that a cell's industries have in the nation, within `share_bound` of the sector's; of local services only
/// what governments do not buy has it.
fn private_part(row: &Shares, rules: &Rules, s: usize, stated: Option<f64>) -> f64 {
    let sector = (crate::world::sector::SECTOR_TABLE[s].capital)(rules.p);
    let Some(stated) = stated.filter(|_| sector > 0.0) else { return row.capital };
    let bound = rules.p.share_bound;
    stated.clamp(sector - bound, sector + bound) * row.capital / sector
}

/// Most that labour can earn of what a cell makes whose capital should have `capital`.
fn most_of_labour(p: &Parameters, row: &Shares, capital: f64) -> f64 {
    (1.0 - row.land - p.capital_share_least * capital).max(0.0)
}

/// Shares of a cell whose capital should have `capital` and whose labour earns `labour` of what it makes.
fn of_cell(p: &Parameters, row: &Shares, capital: f64, labour: f64) -> Shares {
    let labour = labour.clamp(0.0, most_of_labour(p, row, capital));
    let capital = (1.0 - row.land - labour).min(capital + p.share_bound).max(0.0);
    Shares { labour, land: row.land, capital, measured: 1.0 }
}

/// Persons at work by node and sector at usual unemployment; commuters at the seat.
fn at_work(world: &World, rules: &Rules) -> Vec<[f64; SECTORS]> {
    let persons = world.persons_per_agent() as f64;
    let area = world.geography.area_nodes();
    let mut jobs: Vec<[f64; SECTORS]> = (0..area)
        .map(|j| {
            let people = &world.census.places[j].people;
            std::array::from_fn(|s| {
                (0..SKILLS).map(|k| people[k][activity::SECTOR + s] as f64 * persons).sum()
            })
        })
        .collect();
    for county in &world.geography.counties {
        let Some(village) = county.village else { continue };
        for k in 0..SKILLS {
            let of = |j: usize, a: usize| world.census.places[j].people[k][a] as f64 * persons;
            let commuters = of(village, activity::COMMUTING);
            let local: f64 = urban().map(|s| of(county.seat, activity::SECTOR + s)).sum();
            for s in urban().filter(|_| commuters > 0.0) {
                let share = if local > 0.0 {
                    of(county.seat, activity::SECTOR + s) / local
                } else {
                    f64::from(u8::from(s == LOCAL_SERVICES))
                };
                jobs[county.seat][s] += commuters * share;
            }
        }
    }
    for (j, jobs) in jobs.iter_mut().enumerate() {
        let at_work = 1.0 - usual_unemployment(rules.p, world.geography.nodes[j].tier);
        urban().for_each(|s| jobs[s] *= at_work);
    }
    jobs
}

/// The least relative, at least `stated`, at which bills of cells add up to `wanted`, each its bill at a relative of one and the most that
/// it can pay; where not even these do, the relative at which all pay it.
fn least_relative(stated: f64, wanted: f64, mut cells: Vec<(f64, f64)>) -> f64 {
    cells.retain(|&(bill, _)| bill > 0.0);
    cells.sort_by(|a, b| (a.1 / a.0).total_cmp(&(b.1 / b.0)));
    let (mut open, mut at_most) = (cells.iter().map(|&(bill, _)| bill).sum::<f64>(), 0.0);
    let mut relative = stated;
    for (bill, most) in cells {
        let needed = (wanted - at_most) / open;
        if needed <= most / bill {
            return needed.max(stated);
        }
        relative = stated.max(most / bill);
        open -= bill;
        at_most += most;
    }
    relative
}

/// Persons who farm, by node.
fn farmers(world: &World) -> Vec<f64> {
    let persons = world.persons_per_agent() as f64;
    let of = |j: usize| -> u64 {
        let people = &world.census.places[j].people;
        (0..SKILLS).map(|k| people[k][activity::SECTOR + AGRICULTURE]).sum()
    };
    (0..world.geography.area_nodes()).map(|j| of(j) as f64 * persons).collect()
}

/// Pay of a job at a node relative to the nation's, whatever its industry.
fn relatives(world: &World, rules: &Rules, targets: &[[f64; SECTORS]], jobs: &[[f64; SECTORS]]) -> Vec<f64> {
    let p = rules.p;
    let g = &world.geography;
    let of = |j: usize| urban().map(|s| jobs[j][s]).sum::<f64>();
    let made = |j: usize| urban().map(|s| targets[j][s] / 100.0).sum::<f64>();
    let sum = |nodes: std::ops::Range<usize>, f: &dyn Fn(usize) -> f64| nodes.map(f).sum::<f64>();
    let nation = nation(world.year);
    let mut relative = vec![1.0; targets.len()];
    for prefecture in &g.prefectures {
        let nodes = || prefecture.nodes.clone();
        let all = sum(nodes(), &of);
        if all <= 0.0 {
            continue;
        }
        let wage = nodes().find_map(|j| g.nodes[j].facts.wage_yuan.filter(|&w| w > 0.0));
        let level = match wage {
            Some(wage) => libm::pow(wage / nation.staff_wage, p.wage_relative),
            None => {
                let per_job = sum(nodes(), &made) / all;
                libm::pow((per_job / nation.output_per_job).max(1e-6), p.wage_output)
            }
        };
        let minimum = |j: usize| g.nodes[j].facts.minimum_wage_yuan;
        let known = nodes().all(|j| minimum(j) > 0.0);
        let log = |j: usize| if known { libm::log(minimum(j)) } else { 0.0 };
        let mean = sum(nodes(), &|j| of(j) * log(j)) / all;
        for j in nodes() {
            relative[j] = level * libm::exp(log(j) - mean);
        }
    }
    let mean = 1.0 - nation.village_jobs * (1.0 - p.village_pay);
    for (relative, node) in relative.iter_mut().zip(&g.nodes) {
        *relative *= if node.tier == Tier::Village { p.village_pay } else { 1.0 } / mean;
    }
    for (j, relative) in relative.iter_mut().enumerate() {
        let facts = &g.nodes[j].facts;
        let (mut here, mut cells) = (0.0, Vec::new());
        for s in urban() {
            let Some(pay) = facts.pay_yuan[s] else { continue };
            let row = shares_of_sector(world, rules, j, s);
            let most = most_of_labour(p, &row, private_part(&row, rules, s, facts.capital_share[s]));
            let made = (targets[j][s] / 100.0 * (1.0 - value_added_tax(rules, s))).max(0.0);
            here += jobs[j][s];
            cells.push((p.pay_measured * pay * jobs[j][s], most * made));
        }
        *relative = least_relative(*relative, LEAST_PAY * facts.minimum_wage_yuan * here, cells);
    }
    relative
}

/// Part of farm product that reaches households by node: more of it where a farmer makes less,
/// `m_j ~ (y_j/ybar)^(farm_pay_elasticity - 1)`, at most .95, and `farm_measured` of the whole area's product.
fn measured_farming(p: &Parameters, targets: &[[f64; SECTORS]], farmers: &[f64]) -> Vec<f64> {
    let product = |j: usize| targets[j][AGRICULTURE].max(0.0);
    let (all, people) = ((0..targets.len()).map(product).sum::<f64>(), farmers.iter().sum::<f64>());
    if all <= 0.0 || people <= 0.0 {
        return vec![p.farm_measured; targets.len()];
    }
    let shape: Vec<f64> = (0..targets.len())
        .map(|j| {
            let relative = product(j) / farmers[j].max(1.0) / (all / people);
            libm::pow(relative.max(1e-6), p.farm_pay_elasticity - 1.0)
        })
        .collect();
    // The mean is kept beside the bound: what bounded places lack the others have.
    let mean = |scale: f64| {
        let measured = shape.iter().enumerate().map(|(j, x)| product(j) * (scale * x).min(MOST_MEASURED));
        measured.sum::<f64>() / all
    };
    let wanted = p.farm_measured.min(MOST_MEASURED);
    let (mut low, mut high) = (0.0, 1.0);
    while mean(high) < wanted - 1e-12 && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if mean(middle) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    shape.iter().map(|x| (high * x).min(MOST_MEASURED)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_can_pay_make_up_for_those_that_cannot() {
        let cells = || vec![(100.0, 80.0), (200.0, 900.0)];
        assert_eq!(least_relative(0.5, 140.0, cells()), 0.5, "150 are paid already");
        assert_eq!(least_relative(0.5, 210.0, cells()), 0.7);
        // The first pays no more than 80.
        assert_eq!(least_relative(0.5, 380.0, cells()), 1.5);
        assert_eq!(least_relative(0.5, 2_000.0, cells()), 4.5, "all pay what they can");
        assert_eq!(least_relative(0.5, 10.0, Vec::new()), 0.5);
    }

    #[test]
    fn a_refinery_has_ordinary_wages_capital_a_tenth_above_its_mix_and_the_rest_is_rent() {
        let p = Parameters::default();
        let row = Shares { labour: 0.5, land: 0.0, capital: 0.5, measured: 1.0 };
        // Labour earns a twentieth of what is made.
        let shares = of_cell(&p, &row, 0.5, 0.05);
        assert!((shares.labour - 0.05).abs() < 1e-12 && (shares.capital - 0.6).abs() < 1e-12);
        assert!((shares.rent() - 0.35).abs() < 1e-12);
        // Pay above what is made is cut, so that capital keeps a fifth of its mix.
        let shares = of_cell(&p, &row, 0.5, 1.3);
        assert!((shares.labour - 0.9).abs() < 1e-12 && (shares.capital - 0.1).abs() < 1e-12);
        assert!(shares.rent().abs() < 1e-12);
    }

    #[test]
    fn shares_of_every_cell_add_up_to_one() {
        let p = Parameters::default();
        for land in [0.0, 0.15] {
            let row = Shares { labour: 0.6 - land, land, capital: 0.4, measured: 1.0 };
            for labour in [0.0, 0.2, 0.5, 0.79, 0.95, 3.0] {
                for capital in [0.3, 0.4, 0.5] {
                    let x = of_cell(&p, &row, capital, labour);
                    let all = x.labour + x.land + x.capital + x.rent();
                    assert!((all - 1.0).abs() < 1e-12, "{x:?}");
                    assert!(x.labour >= 0.0 && x.capital >= 0.0 && x.rent() >= -1e-12, "{x:?}");
                    assert!(x.capital <= capital + p.share_bound + 1e-12, "{x:?}");
                }
            }
        }
    }

    #[test]
    fn farming_is_measured_at_the_stated_mean_and_more_where_less_is_made() {
        let p = Parameters::default();
        let targets = [[4e9, 0.0, 0.0, 0.0, 0.0], [4e9, 0.0, 0.0, 0.0, 0.0]];
        let found = measured_farming(&p, &targets, &[1000.0, 4000.0]);
        let mean = 0.5 * (found[0] + found[1]);
        assert!((mean - p.farm_measured).abs() < 1e-9, "{found:?}");
        // Four times the product a farmer: 4^-.75.
        assert!((found[0] / found[1] - libm::pow(4.0, -0.75)).abs() < 1e-9, "{found:?}");
        // What cannot be more than the bound is made up elsewhere.
        let p = Parameters { farm_measured: 0.8, ..p };
        let found = measured_farming(&p, &targets, &[1000.0, 4000.0]);
        assert!((found[1] - MOST_MEASURED).abs() < 1e-12 && (found[0] + found[1] - 1.6).abs() < 1e-9);
    }
}
