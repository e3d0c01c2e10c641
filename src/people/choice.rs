//! The choice of a place in one year: the probabilities of [`super::location`] as tables that a draw is looked up in.

use crate::kernel::choice_table::ChoiceTable;
use crate::kernel::chunks::map_ranges;
use crate::rules::Rules;
use crate::world::World;

use super::location::{CLASSES, Law, ORIGINS, TABLE_AGES, origin};
use super::odds;
use super::utility::Utilities;
use super::worth::{Seen, Worth};

/// The choice tables of one year.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Seat, village, then each nest: `[home][class]`.
    upper: ChoiceTable,
    /// Node inside a nest: `[origin][class][nest]`, then `[county][class]` for nodes of the own prefecture.
    lower: ChoiceTable,
    nest_start: Vec<usize>,
    own_nest: Vec<usize>,
    origin: Vec<u8>,
    nests: usize,
    seat: Vec<u16>,
    village: Vec<u16>,
    county: Vec<u32>,
    /// Largest distance of any row of probabilities from one (identity I10).
    pub gap: f64,
}

/// Builds the tables of a year from base probabilities and changes of utility.
pub(crate) fn tables(law: &Law, world: &World, rules: &Rules, now: &Utilities) -> Tables {
    let geography = &world.geography;
    let (nests, options) = (law.nests.len(), law.options());
    let mut lower = ChoiceTable::default();
    let mut gap: f64 = 0.0;
    let worth = Worth::with_nests(law, world, rules, now, |seen, class, nodes, weights| {
        if let Some(now) = &law.now {
            let origin = if let Seen::From(origin) = seen { origin } else { 0 };
            for (w, j) in weights.iter_mut().zip(nodes) {
                *w *= now.lower(j, class % TABLE_AGES, origin);
            }
        }
        gap = gap.max(lower.push(weights));
    });

    // Upper tables: per home.
    let stated = law.now.as_ref().map(|now| (now, odds::rises(law, geography, now)));
    let parts = map_ranges(geography.len(), 64, |_, homes| {
        let mut weights = vec![0.0; homes.len() * CLASSES * options];
        let mut factors = vec![0.0; options];
        for (i, h) in homes.clone().enumerate() {
            let ways = worth.ways(h);
            for class in 0..CLASSES {
                let row = &mut weights[(i * CLASSES + class) * options..][..options];
                worth.write(h, class, &ways, row);
                if let Some((now, rises)) = &stated {
                    let rise = |n: usize| rises.of(geography, h, class, n);
                    now.factors(
                        geography,
                        h,
                        class % TABLE_AGES,
                        law.upper_row(h, class),
                        &rise,
                        &mut factors,
                    );
                    row.iter_mut().zip(&factors).for_each(|(w, f)| *w *= f);
                }
            }
        }
        ChoiceTable::new(options, &mut weights)
    });
    let mut upper = ChoiceTable::default();
    for (part, g) in parts {
        upper.append(&part);
        gap = gap.max(g);
    }
    let code = |j: Option<usize>| j.map_or(u16::MAX, |j| j as u16);
    let county =
        |h: usize| (!geography.is_outside(h)).then(|| &geography.counties[geography.nodes[h].county]);
    Tables {
        upper,
        lower,
        nest_start: law.nests.iter().map(|n| n.start).collect(),
        own_nest: (0..geography.len())
            .map(|h| if geography.is_outside(h) { usize::MAX } else { geography.nodes[h].prefecture })
            .collect(),
        origin: (0..geography.len())
            .flat_map(|h| (0..nests).map(move |n| (h, n)))
            .map(|(h, n)| origin(geography, h, n) as u8)
            .collect(),
        nests,
        // Who is registered outside and would have no choice at all stays there: that is the first option.
        seat: (0..geography.len()).map(|h| code(Some(county(h).map_or(h, |c| c.seat)))).collect(),
        village: (0..geography.len()).map(|h| code(county(h).and_then(|c| c.village))).collect(),
        county: (0..geography.len())
            .map(|h| if geography.is_outside(h) { 0 } else { geography.nodes[h].county as u32 })
            .collect(),
        gap,
    }
}

