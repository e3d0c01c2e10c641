//! People: every agent is eight bytes, laid out by registered home.

use std::sync::LazyLock;

use super::node::SKILLS;
use crate::output::checkpoint_file::{LittleEndian, Word, WordKind};

/// What a person does; the code of the sector field.
pub mod activity {
    /// Does not work (too young, retired, in the family).
    pub const NONE: usize = 0;
    /// First of the sectors: `SECTOR + s`.
    pub const SECTOR: usize = 1;
    /// Lives in the village and works in the seat of the own county.
    pub const COMMUTING: usize = SECTOR + crate::world::SECTORS;
    /// Number of codes; a person has three bits for them.
    pub const COUNT: usize = COMMUTING + 1;
    const _: () = assert!(
        COUNT <= 8,
        "the activity of a person has three bits: six sectors fill them, a seventh needs bit 63 of `Person` and cells of \
         16 activities in `src/people/counter.rs`"
    );
}

/// Age code of a slot that holds nobody.
const FREE_AGE: u64 = 127;
/// Oldest age that is told apart.
pub(crate) const OLDEST: u32 = 110;
/// Code of human capital one: `ln h = (code - 128)/50`.
pub(crate) const HUMAN_CAPITAL_ONE: u32 = 128;
/// Fixed-point scale of efficiency units.
pub(crate) const EFFICIENCY_ONE: f64 = 65536.0;
/// Years of experience that are told apart.
pub(crate) const EXPERIENCE_CAP: u32 = 15;

const HOME: u32 = 0;
const PLACE: u32 = 16;
const AGE: u32 = 32;
const SKILL: u32 = 39;
const ACTIVITY: u32 = 40;
const LAND_KEPT: u32 = 43;
const TRAINED: u32 = 44;
const POSTED: u32 = 45;
const EXPERIENCE: u32 = 46;
const POSTING: u32 = 50;
const HUMAN_CAPITAL: u32 = 54;
const RETURNED: u32 = 62;

/// One agent in eight bytes: home and place (16 bits each), age (7, 127 = free slot), skill (1),
/// activity (3), flags land-kept, trained, posted, returned, experience and posting years (4 each),
/// human capital (8, `ln h = (code - 128)/50`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Person(pub u64);

/// An agent is its word, so that a block of agents is written from where it lies.
impl Word for Person {
    const KIND: WordKind = WordKind::U64;
}

impl LittleEndian for Person {
    fn encode(words: &[Self], bytes: &mut [u8]) {
        let (places, _) = bytes.as_chunks_mut::<8>();
        for (place, word) in places.iter_mut().zip(words) {
            *place = word.0.to_le_bytes();
        }
    }

    fn append(bytes: &[u8], words: &mut Vec<Self>) {
        let (places, _) = bytes.as_chunks::<8>();
        words.extend(places.iter().map(|place| Person(u64::from_le_bytes(*place))));
    }
}

impl Person {
    /// A slot that holds nobody.
    pub const FREE: Person = Person(FREE_AGE << AGE);

    /// A person at home.
    pub fn new(
        home: usize,
        place: usize,
        age: u32,
        skill: usize,
        activity: usize,
        human_capital: u32,
    ) -> Self {
        Person(
            (home as u64) << HOME
                | (place as u64) << PLACE
                | u64::from(age.min(OLDEST)) << AGE
                | (skill as u64) << SKILL
                | (activity as u64) << ACTIVITY
                | u64::from(human_capital) << HUMAN_CAPITAL,
        )
    }

    #[inline(always)]
    fn bits(self, at: u32, width: u32) -> u64 {
        (self.0 >> at) & ((1 << width) - 1)
    }

    #[inline(always)]
    fn with(self, at: u32, width: u32, value: u64) -> Self {
        let mask = ((1u64 << width) - 1) << at;
        Person((self.0 & !mask) | (value << at & mask))
    }

    /// Whether the slot holds nobody.
    #[inline(always)]
    pub fn is_free(self) -> bool {
        self.bits(AGE, 7) == FREE_AGE
    }

