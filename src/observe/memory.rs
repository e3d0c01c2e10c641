//! What later years compare with: the base year, and last year's output. Whole numbers only, so that a
//! checkpoint keeps it exactly.

use serde::{Deserialize, Serialize};

use super::Snapshot;
use super::dispersion::CountyLevels;
use super::summary::{Cumulative, Headline};
use super::totals::output;

/// What observers remember from year to year; a checkpoint keeps it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Memory {
    /// Residents of every node of the area in the base year, persons; empty before the base year.
    pub base_residents: Vec<u64>,
    /// What each county earned and made in the base year; empty before it.
    pub base_counties: Vec<CountyLevels>,
    /// Output of the area in the last year observed, fen.
    pub last_output: Option<i64>,
    /// Headline numbers of the base year.
    pub start: Headline,
    /// Headline numbers of the last year observed.
    pub end: Headline,
    /// Flows between tiers since the base year.
    pub cumulative: Cumulative,
}

impl Memory {
    /// Takes in a year that has been written; the first is the base year.
    pub(crate) fn close_year(&mut self, snapshot: &Snapshot) {
        let world = snapshot.world;
        let area = world.geography.area_nodes();
        self.end = Headline::of(snapshot);
        if self.base_residents.is_empty() {
            self.base_residents = (0..area).map(|j| world.residents(j)).collect();
            self.start = self.end.clone();
            self.base_counties = CountyLevels::of(snapshot);
        } else {
            self.cumulative.add(snapshot);
        }
        self.last_output = Some(world.nodes[..area].iter().map(output).sum());
    }
}
