//! From active policies to the levers and orders of a year.
//!
//! All proposals are collected first and combined afterwards, lever by lever and place by place, in an order
//! of their own, so the order of policies in a file carries no meaning. A lever's effective value is `neutral
//! + strength (value - neutral)`, strength = intensity x ramp x the part that could be paid.

use std::collections::BTreeMap;

use super::hand::{Hand, Proposal};
use super::view::View;
use super::{Fault, Listing, Outlook, Period};
use crate::economy::programmes;
use crate::messages;
use crate::quantity::Fen;
use crate::rules::lever::Combine;
use crate::rules::{Lever, Levers, Link, Rules};
use crate::world::World;
use crate::world::programmes::{Contract, Order, Programmes};
use crate::{Error, Result};

/// What each policy asked for in a year, at its strength: lever, index, bits of the value, sorted.
pub(crate) type Asked = Vec<Vec<(Lever, usize, u64)>>;

/// What all policies share.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// Name in the scenario, and author of its orders.
    pub name: &'a str,
    /// Years in which it holds.
    pub active: &'a Period,
    /// Strength; 1 is as written.
    pub intensity: f64,
    /// Most that is spent in a year, yuan.
    pub budget_cap: Option<f64>,
}

/// A policy: a pure function from the year, the published world and its own parameters to changes of levers
/// and to payments. It cannot touch an agent, an account, a file or a draw.
pub trait Policy {
    /// When and how strongly it holds.
    fn terms(&self) -> Terms<'_>;

    /// What it changes this year at full strength.
    fn propose(&self, view: &View, hand: &mut Hand);

    /// Selectors with the names of their fields, for the check.
    fn selectors(&self) -> Vec<(&'static str, &super::Selector)>;

    /// Who pays, for the check.
    fn payers(&self) -> Option<&super::Payers> {
        None
    }

    /// Levers that it alone may set, with the indices that it may claim.
    fn claims(&self, _geography: &crate::world::Geography) -> Vec<(Lever, Vec<usize>)> {
        Vec::new()
    }

    /// What else is wrong.
    fn faults(&self, _geography: &crate::world::Geography) -> Vec<Fault> {
        Vec::new()
    }

    /// Tables that it names, to be read before the run.
    fn listings(&self) -> Vec<Listing<'_>> {
        Vec::new()
    }

    /// Takes the rows of a table that the field names, the wanted columns in order.
    fn fill(&mut self, _field: &str, _rows: Vec<Vec<String>>) {}
}

/// A lever that a policy changed: one row of `effects.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Position of the policy in [`PolicySet::authors`].
    pub author: usize,
    /// Which lever.
    pub lever: Lever,
    /// Position among the lever's values, by its scope.
    pub index: usize,
    /// Value without any policy.
    pub before: f64,
    /// Value that this policy asks for at its strength.
    pub proposed: f64,
    /// Value that holds, after all policies are combined and the range is kept.
    pub after: f64,
}

/// Policies of a run with their names, in an order that does not depend on the file's.
pub struct PolicySet {
    /// Names of the policies; orders and changes name them by position.
    pub authors: Vec<String>,
    policies: Vec<Box<dyn Policy + Send + Sync>>,
    /// What they asked for last year, so that only changes are recorded.
    last: Asked,
    /// Before this year a policy does not act: the past was lived without it.
    since: Vec<i32>,
}

/// What the rules phase decides for a year.
pub struct Year {
    pub levers: Levers,
    pub programmes: Programmes,
    /// Levers whose proposed value differs from last year's.
    pub changes: Vec<Change>,
}

