//! The law of one person in one year: ageing, death, birth, schooling, work, training, start-ups, review of
//! place, registration and sector.
//!
//! A gate word (64 bits a person and year) and a second one derived from it decide which events happen, each by a
//! lane of its own (`crates/kernel/src/chance.rs`); what an event brings is drawn with Philox. Every draw is a pure function of
//! (seed, purpose, year, agent), so a policy that does not touch a person does not touch its luck.
//!
//! | event | lane | happens if |
//! |---|---|---|
//! | review of place | 0 | below the rate |
//! | review of sector | 1 | below the rate |
//! | death | 2 | below the rate |
//! | birth | 3 | below the rate |
//! | start-up | 3 | counted from the top, below the rate |
//! | conversion of registration | 0 of the second word | below the rate |
//! | training | 1 of the second word | below the rate |
//! | work begins or ends with an age group | 2 and 3 of the second word | below the chance |
//!
//! Who lives when, and the loops that do the same for many, are in `flow/life_year.rs`.

use super::choice::Tables;
use super::location::{CLASSES, TABLE_AGES, class, table_age};
use super::tally::{StartUp, Tally};
use crate::config::Anchor;
use crate::kernel::chance::Chance;
use crate::kernel::choice_table::ChoiceTable;
use crate::kernel::draw::{Draws, Purpose};
use crate::kernel::gate::{FIELD_AT, FIELDS, Gate, Lane, Watch, second};
use crate::world::people::{EXPERIENCE_CAP, activity};
use crate::world::{Person, SECTORS, SKILLS};

/// What decides a year of a person, worked out before the pass.
pub(crate) struct LifeTables<'a> {
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
    /// Which births and deaths hold at each node: a province's, or the only ones.
    pub vital_of: &'a [u16],
    /// Deaths by province and age.
    pub death: Vec<[Chance; 128]>,
    /// Births by province and age: in each one row a tier, or one a class of `birth_of_home`.
    pub birth: Vec<[Chance; 128]>,
    /// Rows of a province in `birth`.
    pub birth_rows: usize,
    /// Class of births of each home node, where births follow the home county instead of the tier.
    pub birth_of_home: Option<&'a [u8]>,
    /// Share at work by node and age group.
    pub participation: &'a [[f32; 18]],
    /// Ages at which the share at work changes, by skill.
    pub boundary: [[bool; 128]; SKILLS],
    /// Probability to enrol at 18 by home node, of 2^32.
    pub enrolment: Vec<u64>,
    /// Review of place by age.
    pub review: [Chance; 128],
    /// Review of sector.
    pub sector: Chance,
    /// Activity of those at work by place and skill: four sectors, commuting.
    pub activities: ChoiceTable,
    /// Conversion by place and skill.
    pub convert: Vec<[Chance; SKILLS]>,
    /// Training by place; `None` if nobody trains.
    pub training: Option<Vec<Chance>>,
    /// Gain of training in human-capital codes (1/50 log point).
    pub training_codes: f64,
    /// Gain of a year's experience in codes.
    pub experience_codes: f64,
    /// Experience that still adds, years.
    pub experience_cap: u32,
    /// Start-ups by home, skill and where the founder is ([`FOUNDERS`]).
    pub startup: Vec<[[Chance; FOUNDERS]; SKILLS]>,
    /// Sector of start-ups by home, in which the founder works: running odds in units of 2^-32, the last one at the top.
    pub startup_sector: Vec<[u32; SECTORS]>,
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

/// Founders are at home and never left, at home and returned, or away and return to found.
pub(crate) const FOUNDERS: usize = 3;

/// The sector that a word picks from running odds.
fn picked_sector(odds: &[u32; SECTORS], word: u32) -> usize {
    odds.partition_point(|&odds| odds <= word).min(SECTORS - 1)
}