impl Tables {
    /// The place that two words choose for a person of a home and class.
    #[inline]
    pub fn choose(&self, home: usize, class: usize, words: [u32; 2]) -> usize {
        match self.upper.pick(home * CLASSES + class, words[0]) {
            0 => usize::from(self.seat[home]),
            1 => usize::from(self.village[home]),
            option => {
                let nest = option - 2;
                self.nest_start[nest] + self.lower.pick(self.lower_row(home, class, nest), words[1])
            }
        }
    }

    /// The places of many persons, as [`choose`](Self::choose) finds them one by one: of person `i` with the class and
    /// home `rows[i] = home * CLASSES + class`.
    pub fn choose_many(&self, rows: &[u32], words: [&[u32]; 2], places: &mut [u16]) {
        const SIDE: usize = 64;
        let (mut options, mut nodes, mut lower) = ([0; SIDE], [0; SIDE], [0; SIDE]);
        for (i, rows) in rows.chunks(SIDE).enumerate() {
            let n = rows.len();
            let from = SIDE * i;
            self.upper.pick_many(rows, &words[0][from..from + n], &mut options[..n]);
            // Those who stay in the own county look a nest up too, in vain: cheaper than a branch nobody can guess.
            for ((lower, &row), &option) in lower.iter_mut().zip(rows).zip(&options) {
                let (home, class) = (row as usize / CLASSES, row as usize % CLASSES);
                *lower = self.lower_row(home, class, usize::from(option).saturating_sub(2)) as u32;
            }
            self.lower.pick_many(&lower[..n], &words[1][from..from + n], &mut nodes[..n]);
            for (k, (place, &row)) in places[from..from + n].iter_mut().zip(rows).enumerate() {
                let home = row as usize / CLASSES;
                let nest = usize::from(options[k]).saturating_sub(2);
                let own = if options[k] == 0 { self.seat[home] } else { self.village[home] };
                let other = self.nest_start[nest] as u16 + nodes[k];
                *place = std::hint::select_unpredictable(options[k] < 2, own, other);
            }
        }
    }

    /// Row of the lower table for people of a home and class who go to a nest.
    #[inline(always)]
    fn lower_row(&self, home: usize, class: usize, nest: usize) -> usize {
        let origin = usize::from(self.origin[home * self.nests + nest]);
        let shared = (origin * CLASSES + class) * self.nests + nest;
        let own = ORIGINS * CLASSES * self.nests + self.county[home] as usize * CLASSES + class;
        if self.own_nest[home] == nest { own } else { shared }
    }

    /// The probability that a person of a home and class chooses a place.
    pub fn probability(&self, home: usize, class: usize, place: usize) -> f64 {
        let row = home * CLASSES + class;
        let own = [self.seat[home], self.village[home]].iter().position(|&p| usize::from(p) == place);
        let own = own.map_or(0.0, |option| self.upper.probability(row, option));
        let nest = self.nest_start.partition_point(|&start| start <= place) - 1;
        let lower = self.lower_row(home, class, nest);
        own + self.upper.probability(row, 2 + nest)
            * self.lower.probability(lower, place - self.nest_start[nest])
    }

    /// The probability that a person of a home and class chooses each node.
    pub fn probabilities(&self, home: usize, class: usize, nodes: usize) -> Vec<f64> {
        let mut p = vec![0.0; nodes];
        let row = home * CLASSES + class;
        for (option, place) in [self.seat[home], self.village[home]].into_iter().enumerate() {
            if place != u16::MAX {
                p[usize::from(place)] += self.upper.probability(row, option);
            }
        }
        for nest in 0..self.nests {
            let upper = self.upper.probability(row, 2 + nest);
            if upper <= 0.0 {
                continue;
            }
            let row = self.lower_row(home, class, nest);
            for option in 0..self.lower.width(row) {
                p[self.nest_start[nest] + option] += upper * self.lower.probability(row, option);
            }
        }
        p
    }
}
