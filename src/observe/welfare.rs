//! Who is better off: the change of expected utility since the base year, in log points of income.
//!
//! ```text
//! EV_hk = (1/kappa) ln sum_n [sum_{j in n} exp(kappa v/lambda)]^lambda
//! ```
//!
//! is the income in logs that would make a person of home h and skill k as well off where it was as with
//! today's places to choose from (Small and Rosen 1981). In changes since the base year only base-year
//! probabilities are needed, as in [`crate::flow::location`]:
//!
//! ```text
//! EV_hk - EV_hk,base = (1/kappa) ln sum_n P0(n | h) I_n^lambda e^{kappa dC(h, n)}
//! ```
//!
//! A decline of moving costs by a driver counts as a gain. Age classes are weighted by their numbers in
//! the area.

use crate::economy::Rules;
use crate::flow::location::{CLASSES, Law, TABLE_AGES, border, class, network_by_nest, origin};
use crate::flow::utility::Utilities;
use crate::policy::Lever;
use crate::world::{SKILLS, Tier, World};

/// Change of expected utility since the base year of each home of the area, by skill, log points of income.
pub fn gains(law: &Law, world: &World, rules: &Rules, now: &Utilities) -> Vec<[f64; SKILLS]> {
    let ages = age_weights(world);
    let inclusive = Inclusive::of(law, world, rules, now);
    let network = (rules.p.gam_n > 0.0).then(|| network_by_nest(world, &law.nests));
    (0..world.geography.area_nodes())
        .map(|h| {
            std::array::from_fn(|k| {
                let kappa = kappa(rules, k);
                if kappa <= 0.0 {
                    return f64::NAN;
                }
                (0..TABLE_AGES)
                    .map(|a| {
                        let sum =
                            gain_of_class(law, world, rules, now, &inclusive, network.as_deref(), h, k, a);
                        ages[k][a] * libm::log(sum) / kappa
                    })
                    .sum()
            })
        })
        .collect()
}

/// Mean of the gains of some homes and skills, by the people registered there; NaN where nobody is.
pub fn mean_gain(
    gains: &[[f64; SKILLS]],
    world: &World,
    homes: impl IntoIterator<Item = usize>,
    skills: std::ops::Range<usize>,
) -> f64 {
    let (mut sum, mut people) = (0.0, 0.0);
    for h in homes {
        for k in skills.clone() {
            let n: u64 = world.census.homes[h].iter().map(|d| u64::from(d.agents[k])).sum();
            if n > 0 {
                sum += gains[h][k] * n as f64;
                people += n as f64;
            }
        }
    }
    sum / people
}

fn kappa(rules: &Rules, k: usize) -> f64 {
    [rules.p.kappa_workers, rules.p.kappa_talent][k]
}

/// Shares of the age classes among adults of the area, by skill.
fn age_weights(world: &World) -> [[f64; TABLE_AGES]; SKILLS] {
    let mut counts = [[0u64; TABLE_AGES]; SKILLS];
    for place in &world.census.places[..world.geography.area_nodes()] {
        for (k, counts) in counts.iter_mut().enumerate() {
            for (a, count) in counts.iter_mut().enumerate() {
                *count += place.ages[k][a + 1];
            }
        }
    }
    counts.map(|c| {
        let all: u64 = c.iter().sum();
        c.map(|n| if all > 0 { n as f64 / all as f64 } else { 1.0 / TABLE_AGES as f64 })
    })
}

/// `I_n^lambda` of every nest as people from elsewhere see it.
struct Inclusive {
    nests: usize,
    /// [origin][class][nest].
    shared: Vec<f64>,
    /// The own prefecture without the own county: [county][class].
    own: Vec<f64>,
}

impl Inclusive {
    fn of(law: &Law, world: &World, rules: &Rules, now: &Utilities) -> Inclusive {
        let lambda = rules.p.lambda_nest;
        let value = |nodes: std::ops::Range<usize>, share: &[f64], k: usize| {
            let (mut base, mut sum) = (0.0, 0.0);
            for (j, s) in nodes.zip(share) {
                base += s;
                sum += s * libm::exp(kappa(rules, k) / lambda * (now.node[j][k] - law.base.node[j][k]));
            }
            if base > 0.0 { libm::pow(sum / base, lambda) } else { 0.0 }
        };
        let mut shared = Vec::with_capacity(law.lower.len() * law.nests.len());
        for (row, share) in law.lower.iter().enumerate() {
            let k = row % CLASSES / TABLE_AGES;
            shared.extend(law.nests.iter().map(|n| value(n.clone(), &share[n.clone()], k)));
        }
        let mut own = Vec::with_capacity(law.own_prefecture.len() * CLASSES);
        for (county, classes) in world.geography.counties.iter().zip(&law.own_prefecture) {
            let nodes = world.geography.prefectures[county.prefecture].nodes.clone();
            own.extend(classes.iter().enumerate().map(|(c, s)| value(nodes.clone(), s, c / TABLE_AGES)));
        }
        Inclusive { nests: law.nests.len(), shared, own }
    }
}

