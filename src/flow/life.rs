//! One year of every person: ageing, death, birth, schooling, work, training, start-ups, review of
//! place, registration and sector. All agents read the same frozen tables and change only themselves; what
//! leaves a piece of agents is integers.
//!
//! A gate word (64 bits a person and year) says which kinds of event are possible at all; only those few
//! persons draw with full precision. Every draw is a pure function of (seed, purpose, year, agent), so a
//! policy that does not touch a person does not touch its luck.
//!
//! Persons come 64 at a time. All grow a year older; [`Gate::watch`] compares their words with ceilings by age,
//! skill and activity (`ceilings`) and says who may do more. Those who can only review their place, or only
//! their sector, have loops of their own; `Life::person` is the whole law and serves the rest. Then all are
//! counted where they are (`Counter`).

use std::sync::LazyLock;

use super::location::{TABLE_AGES, Tables, class};
use crate::kernel::choice_table::ChoiceTable;
use crate::kernel::chunks::map_chunks;
use crate::kernel::draw::{Draws, Purpose};
use crate::kernel::gate::{FIELD_AT, FIELDS, Gate, Watch, second};
use crate::scenario::file::Anchor;
use crate::world::people::{
    Block, Census, Dwellers, EFFICIENCY, EXPERIENCE_CAP, OLDEST, PlaceCount, activity, age_class,
};
use crate::world::{People, Person, SKILLS};

/// Agents in one piece of work.
const PIECE: usize = 1 << 16;
/// Groups of pieces, each with its own counts. Fixed, so that nothing depends on threads.
const GROUPS: usize = 32;
/// Greatest hazards that a policy can reach; the gates stand at these for the whole run.
pub const STARTUP_CEILING: f64 = 0.02;
/// Of conversion.
pub const CONVERSION_CEILING: f64 = 0.25;
/// Of training.
pub const TRAINING_CEILING: f64 = 0.25;

/// A rate behind a 16-bit gate: the gate's limit, and the chance to pass the second, exact test.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gated {
    /// Gate words below this pass.
    limit: u32,
    /// Draws below this (of 2^32) happen.
    accept: u64,
}

impl Gated {
    /// A rate behind a gate that stands at a ceiling.
    pub fn new(rate: f64, ceiling: f64) -> Self {
        let limit = libm::ceil(ceiling.clamp(0.0, 1.0) * 65536.0);
        let share = if limit > 0.0 { (rate * 65536.0 / limit).clamp(0.0, 1.0) } else { 0.0 };
        Gated { limit: limit as u32, accept: libm::rint(share * 4_294_967_296.0) as u64 }
    }

    #[inline(always)]
    fn passes(self, lane: u32) -> bool {
        lane < self.limit
    }

    #[inline(always)]
    fn happens(self, word: u32) -> bool {
        u64::from(word) < self.accept
    }

    /// Whether it ever happens.
    fn possible(self) -> bool {
        self.accept > 0
    }
}

/// What decides a year of a person, worked out before the pass.
pub struct LifeTables<'a> {
    pub seed: u64,
    pub step: u32,
    /// Years of a step.
    pub step_years: u32,
    pub anchor: Anchor,
    pub demography: bool,
    pub education: bool,
    pub conversion: bool,
    pub experience: bool,
    pub startups: bool,
    pub migration: bool,
    pub sector_review: bool,
    /// County of each node; outside nodes have numbers of their own.
    pub county: &'a [u32],
    /// Tier index of each node.
    pub tier: &'a [u8],
    /// Deaths by age.
    pub death: [Gated; 128],
    /// Births by age: one row a tier, or one a class of `birth_of_home`.
    pub birth: Vec<[Gated; 128]>,
    /// Class of births of each home node, where births follow the home county instead of the tier.
    pub birth_of_home: Option<&'a [u8]>,
    /// Share at work by node and age group.
    pub participation: &'a [[f32; 18]],
    /// Ages at which the share at work changes, by skill.
    pub boundary: [[bool; 128]; SKILLS],
    /// Probability to enrol at 18 by home node, of 2^32.
    pub enrolment: Vec<u64>,
    /// Review of place by age.
    pub review: [Gated; 128],
    /// Review of sector.
    pub sector: Gated,
    /// Activity of those at work by place and skill: four sectors, commuting.
    pub activities: ChoiceTable,
    /// Conversion by place and skill.
    pub convert: Vec<[Gated; SKILLS]>,
    /// Training by place; `None` if nobody trains.
    pub training: Option<Vec<Gated>>,
    /// Gain of training in human-capital codes (1/50 log point).
    pub training_codes: f64,
    /// Gain of a year's experience in codes.
    pub experience_codes: f64,
    /// Experience that still adds, years.
    pub experience_cap: u32,
    /// Start-ups by home, skill and whether returned.
    pub startup: Vec<[[Gated; 2]; SKILLS]>,
    /// Where to live.
    pub location: &'a Tables,
    /// Extra odds of staying where one is: `e^m - 1` of the one-off moving cost m.
    pub stay_bonus: f64,
    /// Human-capital code by quantile, 4096 entries.
    pub human_capital: &'a [u8],
    /// Unit of each node in flows, and number of units.
    pub unit: &'a [u32],
    pub units: usize,
}

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
    /// Moves inside the own county and all leavers of a home county or node (nearby urbanisation).
    pub reviews: u64,
    pub conversions: u64,
    pub converted_from: Vec<u64>,
    pub enrolled: u64,
    pub trained: Vec<u64>,
    pub deaths_of_posted: u64,
}

