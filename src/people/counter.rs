//! Counts of people by place, and by home and place: the census that a year ends with.
//!
//! People are laid out by home, and most live at the seat or in the village of their own county. These are counted
//! with one addition each into a few hundred bytes; the others go to cells of their place, and to the row of
//! their home.

use std::sync::LazyLock;

use crate::world::people::{
    AGE_CLASSES, CLASS_OF_COUNT, COUNT_CLASSES, Dwellers, EFFICIENCY, PlaceCount, activity, age_class,
    count_class, old_class,
};
use crate::world::{Person, SKILLS, Tier};

/// Cells of a place for people of the block's county: skill, activity and counted class of age; see [`cell`].
const CELLS: usize = SKILLS * 8 * 8;
/// Cells of a place for people away: skill, activity and age class.
const AWAY_CELLS: usize = SKILLS * 8 * AGE_CLASSES;
/// Set in the code of a person who lives in the village of the block's county.
const VILLAGE: u8 = 128;
/// Code of a free slot, and of who lives neither at the seat nor in the village: of a class of age that nobody has.
const NOBODY: u8 = 16 * COUNT_CLASSES as u8;
const _: () = assert!((NOBODY as usize) < CELLS && activity::COUNT <= 8);
/// Where a cell keeps the number of agents; below it, their efficiency units (at most 2^20 an agent).
const COUNT_AT: u32 = 44;
/// Agents that all cells of places together may hold: a cell's number of agents has 20 bits.
const FULL: usize = 1 << 20;

/// What an agent adds to its cell, by code of human capital.
static ADDITION: LazyLock<[u64; 256]> =
    LazyLock::new(|| std::array::from_fn(|code| 1 << COUNT_AT | u64::from(EFFICIENCY[code])));

/// Cell of a person: `skill + 2 activity + 16 class of age`.
#[inline(always)]
fn cell(person: Person) -> u64 {
    person.skill_and_activity() + 16 * count_class(person.age()) as u64
}

/// Whether people registered at a node of this tier count as registered at a village: those from outside do.
pub(super) fn is_rural(tier: u8) -> bool {
    tier == Tier::Village as u8 || tier == Tier::Outside as u8
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
    pub(super) fn new(nodes: usize) -> Self {
        Strangers { settled: vec![[0; SKILLS]; nodes], unsettled: Vec::new() }
    }
}

/// Counts the agents of one group of pieces.
pub(super) struct Counter<'a> {
    county: &'a [u32],
    tier: &'a [u8],
    addition: &'a [u64; 256],
    block: usize,
    /// Low halves of those registered in the block who live at the seat, in the village.
    pub local: [u32; 2],
    /// Cells of the two.
    cells: [u64; 2 * CELLS],
    /// Cells of all places, for people away from their home county, and the old among these.
    away: Vec<[u64; AWAY_CELLS]>,
    old_away: Vec<[[[u32; SKILLS]; 2]; 2]>,
    booked: usize,
    touched: Vec<bool>,
    /// Agents of the block by place and skill.
    row: Vec<[u32; SKILLS]>,
    pub strangers: Strangers,
}

impl<'a> Counter<'a> {
    pub(super) fn new(county: &'a [u32], tier: &'a [u8]) -> Self {
        let nodes = county.len();
        Counter {
            county,
            tier,
            addition: &ADDITION,
            block: 0,
            local: [0; 2],
            cells: [0; 2 * CELLS],
            away: vec![[0; AWAY_CELLS]; nodes],
            old_away: vec![Default::default(); nodes],
            booked: 0,
            touched: vec![false; nodes],
            row: vec![[0; SKILLS]; nodes],
            strangers: Strangers::new(nodes),
        }
    }

    /// The piece to come belongs to this block: home, and the first and last node of its county. A county has a seat and
    /// at most one village, side by side.
    pub(super) fn open(&mut self, block: usize) {
        self.block = block;
        let mine = |j: &usize| self.county.get(*j) == Some(&self.county[block]);
        let first = if block > 0 && mine(&(block - 1)) { block - 1 } else { block };
        let last = if mine(&(first + 1)) { first + 1 } else { first };
        debug_assert!(!mine(&(last + 1)) && (first == 0 || !mine(&(first - 1))));
        self.local = [first, last].map(|place| Person::new(block, place, 0, 0, 0, 0).0 as u32);
    }

