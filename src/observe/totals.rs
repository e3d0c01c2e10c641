//! Sums over a set of nodes, and the ratios that are read from them. Ratios of sums, never means of ratios.

use super::Snapshot;
use crate::economy::earnings::{LOCAL, NEWCOMER};
use crate::economy::prices;
use crate::world::sector::LOCAL_SERVICES;
use crate::world::state::{INCOME_PARTS, NodeState, SOURCES};
use crate::world::{SECTORS, SKILLS, World};

/// Value added of a cell, fen: wages, land rent, rent of the place, surplus and value-added tax (identity I6).
pub(crate) fn value_added(state: &NodeState, sector: usize) -> i64 {
    state.wage_bill[sector]
        + state.land_rent[sector]
        + state.place_rent[sector]
        + state.surplus[sector]
        + state.vat[sector]
}

/// Output of a node at prices of the base year, fen: of its cells, and living in homes.
pub(crate) fn output(state: &NodeState) -> i64 {
    state.output.iter().sum::<i64>() + state.dwellings
}

/// The same at prices of the year.
pub(crate) fn nominal_output(state: &NodeState) -> i64 {
    (0..SECTORS).map(|s| value_added(state, s)).sum::<i64>() + state.dwellings
}

/// Where people registered at a home live, persons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Whereabouts {
    pub at_home_node: u64,
    /// In the other node of the home county: for a village its seat.
    pub other_node_of_county: u64,
    pub elsewhere_in_area: u64,
    pub outside: u64,
}

impl Whereabouts {
    /// Of one home, after the move.
    pub(crate) fn of(world: &World, home: usize) -> Whereabouts {
        let mut lives = Whereabouts::default();
        let geography = &world.geography;
        for d in &world.census.homes[home] {
            let place = usize::from(d.place);
            let persons = d.total() * world.persons_per_agent();
            if place == home {
                lives.at_home_node += persons;
            } else if geography.is_outside(place) {
                lives.outside += persons;
            } else if !geography.is_outside(home)
                && geography.nodes[place].county == geography.nodes[home].county
            {
                lives.other_node_of_county += persons;
            } else {
                lives.elsewhere_in_area += persons;
            }
        }
        lives
    }

    /// Everybody registered.
    pub(crate) fn registered(&self) -> u64 {
        self.left() + self.at_home_node
    }

    /// Those who do not live at the node of registration.
    pub(crate) fn left(&self) -> u64 {
        self.other_node_of_county + self.elsewhere_in_area + self.outside
    }
}

/// Sums over nodes of the area: persons, and money in fen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Totals {
    /// Residents after the move, by skill.
    pub residents: [f64; SKILLS],
    /// Residents who are newcomers, after the move.
    pub newcomers: f64,
    /// People registered here, wherever they live.
    pub registered: f64,
    /// Born in the year.
    pub births: f64,
    /// Died in the year.
    pub deaths: f64,
    /// Moved to these nodes in the year.
    pub moved_in: f64,
    /// Moved away from these nodes in the year.
    pub moved_out: f64,
    /// Residents who earned the year's income, before the move.
    pub earners: f64,
    /// Residents of 18 and over, before the move.
    pub adults: f64,
    /// Residents who work or look for work, by skill.
    pub labour_force: [f64; SKILLS],
    /// Those of the labour force with a job, by skill.
    pub employed: [f64; SKILLS],
    /// Persons at work here, and their wages before tax.
    pub jobs: [[f64; SKILLS]; SECTORS],
    /// Wages before tax paid at these nodes, by sector and skill.
    pub wages: [[f64; SKILLS]; SECTORS],
    /// Output at prices of the base year, by sector.
    pub output: [f64; SECTORS],
    /// Value of living in homes.
    pub dwellings: f64,
    /// Value added of the sectors at prices of the year, and of it local services.
    pub nominal: f64,
    /// Value added of local services at prices of the year.
    pub local_revenue: f64,
    /// Operating surplus of capital, by sector.
    pub surplus: [f64; SECTORS],
    /// Capital that produced, and capital after the year's investment.
    pub capital_used: [f64; SECTORS],
    /// Capital after the year's investment, by sector.
    pub capital: [f64; SECTORS],
    /// What was saved into pools and projects, and invested, in the year; NaN in the base year.
    pub saved: f64,
    /// What pools, founders and firms invested here in the year; NaN in the base year.
    pub invested: f64,
    /// Household income of the year.
    pub income: f64,
    /// Income at base-year cost of living.
    pub real_income: f64,
    /// Household income by [`INCOME_PARTS`].
    pub income_parts: [f64; INCOME_PARTS.len()],
    /// Income by [`SOURCES`].
    pub income_by_source: [f64; SOURCES.len()],
    /// Spending of households on consumption.
    pub consumption: f64,
    /// What residents spent on services and tourism.
    pub bought: f64,
    /// Of this, in their own county.
    pub bought_in_county: f64,
    /// People registered at these nodes who live in the area, and their income.
    pub home_people: f64,
    /// Income of people registered at these nodes who live in the area.
    pub home_income: f64,
    /// Ecology summed over residents.
    pub ecology: f64,
    /// Level of services summed over residents.
    pub service_level: f64,
}