impl Tally {
    fn new(nodes: usize, units: usize) -> Self {
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

    fn merge(&mut self, other: &Tally) {
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
pub struct StartUp {
    pub agent: u64,
    pub home: u16,
}

/// The result of a year.
#[derive(Clone, Debug, Default)]
pub struct Year {
    pub tally: Tally,
    pub homes: Vec<Vec<Dwellers>>,
    pub startups: Vec<StartUp>,
}

struct Piece<'a> {
    block: usize,
    first: usize,
    slots: &'a mut [Person],
}

#[derive(Default)]
struct Group<'a> {
    pieces: Vec<Piece<'a>>,
}

/// What a group of pieces returns beside its counts.
#[derive(Default)]
struct GroupResult {
    tally: Tally,
    rows: Vec<(usize, Vec<Dwellers>)>,
    /// Agents of other blocks (converted) who live where they are registered, by that node.
    settled: Vec<[u32; SKILLS]>,
    /// Agents of other blocks who do not.
    strangers: Vec<(u16, u16, u8)>,
    overflow: Vec<(usize, Person)>,
    startups: Vec<StartUp>,
}

/// Counts of one home's people by place.
struct Row {
    counts: Vec<[u32; SKILLS]>,
}

/// Cells of a place: skill, activity and age class as the code of [`CELL`] says.
const CELLS: usize = 64;
/// Code of a cell that nobody counts: a free slot, or a person who lives neither at the seat nor in the village.
const ELSEWHERE: u8 = 128;
/// Where a cell keeps the number of agents; below it, their efficiency units (at most 2^20 an agent).
const COUNT_AT: u32 = 44;
/// Agents that all cells of places together may hold: a cell's number of agents has 20 bits.
const FULL: usize = 1 << 20;

/// Code of a cell by age, skill and activity: `skill + 2 activity + 16 age class`.
static CELL: LazyLock<[u8; FIELDS]> = LazyLock::new(|| {
    std::array::from_fn(|field| {
        let person = Person((field as u64) << FIELD_AT);
        let code = person.skill() + 2 * person.activity() + 16 * age_class(person.age());
        if person.is_free() { ELSEWHERE } else { code as u8 }
    })
});

#[inline(always)]
fn field(person: Person) -> usize {
    (person.0 >> FIELD_AT) as usize % FIELDS
}

/// Counts agents of one group of pieces. One addition counts most: agents and efficiency units of a cell share a
/// word, and those who live at the seat or in the village of the block's own county have a few cells of their own.
struct Counter<'a> {
    county: &'a [u32],
    efficiency: &'a [u32; 256],
    cell: &'a [u8; FIELDS],
    block: usize,
    /// Low halves of those registered in the block who live at the seat, in the village.
    local: [u32; 2],
    /// Cells of the two, then what is not counted.
    cells: [u64; 4 * CELLS],
    /// Cells of all places: not away from the home county, away.
    places: Vec<[[u64; CELLS]; 2]>,
    touched: Vec<bool>,
    booked: usize,
    row: Row,
}

