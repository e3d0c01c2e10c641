//! Counts of people by place, and by home and place: the census that a year ends with.
//!
//! People are laid out by home, and most live at the seat or in the village of their own county. These are counted
//! with one addition each into a few hundred bytes; the others go to cells of their place, and to the row of
//! their home.

use std::sync::LazyLock;

use crate::world::people::{AGE_CLASSES, Dwellers, EFFICIENCY, PlaceCount, age_class};
use crate::world::{Person, SKILLS};

/// Cells of a place: skill, activity and age class; see [`cell`].
const CELLS: usize = SKILLS * 8 * AGE_CLASSES;
/// Set in the code of a person who lives in the village of the block's county, or neither there nor at the seat.
const VILLAGE: u8 = 64;
const ELSEWHERE: u8 = 128;
/// Code of a free slot: of an activity that nobody has.
const NOBODY: u8 = 14;
/// Where a cell keeps the number of agents; below it, their efficiency units (at most 2^20 an agent).
const COUNT_AT: u32 = 44;
/// Agents that all cells of places together may hold: a cell's number of agents has 20 bits.
const FULL: usize = 1 << 20;

/// What an agent adds to its cell, by code of human capital.
static ADDITION: LazyLock<[u64; 256]> =
    LazyLock::new(|| std::array::from_fn(|code| 1 << COUNT_AT | u64::from(EFFICIENCY[code])));

/// Cell of a person: `skill + 2 activity + 16 age class`.
#[inline(always)]
fn cell(person: Person) -> u64 {
    person.skill_and_activity() + 16 * age_class(person.age()) as u64
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
    /// Cells of the two, then, uncounted, of those elsewhere.
    cells: [u64; 256],
    /// Cells of all places, for people away from their home county.
    away: Vec<[u64; CELLS]>,
    booked: usize,
    touched: Vec<bool>,
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
            away: vec![[0; CELLS]; nodes],
            booked: 0,
            touched: vec![false; nodes],
            row: vec![[0; SKILLS]; nodes],
            strangers: Strangers::new(nodes),
        }
    }

    /// The piece to come belongs to this block: home, and the first and last node of its county. A county has a seat and
    /// at most one village, side by side.
    pub fn open(&mut self, block: usize) {
        self.block = block;
        let mine = |j: &usize| self.county.get(*j) == Some(&self.county[block]);
        let first = if block > 0 && mine(&(block - 1)) { block - 1 } else { block };
        let last = if mine(&(first + 1)) { first + 1 } else { first };
        debug_assert!(!mine(&(last + 1)) && (first == 0 || !mine(&(first - 1))));
        self.local = [first, last].map(|place| Person::new(block, place, 0, 0, 0, 0).0 as u32);
    }

    /// Counts 64 slots.
    #[inline(always)]
    pub fn batch(&mut self, batch: &[u64; 64], places: &mut [PlaceCount]) {
        let (codes, capital) = codes(batch, self.local);
        for (&code, &capital) in codes.iter().zip(&capital) {
            self.cells[usize::from(code)] += self.addition[usize::from(capital)];
        }
        let mut elsewhere = high_bits(&codes);
        self.booked += elsewhere.count_ones() as usize;
        while elsewhere != 0 {
            let i = elsewhere.trailing_zeros() as usize;
            elsewhere &= elsewhere - 1;
            let person = Person(batch[i]);
            if person.home() == self.block {
                self.away(person.place(), codes[i], capital[i]);
            } else {
                self.stranger(person, places);
            }
        }
        let flagged = Person(batch.iter().fold(0, |all, word| all | word));
        if flagged.is_posted() | flagged.is_trained() {
            batch.iter().for_each(|&word| flags(Person(word), places));
        }
    }

    /// Counts who is registered in the block and lives in another county.
    #[inline(always)]
    fn away(&mut self, place: usize, code: u8, capital: u8) {
        let cell = usize::from(code) % CELLS;
        self.away[place][cell] += self.addition[usize::from(capital)];
        self.row[place][cell % SKILLS] += 1;
    }

    /// Counts who is registered in another block: one who converted the registration, perhaps moved on since.
    fn stranger(&mut self, person: Person, places: &mut [PlaceCount]) {
        let (home, place) = (person.home(), person.place());
        let unflagged = person.with_posting(0).without_training();
        places[place].add(unflagged, self.county[home] != self.county[place], &EFFICIENCY);
        if home == place {
            self.strangers.settled[home][person.skill()] += 1;
        } else {
            self.strangers.unsettled.push((home as u16, place as u16, person.skill() as u8));
        }
    }

    /// Counts one person who took a slot after the rest was counted.
    pub fn newborn(&mut self, person: Person, places: &mut [PlaceCount]) {
        let away = self.county[person.home()] != self.county[person.place()];
        if person.home() != self.block {
            self.stranger(person, places);
        } else {
            places[person.place()].add(person, away, &EFFICIENCY);
            self.row[person.place()][person.skill()] += 1;
        }
    }

    /// A piece of at most `next` slots is to come: the cells of the last one are emptied into the counts, now and then
    /// those of all places too.
    pub fn close_piece(&mut self, next: usize, places: &mut [PlaceCount]) {
        for (cells, local) in self.cells.chunks_exact(CELLS).zip(self.local) {
            let place = Person(u64::from(local)).place();
            for (code, &cell) in cells.iter().enumerate().filter(|(code, _)| *code != usize::from(NOBODY)) {
                self.row[place][code % SKILLS] += (cell >> COUNT_AT) as u32;
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
        for (j, touched) in self.touched.iter_mut().enumerate() {
            if !*touched && self.row[j] == [0; SKILLS] {
                continue;
            }
            empty(&self.away[j], true, &mut places[j]);
            self.away[j] = [0; CELLS];
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
                self.touched[place] = true;
            }
        }
        row.shrink_to_fit();
        row
    }
}

/// Cells of 64 slots with the marks of where people live, and codes of human capital.
#[inline(always)]
fn codes(batch: &[u64; 64], local: [u32; 2]) -> ([u8; 64], [u8; 64]) {
    let (mut codes, mut capital) = ([0; 64], [0; 64]);
    for i in 0..64 {
        let person = Person(batch[i]);
        let place = batch[i] as u32;
        let (seat, village) = (place == local[0], place == local[1]);
        let code = cell(person) as u8 | if village { VILLAGE } else { 0 };
        let code = if seat | village { code } else { code | ELSEWHERE };
        codes[i] = if person.is_free() { NOBODY } else { code };
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
    let counted = |(code, cell): &(usize, &u64)| **cell > 0 && *code != usize::from(NOBODY);
    for (code, &cell) in cells.iter().enumerate().filter(counted) {
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
