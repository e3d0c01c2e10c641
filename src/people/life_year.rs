//! One year of every person. All agents read the same frozen tables and change only themselves; what leaves a
//! piece of agents is integers.
//!
//! Persons come in tiles of `TILE`. All grow a year older; [`Gate::watch`](crate::kernel::gate::Gate::watch)
//! compares their gate words with ceilings by age, skill and activity (`life::ceilings`) and says who may do more.
//! Most can do nothing. Those who can only review their place, or only their sector, are listed, draw side by side,
//! and go through loops that do only that; `Life::person` is the whole law and serves the rest. Then all are counted
//! where they are (`Counter`). Lists change the cost of a year and no outcome: a test lives the same year by
//! the whole law alone.

use super::counter::{Counter, Strangers, is_rural};
use super::life::{self, Events, Life, LifeTables};
use super::tally::{StartUp, Tally, Year};
use crate::kernel::chunks::map_chunks;
use crate::kernel::gate::Watch;
use crate::kernel::wide::{Work, widest};
use crate::world::people::{Block, Census, Dwellers, EFFICIENCY, OLDEST, activity};
use crate::world::{People, Person, SKILLS};

/// Agents in one piece of work.
const PIECE: usize = 1 << 16;
/// Groups of pieces, each with its own counts. Fixed, so that nothing depends on threads.
const GROUPS: usize = 32;
/// Agents whose lists are made together: 8 KiB.
const TILE: usize = 1024;

struct Piece<'a> {
    block: usize,
    first: usize,
    slots: &'a mut [Person],
}

/// What a group of pieces returns.
#[derive(Default)]
struct GroupResult {
    tally: Tally,
    rows: Vec<(usize, Vec<Dwellers>)>,
    strangers: Strangers,
    overflow: Vec<(usize, Person)>,
    startups: Vec<StartUp>,
}

/// Lives one year of everybody.
pub(crate) fn live(people: &mut People, t: &LifeTables) -> Year {
    let watch = life::ceilings(t);
    run(people, t.county, t.tier, t.units, || {
        let mut tiles = Tiles::new(t, watch.clone());
        move |piece, events, counter, free| widest(Lived { tiles: &mut tiles, piece, events, counter, free })
    })
}

/// Counts everybody without living: the census of the base year or of a restored world.
pub(crate) fn count(people: &mut People, county: &[u32], tier: &[u8]) -> Census {
    let year = run(people, county, tier, 0, || {
        |piece, events, counter, _| {
            for slots in piece.slots.chunks(64) {
                let batch = std::array::from_fn(|i| slots.get(i).unwrap_or(&Person::FREE).0);
                counter.batch(&batch, &mut events.tally.places);
            }
        }
    });
    Census { places: year.tally.places, homes: year.homes }
}