impl<'a> Counter<'a> {
    fn new(county: &'a [u32]) -> Self {
        Counter {
            county,
            efficiency: &EFFICIENCY,
            cell: &CELL,
            block: 0,
            local: [0; 2],
            cells: [0; 4 * CELLS],
            places: vec![[[0; CELLS]; 2]; county.len()],
            touched: vec![false; county.len()],
            booked: 0,
            row: Row { counts: vec![[0; SKILLS]; county.len()] },
        }
    }

    /// The piece to come belongs to this block: home, and the first and last node of its county.
    fn open(&mut self, block: usize) {
        self.block = block;
        let mine = |j: &usize| self.county.get(*j) == Some(&self.county[block]);
        let first = if block > 0 && mine(&(block - 1)) { block - 1 } else { block };
        let last = if mine(&(first + 1)) { first + 1 } else { first };
        self.local = [first, last].map(|place| Person::new(block, place, 0, 0, 0, 0).0 as u32);
    }

    /// Counts 64 slots; returns those that were not: free, or neither at the seat nor in the village.
    #[inline(always)]
    fn local(&mut self, batch: &[u64; 64]) -> u64 {
        let mut elsewhere = 0;
        for (i, &word) in batch.iter().enumerate() {
            let place = word as u32;
            let (seat, village) = (place == self.local[0], place == self.local[1]);
            let code =
                self.cell[field(Person(word))] | u8::from(village) << 6 | u8::from(!(seat | village)) << 7;
            let units = self.efficiency[Person(word).human_capital() as usize % 256];
            self.cells[usize::from(code)] += 1 << COUNT_AT | u64::from(units);
            elsewhere |= u64::from(code >> 7) << i;
        }
        elsewhere
    }

    #[inline(always)]
    fn is_away(&self, person: Person) -> bool {
        self.county[person.home()] != self.county[person.place()]
    }

    /// Counts anybody.
    #[inline(always)]
    fn person(&mut self, person: Person, away: bool, result: &mut GroupResult) {
        let (home, place) = (person.home(), person.place());
        let units = self.efficiency[person.human_capital() as usize];
        let cell = usize::from(self.cell[field(person)]) % CELLS;
        self.places[place][usize::from(away)][cell] += 1 << COUNT_AT | u64::from(units);
        self.touched[place] = true;
        self.booked += 1;
        if home == self.block {
            self.row.counts[place][person.skill()] += 1;
        } else if home == place {
            result.settled[home][person.skill()] += 1;
        } else {
            result.strangers.push((home as u16, place as u16, person.skill() as u8));
        }
    }

    /// Flags of a few, counted apart.
    #[inline(always)]
    fn flags(&self, person: Person, places: &mut [PlaceCount]) {
        if (person.is_posted() | person.is_trained()) & !person.is_free() {
            places[person.place()].posted += u64::from(person.is_posted());
            places[person.place()].trained += u64::from(person.is_trained());
        }
    }

    /// A piece is done: its own cells are emptied into the counts, now and then those of all places too.
    fn close_piece(&mut self, places: &mut [PlaceCount]) {
        for (cells, local) in self.cells.chunks_exact(CELLS).zip(self.local) {
            let place = Person(u64::from(local)).place();
            for (code, &cell) in cells.iter().enumerate() {
                self.row.counts[place][code & 1] += (cell >> COUNT_AT) as u32;
            }
            empty(cells, false, &mut places[place]);
        }
        self.cells = [0; 4 * CELLS];
        if self.booked + 2 * PIECE > FULL {
            self.flush(places);
        }
    }

