//! One year of every person: ageing, death, birth, schooling, work, training, start-ups, review of
//! place, registration and sector. All agents read the same frozen tables and change only themselves; what
//! leaves a piece of agents is integers.
//!
//! A gate word (64 bits a person and year) says which kinds of event are possible at all; only those few
//! persons draw with full precision. Every draw is a pure function of (seed, purpose, year, agent), so a
//! policy that does not touch a person does not touch its luck.

use super::location::{TABLE_AGES, Tables, class};
use crate::kernel::choice_table::ChoiceTable;
use crate::kernel::chunks::map_chunks;
use crate::kernel::draw::{Draws, Purpose};
use crate::kernel::gate::Gate;
use crate::scenario::file::Anchor;
use crate::world::people::{
    AGE_CLASSES, Block, Census, Dwellers, EFFICIENCY, EXPERIENCE_CAP, OLDEST, PlaceCount, activity, age_class,
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
    strangers: Vec<(u16, u16, u8)>,
    overflow: Vec<(usize, Person)>,
    startups: Vec<StartUp>,
}

/// Counts of one home's people by place.
struct Row {
    counts: Vec<[u32; SKILLS]>,
}

/// Cells of a place: skill, activity, and whether away from the home county.
const CELLS: usize = SKILLS * activity::COUNT * 2;
/// Where a cell keeps the number of agents; below it, their efficiency units.
const COUNT_AT: u32 = 44;
/// Pieces after which cells are emptied into the counts: 2^19 agents of at most 2^20 efficiency units fit.
const PIECES_A_FLUSH: usize = 8;

/// Counts of a few pieces, packed so that an agent costs two additions: agents and efficiency units of a cell
/// share one word, ages another.
struct Cells {
    cells: Vec<[u64; CELLS]>,
    ages: Vec<[u32; SKILLS * AGE_CLASSES]>,
    pieces: usize,
}

impl Cells {
    fn new(nodes: usize) -> Self {
        Cells { cells: vec![[0; CELLS]; nodes], ages: vec![[0; SKILLS * AGE_CLASSES]; nodes], pieces: 0 }
    }

    #[inline(always)]
    fn add(&mut self, person: Person, place: usize, away: bool, efficiency: &[u32; 256]) {
        let (k, a) = (person.skill(), person.activity());
        let h = u64::from(efficiency[person.human_capital() as usize]);
        self.cells[place][(k * activity::COUNT + a) * 2 + usize::from(away)] += 1 << COUNT_AT | h;
        self.ages[place][k * AGE_CLASSES + age_class(person.age())] += 1;
    }

    /// A piece is done; now and then the words are emptied into the counts.
    fn close_piece(&mut self, places: &mut [PlaceCount]) {
        self.pieces += 1;
        if self.pieces.is_multiple_of(PIECES_A_FLUSH) {
            self.flush(places);
        }
    }

