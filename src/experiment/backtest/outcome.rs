//! What a run says at its end in the units that a census counts: residents, newcomers by origin, children, births and
//! deaths by county, and the stock of people by province of registration and of residence.

use crate::experiment::journal::{self, Number};
use crate::people::location::ORIGINS;
use crate::simulation::Simulation;
use crate::world::{Geography, Tier};

use super::kept::Replicate;

/// Age below which a resident is a child of the ten years between two censuses.
const CHILD: u32 = 10;

/// Births and deaths by county, added up over the years of a run; persons.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vital {
    births: Vec<f64>,
    deaths: Vec<f64>,
}

impl Vital {
    /// Nothing yet, for an area.
    pub(crate) fn new(geography: &Geography) -> Vital {
        let none = vec![0.0; geography.counties.len()];
        Vital { births: none.clone(), deaths: none }
    }

    /// Adds the year that a simulation has just done.
    pub(crate) fn add(&mut self, simulation: &Simulation) {
        let (world, tally) = (&simulation.world, &simulation.tally);
        let persons = world.persons_per_agent() as f64;
        for (c, county) in world.geography.counties.iter().enumerate() {
            for j in county.nodes() {
                self.births[c] += tally.births.get(j).copied().unwrap_or(0) as f64 * persons;
                self.deaths[c] += tally.deaths.get(j).copied().unwrap_or(0) as f64 * persons;
            }
        }
    }
}

/// People who live away from their home county, by where they are registered and live.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Away {
    /// Newcomers by county and origin (own province, others or outside).
    pub newcomers: Vec<[f64; ORIGINS]>,
    /// Persons by province of registration and of residence, `[origin x provinces + residence]`; who lives in the own
    /// province counts where it is another county.
    pub stock: Vec<f64>,
    /// All of them: in the own province, in another one or outside.
    pub all: [f64; ORIGINS],
}

/// Counts who lives away.
pub(crate) fn away(simulation: &Simulation) -> Away {
    let world = &simulation.world;
    let g = &world.geography;
    let persons = world.persons_per_agent() as f64;
    let provinces = g.provinces.len();
    let mut away = Away {
        newcomers: vec![[0.0; ORIGINS]; g.counties.len()],
        stock: vec![0.0; provinces * provinces],
        all: [0.0; ORIGINS],
    };
    for (h, row) in world.census.homes.iter().enumerate() {
        for d in row {
            let j = usize::from(d.place);
            let people = d.total() as f64 * persons;
            let outside = [h, j].map(|node| g.is_outside(node));
            let other = match outside {
                [true, true] => continue,
                [false, false] if g.nodes[h].county == g.nodes[j].county => continue,
                [false, false] => g.nodes[h].province != g.nodes[j].province,
                _ => true,
            };
            away.all[usize::from(other)] += people;
            if !outside[1] {
                away.newcomers[g.nodes[j].county][usize::from(other)] += people;
            }
            if outside == [false; 2] {
                away.stock[g.nodes[h].province * provinces + g.nodes[j].province] += people;
            }
        }
    }
    away
}

/// What a run that has ended says; `before` is who lived away in the base year.
pub(crate) fn of(simulation: &Simulation, replicate: u32, before: &Away, vital: &Vital) -> Replicate {
    let world = &simulation.world;
    let g = &world.geography;
    let by_county = |wanted: &dyn Fn(usize) -> bool| -> Vec<f64> {
        let residents = |c: &crate::world::geography::County| {
            c.nodes().filter(|&j| wanted(j)).map(|j| world.residents(j) as f64).sum()
        };
        g.counties.iter().map(residents).collect()
    };
    let mut children = vec![0.0; g.counties.len()];
    for person in world.people.blocks.iter().flat_map(|block| &block.slots).filter(|person| !person.is_free())
    {
        if person.age() < CHILD && !g.is_outside(person.place()) {
            children[g.nodes[person.place()].county] += world.persons_per_agent() as f64;
        }
    }
    let after = away(simulation);
    let origin = |o: usize| journal::kept(&after.newcomers.iter().map(|n| n[o]).collect::<Vec<_>>());
    Replicate {
        replicate,
        population: journal::kept(&by_county(&|_| true)),
        urban: journal::kept(&by_county(&|j| g.nodes[j].tier != Tier::Village)),
        newcomers_own: origin(0),
        newcomers_other: origin(1),
        children: journal::kept(&children),
        births: journal::kept(&vital.births),
        deaths: journal::kept(&vital.deaths),
        stock_start: journal::kept(&before.stock),
        stock: journal::kept(&after.stock),
        away_growth: std::array::from_fn(|b| Number(after.all[b] / before.all[b].max(1.0))),
    }
}