/// Does to every piece what `begin` makes for each group of pieces, and counts everybody. The free slots that are
/// found in a piece go to its newborns.
fn run<F: FnMut(&mut Piece, &mut Events, &mut Counter, &mut Vec<u32>)>(
    people: &mut People,
    county: &[u32],
    tier: &[u8],
    units: usize,
    begin: impl Fn() -> F + Sync,
) -> Year {
    let nodes = county.len();
    let mut results = map_chunks(&mut groups(people), |_, pieces| {
        let mut result = GroupResult::default();
        let mut events = Events { tally: Tally::new(nodes, units), ..Default::default() };
        let mut counter = Counter::new(county, tier);
        let mut free = Vec::new();
        let mut live = begin();
        let mut current = None;
        for piece in pieces {
            if current.is_some_and(|b| b != piece.block) {
                result.rows.push((current.unwrap_or_default(), counter.take_row()));
            }
            current = Some(piece.block);
            counter.open(piece.block);
            live(piece, &mut events, &mut counter, &mut free);
            // Newborns take free slots of their parent's piece, the rest a new slot at the end of the block.
            let mut slots = free.drain(..);
            for newborn in events.newborns.drain(..) {
                match slots.next() {
                    Some(slot) => {
                        piece.slots[slot as usize] = newborn;
                        counter.newborn(newborn, &mut events.tally.places);
                    }
                    None => result.overflow.push((piece.block, newborn)),
                }
            }
            drop(slots);
            counter.close_piece(2 * PIECE, &mut events.tally.places);
        }
        if let Some(block) = current {
            result.rows.push((block, counter.take_row()));
        }
        counter.flush(&mut events.tally.places);
        GroupResult { tally: events.tally, startups: events.startups, strangers: counter.strangers, ..result }
    });
    let mut year =
        Year { tally: Tally::new(nodes, units), homes: vec![Vec::new(); nodes], startups: Vec::new() };
    let mut strangers = Strangers::new(nodes);
    for result in &mut results {
        year.tally.merge(&result.tally);
        for (block, row) in result.rows.drain(..) {
            if year.homes[block].is_empty() {
                year.homes[block] = row;
            } else {
                merge_rows(&mut year.homes[block], row);
            }
        }
        for (sum, settled) in strangers.settled.iter_mut().zip(&result.strangers.settled) {
            (0..SKILLS).for_each(|k| sum[k] += settled[k]);
        }
        strangers.unsettled.append(&mut result.strangers.unsettled);
        year.startups.append(&mut result.startups);
        for (block, newborn) in result.overflow.drain(..) {
            push(&mut people.blocks[block].slots, newborn);
            let (home, place) = (newborn.home(), newborn.place());
            let away = county[home] != county[place];
            year.tally.places[place].add(newborn, away, is_rural(tier[home]), &EFFICIENCY);
            strangers.unsettled.push((home as u16, place as u16, newborn.skill() as u8));
        }
    }
    add_strangers(&mut year.homes, strangers);
    year
}

/// Adds a slot. A column grows by a sixty-fourth at a time: doubling it would take as much memory again.
fn push(slots: &mut Vec<Person>, person: Person) {
    if slots.len() == slots.capacity() {
        slots.reserve_exact(slots.len() / 64 + 16);
    }
    slots.push(person);
}

/// The pieces of all blocks in order, in groups of about the same number of slots.
fn groups(people: &mut People) -> Vec<Vec<Piece<'_>>> {
    let total: usize = people.blocks.iter().map(|b| b.slots.len()).sum();
    let per_group = total.div_ceil(GROUPS).max(1);
    let mut groups: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut filled = 0;
    for (block, Block { slots }) in people.blocks.iter_mut().enumerate() {
        let mut first = 0;
        for slots in slots.chunks_mut(PIECE) {
            if filled >= per_group {
                groups.push(Vec::new());
                filled = 0;
            }
            let n = slots.len();
            filled += n;
            if let Some(group) = groups.last_mut() {
                group.push(Piece { block, first, slots });
            }
            first += n;
        }
    }
    groups
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
fn add_strangers(homes: &mut [Vec<Dwellers>], Strangers { settled, mut unsettled }: Strangers) {
    unsettled.sort_unstable();
    let mut rest = unsettled.as_slice();
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
    for (home, agents) in settled.into_iter().enumerate().filter(|(_, agents)| *agents != [0; SKILLS]) {
        merge_rows(&mut homes[home], vec![Dwellers { place: home as u16, agents }]);
    }
}

/// Agents of a tile that are listed: positions, numbers, and the words that they draw.
struct List {
    at: [u16; TILE],
    agent: [u64; TILE],
    words: [[u32; TILE]; 4],
    length: usize,
}

impl List {
    fn new() -> Self {
        List { at: [0; TILE], agent: [0; TILE], words: [[0; TILE]; 4], length: 0 }
    }

    /// Adds an agent if it belongs here; without a branch, since nobody could guess it.
    #[inline(always)]
    fn push_if(&mut self, belongs: bool, at: usize, agent: u64) {
        self.at[self.length % TILE] = at as u16;
        self.agent[self.length % TILE] = agent;
        self.length += usize::from(belongs);
    }
}

/// Calls `act` with the position of every set bit.
#[inline(always)]
fn for_bits(mut mask: u64, mut act: impl FnMut(usize)) {
    while mask != 0 {
        act(mask.trailing_zeros() as usize);
        mask &= mask - 1;
    }
}

