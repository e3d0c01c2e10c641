//! What each policy changed: its levers year by year, as means over the places where it moves them.

use std::collections::BTreeMap;

use crate::rules::Lever;
use crate::simulation::Simulation;

/// A lever of a policy in one year, summed over its places.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moved {
    pub places: f64,
    /// Without any policy.
    pub before: f64,
    /// As this policy asks, at its strength of the year.
    pub proposed: f64,
    /// What holds, all policies together.
    pub after: f64,
}

/// Policy, lever, year.
pub(crate) type Key = (String, String, i32);

/// The levers of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeverPaths {
    pub moved: BTreeMap<Key, Moved>,
    /// What holds since the last change, by author, lever and place: changes alone are on record.
    holds: BTreeMap<(usize, Lever, usize), [f64; 3]>,
}

impl LeverPaths {
    /// Levers that are known already.
    pub fn of(moved: BTreeMap<Key, Moved>) -> LeverPaths {
        LeverPaths { moved, holds: BTreeMap::new() }
    }

    /// Closes a year.
    pub fn year(&mut self, now: &Simulation) {
        for c in &now.changes {
            let at = (c.author, c.lever, c.index);
            if c.proposed == c.before {
                self.holds.remove(&at);
            } else {
                self.holds.insert(at, [c.before, c.proposed, c.after]);
            }
        }
        for ((author, lever, index), [before, proposed, _]) in &self.holds {
            let Some(name) = now.policies.authors.get(*author) else { continue };
            let moved =
                self.moved.entry((name.clone(), lever.row().name.to_owned(), now.world.year)).or_default();
            moved.places += 1.0;
            moved.before += before;
            moved.proposed += proposed;
            // Another policy may have moved the same lever since.
            moved.after += now.levers.values(*lever)[*index];
        }
    }
}
