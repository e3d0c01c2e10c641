//! Coastal units paired with mountain counties (mountain-sea collaboration).
//!
//! The coastal partner pays a share of its own revenue, divided over its mountain partners; investors of a
//! pair see each other's county as near; an enclave of the mountain county in the coastal unit, and the park
//! of coastal firms in the mountain county, share taxes and profit; talent is posted, workers are trained,
//! specialties are bought. What the mountain government receives and what its households earn are different
//! tables: the first does not prove the second.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::{Fault, strangers};
use super::{About, Hand, Lever, Listing, Period, Policy, Selector, View, terms};
use crate::messages;
use crate::rules::Link;
use crate::world::programmes::Receiver;
use crate::world::{Account, Geography};

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "mountain_sea_pairing",
    purpose: "Money, investment, enclaves, talent, training and purchases between paired units.",
    payer: "the coastal partner",
    mechanisms: &["M03"],
    essays: &["E3"],
    levers: &[Lever::PostedTalent, Lever::Diffusion, Lever::TrainingRate],
    example: r#"
[[policy.mountain_sea_pairing]]
pairs_file = "../pairing.csv"
transfer_share = 0.005
access = 0.95
enclave_yuan = 1.0e9
enclave_tax_share = 0.5
"#,
};

/// Coastal units paired with mountain counties (mountain-sea collaboration).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MountainSeaPairing {
    /// A name of its own, if the kind occurs several times.
    pub name: String,
    /// When it holds.
    pub active: Period,
    /// How much of it is done, 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub intensity: f64,
    /// Most that is spent in a year, yuan.
    #[schemars(range(min = 0.0, max = 1e15))]
    pub budget_cap: Option<f64>,
    /// Table of pairs with columns `mountain_county` and `coastal_county`, relative to the scenario.
    pub pairs_file: Option<PathBuf>,
    /// Pairs in the scenario itself, beside those of the table.
    pub pairs: Vec<Pair>,
    /// Share of the coastal unit's own revenue that it pays a year, over all its partners together.
    #[schemars(range(min = 0.0, max = 0.5))]
    pub transfer_share: f64,
    /// Return of a project in the partner's county as its owner sees it (tau_oj). Above 1 the partner's land, guarantees
    /// and tax refunds make it better than a project at home.
    #[schemars(range(min = 0.0, max = 3.0))]
    pub access: f64,
    /// Value of industry that the mountain county's enclave in the coastal unit may hold, yuan.
    #[schemars(range(min = 0.0, max = 1e12))]
    pub enclave_yuan: f64,
    /// Part of the local taxes of the enclave that the mountain county receives.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub enclave_tax_share: f64,
    /// Part of the distributed profit of the enclave that households of the mountain seat receive.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub enclave_dividend_share: f64,
    /// Part of the local taxes of coastal firms in the mountain county that goes back to the coast.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub park_tax_share: f64,
    /// Talent posted to each mountain county, persons.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub postings: f64,
    /// Pay of a posted person on top of the wage, yuan a year, received at home.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub posting_yuan: f64,
    /// Diffusion of technology in the mountain seat while people are posted, per year times the share of talent.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub diffusion: f64,
    /// Training seats in each mountain county, persons a year.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub training_seats: f64,
    /// Cost of a seat, yuan.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub training_yuan: f64,
    /// Share of the coastal unit's own revenue that buys specialties of its partners.
    #[schemars(range(min = 0.0, max = 0.5))]
    pub purchases_share: f64,
    /// Pairs read from the table.
    #[serde(skip)]
    pub listed: Vec<Pair>,
}

impl Default for MountainSeaPairing {
    fn default() -> Self {
        MountainSeaPairing {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            pairs_file: None,
            pairs: Vec::new(),
            transfer_share: 0.005,
            access: 0.95,
            enclave_yuan: 0.0,
            enclave_tax_share: 0.5,
            enclave_dividend_share: 0.0,
            park_tax_share: 0.0,
            postings: 0.0,
            posting_yuan: 30000.0,
            diffusion: 0.0,
            training_seats: 0.0,
            training_yuan: 3000.0,
            purchases_share: 0.0,
            listed: Vec::new(),
        }
    }
}