    /// Node of registration.
    #[inline(always)]
    pub fn home(self) -> usize {
        self.bits(HOME, 16) as usize
    }

    /// Node where the person lives.
    #[inline(always)]
    pub fn place(self) -> usize {
        self.bits(PLACE, 16) as usize
    }

    /// Age in years (or steps, in a scenario whose step is not a year).
    #[inline(always)]
    pub fn age(self) -> u32 {
        self.bits(AGE, 7) as u32
    }

    /// 0 worker, 1 talent.
    #[inline(always)]
    pub fn skill(self) -> usize {
        self.bits(SKILL, 1) as usize
    }

    /// What the person does: see [`activity`].
    #[inline(always)]
    pub fn activity(self) -> usize {
        self.bits(ACTIVITY, 3) as usize
    }

    /// `skill + 2 activity`: they stand side by side.
    #[inline(always)]
    pub fn skill_and_activity(self) -> u64 {
        self.bits(SKILL, 4)
    }

    /// Years away in a city or seat that count as experience.
    #[inline(always)]
    pub fn experience(self) -> u32 {
        self.bits(EXPERIENCE, 4) as u32
    }

    /// Years of a posting that are left.
    #[inline(always)]
    pub fn posting(self) -> u32 {
        self.bits(POSTING, 4) as u32
    }

    /// Code of human capital.
    #[inline(always)]
    pub fn human_capital(self) -> u32 {
        self.bits(HUMAN_CAPITAL, 8) as u32
    }

    /// Whether a policy has trained the agent.
    #[inline(always)]
    pub fn is_trained(self) -> bool {
        self.bits(TRAINED, 1) == 1
    }

    /// Whether the agent is posted to a place and bound to it for some years.
    #[inline(always)]
    pub fn is_posted(self) -> bool {
        self.bits(POSTED, 1) == 1
    }

    /// Whether the agent keeps the land of the village of registration.
    #[inline(always)]
    pub fn keeps_land(self) -> bool {
        self.bits(LAND_KEPT, 1) == 1
    }

    /// Has come back to the home county after working away.
    #[inline(always)]
    pub fn has_returned(self) -> bool {
        self.bits(RETURNED, 1) == 1
    }

    /// The same agent registered at another home.
    #[inline(always)]
    #[must_use]
    pub fn with_home(self, home: usize) -> Self {
        self.with(HOME, 16, home as u64)
    }

    /// The same agent living at another place.
    #[inline(always)]
    #[must_use]
    pub fn with_place(self, place: usize) -> Self {
        self.with(PLACE, 16, place as u64)
    }

    /// The same agent at another age, years.
    #[inline(always)]
    #[must_use]
    pub fn with_age(self, age: u32) -> Self {
        self.with(AGE, 7, u64::from(age))
    }

    /// So many years older; the age must stay below 128.
    #[inline(always)]
    #[must_use]
    pub fn with_years_more(self, years: u64) -> Self {
        Person(self.0 + (years << AGE))
    }

    /// The same agent with another skill.
    #[inline(always)]
    #[must_use]
    pub fn with_skill(self, skill: usize) -> Self {
        self.with(SKILL, 1, skill as u64)
    }

    /// The same agent with another activity.
    #[inline(always)]
    #[must_use]
    pub fn with_activity(self, activity: usize) -> Self {
        self.with(ACTIVITY, 3, activity as u64)
    }

    /// The same agent with other years of experience.
    #[inline(always)]
    #[must_use]
    pub fn with_experience(self, years: u32) -> Self {
        self.with(EXPERIENCE, 4, u64::from(years))
    }

    /// The same agent with another code of human capital, at most 255.
    #[inline(always)]
    #[must_use]
    pub fn with_human_capital(self, code: u32) -> Self {
        self.with(HUMAN_CAPITAL, 8, u64::from(code.min(255)))
    }

    /// The same agent, trained.
    #[inline(always)]
    #[must_use]
    pub fn with_trained(self) -> Self {
        self.with(TRAINED, 1, 1)
    }

    /// The same agent, not trained.
    #[inline(always)]
    #[must_use]
    pub fn without_training(self) -> Self {
        self.with(TRAINED, 1, 0)
    }

