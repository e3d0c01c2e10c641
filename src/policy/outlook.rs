//! What a policy is about to do in a run, told before the run begins: its years, places and payers, and what its first
//! and last year cost. World and prices are those of the base year; a run moves them.

use super::hand::Hand;
use super::view::View;
use super::{Payers, Policy};
use crate::message::Message;
use crate::messages;
use crate::world::World;

/// What a policy is about to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// Its name in `effects.csv`.
    pub name: String,
    /// First and last year of the run in which it holds; none if there is no such year.
    pub years: Option<(i32, i32)>,
    /// Years until full strength.
    pub phase_in: u32,
    /// How much of it is done, 0 to 1.
    pub intensity: f64,
    /// Selectors: field, places that it chooses by what the base year published, places that it may choose.
    pub places: Vec<(&'static str, usize, usize)>,
    /// Who pays, with shares; empty if nobody does.
    pub payers: Vec<(&'static str, f64)>,
    /// What the first and the last year cost, yuan, within its cap; payers may have less.
    pub cost_yuan: [f64; 2],
    /// Cells (node and sector) where it adds to the value of projects; what that costs depends on investors.
    pub promises: usize,
    /// Whether it does anything in its first year.
    pub acts: bool,
}

impl Outlook {
    /// Of a policy in a run from its first to its last simulated year.
    pub(super) fn of(name: &str, policy: &dyn Policy, view: &View, [first, last]: [i32; 2]) -> Outlook {
        let terms = policy.terms();
        let begins = terms.active.from.map_or(first, |from| from.max(first));
        let ends = terms.active.until.map_or(last, |until| until.min(last));
        let years = (begins <= ends).then_some((begins, ends));
        let strength = |year: i32| terms.intensity.clamp(0.0, 1.0) * terms.active.ramp(year, first);
        let in_year = |year: i32| {
            let mut hand = Hand::new();
            if strength(year) > 0.0 {
                policy.propose(&View { year, ..*view }, &mut hand);
            }
            hand
        };
        let cost = |year: i32, hand: &Hand| {
            let wanted = hand.wanted() * strength(year);
            terms.budget_cap.map_or(wanted, |cap| wanted.min(cap))
        };
        let [of_first, of_last] = [begins, ends].map(in_year);
        let g = &view.world.geography;
        let places = |(field, selector): (&'static str, &super::Selector)| {
            (field, selector.nodes(view).len(), selector.static_nodes(g).len())
        };
        Outlook {
            name: name.to_owned(),
            years,
            phase_in: terms.active.phase_in,
            intensity: terms.intensity,
            places: policy.selectors().into_iter().map(places).collect(),
            payers: policy.payers().map(paying).unwrap_or_default(),
            cost_yuan: if years.is_some() {
                [cost(begins, &of_first), cost(ends, &of_last)]
            } else {
                [0.0; 2]
            },
            promises: of_first.promises(),
            acts: years.is_some() && !of_first.is_empty(),
        }
    }

    /// Whether it was asked to do something and cannot.
    pub fn is_idle(&self) -> bool {
        self.intensity > 0.0 && !self.acts
    }

    /// Why it does nothing in its first year.
    pub fn reason(&self, world: &World) -> Message {
        let Some((year, _)) = self.years else { return messages::no_year_of_run() };
        let chosen: Vec<String> = self
            .places
            .iter()
            .map(|(field, now, all)| messages::chooses_places_by(field, now, all, world.year).to_string())
            .collect();
        let why =
            if chosen.is_empty() { String::new() } else { format!(": {}", chosen.join(messages::comma())) };
        messages::nothing_it_would_do(year, why)
    }
}

fn paying(payers: &Payers) -> Vec<(&'static str, f64)> {
    let shares = [
        ("county", payers.county),
        ("city", payers.city),
        ("prefecture", payers.prefecture),
        ("province", payers.province),
        ("centre", payers.centre),
    ];
    shares.into_iter().filter(|(_, share)| *share > 0.0).collect()
}
