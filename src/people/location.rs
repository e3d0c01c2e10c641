//! Where people choose to live: a nested logit anchored at the registered home, workers and talent under
//! one law with two parameter sets.
//!
//! Nests are the own county {seat, village} and every prefecture (without the own county). The law is kept
//! as base-year probabilities and changes of utility since (exact hat algebra, Dekle, Eaton and
//! Kortum 2008), so the inverted place and stay terms are the base-year probabilities themselves:
//!
//! ```text
//! P(j | n) = s_j|n e^{(kappa/lambda) du_j} / sum,      I_n = sum_j s_j|n e^{(kappa/lambda) du_j}
//! P(n | h) = P0(n | h) I_n^lambda e^{kappa dC(h, n)} / sum
//! ```
//!
//! Outside the own county the lower table is shared by all homes of a border class; inside the own
//! prefecture it is per home county, because distance there is from county to county.

use crate::world::people::age_class;
use crate::world::{Geography, SKILLS, World};

use super::odds;
use super::utility::Utilities;

/// Age classes with a table of their own: 18-34, 35-54, 55 and over, children.
pub(crate) const TABLE_AGES: usize = 4;
/// The table of children. In a table that they shared with adults, children who stayed in the village and adults who
/// stayed there would in time change places.
pub(crate) const CHILDREN: usize = 3;
/// Classes of people with a table of their own.
pub(crate) const CLASSES: usize = SKILLS * TABLE_AGES;
/// Border classes of newcomers: from the own province, from another one.
pub(crate) const ORIGINS: usize = 2;

/// Index of a class.
#[inline(always)]
pub fn class(skill: usize, table_age: usize) -> usize {
    skill * TABLE_AGES + table_age
}

/// The table that people of an age choose by.
#[inline(always)]
pub(crate) fn table_age(age: u32) -> usize {
    match age_class(age) {
        0 => CHILDREN,
        adults => adults - 1,
    }
}

/// Base-year probabilities: the inverted terms of the law.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Law {
    /// Nests: node ranges of prefectures, then of outside nodes.
    pub nests: Vec<std::ops::Range<usize>>,
    /// Share of a node inside its nest: `[origin][class][node]`.
    pub lower: Vec<Vec<f64>>,
    /// Share of nodes of the own prefecture outside the own county: `[county][class][node of prefecture]`.
    pub own_prefecture: Vec<Vec<Vec<f64>>>,
    /// Probability of seat, village, then each nest: `[home][class][2 + nest]`.
    pub upper: Vec<f64>,
    /// Elasticity factor of homes outside the area (a small pool keeps the elasticity of the country).
    pub outside_kappa: f64,
    /// Utilities of the base year.
    pub base: Utilities,
    /// Persons of each home in each nest in the base year, kept only if the network matters.
    pub base_network: Vec<f64>,
    /// Changes of the odds of being away that the scenario states, as they stand this year.
    pub now: Option<odds::Now>,
}

impl Law {
    /// Options of the upper table: seat, village, nests.
    pub fn options(&self) -> usize {
        2 + self.nests.len()
    }

    /// The base-year row of a home and class.
    pub fn upper_row(&self, home: usize, class: usize) -> &[f64] {
        let n = self.options();
        &self.upper[(home * CLASSES + class) * n..][..n]
    }
}

/// Which origin class a home is for a nest: 0 own province, 1 another province or outside.
pub(crate) fn origin(geography: &Geography, home: usize, nest: usize) -> usize {
    if geography.is_outside(home) || nest >= geography.prefectures.len() {
        return 1;
    }
    usize::from(geography.nodes[home].province != geography.prefectures[nest].province)
}

/// Border that a home crosses to a nest: 1 county, 2 prefecture, 3 province (0 is village to seat).
pub(crate) fn border(geography: &Geography, home: usize, nest: usize) -> usize {
    if origin(geography, home, nest) == 1 {
        3
    } else if geography.nodes[home].prefecture == nest {
        1
    } else {
        2
    }
}

/// Persons of each home in each nest: `[home][nest]`.
pub(crate) fn network_by_nest(world: &World, nests: &[std::ops::Range<usize>]) -> Vec<f64> {
    let mut nest_of = vec![0; world.geography.len()];
    for (n, nodes) in nests.iter().enumerate() {
        nest_of[nodes.clone()].fill(n);
    }
    let persons = world.persons_per_agent() as f64;
    let mut counts = vec![0.0; world.geography.len() * nests.len()];
    for (h, row) in world.census.homes.iter().enumerate() {
        for d in row {
            counts[h * nests.len() + nest_of[usize::from(d.place)]] += d.total() as f64 * persons;
        }
    }
    counts
}