    fn flush(&mut self, places: &mut [PlaceCount]) {
        for (j, touched) in self.touched.iter_mut().enumerate().filter(|(_, touched)| **touched) {
            let cells = &mut self.places[j];
            cells.iter().zip([false, true]).for_each(|(cells, away)| empty(cells, away, &mut places[j]));
            *cells = [[0; CELLS]; 2];
            *touched = false;
        }
        self.booked = 0;
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

impl Row {
    fn take(&mut self) -> Vec<Dwellers> {
        let mut row = Vec::new();
        for (place, agents) in self.counts.iter_mut().enumerate() {
            if *agents != [0; SKILLS] {
                row.push(Dwellers { place: place as u16, agents: *agents });
                *agents = [0; SKILLS];
            }
        }
        row.shrink_to_fit();
        row
    }
}

/// Lives one year of everybody.
pub fn live(people: &mut People, t: &LifeTables) -> Year {
    run(people, t.county, t.units, Some(t))
}

/// Counts everybody without living: the census of the base year or of a restored world.
pub fn count(people: &mut People, county: &[u32]) -> Census {
    let year = run(people, county, 0, None);
    Census { places: year.tally.places, homes: year.homes }
}

fn run(people: &mut People, county: &[u32], units: usize, t: Option<&LifeTables>) -> Year {
    let nodes = county.len();
    let total: usize = people.blocks.iter().map(|b| b.slots.len()).sum();
    let per_group = total.div_ceil(GROUPS).max(1);
    let mut groups: Vec<Group> = vec![Group::default()];
    let mut filled = 0;
    for (block, Block { slots }) in people.blocks.iter_mut().enumerate() {
        let mut first = 0;
        for slots in slots.chunks_mut(PIECE) {
            if filled >= per_group {
                groups.push(Group::default());
                filled = 0;
            }
            filled += slots.len();
            let n = slots.len();
            if let Some(group) = groups.last_mut() {
                group.pieces.push(Piece { block, first, slots });
            }
            first += n;
        }
    }
    let watch = t.map(ceilings);
    let mut results = map_chunks(&mut groups, |_, group| {
        let mut result = GroupResult {
            tally: Tally::new(nodes, units),
            settled: vec![[0; SKILLS]; nodes],
            ..Default::default()
        };
        let mut counter = Counter::new(county);
        let mut life = t.zip(watch.clone()).map(|(t, watch)| Life::new(t, watch));
        let mut current = None;
        for piece in &mut group.pieces {
            if current.is_some_and(|b| b != piece.block) {
                result.rows.push((current.unwrap_or_default(), counter.row.take()));
            }
            current = Some(piece.block);
            counter.open(piece.block);
            match &mut life {
                Some(life) => life.piece(piece, &mut result, &mut counter),
                None => count_piece(piece, &mut result, &mut counter),
            }
            counter.close_piece(&mut result.tally.places);
        }
        if let Some(block) = current {
            result.rows.push((block, counter.row.take()));
        }
        counter.flush(&mut result.tally.places);
        result
    });
    drop(groups);
    let mut year =
        Year { tally: Tally::new(nodes, units), homes: vec![Vec::new(); nodes], startups: Vec::new() };
    let mut strangers = Vec::new();
    let mut settled = vec![[0u32; SKILLS]; nodes];
    for result in &mut results {
        settled.iter_mut().zip(&result.settled).for_each(|(a, b)| (0..SKILLS).for_each(|k| a[k] += b[k]));
        year.tally.merge(&result.tally);
        for (block, row) in result.rows.drain(..) {
            if year.homes[block].is_empty() {
                year.homes[block] = row;
            } else {
                merge_rows(&mut year.homes[block], row);
            }
        }
        strangers.append(&mut result.strangers);
        year.startups.append(&mut result.startups);
        for (block, newborn) in result.overflow.drain(..) {
            people.blocks[block].slots.push(newborn);
            let (home, place) = (newborn.home(), newborn.place());
            year.tally.places[place].add(newborn, county[home] != county[place], &EFFICIENCY);
            strangers.push((home as u16, place as u16, newborn.skill() as u8));
        }
    }
    add_strangers(&mut year.homes, strangers);
    for (home, agents) in settled.into_iter().enumerate().filter(|(_, agents)| *agents != [0; SKILLS]) {
        merge_rows(&mut year.homes[home], vec![Dwellers { place: home as u16, agents }]);
    }
    year
}

/// Adds one sorted row to another.
fn merge_rows(into: &mut Vec<Dwellers>, from: Vec<Dwellers>) {
    let old = std::mem::take(into);
    let (mut a, mut b) = (old.into_iter().peekable(), from.into_iter().peekable());
    while let (Some(x), Some(y)) = (a.peek().copied(), b.peek().copied()) {
        if x.place == y.place {
            into.push(Dwellers {
                place: x.place,
                agents: [x.agents[0] + y.agents[0], x.agents[1] + y.agents[1]],
            });
            a.next();
            b.next();
        } else if x.place < y.place {
            into.push(x);
            a.next();
        } else {
            into.push(y);
            b.next();
        }
    }
    into.extend(a);
    into.extend(b);
}

/// Adds people whose registration is no longer that of their block (converts) and newborns at a block's end.
fn add_strangers(homes: &mut [Vec<Dwellers>], mut strangers: Vec<(u16, u16, u8)>) {
    strangers.sort_unstable();
    let mut rest = strangers.as_slice();
    while let Some(&(home, ..)) = rest.first() {
        let n = rest.partition_point(|s| s.0 == home);
        let mut row: Vec<Dwellers> = Vec::new();
        for &(_, place, skill) in &rest[..n] {
            if row.last().is_none_or(|d| d.place != place) {
                row.push(Dwellers { place, agents: [0; SKILLS] });
            }
            if let Some(d) = row.last_mut() {
                d.agents[usize::from(skill)] += 1;
            }
        }
        merge_rows(&mut homes[usize::from(home)], row);
        rest = &rest[n..];
    }
}

fn count_piece(piece: &mut Piece, result: &mut GroupResult, counter: &mut Counter) {
    for slots in piece.slots.chunks(64) {
        let batch: [u64; 64] = std::array::from_fn(|i| slots.get(i).unwrap_or(&Person::FREE).0);
        let mut elsewhere = counter.local(&batch);
        while elsewhere != 0 {
            let person = Person(batch[elsewhere.trailing_zeros() as usize]);
            elsewhere &= elsewhere - 1;
            if !person.is_free() {
                counter.person(person, counter.is_away(person), result);
            }
        }
        slots.iter().for_each(|&person| counter.flags(person, &mut result.tally.places));
    }
}

/// Ceilings of the gate by age, skill and activity: who is below none of them has an uneventful year. They stand
/// at or above every rate of the year; a person who passes still draws by the whole law.
fn ceilings(t: &LifeTables) -> Watch {
    let startup = Gated::new(0.0, STARTUP_CEILING).limit;
    let starts = t.startups && t.startup.iter().flatten().flatten().any(|g| g.possible());
    let converts: [bool; SKILLS] =
        std::array::from_fn(|k| t.conversion && t.convert.iter().any(|row| row[k].possible()));
    let trains = t.training.as_ref().is_some_and(|rows| rows.iter().any(|g| g.possible()));
    // Start-ups look at the top of lane 3, births at its bottom: a lift brings the two together.
    let mut watch = Watch::new(if starts { u64::from(startup) << 48 } else { 0 });
    for field in 0..FIELDS {
        let person = Person((field as u64) << FIELD_AT);
        let (age, k, a) = (person.age(), person.skill(), person.activity());
        if person.is_free() {
            watch.always(field);
            continue;
        }
        let works = a != activity::NONE;
        if t.migration {
            watch.set(field, 0, 0, t.review[age as usize].limit);
        }
        if t.sector_review && works {
            watch.set(field, 0, 1, t.sector.limit);
        }
        let lift = startup;
        let startup = if starts && age >= 18 { startup } else { 0 };
        let mut birth = 0;
        if t.demography {
            watch.set(field, 0, 2, t.death[age as usize].limit);
            birth = t.birth.iter().map(|of_tier| of_tier[age as usize].limit).max().unwrap_or(0);
            if t.education && age == 18 && k == 0 {
                watch.always(field);
            }
            if t.boundary[k][age as usize] {
                let most = t.participation.iter().map(|shares| crossing(shares, age, k, works));
                let most = libm::ceil(most.fold(0.0, f64::max) * 65536.0);
                watch.set(field, 1, 3, most as u32);
            }
        }
        let lift = if starts && birth > 0 { lift } else { startup };
        watch.set(field, 0, 3, birth + lift);
        if converts[k] {
            watch.set(field, 1, 0, Gated::new(0.0, CONVERSION_CEILING).limit);
        }
        if trains && k == 0 && works {
            watch.set(field, 1, 1, Gated::new(0.0, TRAINING_CEILING).limit);
        }
    }
    watch
}

/// The year of one group of pieces.
struct Life<'a> {
    t: &'a LifeTables<'a>,
    watch: Watch,
    gate: Gate,
    /// Codes of a year's experience, if it is a whole number.
    whole_gain: Option<u32>,
    death: Draws,
    birth: Draws,
    education: Draws,
    participation: Draws,
    location: Draws,
    sector: Draws,
    conversion: Draws,
    training: Draws,
    startup: Draws,
    growth: Draws,
    startup_from: u32,
    free: Vec<u32>,
    newborns: Vec<Person>,
}

impl<'a> Life<'a> {
    fn new(t: &'a LifeTables<'a>, watch: Watch) -> Self {
        let draws = |purpose| Draws::new(t.seed, purpose, t.step);
        Life {
            t,
            watch,
            gate: Gate::new(t.seed, t.step),
            whole_gain: (t.experience_codes.fract() == 0.0).then_some(t.experience_codes as u32),
            death: draws(Purpose::Death),
            birth: draws(Purpose::Birth),
            education: draws(Purpose::Education),
            participation: draws(Purpose::Participation),
            location: draws(Purpose::Location),
            sector: draws(Purpose::Sector),
            conversion: draws(Purpose::Conversion),
            training: draws(Purpose::Training),
            startup: draws(Purpose::StartUp),
            growth: draws(Purpose::HumanCapital),
            startup_from: 65536 - Gated::new(0.0, STARTUP_CEILING).limit,
            free: Vec::new(),
            newborns: Vec::new(),
        }
    }