    /// The same agent with or without the land of the village.
    #[inline(always)]
    #[must_use]
    pub fn with_land_kept(self, kept: bool) -> Self {
        self.with(LAND_KEPT, 1, u64::from(kept))
    }

    /// The same agent with or without a return in the past.
    #[inline(always)]
    #[must_use]
    pub fn with_returned(self, returned: bool) -> Self {
        self.with(RETURNED, 1, u64::from(returned))
    }

    /// A posting of so many years; zero ends it.
    #[inline(always)]
    #[must_use]
    pub fn with_posting(self, years: u32) -> Self {
        self.with(POSTED, 1, u64::from(years > 0)).with(POSTING, 4, u64::from(years.min(15)))
    }
}

/// Efficiency units of each human-capital code, fixed point.
pub(crate) static EFFICIENCY: LazyLock<[u32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|code| {
        libm::rint(EFFICIENCY_ONE * libm::exp((code as f64 - f64::from(HUMAN_CAPITAL_ONE)) / 50.0)) as u32
    })
});

/// Age classes of the location choice: children, 18-34, 35-54, 55 and over.
pub(crate) const AGE_CLASSES: usize = 4;

/// The class of an age.
#[inline(always)]
pub(crate) fn age_class(age: u32) -> usize {
    usize::from(age >= 18) + usize::from(age >= 35) + usize::from(age >= 55)
}

/// Classes of age that are counted: those of the location choice, with the years about retirement apart.
pub(crate) const COUNT_CLASSES: usize = 6;

/// The class of the location choice of a class that is counted.
pub(crate) const CLASS_OF_COUNT: [usize; COUNT_CLASSES] = [0, 1, 2, 2, 3, 3];

/// The class that an age is counted in: 0-17, 18-34, 35-49, 50-54, 55-59, 60 and over.
#[inline(always)]
pub(crate) fn count_class(age: u32) -> usize {
    age_class(age) + usize::from(age >= 50) + usize::from(age >= 60)
}

/// Index of the years 50 to 59 in counts of the old.
pub(crate) const FIFTIES: usize = 0;
/// Index of 60 and over there.
pub(crate) const ELDERS: usize = 1;

/// What a counted class is among the old.
#[inline(always)]
pub(crate) fn old_class(count_class: usize) -> Option<usize> {
    match count_class {
        3 | 4 => Some(FIFTIES),
        5 => Some(ELDERS),
        _ => None,
    }
}

/// Agents registered at one home node. The position in `slots` is the agent's number: it never changes,
/// and a newborn takes a free slot of the parent's piece of the block, or a new one at its end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// Agents by number, free slots included.
    pub slots: Vec<Person>,
}

/// All agents: one block a home node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct People {
    /// By home node.
    pub blocks: Vec<Block>,
    /// Persons that one agent stands for.
    pub persons_per_agent: u32,
}

impl People {
    /// Number of slots, free ones included.
    pub fn slots(&self) -> u64 {
        self.blocks.iter().map(|b| b.slots.len() as u64).sum()
    }

    /// The number of an agent: a key for draws that no event can change.
    #[inline(always)]
    pub fn agent_number(block: usize, slot: usize) -> u64 {
        (block as u64) << 32 | slot as u64
    }

    /// Everybody, in the fixed order of blocks and slots.
    pub fn iter(&self) -> impl Iterator<Item = Person> + '_ {
        self.blocks.iter().flat_map(|b| b.slots.iter().copied()).filter(|p| !p.is_free())
    }
}

/// Counts of agents at one place. Integers, so that the order of adding cannot matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlaceCount {
    /// Agents by skill and activity.
    pub people: [[u64; activity::COUNT]; SKILLS],
    /// Their efficiency units, fixed point.
    pub efficiency: [[u64; activity::COUNT]; SKILLS],
    /// Efficiency units of those who live outside their home county.
    pub away_efficiency: [[u64; activity::COUNT]; SKILLS],
    /// Agents who live outside their home county, by skill.
    pub newcomers: [u64; SKILLS],
    /// Agents by skill and age class.
    pub ages: [[u64; AGE_CLASSES]; SKILLS],
    /// Agents of 50 to 59 and of 60 and over, by what they are registered at (0 an urban node, 1 a village or the
    /// outside) and skill: who draws a pension.
    pub old: [[[u64; SKILLS]; 2]; 2],
    /// Posted talent.
    pub posted: u64,
    /// Trained agents.
    pub trained: u64,
}