impl Policy for MountainSeaPairing {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![]
    }

    fn listings(&self) -> Vec<Listing<'_>> {
        let columns = vec!["mountain_county", "coastal_county"];
        let listing = |file| Listing { field: "pairs_file", file, columns };
        self.pairs_file.as_deref().map(listing).into_iter().collect()
    }

    fn fill(&mut self, _field: &str, rows: Vec<Vec<String>>) {
        self.listed =
            rows.into_iter().map(|row| Pair { mountain: row[0].clone(), sea: row[1].clone() }).collect();
    }

    fn faults(&self, g: &Geography) -> Vec<Fault> {
        let codes: Vec<&str> = g.counties.iter().map(|c| c.code.as_str()).collect();
        let mut faults = Vec::new();
        for (list, field) in [(&self.listed, "pairs_file"), (&self.pairs, "pairs")] {
            let named = list.iter().flat_map(|p| [p.mountain.as_str(), p.sea.as_str()]);
            faults.extend(strangers(named, &codes, field));
            for pair in list.iter().filter(|p| p.mountain == p.sea) {
                let title = messages::paired_with_itself(&pair.mountain);
                faults.push(Fault::new(field, title, messages::two_different_counties()));
            }
        }
        if self.listed.is_empty() && self.pairs.is_empty() && faults.is_empty() {
            let help = messages::write_pairs();
            faults.push(Fault::new("intensity", messages::pairing_has_no_pair(), help));
        }
        faults
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        let g = &view.world.geography;
        let pairs = self.indices(g);
        for &(mountain, sea) in &pairs {
            let partners = pairs.iter().filter(|p| p.1 == sea).count().max(1) as f64;
            let payer = [(Account::County(sea), 1.0)];
            let (seat, host) = (g.counties[mountain].seat, g.counties[sea].seat);
            let money = view.own_revenue(sea).max(0.0) / partners;
            hand.pay(&payer, Receiver::County(mountain), self.transfer_share * money, "paired transfer");
            hand.pay(
                &payer,
                Receiver::Specialties(seat),
                self.purchases_share * money,
                "consumption assistance",
            );
            hand.link(Link {
                from: mountain,
                to: sea,
                access: self.access,
                tax_share: self.enclave_tax_share,
                dividend_share: self.enclave_dividend_share,
                capacity: self.enclave_yuan * 100.0,
            });
            hand.link(Link {
                from: sea,
                to: mountain,
                access: self.access,
                tax_share: self.park_tax_share,
                dividend_share: 0.0,
                capacity: 0.0,
            });
            if self.postings > 0.0 {
                hand.node(Lever::PostedTalent, seat, self.postings);
                hand.node(Lever::PostedTalent, host, -self.postings);
                hand.pay(
                    &payer,
                    Receiver::Households(host),
                    self.postings * self.posting_yuan,
                    "talent postings",
                );
            }
            if self.diffusion > 0.0 {
                hand.node(Lever::Diffusion, seat, self.diffusion);
            }
            let workers: f64 = g.counties[mountain].nodes().map(|j| view.skilled(j, 0)).sum();
            if self.training_seats > 0.0 {
                for j in g.counties[mountain].nodes() {
                    hand.node(Lever::TrainingRate, j, (self.training_seats / workers.max(1.0)).min(0.25));
                }
                let cost = self.training_seats * self.training_yuan;
                hand.pay(&payer, Receiver::Advice(seat), cost, "training seats");
            }
        }
    }
}

/// A mountain county and its coastal partner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Code of the mountain county.
    pub mountain: String,
    /// Code of the coastal unit.
    pub sea: String,
}

impl MountainSeaPairing {
    /// Pairs of county indices, sorted, each once.
    fn indices(&self, g: &Geography) -> Vec<(usize, usize)> {
        let county = |code: &str| g.counties.iter().position(|c| c.code == code);
        let mut pairs: Vec<(usize, usize)> = self
            .listed
            .iter()
            .chain(&self.pairs)
            .filter_map(|pair| Some((county(&pair.mountain)?, county(&pair.sea)?)))
            .filter(|(a, b)| a != b)
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}