    fn piece(&mut self, piece: &mut Piece, result: &mut GroupResult, counter: &mut Counter) {
        let t = self.t;
        self.watch.settled = counter.local;
        let mut words = [0; 64];
        let mut batch = [Person::FREE.0; 64];
        let years = if t.demography { t.step_years } else { 0 };
        for (m, slots) in piece.slots.chunks_mut(64).enumerate() {
            let first = 64 * m;
            let agent = People::agent_number(piece.block, piece.first + first);
            let n = slots.len();
            batch[n..].fill(Person::FREE.0);
            for (word, person) in batch.iter_mut().zip(slots.iter()) {
                let older = person.with_age((person.age() + years).min(OLDEST));
                *word = if person.is_free() { person.0 } else { older.0 };
            }
            let [reviews, sectors, rest] = self.gate.watch(agent, &batch, &self.watch, &mut words);
            let all = rest | (reviews & sectors);
            let mut left = reviews & !all;
            let lived = left | all;
            while left != 0 {
                let i = left.trailing_zeros() as usize;
                left &= left - 1;
                let mut person = self.experience(Person(batch[i]), agent + i as u64);
                self.review(&mut person, agent + i as u64, &mut result.tally);
                batch[i] = person.0;
            }
            let mut left = sectors & !all;
            while left != 0 {
                let i = left.trailing_zeros() as usize;
                left &= left - 1;
                batch[i] = self.review_sector(Person(batch[i]), agent + i as u64).0;
            }
            let mut left = all & (u64::MAX >> (64 - n));
            while left != 0 {
                let i = left.trailing_zeros() as usize;
                left &= left - 1;
                batch[i] =
                    self.person(Person(batch[i]), agent + i as u64, words[i], (first + i) as u32, result).0;
            }
            let mut flagged = 0;
            let mut elsewhere = counter.local(&batch);
            while elsewhere != 0 {
                let i = elsewhere.trailing_zeros() as usize;
                elsewhere &= elsewhere - 1;
                let mut person = Person(batch[i]);
                if person.is_free() {
                    continue;
                }
                let away = counter.is_away(person);
                if lived >> i & 1 == 0 {
                    person = self.experience(person, agent + i as u64);
                    batch[i] = person.0;
                }
                counter.person(person, away, result);
            }
            for (word, person) in batch.iter().zip(slots) {
                flagged |= word;
                *person = Person(*word);
            }
            if Person(flagged).is_posted() | Person(flagged).is_trained() {
                batch.iter().for_each(|&word| counter.flags(Person(word), &mut result.tally.places));
            }
        }
        // Newborns take free slots of their parent's piece, the rest a new slot at the end of the block.
        let mut free = self.free.drain(..);
        for newborn in self.newborns.drain(..) {
            match free.next() {
                Some(slot) => {
                    piece.slots[slot as usize] = newborn;
                    counter.person(newborn, counter.is_away(newborn), result);
                }
                None => result.overflow.push((piece.block, newborn)),
            }
        }
    }

