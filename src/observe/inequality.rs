//! Inequality of household income per head among persons.
//!
//! A person belongs to a group of place, skill and origin (local or newcomer) and has
//!
//! ```text
//! y = labour income per head of the group x h/E[h] + other income per head of the group
//! ```
//!
//! with h log-normal, its spread the `sd` of ln h that gives the stated Gini of human capital. Households
//! are taken to have the mean composition of their group, so dependants and wealth add no inequality of
//! their own: the index is a lower bound of what a survey finds. Each group stands as [`LEVELS`] equal
//! parts of its people, each with the mean h of its part.

use crate::economy::earnings::Earnings;
use crate::estimate::inequality::{gini, theil_by_group};

/// Parts of a group with equal numbers of people.
pub(crate) const LEVELS: usize = 25;

/// Income per head of small groups of persons, for indices.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Distribution {
    /// Income per head, fen; what is below zero counts as zero.
    pub income: Vec<f64>,
    pub persons: Vec<f64>,
    /// Node of each row.
    pub node: Vec<usize>,
}

/// Theil's T and its two parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Split {
    pub total: f64,
    pub between: f64,
    pub within: f64,
}

impl Distribution {
    /// The persons of the area, with human capital of the stated Gini.
    pub(crate) fn of(earnings: &Earnings, human_capital_gini: f64) -> Distribution {
        let levels = human_capital_levels(spread(human_capital_gini));
        let mut d = Distribution::default();
        for (j, node) in earnings.nodes.iter().enumerate() {
            for group in node.groups.iter().flatten().filter(|g| g.people > 0.0) {
                for h in levels {
                    d.income.push((group.labour * h + group.other).max(0.0));
                    d.persons.push(group.people / LEVELS as f64);
                    d.node.push(j);
                }
            }
        }
        d
    }

    /// Gini's index; NaN where nobody has income.
    pub(crate) fn gini(&self) -> f64 {
        gini(&self.income, &self.persons).unwrap_or(f64::NAN)
    }

    /// Theil's T between and within groups of nodes; the part within holds the inequality inside nodes.
    pub(crate) fn theil(&self, group_of_node: impl Fn(usize) -> usize) -> Split {
        let groups: Vec<usize> = self.node.iter().map(|&j| group_of_node(j)).collect();
        match theil_by_group(&self.income, &self.persons, &groups) {
            Ok(t) => Split { total: t.total, between: t.between, within: t.within },
            Err(_) => Split { total: f64::NAN, between: f64::NAN, within: f64::NAN },
        }
    }
}

fn normal(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// The z with `normal(z) = p` (bisection).
fn normal_quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-40.0, 40.0);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if normal(middle) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Standard deviation of ln h of a log-normal with a Gini: `G = 2 normal(sd/sqrt 2) - 1`.
fn spread(gini: f64) -> f64 {
    std::f64::consts::SQRT_2 * normal_quantile(0.5 * (1.0 + gini))
}

/// Mean of h/E[h] in equal parts of the people: `LEVELS (normal(z1 - sd) - normal(z0 - sd))`.
fn human_capital_levels(sd: f64) -> [f64; LEVELS] {
    let below = |i: usize| match i {
        0 => 0.0,
        LEVELS => 1.0,
        _ => normal(normal_quantile(i as f64 / LEVELS as f64) - sd),
    };
    std::array::from_fn(|i| LEVELS as f64 * (below(i + 1) - below(i)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::economy::earnings::{Group, NodeEarnings};

    fn one_group(labour: f64, other: f64) -> NodeEarnings {
        let mut node = NodeEarnings::default();
        node.groups[0][0] = Group { people: 100.0, labour, other };
        node
    }

    #[test]
    fn wages_alone_are_as_unequal_as_human_capital() {
        let earnings = Earnings { nodes: vec![one_group(7.0, 0.0)], ..Default::default() };
        let gini = Distribution::of(&earnings, 0.30).gini();
        // Equal parts lose a little of the inequality inside them.
        assert!((0.298..0.300).contains(&gini), "{gini}");
        assert!(Distribution::of(&earnings, 0.0).gini().abs() < 1e-12);
    }

    #[test]
    fn income_that_all_share_halves_the_index() {
        let earnings = Earnings { nodes: vec![one_group(7.0, 7.0)], ..Default::default() };
        let alone = Earnings { nodes: vec![one_group(7.0, 0.0)], ..Default::default() };
        let halved = Distribution::of(&earnings, 0.3).gini() / Distribution::of(&alone, 0.3).gini();
        assert!((halved - 0.5).abs() < 1e-12, "{halved}");
    }

    #[test]
    fn two_equal_nodes_with_one_and_three_have_the_gini_and_theil_of_the_textbook() {
        let nodes = vec![one_group(0.0, 1.0), one_group(0.0, 3.0)];
        let d = Distribution::of(&Earnings { nodes, ..Default::default() }, 0.3);
        assert!((d.gini() - 0.25).abs() < 1e-12);
        let theil = 0.25 * libm::log(0.5) + 0.75 * libm::log(1.5);
        let split = d.theil(|j| j);
        assert!((split.total - theil).abs() < 1e-12 && (split.between - theil).abs() < 1e-12);
        let split = d.theil(|_| 0);
        assert!(split.between.abs() < 1e-12 && (split.within - theil).abs() < 1e-12);
    }
}
