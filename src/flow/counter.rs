//! Counts of people by place, and by home and place: the census that a year ends with.
//!
//! People are laid out by home, and most live at the seat or in the village of their own county. These are counted
//! with one addition each into a few hundred bytes; the others go to cells of their place, and to the row of
//! their home.

use std::sync::LazyLock;

use crate::kernel::wide::widest;
use crate::world::people::{AGE_CLASSES, Dwellers, EFFICIENCY, PlaceCount, age_class};
use crate::world::{Person, SKILLS};

/// Cells of a place: skill, activity and age class; see [`cell`].
const CELLS: usize = SKILLS * 8 * AGE_CLASSES;
/// Code of a slot that is not counted here: free, or of a person who lives neither at the seat nor in the village.
const ELSEWHERE: u8 = 128;
/// Where a cell keeps the number of agents; below it, their efficiency units (at most 2^20 an agent).
const COUNT_AT: u32 = 44;
/// Agents that all cells of places together may hold: a cell's number of agents has 20 bits.
const FULL: usize = 1 << 20;

/// What an agent adds to its cell, by code of human capital.
static ADDITION: LazyLock<[u64; 256]> =
    LazyLock::new(|| std::array::from_fn(|code| 1 << COUNT_AT | u64::from(EFFICIENCY[code])));

/// Cell of a person: `skill + 2 activity + 16 age class`.
#[inline(always)]
fn cell(person: Person) -> usize {
    person.skill() + 2 * person.activity() + 16 * age_class(person.age())
}

/// People who are counted one by one because they live neither at the seat nor in the village of their block.
#[derive(Debug, Default)]
pub(super) struct Strangers {
    /// Agents registered in another block (converted) who live where they are registered, by that node.
    pub settled: Vec<[u32; SKILLS]>,
    /// Home, place and skill of the agents of other blocks who do not.
    pub unsettled: Vec<(u16, u16, u8)>,
}

impl Strangers {
    pub fn new(nodes: usize) -> Self {
        Strangers { settled: vec![[0; SKILLS]; nodes], unsettled: Vec::new() }
    }
}

/// Counts the agents of one group of pieces.
pub(super) struct Counter<'a> {
    county: &'a [u32],
    addition: &'a [u64; 256],
    block: usize,
    /// Low halves of those registered in the block who live at the seat, in the village.
    pub local: [u32; 2],
    /// Cells of the two, then what is not counted.
    cells: [u64; 256],
    /// Cells of all places: not away from the home county, away.
    places: Vec<[[u64; CELLS]; 2]>,
    touched: Vec<bool>,
    booked: usize,
    /// Agents of the block by place and skill.
    row: Vec<[u32; SKILLS]>,
    pub strangers: Strangers,
}

impl<'a> Counter<'a> {
    pub fn new(county: &'a [u32]) -> Self {
        let nodes = county.len();
        Counter {
            county,
            addition: &ADDITION,
            block: 0,
            local: [0; 2],
            cells: [0; 256],
            places: vec![[[0; CELLS]; 2]; nodes],
            touched: vec![false; nodes],
            booked: 0,
            row: vec![[0; SKILLS]; nodes],
            strangers: Strangers::new(nodes),
        }
    }

    /// The piece to come belongs to this block: home, and the first and last node of its county.
    pub fn open(&mut self, block: usize) {
        self.block = block;
        let mine = |j: &usize| self.county.get(*j) == Some(&self.county[block]);
        let first = if block > 0 && mine(&(block - 1)) { block - 1 } else { block };
        let last = if mine(&(first + 1)) { first + 1 } else { first };
        self.local = [first, last].map(|place| Person::new(block, place, 0, 0, 0, 0).0 as u32);
    }

    /// Counts 64 slots.
    #[inline]
    pub fn batch(&mut self, batch: &[u64; 64], places: &mut [PlaceCount]) {
        let (codes, capital) = widest(|| codes(batch, self.local));
        for (&code, &capital) in codes.iter().zip(&capital) {
            self.cells[usize::from(code)] += self.addition[usize::from(capital)];
        }
        let mut elsewhere = widest(|| high_bits(&codes));
        while elsewhere != 0 {
            let person = Person(batch[elsewhere.trailing_zeros() as usize]);
            elsewhere &= elsewhere - 1;
            if !person.is_free() {
                self.person(person);
            }
        }
        let flagged = Person(batch.iter().fold(0, |all, word| all | word));
        if flagged.is_posted() | flagged.is_trained() {
            batch.iter().for_each(|&word| flags(Person(word), places));
        }
    }

