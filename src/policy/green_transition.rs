//! Cleaner industry, ecological compensation, and ecology as a source of income.
//!
//! Industry is cleaned at a cost to itself; dirty capital is scrapped faster; upstream places are compensated
//! in proportion to the state of their ecology by those downstream and by named governments; access for
//! visitors gets better. Upstream output can fall while upstream income rises.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::payer::by_revenue;
use super::selector::Kind;
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::Receiver;
use crate::world::sector::INDUSTRY;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "green_transition",
    purpose: "Cleans industry, pays upstream places for their ecology, opens them to visitors.",
    payer: "downstream counties and named governments; industry pays for cleaning",
    mechanisms: &["M10", "M11", "M12"],
    essays: &["E0", "E1", "E2", "E3"],
    levers: &[
        Lever::Abatement,
        Lever::AbatementCost,
        Lever::Scrapping,
        Lever::VisitorAccess,
        Lever::EcologyRecovery,
        Lever::AmenityWorkers,
        Lever::AmenityTalent,
    ],
    example: r#"
[[policy.green_transition]]
abatement = 0.5
abatement_cost = 0.02
upstream = { tier = "county", where = { measure = "ecology", highest = 0.3 } }
downstream = { tier = "city" }
downstream_share = 0.5
compensation_yuan = 300
payers = { centre = 1.0 }
"#,
};

/// Cleaner industry, ecological compensation, and ecology as a source of income.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GreenTransition {
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
    /// Who pays.
    pub payers: Payers,
    /// Places whose industry is cleaned.
    pub at: Selector,
    /// Share of industry that is cleaned.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub abatement: f64,
    /// Cost of cleaning all of it, part of sales.
    #[schemars(range(min = 0.0, max = 0.5))]
    pub abatement_cost: f64,
    /// Places that are compensated.
    pub upstream: Selector,
    /// Compensation a resident and year where ecology is 1, yuan.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub compensation_yuan: f64,
    /// Part of it that goes to households; the rest goes to the county.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub household_share: f64,
    /// Counties that pay for it, by their revenue.
    pub downstream: Selector,
    /// Their part; the rest is paid by `payers`.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub downstream_share: f64,
    /// Industrial capital upstream that is scrapped, part of it a year.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub exit: f64,
    /// Pull of upstream places on visitors, times what it was.
    #[schemars(range(min = 0.1, max = 10.0))]
    pub visitor_access: f64,
    /// Restoration of ecology upstream, per year.
    #[schemars(range(min = 0.0, max = 0.5))]
    pub recovery: f64,
    /// Cost of restoration, yuan a km2 and year.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub recovery_yuan: f64,
}

impl Default for GreenTransition {
    fn default() -> Self {
        GreenTransition {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers::centre(),
            at: Selector::default(),
            abatement: 0.5,
            abatement_cost: 0.02,
            upstream: Selector::tier(Kind::County),
            compensation_yuan: 0.0,
            household_share: 0.5,
            downstream: Selector::tier(Kind::City),
            downstream_share: 0.5,
            exit: 0.0,
            visitor_access: 1.0,
            recovery: 0.0,
            recovery_yuan: 0.0,
        }
    }
}

impl Policy for GreenTransition {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at), ("upstream", &self.upstream), ("downstream", &self.downstream)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        for j in self.at.nodes(view) {
            hand.node(Lever::Abatement, j, self.abatement);
            hand.node(Lever::AbatementCost, j, self.abatement_cost);
        }
        let below = self.downstream.counties(view);
        for j in self.upstream.nodes(view) {
            let place = &view.world.geography.nodes[j];
            let mut payers = self.payers.accounts(view, j);
            let part = if below.is_empty() { 0.0 } else { self.downstream_share };
            payers.iter_mut().for_each(|p| p.1 *= 1.0 - part);
            payers
                .extend(by_revenue(view, &below).into_iter().map(|(account, share)| (account, share * part)));
            let a_head = self.compensation_yuan * view.world.nodes[j].ecology;
            let public = a_head * (1.0 - self.household_share) * view.residents(j);
            hand.give(view, &payers, j, a_head * self.household_share, "ecological compensation");
            hand.pay(&payers, Receiver::County(place.county), public, "ecological compensation");
            if self.exit > 0.0 {
                hand.cell(Lever::Scrapping, j, INDUSTRY, self.exit);
            }
            if self.visitor_access != 1.0 {
                hand.node(Lever::VisitorAccess, j, self.visitor_access);
            }
            if self.recovery > 0.0 {
                hand.node(Lever::EcologyRecovery, j, self.recovery);
                hand.pay(&payers, Receiver::Goods, self.recovery_yuan * place.area_km2, "restoration");
            }
        }
    }
}