    fn flush(&mut self, places: &mut [PlaceCount]) {
        for ((cells, ages), place) in self.cells.iter_mut().zip(&mut self.ages).zip(places) {
            if *ages == [0; SKILLS * AGE_CLASSES] {
                continue;
            }
            for k in 0..SKILLS {
                for a in 0..activity::COUNT {
                    let [local, away] = [0, 1].map(|i| cells[(k * activity::COUNT + a) * 2 + i]);
                    let units = |cell: u64| cell & ((1 << COUNT_AT) - 1);
                    place.people[k][a] += (local >> COUNT_AT) + (away >> COUNT_AT);
                    place.efficiency[k][a] += units(local) + units(away);
                    place.away_efficiency[k][a] += units(away);
                    place.newcomers[k] += away >> COUNT_AT;
                }
                for c in 0..AGE_CLASSES {
                    place.ages[k][c] += u64::from(ages[k * AGE_CLASSES + c]);
                }
            }
            *cells = [0; CELLS];
            *ages = [0; SKILLS * AGE_CLASSES];
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
    let mut results = map_chunks(&mut groups, |_, group| {
        let mut result = GroupResult { tally: Tally::new(nodes, units), ..Default::default() };
        let mut row = Row { counts: vec![[0; SKILLS]; nodes] };
        let mut cells = Cells::new(nodes);
        let mut words = vec![0u64; 512];
        let mut current = None;
        for piece in &mut group.pieces {
            if current.is_some_and(|b| b != piece.block) {
                result.rows.push((current.unwrap_or_default(), row.take()));
            }
            current = Some(piece.block);
            match t {
                Some(t) => live_piece(piece, t, &mut result, &mut row, &mut cells, &mut words),
                None => count_piece(piece, county, &mut result, &mut row, &mut cells),
            }
            cells.close_piece(&mut result.tally.places);
        }
        if let Some(block) = current {
            result.rows.push((block, row.take()));
        }
        cells.flush(&mut result.tally.places);
        result
    });
    drop(groups);
    let mut year =
        Year { tally: Tally::new(nodes, units), homes: vec![Vec::new(); nodes], startups: Vec::new() };
    let mut strangers = Vec::new();
    for result in &mut results {
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

#[inline(always)]
fn book(
    person: Person,
    block: usize,
    away: bool,
    result: &mut GroupResult,
    row: &mut Row,
    cells: &mut Cells,
    efficiency: &[u32; 256],
) {
    let (home, place) = (person.home(), person.place());
    cells.add(person, place, away, efficiency);
    if person.is_posted() | person.is_trained() {
        result.tally.places[place].posted += u64::from(person.is_posted());
        result.tally.places[place].trained += u64::from(person.is_trained());
    }
    if home == block {
        row.counts[place][person.skill()] += 1;
    } else {
        result.strangers.push((home as u16, place as u16, person.skill() as u8));
    }
}

fn count_piece(
    piece: &mut Piece,
    county: &[u32],
    result: &mut GroupResult,
    row: &mut Row,
    cells: &mut Cells,
) {
    let efficiency = &*EFFICIENCY;
    for &person in piece.slots.iter().filter(|p| !p.is_free()) {
        let away = county[person.home()] != county[person.place()];
        book(person, piece.block, away, result, row, cells, efficiency);
    }
}

/// A second gate word for rarer events, derived from the first (one round of the same mixer).
#[inline(always)]
fn second_word(word: u64) -> u64 {
    let mut z = word.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ z >> 31
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

struct Streams {
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
}

fn live_piece(
    piece: &mut Piece,
    t: &LifeTables,
    result: &mut GroupResult,
    row: &mut Row,
    cells: &mut Cells,
    words: &mut [u64],
) {
    let draws = |purpose| Draws::new(t.seed, purpose, t.step);
    let d = Streams {
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
    };
    let gate = Gate::new(t.seed, t.step);
    let efficiency = &*EFFICIENCY;
    let mut free: Vec<u32> = Vec::new();
    let mut newborns: Vec<Person> = Vec::new();
    let startup_from = 65536 - Gated::new(0.0, STARTUP_CEILING).limit;
    for start in (0..piece.slots.len()).step_by(words.len()) {
        let n = words.len().min(piece.slots.len() - start);
        gate.fill(People::agent_number(piece.block, piece.first + start), &mut words[..n]);
        for i in 0..n {
            let slot = start + i;
            let mut person = piece.slots[slot];
            if person.is_free() {
                free.push(slot as u32);
                continue;
            }
            let word = words[i];
            let agent = People::agent_number(piece.block, piece.first + slot);
            let mut place = person.place();

            // Phase 7, renew: age, die, be born, learn, work.
            if t.demography {
                let age = (person.age() + t.step_years).min(OLDEST);
                let death = t.death[age as usize];
                if death.passes(lane(word, 2)) && death.happens(d.death.block(agent)[0]) {
                    result.tally.deaths[place] += 1;
                    result.tally.deaths_of_posted += u64::from(person.is_posted());
                    piece.slots[slot] = Person::FREE;
                    free.push(slot as u32);
                    continue;
                }
                person = person.with_age(age);
                let row = t.birth_of_home.map_or(t.tier[place], |class| class[person.home()]);
                let birth = t.birth[usize::from(row)][age as usize];
                if birth.passes(lane(word, 3)) {
                    let b = d.birth.block(agent);
                    if birth.happens(b[0]) {
                        result.tally.births[place] += 1;
                        let code = t.human_capital[(b[1] >> 20) as usize];
                        newborns.push(Person::new(
                            person.home(),
                            place,
                            0,
                            0,
                            activity::NONE,
                            u32::from(code),
                        ));
                    }
                }
                if t.education && age == 18 && person.skill() == 0 {
                    let enrols = u64::from(d.education.block(agent)[0]) < t.enrolment[person.home()];
                    if enrols {
                        person = person.with_skill(1).with_activity(activity::NONE);
                        result.tally.enrolled += 1;
                    }
                }
                if t.boundary[person.skill()][age as usize] {
                    person = cross_age(person, age, place, t, (second_word(word) >> 32) as u32, || {
                        d.participation.block(agent)[0]
                    });
                }
            }
            let home = person.home();
            let away = t.county[home] != t.county[place];
            if t.experience && away && t.tier[place] <= 1 && person.age() >= 16 {
                let years = person.experience();
                if years < t.experience_cap && person.activity() != activity::NONE {
                    let word = if t.experience_codes.fract() == 0.0 { 0 } else { d.growth.block(agent)[0] };
                    let gain = codes(t.experience_codes, word);
                    person = person
                        .with_experience((years + 1).min(EXPERIENCE_CAP))
                        .with_human_capital(person.human_capital() + gain);
                }
            }
            if let Some(training) = &t.training {
                let gated = training[place];
                if person.skill() == 0
                    && person.activity() != activity::NONE
                    && !person.is_trained()
                    && gated.passes(lane(second_word(word), 1))
                {
                    let b = d.training.block(agent);
                    if gated.happens(b[0]) {
                        let gain = codes(t.training_codes, b[1]);
                        person = person.with_trained().with_human_capital(person.human_capital() + gain);
                        result.tally.trained[place] += 1;
                    }
                }
            }
            if t.startups && lane(word, 3) >= startup_from && person.age() >= 18 {
                let gated = t.startup[home][person.skill()][usize::from(person.has_returned())];
                if gated.happens(d.startup.block(agent)[0]) {
                    result.startups.push(StartUp { agent, home: home as u16 });
                }
            }

            // Phase 8, move: place, registration, sector.
            let review = t.review[person.age() as usize];
            let mut moved = false;
            if t.migration && review.passes(lane(word, 0)) && !person.is_posted() {
                let b = d.location.block(agent);
                if review.happens(b[0]) {
                    result.tally.reviews += 1;
                    let target = destination(person, t, b);
                    if target != place {
                        settle(&mut person, target, t, &mut result.tally, d.sector.block(agent));
                        place = target;
                        moved = true;
                    }
                }
            }
            if t.conversion && t.county[home] != t.county[place] && !moved {
                let gated = t.convert[place][person.skill()];
                if gated.passes(lane(second_word(word), 0)) && gated.happens(d.conversion.block(agent)[0]) {
                    result.tally.conversions += 1;
                    result.tally.converted_from[home] += 1;
                    person = person.with_home(place).with_returned(false);
                }
            }
            if t.sector_review
                && !moved
                && person.activity() != activity::NONE
                && t.sector.passes(lane(word, 1))
            {
                let b = d.sector.block(agent);
                if t.sector.happens(b[0]) {
                    let option = t.activities.pick(place * SKILLS + person.skill(), b[1]);
                    person = person.with_activity(activity::SECTOR + option);
                }
            }
            piece.slots[slot] = person;
            let away = t.county[person.home()] != t.county[place];
            book(person, piece.block, away, result, row, cells, efficiency);
        }
    }
    // Newborns take free slots of their parent's piece, the rest a new slot at the end of the block.
    let mut free = free.into_iter();
    for newborn in newborns {
        match free.next() {
            Some(slot) => {
                piece.slots[slot as usize] = newborn;
                let away = t.county[newborn.home()] != t.county[newborn.place()];
                book(newborn, piece.block, away, result, row, cells, efficiency);
            }
            None => result.overflow.push((piece.block, newborn)),
        }
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
    let group = crate::economy::population::age_group(age);
    let now = f64::from(shares[group]);
    let starts = age == 16 || (person.skill() == 1 && age == crate::economy::population::TALENT_WORKS_AT);
    let before = if starts { 0.0 } else { f64::from(shares[group - 1]) };
    let u = f64::from(word) / 4_294_967_296.0;
    if person.activity() == activity::NONE {
        let start = if before < 1.0 { (now - before) / (1.0 - before) } else { 0.0 };
        if u < start {
            let option = t.activities.pick(place * SKILLS + person.skill(), activity_word());
            return person.with_activity(activity::SECTOR + option);
        }
    } else if before > 0.0 && u < 1.0 - now / before {
        return person.with_activity(activity::NONE);
    }
    person
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