impl Totals {
    /// Sums over nodes of the area, in their order.
    pub(crate) fn of(snapshot: &Snapshot, nodes: impl IntoIterator<Item = usize>) -> Totals {
        let world = snapshot.world;
        let persons = world.persons_per_agent() as f64;
        let mut t = Totals::default();
        for j in nodes {
            let (state, count) = (&world.nodes[j], &world.census.places[j]);
            let (earned, home) = (&snapshot.earnings.nodes[j], &snapshot.earnings.homes[j]);
            for k in 0..SKILLS {
                t.residents[k] += count.of_skill(k) as f64 * persons;
                t.newcomers += count.newcomers[k] as f64 * persons;
                t.labour_force[k] += earned.labour_force[k];
                t.employed[k] += earned.employed_of(k);
            }
            t.registered += world.census.registered(j) as f64 * persons;
            if let Some(tally) = snapshot.tally {
                t.births += tally.births[j] as f64 * persons;
                t.deaths += tally.deaths[j] as f64 * persons;
                t.moved_in += tally.in_moves[j].iter().sum::<u64>() as f64 * persons;
                t.moved_out += tally.out_moves[j].iter().sum::<u64>() as f64 * persons;
            }
            t.earners += earned.residents;
            t.adults += earned.adults;
            for s in 0..SECTORS {
                for k in 0..SKILLS {
                    t.jobs[s][k] += earned.jobs[s][k];
                    t.wages[s][k] += earned.wages[s][k];
                }
                t.output[s] += state.output[s] as f64;
                t.nominal += value_added(state, s) as f64;
                t.surplus[s] += state.surplus[s] as f64;
                t.capital_used[s] += earned.capital[s] as f64;
                t.capital[s] += state.capital[s] as f64;
            }
            t.local_revenue += value_added(state, LOCAL_SERVICES) as f64;
            t.dwellings += state.dwellings as f64;
            let of_year = |fen: i64| if snapshot.tally.is_some() { fen as f64 } else { f64::NAN };
            t.saved += of_year(state.saved);
            t.invested += of_year(state.invested);
            t.income += state.income as f64;
            t.real_income += state.income as f64 / prices::index(world, snapshot.rules, j);
            t.income_parts.iter_mut().zip(state.income_parts).for_each(|(sum, part)| *sum += part as f64);
            let sources = t.income_by_source.iter_mut().zip(state.income_by_source());
            sources.for_each(|(sum, source)| *sum += source as f64);
            t.consumption += state.consumption as f64;
            t.bought += earned.bought;
            t.bought_in_county += earned.bought_in_county;
            t.home_people += home.people;
            t.home_income += home.total();
            t.ecology += state.ecology * (count.total() as f64 * persons);
            t.service_level += state.service_level * (count.total() as f64 * persons);
        }
        t
    }