/// Ceilings of the gate by age, skill and activity: who is below none of them has an uneventful year. They stand
/// at or above every rate of the year, and change the cost of a year and nothing else.
pub(super) fn ceilings(t: &LifeTables) -> Watch {
    let highest = |chances: &mut dyn Iterator<Item = Chance>| chances.map(Chance::ceiling).max().unwrap_or(0);
    let startup = if t.startups { highest(&mut t.startup.iter().flatten().flatten().copied()) } else { 0 };
    let convert: [u32; SKILLS] =
        std::array::from_fn(
            |k| {
                if t.conversion { highest(&mut t.convert.iter().map(|row| row[k])) } else { 0 }
            },
        );
    let training = highest(&mut t.training.iter().flatten().copied());
    // Start-ups are at the top of lane 3, births at its bottom: a lift brings the two together.
    let mut watch = Watch::new(startup.min(0xFFFF) as u16);
    for field in 0..FIELDS {
        let person = Person((field as u64) << FIELD_AT);
        let (age, k, a) = (person.age(), person.skill(), person.activity());
        if person.is_free() {
            watch.always(field);
            continue;
        }
        let works = a != activity::NONE;
        if t.migration {
            watch.raise(field, Lane::Review, t.review[age as usize].ceiling());
        }
        if t.sector_review && works {
            watch.raise(field, Lane::Sector, t.sector.ceiling());
        }
        let mut birth = 0;
        if t.demography {
            watch.raise(field, Lane::Death, highest(&mut t.death.iter().map(|of| of[age as usize])));
            birth = highest(&mut t.birth.iter().map(|of_tier| of_tier[age as usize]));
            if t.education && age == ENROLMENT_AGE && k == 0 {
                watch.always(field);
            }
            if t.boundary[k][age as usize] {
                let most = t.participation.iter().map(|shares| crossing(shares, age, k, works));
                let most = libm::ceil(most.fold(0.0, f64::max) * 65536.0);
                watch.raise(field, Lane::AgeGroup, most as u32);
            }
        }
        if birth > 0 {
            watch.raise(field, Lane::Birth, birth + startup);
        } else if age >= STARTUP_AGE {
            watch.raise(field, Lane::Birth, startup);
        }
        watch.raise(field, Lane::Conversion, convert[k]);
        if k == 0 && works {
            watch.raise(field, Lane::Training, training);
        }
    }
    watch
}

/// Age at which one may enrol in tertiary education, and from which one may found a firm.
const ENROLMENT_AGE: u32 = 18;
const STARTUP_AGE: u32 = 18;

/// What a person's year leaves besides the person.
#[derive(Default)]
pub(super) struct Events {
    pub tally: Tally,
    pub startups: Vec<StartUp>,
    pub newborns: Vec<Person>,
}

/// The law with the draws of a year.
pub(super) struct Life<'a> {
    pub t: &'a LifeTables<'a>,
    pub gate: Gate,
    /// Codes of a year's experience, if it is a whole number.
    whole_gain: Option<u32>,
    death: Draws,
    birth: Draws,
    education: Draws,
    participation: Draws,
    pub location: Draws,
    pub sector: Draws,
    conversion: Draws,
    training: Draws,
    startup: Draws,
    growth: Draws,
}

impl<'a> Life<'a> {
    pub(super) fn new(t: &'a LifeTables<'a>) -> Self {
        let draws = |purpose| Draws::new(t.seed, purpose, t.step);
        Life {
            t,
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
        }
    }

    /// Whether a year at work would teach the person, were it away from home in a city or seat.
    #[inline(always)]
    pub(super) fn can_learn(&self, person: Person) -> bool {
        (person.age() >= 16)
            & (person.activity() != activity::NONE)
            & (person.experience() < self.t.experience_cap)
    }

    /// A year at work away from home in a city or seat teaches who [can learn](Self::can_learn).
    #[inline(always)]
    pub(super) fn experience(&self, person: Person, agent: u64) -> Person {
        let t = self.t;
        let (home, place) = (person.home(), person.place());
        if (t.county[home] == t.county[place]) | (t.tier[place] > 1) {
            return person;
        }
        let gain = match self.whole_gain {
            Some(gain) => gain,
            None => codes(t.experience_codes, self.growth.block(agent)[0]),
        };
        person
            .with_experience((person.experience() + 1).min(EXPERIENCE_CAP))
            .with_human_capital(person.human_capital() + gain)
    }