#[expect(clippy::too_many_arguments, reason = "one home, skill and age of the upper table")]
fn gain_of_class(
    law: &Law,
    world: &World,
    rules: &Rules,
    now: &Utilities,
    inclusive: &Inclusive,
    network: Option<&[f64]>,
    h: usize,
    k: usize,
    age: usize,
) -> f64 {
    let geography = &world.geography;
    let (kappa, lambda, class) = (kappa(rules, k), rules.p.lambda_nest, class(k, age));
    let base = law.upper_row(h, class);
    let all: f64 = base.iter().sum();
    let mut sum = 0.0;

    let own_county = base[0] + base[1];
    if own_county > 0.0 {
        let village = geography.nodes[h].tier == Tier::Village;
        let mut weight = 0.0;
        for (i, &p) in base[..2].iter().enumerate().filter(|(_, p)| **p > 0.0) {
            let mut odds = kappa * (now.own[h][i][k] - law.base.own[h][i][k]);
            if village && i == 0 {
                odds += law.drift[0] * lambda - kappa * rules.levers.border(Lever::MovingCost, 0, k);
            }
            weight += p / own_county * libm::exp(odds / lambda);
        }
        sum += own_county * libm::pow(weight, lambda);
    }
    for (n, &p) in base[2..].iter().enumerate().filter(|(_, p)| **p > 0.0) {
        let value = if geography.nodes[h].prefecture == n {
            inclusive.own[geography.nodes[h].county * CLASSES + class]
        } else {
            inclusive.shared[(origin(geography, h, n) * CLASSES + class) * inclusive.nests + n]
        };
        let land = |u: &Utilities| libm::log(1.0 + u.kept_land[h] / u.nest_income[n][k].max(1.0));
        let b = border(geography, h, n);
        let mut gain = land(now) - land(&law.base) - rules.levers.border(Lever::MovingCost, b, k);
        if let Some(network) = network {
            let known = |m: &[f64]| libm::log(1.0 + m[h * inclusive.nests + n] / rules.p.network_m0);
            gain += rules.p.gam_n * (known(network) - known(&law.base_network));
        }
        sum += p * value * libm::exp(kappa * gain + law.drift[b]);
    }
    sum / all
}

#[cfg(test)]
mod tests {
    use super::super::tiny::Tiny;
    use super::*;
    use crate::flow::location::tables;

    #[test]
    fn a_rise_of_income_everywhere_is_worth_itself() {
        let tiny = Tiny::new();
        let law = tiny.law();
        let mut now = law.base.clone();
        now.node.iter_mut().flatten().for_each(|v| *v += 0.08);
        now.own.iter_mut().flatten().flatten().for_each(|v| *v += 0.08);
        for gain in gains(&law, &tiny.world, &tiny.rules(), &now).iter().flatten() {
            assert!((gain - 0.08).abs() < 1e-12, "{gain}");
        }
    }

    /// The nest outside is not touched, so its probability falls by exactly the sum of weights.
    #[test]
    fn gains_agree_with_the_probabilities_of_the_choice_tables() {
        let tiny = Tiny::new();
        let law = tiny.law();
        let mut now = law.base.clone();
        now.node[2][0] += 0.3;
        now.own[1][0][0] += 0.2;
        now.own[1][1][0] -= 0.1;
        let rules = tiny.rules();
        let table = tables(&law, &tiny.world, &rules, &now);
        let outside = 4;
        for home in [0, 1, 3] {
            let p = table.probabilities(home, class(0, 1), 5)[outside];
            let expected = libm::log(law.upper_row(home, class(0, 1))[3] / p) / rules.p.kappa_workers;
            let found = gains(&law, &tiny.world, &rules, &now)[home][0];
            assert!((found - expected).abs() < 1e-8, "{home}: {found} is not {expected}");
        }
    }
}