/// The year of pieces, tile by tile.
struct Tiles<'a> {
    life: Life<'a>,
    watch: Watch,
    persons: Box<[u64; TILE]>,
    /// Reviewers of place, movers, reviewers of sector.
    lists: Box<[List; 3]>,
}

/// A piece that lives its year.
struct Lived<'a, 't, 'p, 'c> {
    tiles: &'a mut Tiles<'t>,
    piece: &'a mut Piece<'p>,
    events: &'a mut Events,
    counter: &'a mut Counter<'c>,
    free: &'a mut Vec<u32>,
}

impl Work for Lived<'_, '_, '_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.tiles.piece(self.piece, self.events, self.counter, self.free);
    }
}

impl<'a> Tiles<'a> {
    fn new(t: &'a LifeTables, watch: Watch) -> Self {
        let lists = Box::new([List::new(), List::new(), List::new()]);
        Tiles { life: Life::new(t), watch, persons: Box::new([Person::FREE.0; TILE]), lists }
    }

    #[inline(always)]
    fn piece(&mut self, piece: &mut Piece, events: &mut Events, counter: &mut Counter, free: &mut Vec<u32>) {
        self.watch.settled = counter.local;
        let t = self.life.t;
        let years = if t.demography { t.step_years } else { 0 };
        for (n, slots) in piece.slots.chunks_mut(TILE).enumerate() {
            let first = n * TILE;
            let agent = People::agent_number(piece.block, piece.first + first);
            let persons = &mut self.persons[..slots.len().next_multiple_of(64)];
            grow_older(slots, persons, years);
            live_tile(
                &self.life,
                &self.watch,
                agent,
                slots.len(),
                first as u32,
                persons,
                &mut self.lists,
                events,
                free,
            );
            for batch in persons.as_chunks().0 {
                counter.batch(batch, &mut events.tally.places);
            }
            slots.iter_mut().zip(persons).for_each(|(slot, person)| *slot = Person(*person));
        }
    }
}

/// Copies slots into a tile, everybody a year older. A free slot has an age beyond the oldest.
#[inline(always)]
fn grow_older(slots: &[Person], persons: &mut [u64], years: u32) {
    persons[slots.len()..].fill(Person::FREE.0);
    for (word, &person) in persons.iter_mut().zip(slots) {
        let age = u64::from(person.age());
        let room = if age < u64::from(OLDEST) { u64::from(OLDEST) - age } else { 0 };
        *word = person.with_years_more(room.min(u64::from(years))).0;
    }
}

