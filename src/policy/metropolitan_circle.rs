//! Spillovers of a central city to the counties around it.
//!
//! Industry near large markets gains (`th_MA`), and county firms within reach can contract producer services
//! of the city, which the city pays for. Nearness also draws people to the city: the model decides.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::Kind;
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::Receiver;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "metropolitan_circle",
    purpose: "Market access and producer services of a city for the counties around it.",
    payer: "the city",
    mechanisms: &["M30", "M33"],
    essays: &["E1", "E2", "E4"],
    levers: &[Lever::MarketAccess, Lever::ProducerServices],
    example: r#"
[[policy.metropolitan_circle]]
centre = { tier = "city" }
reach_km = 100
market_access = 0.1
producer_services = 0.02
services_yuan = 50
"#,
};

/// Spillovers of a central city to the counties around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MetropolitanCircle {
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
    /// Central cities.
    pub centre: Selector,
    /// Places that can be reached.
    pub around: Selector,
    /// Distance from a centre within which a place belongs to the circle, km.
    #[schemars(range(min = 0.0, max = 5000.0))]
    pub reach_km: f64,
    /// Elasticity of industrial productivity in market access (th_MA).
    #[schemars(range(min = 0.0, max = 2.0))]
    pub market_access: f64,
    /// Gain of industrial productivity from contracted services.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub producer_services: f64,
    /// What the contracts cost, yuan a resident of the place and year.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub services_yuan: f64,
}

impl Default for MetropolitanCircle {
    fn default() -> Self {
        MetropolitanCircle {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers::city(),
            centre: Selector::tier(Kind::City),
            around: Selector::tier(Kind::CountySeat),
            reach_km: 100.0,
            market_access: 0.1,
            producer_services: 0.02,
            services_yuan: 50.0,
        }
    }
}

impl Policy for MetropolitanCircle {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("centre", &self.centre), ("around", &self.around)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        let g = &view.world.geography;
        let centres = self.centre.nodes(view);
        for j in self.around.nodes(view) {
            let distance = |&c: &usize| g.node_distance(g.nodes[j].county, c);
            let near = centres.iter().copied().min_by(|a, b| distance(a).total_cmp(&distance(b)));
            let Some(centre) = near.filter(|c| distance(c) <= self.reach_km) else { continue };
            if self.market_access > 0.0 {
                hand.node(Lever::MarketAccess, j, self.market_access);
            }
            if self.producer_services > 0.0 {
                hand.node(Lever::ProducerServices, j, self.producer_services);
            }
            let cost = self.services_yuan * view.residents(j);
            hand.pay(&self.payers.accounts(view, j), Receiver::Advice(centre), cost, "producer services");
        }
    }
}