impl PlaceCount {
    /// Agents of a skill.
    pub fn of_skill(&self, skill: usize) -> u64 {
        self.people[skill].iter().sum()
    }

    /// All agents.
    pub fn total(&self) -> u64 {
        self.of_skill(0) + self.of_skill(1)
    }

    /// Counts one agent; `rural` says whether the registered home is a village or outside.
    #[inline(always)]
    pub fn add(&mut self, person: Person, away: bool, rural: bool, efficiency: &[u32; 256]) {
        let (k, a) = (person.skill(), person.activity());
        let h = u64::from(efficiency[person.human_capital() as usize]);
        self.people[k][a] += 1;
        self.efficiency[k][a] += h;
        self.away_efficiency[k][a] += if away { h } else { 0 };
        self.newcomers[k] += u64::from(away);
        let class = count_class(person.age());
        self.ages[k][CLASS_OF_COUNT[class]] += 1;
        if let Some(old) = old_class(class) {
            self.old[old][usize::from(rural)][k] += 1;
        }
        self.posted += u64::from(person.is_posted());
        self.trained += u64::from(person.is_trained());
    }

    /// Adds the counts of another piece.
    pub fn merge(&mut self, other: &PlaceCount) {
        for k in 0..SKILLS {
            for a in 0..activity::COUNT {
                self.people[k][a] += other.people[k][a];
                self.efficiency[k][a] += other.efficiency[k][a];
                self.away_efficiency[k][a] += other.away_efficiency[k][a];
            }
            self.newcomers[k] += other.newcomers[k];
            for c in 0..AGE_CLASSES {
                self.ages[k][c] += other.ages[k][c];
            }
            for (old, other) in self.old.iter_mut().flatten().zip(other.old.iter().flatten()) {
                old[k] += other[k];
            }
        }
        self.posted += other.posted;
        self.trained += other.trained;
    }
}

/// How many agents of one home live at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dwellers {
    /// Index of the node.
    pub place: u16,
    /// Agents by skill.
    pub agents: [u32; SKILLS],
}

impl Dwellers {
    /// Agents of both skills.
    pub fn total(&self) -> u64 {
        u64::from(self.agents[0]) + u64::from(self.agents[1])
    }
}

/// Where everybody is: counts by place, and by home and place. Agents see only this of each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Census {
    /// Counts by place, outside nodes included.
    pub places: Vec<PlaceCount>,
    /// For each home node, the places where its people live, by place.
    pub homes: Vec<Vec<Dwellers>>,
}

impl Census {
    /// Agents registered at a home.
    pub fn registered(&self, home: usize) -> u64 {
        self.homes[home].iter().map(Dwellers::total).sum()
    }

    /// All agents.
    pub fn total(&self) -> u64 {
        self.places.iter().map(PlaceCount::total).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_eight_bytes_and_every_field_keeps_to_itself() {
        assert_eq!(size_of::<Person>(), 8);
        let p = Person::new(65_535, 12_345, 77, 1, activity::COMMUTING, 200)
            .with_experience(9)
            .with_posting(3)
            .with_trained()
            .with_returned(true);
        assert_eq!((p.home(), p.place(), p.age(), p.skill()), (65_535, 12_345, 77, 1));
        assert_eq!(
            (p.activity(), p.human_capital(), p.experience(), p.posting()),
            (activity::COMMUTING, 200, 9, 3)
        );
        assert!(p.is_trained() && p.is_posted() && p.has_returned() && !p.keeps_land() && !p.is_free());
        let q = p.with_place(1).with_age(3).with_posting(0);
        assert_eq!((q.home(), q.place(), q.age(), q.is_posted()), (65_535, 1, 3, false));
        assert!(Person::FREE.is_free());
    }
}
