//! The nation at different sizes of agents: what must not depend on how many persons an agent stands for, and what must
//! not leap where an agent is a large part of a place.

use super::lab::{Base, Lab, Ran, Spec};
use crate::Result;
use crate::world::Tier;

/// Years of a run.
pub(crate) const YEARS: u32 = 2;
/// Residents from which a place is looked at, persons: ten agents at a thousand persons each.
const LEAST: f64 = 10_000.0;

/// Two years of the nation at one size of agents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtSize {
    /// Residents of cities, county seats and villages at the end, persons.
    pub residents: [f64; 3],
    /// Births of all years, persons.
    pub births: f64,
    /// Deaths of all years, persons.
    pub deaths: f64,
    /// Largest residents of a place over those of the year before, among places of `LEAST` and more.
    pub rise: f64,
    /// Largest promised income of a place and skill over that of the year before, among the same places.
    pub promise: f64,
}

/// Tiers in the order of [`AtSize::residents`].
pub(crate) const TIERS: [Tier; 3] = [Tier::City, Tier::CountySeat, Tier::Village];

/// Runs China from 2010 by so many persons an agent.
///
/// # Errors
/// What a run returns.
pub fn at_size(lab: &mut Lab, persons_per_agent: u32) -> Result<AtSize> {
    let ran = lab.run(&Spec::of(Base::China2010, persons_per_agent, YEARS))?;
    let end = ran.first + YEARS as i32;
    let all_years = |kind: &str| (ran.first + 1..=end).map(|year| ran.area(year, kind)).sum();
    Ok(AtSize {
        residents: TIERS.map(|tier| ran.get(end, "residents", "tier", tier.name())),
        births: all_years("births"),
        deaths: all_years("deaths"),
        rise: largest(&ran, |ran, step, j| vec![ran.places[step][j].residents]),
        promise: largest(&ran, |ran, step, j| ran.places[step][j].promised.to_vec()),
    })
}

/// Largest ratio of a number to that of the year before, over years and places of some size.
fn largest(ran: &Ran, of: impl Fn(&Ran, usize, usize) -> Vec<f64>) -> f64 {
    let mut most: f64 = 0.0;
    for step in 1..ran.places.len() {
        for j in (0..ran.nodes).filter(|&j| ran.places[step - 1][j].residents >= LEAST) {
            let (before, after) = (of(ran, step - 1, j), of(ran, step, j));
            most = before.iter().zip(&after).filter(|(b, _)| **b > 0.0).fold(most, |m, (b, a)| m.max(a / b));
        }
    }
    most
}