    /// A year at work away from home in a city or seat teaches.
    #[inline(always)]
    fn experience(&self, person: Person, agent: u64) -> Person {
        let t = self.t;
        let (home, place, years) = (person.home(), person.place(), person.experience());
        let learns = t.experience
            & (t.county[home] != t.county[place])
            & (t.tier[place] <= 1)
            & (person.age() >= 16)
            & (years < t.experience_cap)
            & (person.activity() != activity::NONE);
        let gain = match self.whole_gain {
            Some(gain) => gain,
            None if learns => codes(t.experience_codes, self.growth.block(agent)[0]),
            None => 0,
        };
        let taught = person
            .with_experience((years + 1).min(EXPERIENCE_CAP))
            .with_human_capital(person.human_capital() + gain);
        if learns { taught } else { person }
    }

    /// Review of place; whether the person moves.
    #[inline(always)]
    fn review(&self, person: &mut Person, agent: u64, tally: &mut Tally) -> bool {
        let t = self.t;
        if person.is_posted() {
            return false;
        }
        let b = self.location.block(agent);
        if !t.review[person.age() as usize].happens(b[0]) {
            return false;
        }
        tally.reviews += 1;
        let target = destination(*person, t, b);
        let moves = target != person.place();
        if moves {
            settle(person, target, t, tally, self.sector.block(agent));
        }
        moves
    }

