//! What a policy writes its proposals with.

use super::view::View;
use crate::rules::{Lever, Link};
use crate::world::programmes::{Receiver, When};
use crate::world::{Account, SECTORS};

/// A change that a policy proposes at full strength.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proposal {
    pub lever: Lever,
    pub index: usize,
    pub value: f64,
}

/// What a policy writes its proposals with; it knows its author.
pub struct Hand {
    pub(super) proposals: Vec<Proposal>,
    pub(super) links: Vec<Link>,
    pub(super) orders: Vec<(Account, Receiver, &'static str, f64)>,
    pub(super) contracts: Vec<(When, usize, usize, Account, f64)>,
}

impl Hand {
    pub(crate) fn new() -> Self {
        Hand { proposals: Vec::new(), links: Vec::new(), orders: Vec::new(), contracts: Vec::new() }
    }

    fn add(&mut self, lever: Lever, index: usize, value: f64) {
        if value.is_finite() {
            self.proposals.push(Proposal { lever, index, value });
        }
    }

    /// Value of a lever with one value in all.
    pub fn everywhere(&mut self, lever: Lever, value: f64) {
        self.add(lever, 0, value);
    }

    /// Value of a lever at a node.
    pub fn node(&mut self, lever: Lever, node: usize, value: f64) {
        self.add(lever, node, value);
    }

    /// Value of a lever at a node and sector.
    pub fn cell(&mut self, lever: Lever, node: usize, sector: usize, value: f64) {
        self.add(lever, node * SECTORS + sector, value);
    }

    /// Value of a lever in a county.
    pub fn county(&mut self, lever: Lever, county: usize, value: f64) {
        self.add(lever, county, value);
    }

    /// Value of a lever at a border (index in `BORDERS`) for a skill.
    pub fn border(&mut self, lever: Lever, border: usize, skill: usize, value: f64) {
        self.add(lever, border * 2 + skill, value);
    }

    /// A value by its index in the lever's scope.
    pub fn index(&mut self, lever: Lever, index: usize, value: f64) {
        self.add(lever, index, value);
    }

    /// A tie between two counties.
    pub(crate) fn link(&mut self, link: Link) {
        self.links.push(link);
    }

    /// A payment in yuan, shared by payers.
    pub fn pay(&mut self, payers: &[(Account, f64)], receiver: Receiver, yuan: f64, purpose: &'static str) {
        for &(account, share) in payers {
            let amount = yuan * share;
            if amount.is_finite() && amount > 0.0 && account != receiver.account() {
                self.orders.push((account, receiver, purpose, amount));
            }
        }
    }

    /// A payment to everybody who lives at a node, yuan a head, which whoever thinks of coming counts beside pay
    /// ([`View::counted`]).
    pub fn give(
        &mut self,
        view: &View,
        payers: &[(Account, f64)],
        node: usize,
        yuan: f64,
        purpose: &'static str,
    ) {
        self.pay(payers, Receiver::Households(node), yuan * view.residents(node), purpose);
        if yuan > 0.0 {
            for (skill, lever) in [Lever::AmenityWorkers, Lever::AmenityTalent].into_iter().enumerate() {
                self.node(lever, node, view.counted(yuan, node, skill));
            }
        }
    }

    /// A promise to add a part of the value of projects of a sector at a node.
    pub(crate) fn promise(
        &mut self,
        payers: &[(Account, f64)],
        when: When,
        node: usize,
        sector: usize,
        rate: f64,
    ) {
        for &(account, share) in payers {
            if rate * share > 0.0 {
                self.contracts.push((when, node, sector, account, rate * share));
            }
        }
    }

    /// Yuan of all payments at full strength.
    pub(super) fn wanted(&self) -> f64 {
        self.orders.iter().map(|order| order.3).sum()
    }

    /// Cells at which it promises to add to projects.
    pub(super) fn promises(&self) -> usize {
        let mut cells: Vec<(usize, usize)> = self.contracts.iter().map(|c| (c.1, c.2)).collect();
        cells.sort_unstable();
        cells.dedup();
        cells.len()
    }

    /// Whether nothing was written.
    pub(super) fn is_empty(&self) -> bool {
        self.proposals.is_empty()
            && self.links.is_empty()
            && self.orders.is_empty()
            && self.contracts.is_empty()
    }

    /// What was proposed, for tests and checks.
    pub fn proposals(&self) -> &[Proposal] {
        &self.proposals
    }
}