    /// Whether the person reviews the place. Who is posted does not.
    #[inline(always)]
    pub(super) fn reviews(&self, person: Person, agent: u64, word: u64) -> bool {
        let chance = self.t.review[person.age() as usize];
        chance.happens(lane(word, 0), || self.location.block(agent)[0]) & !person.is_posted()
    }

    /// Whether the person at work reviews the sector.
    #[inline(always)]
    pub(super) fn reviews_sector(&self, agent: u64, word: u64) -> bool {
        self.t.sector.happens(lane(word, 1), || self.sector.block(agent)[0])
    }

    /// The whole law of a person who is already a year older; nobody is left of one who died.
    pub(super) fn person(&self, mut person: Person, agent: u64, events: &mut Events) -> Person {
        let t = self.t;
        let place = person.place();
        let word = self.gate.word(agent);
        let again = second(word);

        // Phase 7, renew: die, be born, learn, work.
        if t.demography {
            let age = person.age();
            let vital = usize::from(t.vital_of[place]);
            if t.death[vital][age as usize].happens(lane(word, 2), || self.death.block(agent)[0]) {
                events.tally.deaths[place] += 1;
                events.tally.deaths_of_posted += u64::from(person.is_posted());
                return Person::FREE;
            }
            let row = t.birth_of_home.map_or(t.tier[place], |class| class[person.home()]);
            let births = &t.birth[vital * t.birth_rows + usize::from(row)];
            if births[age as usize].happens(lane(word, 3), || self.birth.block(agent)[0]) {
                events.tally.births[place] += 1;
                let code = u32::from(t.human_capital[(self.birth.block(agent)[1] >> 20) as usize]);
                events.newborns.push(Person::new(person.home(), place, 0, 0, activity::NONE, code));
            }
            if t.education && age == ENROLMENT_AGE && person.skill() == 0 {
                let enrols = u64::from(self.education.block(agent)[0]) < t.enrolment[person.home()];
                if enrols {
                    person = person.with_skill(1).with_activity(activity::NONE);
                    events.tally.enrolled += 1;
                }
            }
            if t.boundary[person.skill()][age as usize] {
                person = cross_age(person, age, place, t, (again >> 32) as u32, || {
                    self.participation.block(agent)[0]
                });
            }
        }
        if t.experience && self.can_learn(person) {
            person = self.experience(person, agent);
        }
        if let Some(training) = &t.training
            && person.skill() == 0
            && person.activity() != activity::NONE
            && !person.is_trained()
            && training[place].happens(lane(again, 1), || self.training.block(agent)[0])
        {
            let gain = codes(t.training_codes, self.training.block(agent)[1]);
            person = person.with_trained().with_human_capital(person.human_capital() + gain);
            events.tally.trained[place] += 1;
        }
        let home = person.home();
        if t.startups && person.age() >= STARTUP_AGE {
            let at_home = t.county[home] == t.county[person.place()];
            let founder = if at_home { usize::from(person.has_returned()) } else { FOUNDERS - 1 };
            let chance = t.startup[home][person.skill()][founder];
            if (at_home || !person.is_posted())
                && chance.happens(0xFFFF - lane(word, 3), || self.startup.block(agent)[0])
            {
                let b = self.startup.block(agent);
                let sector = picked_sector(&t.startup_sector[home], b[1]);
                events.startups.push(StartUp { agent, home: home as u16, sector: sector as u8 });
                if !at_home {
                    let back = settle(person, home, t, &mut events.tally, sector, b[2]);
                    return back.with_returned(true).with_activity(activity::SECTOR + sector);
                }
                person = person.with_activity(activity::SECTOR + sector);
            }
        }

        // Phase 8, move: place, registration, sector.
        if t.migration && self.reviews(person, agent, word) {
            events.tally.reviews += 1;
            let target = destination(person, t, self.location.block(agent));
            if target != place {
                let b = self.sector.block(agent);
                let picked = t.activities.pick(target * SKILLS + person.skill(), b[1]);
                return settle(person, target, t, &mut events.tally, picked, b[2]);
            }
        }
        if t.conversion && t.county[home] != t.county[place] {
            let chance = t.convert[place][person.skill()];
            if chance.happens(lane(again, 0), || self.conversion.block(agent)[0]) {
                events.tally.conversions += 1;
                events.tally.converted_from[home] += 1;
                person = person.with_home(place).with_returned(false);
            }
        }
        if t.sector_review && person.activity() != activity::NONE && self.reviews_sector(agent, word) {
            let word = self.sector.block(agent)[1];
            let option = t.activities.pick(person.place() * SKILLS + person.skill(), word);
            person = person.with_activity(activity::SECTOR + option);
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
pub(crate) fn crossing(shares: &[f32; 18], age: u32, skill: usize, works: bool) -> f64 {
    let group = crate::people::vital_rates::age_group(age);
    let now = f64::from(shares[group]);
    let starts = age == 16 || (skill == 1 && age == crate::people::vital_rates::TALENT_WORKS_AT);
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

/// Row of the location tables that a reviewer chooses by: class, and registered home (or present place).
#[inline(always)]
pub(super) fn location_row(person: Person, t: &LifeTables) -> usize {
    let table_age = table_age(person.age());
    debug_assert!(table_age < TABLE_AGES);
    let home = if t.anchor == Anchor::Home { person.home() } else { person.place() };
    home * CLASSES + class(person.skill(), table_age)
}

/// The place a reviewer chooses.
fn destination(person: Person, t: &LifeTables, b: [u32; 4]) -> usize {
    let row = location_row(person, t);
    let target = t.location.choose(row / CLASSES, row % CLASSES, [b[1], b[2]]);
    if t.stay_bonus > 0.0 { stay(person, target, t, b[3]) } else { target }
}

/// The one-off cost of moving: with weight `W_ii = e^{V_i + m}` the extra mass of staying is `p_i (e^m - 1)`.
pub(super) fn stay(person: Person, target: usize, t: &LifeTables, word: u32) -> usize {
    if target == person.place() {
        return target;
    }
    let row = location_row(person, t);
    let extra = t.location.probability(row / CLASSES, row % CLASSES, person.place()) * t.stay_bonus;
    if f64::from(word) / 4_294_967_296.0 < extra / (1.0 + extra) { person.place() } else { target }
}

/// Arrival: work is found by the shares of the new place, in the activity that was `picked` from them.
#[inline(always)]
pub(super) fn settle(
    person: Person,
    target: usize,
    t: &LifeTables,
    tally: &mut Tally,
    picked: usize,
    word: u32,
) -> Person {
    let (from, k, home) = (person.place(), person.skill(), person.home());
    tally.out_moves[from][k] += 1;
    tally.in_moves[target][k] += 1;
    tally.moves[k][t.unit[from] as usize * t.units + t.unit[target] as usize] += 1;
    tally.tier_moves[k][usize::from(t.tier[from])][usize::from(t.tier[target])] += 1;
    let returns = t.county[from] != t.county[home] && t.county[target] == t.county[home];
    let person = person
        .with_place(target)
        .with_returned(person.has_returned() || (returns && person.experience() > 0));
    let age = person.age();
    let at_work = match t.participation.get(target) {
        Some(shares) if age >= 16 && (k == 0 || age >= crate::people::vital_rates::TALENT_WORKS_AT) => {
            f64::from(word) / 4_294_967_296.0 < f64::from(shares[crate::people::vital_rates::age_group(age)])
        }
        _ => false,
    };
    person.with_activity(if at_work { activity::SECTOR + picked } else { activity::NONE })
}