    /// Review of sector of a person at work.
    #[inline(always)]
    fn review_sector(&self, person: Person, agent: u64) -> Person {
        let b = self.sector.block(agent);
        if !self.t.sector.happens(b[0]) {
            return person;
        }
        let option = self.t.activities.pick(person.place() * SKILLS + person.skill(), b[1]);
        person.with_activity(activity::SECTOR + option)
    }

    /// The whole law of a person who is already a year older.
    fn person(
        &mut self,
        mut person: Person,
        agent: u64,
        word: u64,
        slot: u32,
        result: &mut GroupResult,
    ) -> Person {
        if person.is_free() {
            self.free.push(slot);
            return person;
        }
        let t = self.t;
        let place = person.place();

        // Phase 7, renew: age, die, be born, learn, work.
        if t.demography {
            let age = person.age();
            let death = t.death[age as usize];
            if death.passes(lane(word, 2)) && death.happens(self.death.block(agent)[0]) {
                result.tally.deaths[place] += 1;
                result.tally.deaths_of_posted += u64::from(person.is_posted());
                self.free.push(slot);
                return Person::FREE;
            }
            let row = t.birth_of_home.map_or(t.tier[place], |class| class[person.home()]);
            let birth = t.birth[usize::from(row)][age as usize];
            if birth.passes(lane(word, 3)) {
                let b = self.birth.block(agent);
                if birth.happens(b[0]) {
                    result.tally.births[place] += 1;
                    let code = u32::from(t.human_capital[(b[1] >> 20) as usize]);
                    self.newborns.push(Person::new(person.home(), place, 0, 0, activity::NONE, code));
                }
            }
            if t.education && age == 18 && person.skill() == 0 {
                let enrols = u64::from(self.education.block(agent)[0]) < t.enrolment[person.home()];
                if enrols {
                    person = person.with_skill(1).with_activity(activity::NONE);
                    result.tally.enrolled += 1;
                }
            }
            if t.boundary[person.skill()][age as usize] {
                person = cross_age(person, age, place, t, (second(word) >> 32) as u32, || {
                    self.participation.block(agent)[0]
                });
            }
        }
        person = self.experience(person, agent);
        if let Some(training) = &t.training {
            let gated = training[place];
            if person.skill() == 0
                && person.activity() != activity::NONE
                && !person.is_trained()
                && gated.passes(lane(second(word), 1))
            {
                let b = self.training.block(agent);
                if gated.happens(b[0]) {
                    let gain = codes(t.training_codes, b[1]);
                    person = person.with_trained().with_human_capital(person.human_capital() + gain);
                    result.tally.trained[place] += 1;
                }
            }
        }
        let home = person.home();
        if t.startups && lane(word, 3) >= self.startup_from && person.age() >= 18 {
            let gated = t.startup[home][person.skill()][usize::from(person.has_returned())];
            if gated.happens(self.startup.block(agent)[0]) {
                result.startups.push(StartUp { agent, home: home as u16 });
            }
        }

        // Phase 8, move: place, registration, sector.
        let reviews = t.migration && t.review[person.age() as usize].passes(lane(word, 0));
        if reviews && self.review(&mut person, agent, &mut result.tally) {
            return person;
        }
        if t.conversion && t.county[home] != t.county[place] {
            let gated = t.convert[place][person.skill()];
            if gated.passes(lane(second(word), 0)) && gated.happens(self.conversion.block(agent)[0]) {
                result.tally.conversions += 1;
                result.tally.converted_from[home] += 1;
                person = person.with_home(place).with_returned(false);
            }
        }
        if t.sector_review && person.activity() != activity::NONE && t.sector.passes(lane(word, 1)) {
            person = self.review_sector(person, agent);
        }
        person
    }
}

#[inline(always)]
fn lane(word: u64, i: u32) -> u32 {
    (word >> (16 * i)) as u32 & 0xFFFF
}

/// Whole codes of a gain, the fraction decided by a word.
#[inline(always)]
fn codes(gain: f64, word: u32) -> u32 {
    let whole = gain as u32;
    whole + u32::from(f64::from(word) < (gain - f64::from(whole)) * 4_294_967_296.0)
}

/// Chance that a person crossing into a new age group starts (or, if at work, stops) working.
#[inline]
fn crossing(shares: &[f32; 18], age: u32, skill: usize, works: bool) -> f64 {
    let group = crate::economy::population::age_group(age);
    let now = f64::from(shares[group]);
    let starts = age == 16 || (skill == 1 && age == crate::economy::population::TALENT_WORKS_AT);
    let before = if starts { 0.0 } else { f64::from(shares[group - 1]) };
    match works {
        false if before < 1.0 => (now - before) / (1.0 - before),
        true if before > 0.0 => 1.0 - now / before,
        _ => 0.0,
    }
}

/// A new age group: those at work may stop, others may start, so that the share at work follows the profile.
#[inline]
fn cross_age(
    person: Person,
    age: u32,
    place: usize,
    t: &LifeTables,
    word: u32,
    activity_word: impl FnOnce() -> u32,
) -> Person {
    let Some(shares) = t.participation.get(place) else { return person };
    let works = person.activity() != activity::NONE;
    if f64::from(word) / 4_294_967_296.0 >= crossing(shares, age, person.skill(), works) {
        person
    } else if works {
        person.with_activity(activity::NONE)
    } else {
        let option = t.activities.pick(place * SKILLS + person.skill(), activity_word());
        person.with_activity(activity::SECTOR + option)
    }
}

/// The place a reviewer chooses, from the registered home (or from the present place).
#[inline]
fn destination(person: Person, t: &LifeTables, b: [u32; 4]) -> usize {
    let table_age = match age_class(person.age()) {
        1 => 0,
        3 => 2,
        _ => 1,
    };
    debug_assert!(table_age < TABLE_AGES);
    let class = class(person.skill(), table_age);
    let row = if t.anchor == Anchor::Home { person.home() } else { person.place() };
    let target = t.location.choose(row, class, [b[1], b[2]]);
    if t.stay_bonus > 0.0 && target != person.place() {
        let stay = t.location.probabilities(row, class, t.county.len())[person.place()] * t.stay_bonus;
        // With weight W_ii = e^{V_i + m} the extra mass of staying is p_i (e^m - 1).
        if f64::from(b[3]) / 4_294_967_296.0 < stay / (1.0 + stay) {
            return person.place();
        }
    }
    target
}

/// Arrival: work is found by the shares of the new place.
fn settle(person: &mut Person, target: usize, t: &LifeTables, tally: &mut Tally, b: [u32; 4]) {
    let (from, k, home) = (person.place(), person.skill(), person.home());
    tally.out_moves[from][k] += 1;
    tally.in_moves[target][k] += 1;
    tally.moves[k][t.unit[from] as usize * t.units + t.unit[target] as usize] += 1;
    tally.tier_moves[k][usize::from(t.tier[from])][usize::from(t.tier[target])] += 1;
    let returns = t.county[from] != t.county[home] && t.county[target] == t.county[home];
    *person = person
        .with_place(target)
        .with_returned(person.has_returned() || (returns && person.experience() > 0));
    let age = person.age();
    let at_work = match t.participation.get(target) {
        Some(shares) if age >= 16 && (k == 0 || age >= crate::economy::population::TALENT_WORKS_AT) => {
            f64::from(b[2]) / 4_294_967_296.0 < f64::from(shares[crate::economy::population::age_group(age)])
        }
        _ => false,
    };
    let activity = if at_work {
        activity::SECTOR + t.activities.pick(target * SKILLS + k, b[1])
    } else {
        activity::NONE
    };
    *person = person.with_activity(activity);
}