impl PolicySet {
    /// Sorts policies by kind and content and names them.
    pub fn new(policies: Vec<(&'static str, String, Box<dyn Policy + Send + Sync>)>) -> Self {
        let mut policies = policies;
        policies.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let kinds: Vec<&'static str> = policies.iter().map(|p| p.0).collect();
        let authors = policies
            .iter()
            .enumerate()
            .map(|(i, (kind, _, policy))| {
                let all = kinds.iter().filter(|k| *k == kind).count();
                let before = kinds[..i].iter().filter(|k| *k == kind).count();
                match policy.terms().name {
                    "" if all == 1 => (*kind).to_owned(),
                    "" => format!("{kind}[{before}]"),
                    name => format!("{kind}.{name}"),
                }
            })
            .collect();
        let last = vec![Vec::new(); policies.len()];
        let since = vec![i32::MIN; policies.len()];
        PolicySet { authors, policies: policies.into_iter().map(|p| p.2).collect(), last, since }
    }

    /// Adds a policy that is in no scenario, under a name of its own.
    pub fn add(&mut self, name: &str, policy: Box<dyn Policy + Send + Sync>) {
        self.authors.push(name.to_owned());
        self.policies.push(policy);
        self.since.push(i32::MIN);
        // After a checkpoint it finds there what it asked for last year.
        if self.last.len() < self.policies.len() {
            self.last.push(Vec::new());
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.policies.is_empty()
    }

    /// What each of them is about to do in a run from its first to its last simulated year, by the world as it is.
    pub fn outlook(&self, rules: &Rules, world: &World, neutral: &Levers, run: [i32; 2]) -> Vec<Outlook> {
        let view = View { year: world.year, world, p: rules.p, neutral };
        let each = self.authors.iter().zip(&self.policies);
        each.map(|(name, policy)| Outlook::of(name, policy.as_ref(), &view, run)).collect()
    }

    /// Refuses a run with a policy that cannot act in it.
    ///
    /// # Errors
    /// [`Error::Data`] with the policy and what it chooses.
    pub fn must_act(&self, rules: &Rules, world: &World, neutral: &Levers, run: [i32; 2]) -> Result<()> {
        let all = self.outlook(rules, world, neutral, run);
        let Some(idle) = all.iter().find(|outlook| outlook.is_idle()) else { return Ok(()) };
        Err(Error::Data {
            what: messages::the_policy(&idle.name),
            found: idle.reason(world),
            expected: messages::a_policy_that_acts(),
        })
    }

    /// What they asked for last year; a checkpoint keeps it.
    pub fn last(&self) -> &Asked {
        &self.last
    }

    /// Goes on after a year in which this was asked for; false if it is not of these policies. Policies that were
    /// added to the run have to be added again before the next year.
    #[must_use]
    pub fn go_on_after(&mut self, last: Asked) -> bool {
        let fits = last.len() >= self.policies.len();
        if fits {
            self.last = last;
        }
        fits
    }

    /// First years of the policies that began after another run's past, by name.
    pub fn since(&self) -> BTreeMap<String, i32> {
        let late = self.authors.iter().zip(&self.since).filter(|(_, since)| **since > i32::MIN);
        late.map(|(author, since)| (author.clone(), *since)).collect()
    }

    /// Takes up the first years of a run that began with another run's past.
    pub fn began(&mut self, since: &BTreeMap<String, i32>) {
        for (author, began) in self.authors.iter().zip(&mut self.since) {
            *began = since.get(author).copied().unwrap_or(i32::MIN);
        }
    }

    /// Goes on after the past of other policies, which asked for this in its last year. What has the name of one of
    /// them goes on with its own calendar; everything else begins in the year after, whatever its calendar says.
    pub fn branch_off(&mut self, past: &PolicySet, asked: &Asked, next: i32) {
        for (i, author) in self.authors.iter().enumerate() {
            match past.authors.iter().position(|other| other == author) {
                Some(old) => {
                    self.last[i] = asked.get(old).cloned().unwrap_or_default();
                    self.since[i] = past.since[old];
                }
                None => self.since[i] = next,
            }
        }
    }

    /// The levers, orders and ties of a year.
    ///
    /// # Errors
    /// Two policies claim a lever that only one may set.
    pub fn year(&mut self, rules: &Rules, world: &World, neutral: &Levers, first: i32) -> Result<Year> {
        if self.last.len() != self.policies.len() {
            return Err(Error::Data {
                what: messages::policies_of_run(),
                found: messages::policies_against_checkpoint(self.policies.len(), self.last.len()),
                expected: messages::policies_in_same_order(),
            });
        }
        let view = View { year: world.year, world, p: rules.p, neutral };
        let mut hands: Vec<(f64, Hand)> = Vec::with_capacity(self.policies.len());
        for (policy, since) in self.policies.iter().zip(&self.since) {
            let terms = policy.terms();
            let began = terms.active.from.unwrap_or(first).max(*since);
            let strength = terms.intensity.clamp(0.0, 1.0) * terms.active.ramp_from(world.year, began);
            let mut hand = Hand::new();
            if strength > 0.0 {
                policy.propose(&view, &mut hand);
            }
            hands.push((strength, hand));
        }
        let (programmes, funded) = self.plan(rules, world, &hands);
        let mut all: Vec<(Proposal, usize)> = Vec::new();
        let mut links: Vec<Link> = Vec::new();
        let mut changes = Vec::new();
        for (author, (strength, hand)) in hands.iter().enumerate() {
            let strength = strength * funded[author];
            for p in &hand.proposals {
                let before = neutral.values(p.lever)[p.index];
                let value = before + strength * (p.value - before);
                all.push((Proposal { value, ..*p }, author));
            }
            for link in &hand.links {
                let usual = crate::capital::usual_access(world, rules.p, link.from, link.to);
                links.push(Link {
                    access: usual + strength * (link.access - usual),
                    tax_share: strength * link.tax_share,
                    dividend_share: strength * link.dividend_share,
                    capacity: strength * link.capacity,
                    ..*link
                });
            }
        }
        let mut levers = neutral.clone();
        self.combine(world, neutral, &mut levers, all, &mut changes)?;
        levers.set_links(join(links));
        Ok(Year { levers, programmes, changes })
    }

    /// Combines proposals by lever and place; the order of authors cannot matter, because each way to combine
    /// is taken over values sorted by size.
    fn combine(
        &mut self,
        world: &World,
        neutral: &Levers,
        levers: &mut Levers,
        mut all: Vec<(Proposal, usize)>,
        changes: &mut Vec<Change>,
    ) -> Result<()> {
        all.sort_by(|(a, x), (b, y)| {
            (a.lever, a.index).cmp(&(b.lever, b.index)).then(a.value.total_cmp(&b.value)).then(x.cmp(y))
        });
        let mut now: Asked = vec![Vec::new(); self.policies.len()];
        for group in all.chunk_by(|(a, _), (b, _)| (a.lever, a.index) == (b.lever, b.index)) {
            let (lever, index) = (group[0].0.lever, group[0].0.index);
            let row = lever.row();
            let before = neutral.values(lever)[index];
            let values = group.iter().map(|(p, _)| p.value);
            let value = match row.combine {
                Combine::Product => before * values.fold(1.0, |a, v| a * v / before),
                Combine::Sum => values.fold(before, |a, v| a + (v - before)),
                Combine::Least => values.fold(f64::INFINITY, f64::min),
                Combine::Greatest => values.fold(f64::NEG_INFINITY, f64::max),
                Combine::Exclusive => {
                    if let Some((_, other)) = group.iter().find(|(_, author)| *author != group[0].1) {
                        return Err(Error::Data {
                            what: messages::lever_of_place(
                                row.name,
                                Levers::place(&world.geography, lever, index),
                            ),
                            found: messages::two_policies_in(
                                world.year,
                                &self.authors[group[0].1],
                                &self.authors[*other],
                            ),
                            expected: messages::one_because_of_rule(),
                        });
                    }
                    group[0].0.value
                }
            };
            let after = value.clamp(row.least, row.greatest);
            levers.set(lever, index, after);
            for (p, author) in group {
                now[*author].push((lever, index, p.value.to_bits()));
                if self.last[*author].binary_search(&(lever, index, p.value.to_bits())).is_err() {
                    changes.push(Change { author: *author, lever, index, before, proposed: p.value, after });
                }
            }
        }
        for (author, (now, last)) in now.iter_mut().zip(&self.last).enumerate() {
            now.sort_unstable();
            // What a policy no longer asks for goes back.
            for &(lever, index, _) in last {
                let first = now.partition_point(|n| (n.0, n.1) < (lever, index));
                if now.get(first).is_none_or(|n| (n.0, n.1) != (lever, index)) {
                    let before = neutral.values(lever)[index];
                    let after = levers.values(lever)[index];
                    changes.push(Change { author, lever, index, before, proposed: before, after });
                }
            }
        }
        changes.sort_by_key(|c| (c.author, c.lever, c.index));
        self.last = now;
        Ok(())
    }

    /// Orders of the year within the means of their payers, and the part of each policy that is paid for.
    fn plan(&self, rules: &Rules, world: &World, hands: &[(f64, Hand)]) -> (Programmes, Vec<f64>) {
        let mut orders: Vec<Order> = Vec::new();
        let mut contracts: Vec<Contract> = Vec::new();
        let mut left = vec![Fen(i64::MAX / 4); hands.len()];
        for (author, (strength, hand)) in hands.iter().enumerate() {
            let wanted: f64 = hand.orders.iter().map(|o| o.3 * strength * 100.0).sum();
            let cap = self.policies[author].terms().budget_cap.map(|yuan| yuan * 100.0);
            let scale = cap.map_or(1.0, |cap| if wanted > cap { cap / wanted } else { 1.0 });
            for &(payer, receiver, purpose, yuan) in &hand.orders {
                let demanded = Fen::round(yuan * strength * 100.0);
                let planned = Fen(libm::floor(yuan * strength * 100.0 * scale) as i64).at_most(demanded);
                if demanded > Fen::ZERO {
                    orders.push(Order {
                        author,
                        payer,
                        receiver,
                        purpose,
                        demanded,
                        planned,
                        paid: Fen::ZERO,
                    });
                }
            }
            if let Some(cap) = cap {
                left[author] = Fen(libm::floor((cap - wanted.min(cap)).max(0.0)) as i64);
            }
            for &(when, node, sector, payer, rate) in &hand.contracts {
                let rate = rate * strength;
                contracts.push(Contract {
                    author,
                    when,
                    node,
                    sector,
                    payer,
                    rate,
                    demanded: Fen::ZERO,
                    paid: Fen::ZERO,
                });
            }
        }
        orders.sort_by(|a, b| {
            let key = |o: &Order| (o.payer, o.author, o.receiver, o.purpose, o.demanded);
            key(a).cmp(&key(b))
        });
        for group in orders.chunk_by_mut(|a, b| a.payer == b.payer) {
            let able = programmes::capacity(world, rules, group[0].payer).0 as f64;
            let all: f64 = group.iter().map(|o| o.planned.fen()).sum();
            if all > able {
                for order in group {
                    order.planned = Fen(libm::floor(order.planned.fen() * able / all) as i64);
                }
            }
        }
        contracts.sort_by(|a, b| {
            let key = |c: &Contract| (c.when, c.node, c.sector, c.author, c.payer);
            key(a).cmp(&key(b))
        });
        let mut sums = vec![(0.0, 0.0); hands.len()];
        for order in &orders {
            sums[order.author].0 += order.demanded.fen();
            sums[order.author].1 += order.planned.fen();
        }
        // A rounding of single fen is not a cut.
        let funded = sums
            .iter()
            .map(|&(demanded, planned)| {
                let share = if demanded > 0.0 { planned / demanded } else { 1.0 };
                if share > 1.0 - 1e-6 { 1.0 } else { share }
            })
            .collect();
        let programmes =
            Programmes { authors: self.authors.clone(), left, orders, contracts, ..Default::default() };
        (programmes, funded)
    }
}

/// Ties by pair: of two policies the greatest value of each part holds.
fn join(mut links: Vec<Link>) -> Vec<Link> {
    links.sort_by_key(|l| (l.from, l.to));
    let mut joined: Vec<Link> = Vec::new();
    for link in links {
        match joined.last_mut().filter(|l| (l.from, l.to) == (link.from, link.to)) {
            Some(l) => {
                l.access = l.access.max(link.access);
                l.tax_share = l.tax_share.max(link.tax_share);
                l.dividend_share = l.dividend_share.max(link.dividend_share);
                l.capacity = l.capacity.max(link.capacity);
            }
            None => joined.push(link),
        }
    }
    joined
}