    /// Counts 64 slots.
    #[inline(always)]
    pub(super) fn batch(&mut self, batch: &[u64; 64], places: &mut [PlaceCount]) {
        let (codes, marks, capital) = codes(batch, self.local);
        for (&code, &capital) in codes.iter().zip(&capital) {
            self.cells[usize::from(code)] += self.addition[usize::from(capital)];
        }
        let mut elsewhere = high_bits(&marks);
        self.booked += elsewhere.count_ones() as usize;
        while elsewhere != 0 {
            let i = elsewhere.trailing_zeros() as usize;
            elsewhere &= elsewhere - 1;
            let person = Person(batch[i]);
            if person.home() == self.block {
                self.away(person, capital[i]);
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
    fn away(&mut self, person: Person, capital: u8) {
        let (place, skill) = (person.place(), person.skill());
        let cell = person.skill_and_activity() as usize + 16 * age_class(person.age());
        self.away[place][cell] += self.addition[usize::from(capital)];
        self.row[place][skill] += 1;
        if let Some(old) = old_class(count_class(person.age())) {
            self.old_away[place][old][usize::from(is_rural(self.tier[self.block]))][skill] += 1;
        }
    }

    /// Counts who is registered in another block: one who converted the registration, perhaps moved on since.
    fn stranger(&mut self, person: Person, places: &mut [PlaceCount]) {
        let (home, place) = (person.home(), person.place());
        let unflagged = person.with_posting(0).without_training();
        let away = self.county[home] != self.county[place];
        places[place].add(unflagged, away, is_rural(self.tier[home]), &EFFICIENCY);
        if home == place {
            self.strangers.settled[home][person.skill()] += 1;
        } else {
            self.strangers.unsettled.push((home as u16, place as u16, person.skill() as u8));
        }
    }

    /// Counts one person who took a slot after the rest was counted.
    pub(super) fn newborn(&mut self, person: Person, places: &mut [PlaceCount]) {
        let away = self.county[person.home()] != self.county[person.place()];
        if person.home() != self.block {
            self.stranger(person, places);
        } else {
            places[person.place()].add(person, away, is_rural(self.tier[self.block]), &EFFICIENCY);
            self.row[person.place()][person.skill()] += 1;
        }
    }

    /// A piece of at most `next` slots is to come: the cells of the last one are emptied into the counts, now and then
    /// those of all places too.
    pub(super) fn close_piece(&mut self, next: usize, places: &mut [PlaceCount]) {
        for (cells, local) in self.cells.chunks_exact(CELLS).zip(self.local) {
            let place = Person(u64::from(local)).place();
            for (code, &cell) in cells.iter().enumerate().filter(|(code, _)| *code != usize::from(NOBODY)) {
                self.row[place][code % SKILLS] += (cell >> COUNT_AT) as u32;
            }
            empty(cells, usize::from(is_rural(self.tier[self.block])), &mut places[place]);
        }
        self.cells = [0; 2 * CELLS];
        if self.booked + next > FULL {
            self.flush(places);
        }
    }

    /// Empties the cells of all places.
    pub(super) fn flush(&mut self, places: &mut [PlaceCount]) {
        for (j, touched) in self.touched.iter_mut().enumerate() {
            if !*touched && self.row[j] == [0; SKILLS] {
                continue;
            }
            empty_away(&self.away[j], &mut places[j]);
            self.away[j] = [0; AWAY_CELLS];
            let counted = places[j].old.iter_mut().flatten().flatten();
            for (sum, old) in counted.zip(self.old_away[j].iter().flatten().flatten()) {
                *sum += u64::from(*old);
            }
            self.old_away[j] = Default::default();
            *touched = false;
        }
        self.booked = 0;
    }

    /// The row of the block that is done: where its people live.
    pub(super) fn take_row(&mut self) -> Vec<Dwellers> {
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

/// Cells of 64 slots with the mark of the village, high bits of those who live elsewhere, and codes of human capital.
#[inline(always)]
fn codes(batch: &[u64; 64], local: [u32; 2]) -> ([u8; 64], [u8; 64], [u8; 64]) {
    let (mut codes, mut marks, mut capital) = ([0; 64], [0; 64], [0; 64]);
    for i in 0..64 {
        let person = Person(batch[i]);
        let place = batch[i] as u32;
        let (seat, village) = (place == local[0], place == local[1]);
        let code = cell(person) as u8 | if village { VILLAGE } else { 0 };
        let here = (seat | village) & !person.is_free();
        codes[i] = if here { code } else { NOBODY };
        marks[i] = if here | person.is_free() { 0 } else { 128 };
        capital[i] = person.human_capital() as u8;
    }
    (codes, marks, capital)
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

/// Adds cells of people of the own county to the counts of their place.
fn empty(cells: &[u64], rural: usize, place: &mut PlaceCount) {
    let counted = |(code, cell): &(usize, &u64)| **cell > 0 && *code != usize::from(NOBODY);
    for (code, &cell) in cells.iter().enumerate().filter(counted) {
        let (k, a, class) = (code & 1, code >> 1 & 7, code >> 4);
        let agents = cell >> COUNT_AT;
        place.people[k][a] += agents;
        place.efficiency[k][a] += cell & ((1 << COUNT_AT) - 1);
        place.ages[k][CLASS_OF_COUNT[class]] += agents;
        if let Some(old) = old_class(class) {
            place.old[old][rural][k] += agents;
        }
    }
}

/// Adds cells of people away from their home county to the counts of their place.
fn empty_away(cells: &[u64], place: &mut PlaceCount) {
    for (code, &cell) in cells.iter().enumerate().filter(|(_, cell)| **cell > 0) {
        let (k, a, class) = (code & 1, code >> 1 & 7, code >> 4);
        let (agents, units) = (cell >> COUNT_AT, cell & ((1 << COUNT_AT) - 1));
        place.people[k][a] += agents;
        place.efficiency[k][a] += units;
        place.ages[k][class] += agents;
        place.away_efficiency[k][a] += units;
        place.newcomers[k] += agents;
    }
}