/// Everything else that happens to the persons of a tile, the first of whom has the number `agent`.
#[expect(clippy::too_many_arguments, reason = "the columns of a tile")]
#[inline(always)]
fn live_tile(
    life: &Life,
    watch: &Watch,
    agent: u64,
    slots: usize,
    first: u32,
    persons: &mut [u64],
    [reviewers, movers, sectors]: &mut [List; 3],
    events: &mut Events,
    free: &mut Vec<u32>,
) {
    let t = life.t;
    (reviewers.length, movers.length, sectors.length) = (0, 0, 0);
    for (b, batch) in persons.as_chunks_mut::<64>().0.iter_mut().enumerate() {
        let base = 64 * b;
        let number = agent + base as u64;
        let [reviews, reviews_sector, rest, elsewhere] = life.gate.watch(number, batch, watch);
        let rest = rest | reviews & reviews_sector;
        if t.experience {
            let mut learners = 0;
            for (i, &word) in batch.iter().enumerate() {
                learners |= u64::from(life.can_learn(Person(word))) << i;
            }
            for_bits(learners & elsewhere & !rest, |i| {
                batch[i] = life.experience(Person(batch[i]), number + i as u64).0;
            });
        }
        for_bits(reviews & !rest, |i| {
            let agent = number + i as u64;
            let belongs = life.reviews(Person(batch[i]), agent, life.gate.word(agent));
            reviewers.push_if(belongs, base + i, agent);
        });
        for_bits(reviews_sector & !rest, |i| {
            let agent = number + i as u64;
            sectors.push_if(life.reviews_sector(agent, life.gate.word(agent)), base + i, agent);
        });
        let lives = if slots >= base + 64 { u64::MAX } else { (1 << (slots - base)) - 1 };
        for_bits(rest & lives, |i| {
            let mut person = Person(batch[i]);
            if !person.is_free() {
                person = life.person(person, number + i as u64, events);
            }
            if person.is_free() {
                free.push(first + (base + i) as u32);
            }
            batch[i] = person.0;
        });
    }

    let (mut rows, mut target, mut picked) = ([0; TILE], [0; TILE], [0; TILE]);
    let n = reviewers.length;
    events.tally.reviews += n as u64;
    life.location.blocks(&reviewers.agent[..n], &mut reviewers.words);
    for i in 0..n {
        rows[i] = life::location_row(Person(persons[usize::from(reviewers.at[i])]), t) as u32;
    }
    let [_, nest, node, again] = &reviewers.words;
    t.location.choose_many(&rows[..n], [&nest[..n], &node[..n]], &mut target[..n]);
    for i in 0..n {
        let at = usize::from(reviewers.at[i]);
        let person = Person(persons[at]);
        let mut to = usize::from(target[i]);
        if t.stay_bonus > 0.0 {
            to = life::stay(person, to, t, again[i]);
        }
        target[movers.length] = to as u16;
        rows[movers.length] = (to * SKILLS + person.skill()) as u32;
        movers.push_if(to != person.place(), at, reviewers.agent[i]);
    }
    let n = movers.length;
    life.sector.blocks(&movers.agent[..n], &mut movers.words);
    t.activities.pick_many(&rows[..n], &movers.words[1][..n], &mut picked[..n]);
    for i in 0..n {
        let at = usize::from(movers.at[i]);
        let (person, to) = (Person(persons[at]), usize::from(target[i]));
        let (picked, word) = (usize::from(picked[i]), movers.words[2][i]);
        persons[at] = life::settle(person, to, t, &mut events.tally, picked, word).0;
    }
    let n = sectors.length;
    life.sector.blocks(&sectors.agent[..n], &mut sectors.words);
    for i in 0..n {
        let person = Person(persons[usize::from(sectors.at[i])]);
        rows[i] = (person.place() * SKILLS + person.skill()) as u32;
    }
    t.activities.pick_many(&rows[..n], &sectors.words[1][..n], &mut picked[..n]);
    for i in 0..n {
        let person = &mut persons[usize::from(sectors.at[i])];
        *person = Person(*person).with_activity(activity::SECTOR + usize::from(picked[i])).0;
    }
}

/// The same year without gates, lists and cells: everybody lives by the whole law and is counted one by one.
#[cfg(test)]
pub(crate) fn live_by_law(people: &mut People, t: &LifeTables) -> Year {
    let nodes = t.county.len();
    let life = Life::new(t);
    let years = if t.demography { t.step_years } else { 0 };
    let mut events = Events { tally: Tally::new(nodes, t.units), ..Default::default() };
    for block in 0..nodes {
        let mut overflow = Vec::new();
        let slots = &mut people.blocks[block].slots;
        for (n, piece) in slots.chunks_mut(PIECE).enumerate() {
            for (i, person) in piece.iter_mut().enumerate().filter(|(_, person)| !person.is_free()) {
                let older = person.with_age((person.age() + years).min(OLDEST));
                *person = life.person(older, People::agent_number(block, n * PIECE + i), &mut events);
            }
            let mut free = piece.iter_mut().filter(|person| person.is_free());
            for newborn in events.newborns.drain(..) {
                match free.next() {
                    Some(slot) => *slot = newborn,
                    None => overflow.push(newborn),
                }
            }
        }
        slots.extend(overflow);
    }
    let mut homes = vec![std::collections::BTreeMap::new(); nodes];
    for person in people.iter() {
        let (home, place) = (person.home(), person.place());
        let away = t.county[home] != t.county[place];
        events.tally.places[place].add(person, away, is_rural(t.tier[home]), &EFFICIENCY);
        homes[home].entry(place as u16).or_insert([0; SKILLS])[person.skill()] += 1;
    }
    let row = |row: std::collections::BTreeMap<u16, _>| {
        row.into_iter().map(|(place, agents)| Dwellers { place, agents }).collect()
    };
    Year { tally: events.tally, homes: homes.into_iter().map(row).collect(), startups: events.startups }
}