    /// Counts anybody, but for the flags.
    #[inline(always)]
    fn person(&mut self, person: Person) {
        let (home, place) = (person.home(), person.place());
        let away = self.county[home] != self.county[place];
        self.places[place][usize::from(away)][cell(person) % CELLS] +=
            self.addition[person.human_capital() as usize % 256];
        self.touched[place] = true;
        self.booked += 1;
        if home == self.block {
            self.row[place][person.skill()] += 1;
        } else if home == place {
            self.strangers.settled[home][person.skill()] += 1;
        } else {
            self.strangers.unsettled.push((home as u16, place as u16, person.skill() as u8));
        }
    }

    /// Counts one person who took a slot after the rest was counted.
    pub fn newborn(&mut self, person: Person, places: &mut [PlaceCount]) {
        self.person(person);
        flags(person, places);
    }

    /// A piece of at most `next` slots is to come: the cells of the last one are emptied into the counts, now and then
    /// those of all places too.
    pub fn close_piece(&mut self, next: usize, places: &mut [PlaceCount]) {
        for (cells, local) in self.cells.chunks_exact(CELLS).zip(self.local) {
            let place = Person(u64::from(local)).place();
            for (code, &cell) in cells.iter().enumerate() {
                self.row[place][code & 1] += (cell >> COUNT_AT) as u32;
            }
            empty(cells, false, &mut places[place]);
        }
        self.cells = [0; 256];
        if self.booked + next > FULL {
            self.flush(places);
        }
    }

    /// Empties the cells of all places.
    pub fn flush(&mut self, places: &mut [PlaceCount]) {
        for (j, touched) in self.touched.iter_mut().enumerate().filter(|(_, touched)| **touched) {
            let cells = &mut self.places[j];
            cells.iter().zip([false, true]).for_each(|(cells, away)| empty(cells, away, &mut places[j]));
            *cells = [[0; CELLS]; 2];
            *touched = false;
        }
        self.booked = 0;
    }

    /// The row of the block that is done: where its people live.
    pub fn take_row(&mut self) -> Vec<Dwellers> {
        let mut row = Vec::new();
        for (place, agents) in self.row.iter_mut().enumerate() {
            if *agents != [0; SKILLS] {
                row.push(Dwellers { place: place as u16, agents: *agents });
                *agents = [0; SKILLS];
            }
        }
        row.shrink_to_fit();
        row
    }
}

/// Cells of 64 slots among those of seat (from 0) and village (from 64), [`ELSEWHERE`] for who is at neither, and codes
/// of human capital.
#[inline(always)]
fn codes(batch: &[u64; 64], local: [u32; 2]) -> ([u8; 64], [u8; 64]) {
    let (mut codes, mut capital) = ([0; 64], [0; 64]);
    for i in 0..64 {
        let person = Person(batch[i]);
        let place = batch[i] as u32;
        let (seat, village) = (place == local[0], place == local[1]);
        let counted = (seat | village) & !person.is_free();
        let code = cell(person) as u8 | u8::from(village) << 6;
        codes[i] = if counted { code } else { ELSEWHERE };
        capital[i] = person.human_capital() as u8;
    }
    (codes, capital)
}

/// The highest bit of each of 64 bytes.
#[inline(always)]
fn high_bits(codes: &[u8; 64]) -> u64 {
    let mut mask = 0;
    for (i, &code) in codes.iter().enumerate() {
        mask |= u64::from(code >> 7) << i;
    }
    mask
}

/// Flags of a few, counted apart.
#[inline(always)]
fn flags(person: Person, places: &mut [PlaceCount]) {
    if (person.is_posted() | person.is_trained()) & !person.is_free() {
        places[person.place()].posted += u64::from(person.is_posted());
        places[person.place()].trained += u64::from(person.is_trained());
    }
}

/// Adds cells to the counts of their place.
fn empty(cells: &[u64], away: bool, place: &mut PlaceCount) {
    for (code, &cell) in cells.iter().enumerate().filter(|(_, cell)| **cell > 0) {
        let (k, a, class) = (code & 1, code >> 1 & 7, code >> 4);
        let (agents, units) = (cell >> COUNT_AT, cell & ((1 << COUNT_AT) - 1));
        place.people[k][a] += agents;
        place.efficiency[k][a] += units;
        place.ages[k][class] += agents;
        if away {
            place.away_efficiency[k][a] += units;
            place.newcomers[k] += agents;
        }
    }
}
