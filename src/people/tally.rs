//! What a year did to people, counted.

use crate::world::SKILLS;
use crate::world::people::{Dwellers, PlaceCount};

/// What a year did: integers only, so that merging order cannot matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    pub places: Vec<PlaceCount>,
    pub births: Vec<u64>,
    pub deaths: Vec<u64>,
    /// Moves out of and into each node, by skill.
    pub out_moves: Vec<[u64; SKILLS]>,
    pub in_moves: Vec<[u64; SKILLS]>,
    /// Moves between units, by skill.
    pub moves: [Vec<u64>; SKILLS],
    /// Moves between tiers, by skill.
    pub tier_moves: [[[u64; 4]; 4]; SKILLS],
    /// Persons who reviewed their place.
    pub reviews: u64,
    pub conversions: u64,
    pub converted_from: Vec<u64>,
    pub enrolled: u64,
    pub trained: Vec<u64>,
    pub deaths_of_posted: u64,
}

impl Tally {
    /// Nothing has happened yet, at so many nodes and units of flows.
    pub fn new(nodes: usize, units: usize) -> Self {
        Tally {
            places: vec![PlaceCount::default(); nodes],
            births: vec![0; nodes],
            deaths: vec![0; nodes],
            out_moves: vec![[0; SKILLS]; nodes],
            in_moves: vec![[0; SKILLS]; nodes],
            moves: [vec![0; units * units], vec![0; units * units]],
            converted_from: vec![0; nodes],
            trained: vec![0; nodes],
            ..Default::default()
        }
    }

    /// Adds what another group of people did.
    pub fn merge(&mut self, other: &Tally) {
        fn add<T: Copy + std::ops::AddAssign>(a: &mut [T], b: &[T]) {
            a.iter_mut().zip(b).for_each(|(a, b)| *a += *b);
        }
        self.places.iter_mut().zip(&other.places).for_each(|(a, b)| a.merge(b));
        add(&mut self.births, &other.births);
        add(&mut self.deaths, &other.deaths);
        for k in 0..SKILLS {
            self.out_moves.iter_mut().zip(&other.out_moves).for_each(|(a, b)| a[k] += b[k]);
            self.in_moves.iter_mut().zip(&other.in_moves).for_each(|(a, b)| a[k] += b[k]);
            add(&mut self.moves[k], &other.moves[k]);
            for from in 0..4 {
                add(&mut self.tier_moves[k][from], &other.tier_moves[k][from]);
            }
        }
        add(&mut self.converted_from, &other.converted_from);
        add(&mut self.trained, &other.trained);
        self.reviews += other.reviews;
        self.conversions += other.conversions;
        self.enrolled += other.enrolled;
        self.deaths_of_posted += other.deaths_of_posted;
    }
}

/// A start-up founded by an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StartUp {
    pub agent: u64,
    pub home: u16,
    /// Index of its sector.
    pub sector: u8,
}

/// The result of a year.
#[derive(Clone, Debug, Default)]
pub(crate) struct Year {
    pub tally: Tally,
    pub homes: Vec<Vec<Dwellers>>,
    pub startups: Vec<StartUp>,
}