    /// Adds the sums over other nodes.
    pub(crate) fn add(&mut self, other: &Totals) {
        // A field that is not in the list does not compile.
        macro_rules! each {
            ($($field:ident)*) => {
                let Totals { $($field),* } = other;
                $( Sum::add(&mut self.$field, $field); )*
            };
        }
        each!(residents newcomers registered births deaths moved_in moved_out earners adults labour_force employed jobs
            wages output dwellings nominal local_revenue surplus capital_used capital saved invested income real_income
            income_parts income_by_source consumption bought bought_in_county home_people home_income ecology
            service_level);
    }

    /// Residents after the move.
    pub(crate) fn people(&self) -> f64 {
        self.residents[0] + self.residents[1]
    }

    /// Output at prices of the base year, fen.
    pub(crate) fn output_of_all(&self) -> f64 {
        self.output.iter().sum::<f64>() + self.dwellings
    }

    /// Output at prices of the year, fen.
    pub(crate) fn nominal_output(&self) -> f64 {
        self.nominal + self.dwellings
    }

    /// Income over the residents who earned it at base-year cost of living, fen.
    pub(crate) fn real_income_per_head(&self) -> f64 {
        self.real_income / self.earners
    }

    /// Persons at work here.
    pub(crate) fn jobs_of_all(&self) -> f64 {
        self.jobs.iter().map(|j| j[0] + j[1]).sum()
    }

    /// Persons at work here in a sector.
    pub(crate) fn jobs_of(&self, sector: usize) -> f64 {
        self.jobs[sector].iter().sum()
    }

    /// Cost of living over the base year's, weighted by income at base-year cost of living.
    pub(crate) fn price_index(&self) -> f64 {
        self.income / self.real_income
    }

    /// Wages before tax over persons at work, fen.
    pub(crate) fn wage_per_worker(&self) -> f64 {
        self.wages.iter().map(|w| w[0] + w[1]).sum::<f64>() / self.jobs_of_all()
    }

    /// Income over the residents who earned it, fen.
    pub(crate) fn income_per_head(&self) -> f64 {
        self.income / self.earners
    }

    /// Income of people registered here over their number, fen.
    pub(crate) fn home_income_per_head(&self) -> f64 {
        self.home_income / self.home_people
    }

    /// Value added over the residents of the time, fen.
    pub(crate) fn output_per_head(&self) -> f64 {
        self.output_of_all() / self.earners
    }

    /// Value added over persons at work, fen.
    pub(crate) fn output_per_worker(&self) -> f64 {
        self.output_of_all() / self.jobs_of_all()
    }

    /// Share of the labour force without a job.
    pub(crate) fn unemployment(&self) -> f64 {
        let force = self.labour_force[0] + self.labour_force[1];
        (force - self.employed[0] - self.employed[1]) / force
    }
}

/// A number, or an array of sums.
trait Sum {
    fn add(&mut self, other: &Self);
}

impl Sum for f64 {
    fn add(&mut self, other: &f64) {
        *self += other;
    }
}

impl<T: Sum, const N: usize> Sum for [T; N] {
    fn add(&mut self, other: &[T; N]) {
        self.iter_mut().zip(other).for_each(|(sum, part)| sum.add(part));
    }
}

/// Persons of a node by origin: locals, newcomers, after the move.
pub(crate) fn by_origin(world: &World, j: usize) -> [u64; 2] {
    let count = &world.census.places[j];
    let mut parts = [0; 2];
    parts[NEWCOMER] = count.newcomers.iter().sum::<u64>() * world.persons_per_agent();
    parts[LOCAL] = count.total() * world.persons_per_agent() - parts[NEWCOMER];
    parts
}
