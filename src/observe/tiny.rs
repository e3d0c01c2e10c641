//! Two counties and thirty agents whose numbers can be worked out with a pencil.
//!
//! County A is a city (node 0) with a village (1), county B a county seat (2) with a village (3); node 4 is
//! outside. An agent stands for ten persons of human capital one:
//!
//! | home | lives in | agents |
//! |---|---|---|
//! | 0 | 0 | 4 workers in services, 1 talent in industry |
//! | 1 | 1 | 4 workers on farms, 1 who commutes to node 0, 1 child |
//! | 1 | 0 | 2 workers in industry |
//! | 2 | 2 | 2 workers in services |
//! | 3 | 3 | 3 workers on farms |
//! | 3 | 0 | 2 workers in industry, 1 talent in services |
//! | 3 | 4 | 1 worker |
//! | 4 | 2 | 1 worker in services |
//! | 4 | 4 | 1 worker |

use super::{Earnings, Snapshot};
use crate::config::Model;
use crate::config::Parameters;
use crate::economy::income;
use crate::economy::production::labour_supply;
use crate::people::life_year;
use crate::people::location::{CLASSES, Law, ORIGINS};
use crate::people::utility::Utilities;
use crate::quantity::Fen;
use crate::rules::Levers;
use crate::rules::{Accessibility, Rules};
use crate::world::flows::Level;
use crate::world::geography::{County, Prefecture, Province};
use crate::world::node::Facts;
use crate::world::people::{Block, HUMAN_CAPITAL_ONE, activity};
use crate::world::sector::{AGRICULTURE, INDUSTRY, LOCAL_SERVICES};
use crate::world::state::NodeState;
use crate::world::{
    Account, Accounts, Factor, Flows, Geography, Node, People, Person, SECTORS, Tier, Use, World,
};

/// The world after phase 5 of a year, and all that it needs.
pub(crate) struct Tiny {
    pub world: World,
    pub flows: Flows,
    pub earnings: Earnings,
    p: Parameters,
    levers: Levers,
    model: Model,
    accessibility: Accessibility,
}

/// Fen of whole yuan.
const fn yuan(amount: i64) -> i64 {
    amount * 100
}

fn node(id: &str, tier: Tier, county: usize, tag: &str) -> Node {
    Node {
        id: id.to_string(),
        name: id.to_string(),
        name_en: id.to_string(),
        tier,
        county,
        prefecture: 0,
        province: 0,
        longitude: 120.0,
        latitude: 30.0,
        area_km2: 100.0,
        tags: vec![tag.to_string()],
        facts: Facts::default(),
    }
}

fn county(code: &str, seat: usize, district: bool) -> County {
    County {
        code: code.to_string(),
        name: code.to_string(),
        prefecture: 0,
        province: 0,
        seat,
        village: Some(seat + 1),
        district,
        longitude: 120.0,
        latitude: 30.0,
        loans_over_deposits: None,
        transfer_grade: 1.0,
    }
}

fn geography() -> Geography {
    Geography {
        nodes: vec![
            node("a_city", Tier::City, 0, "coast"),
            node("a_village", Tier::Village, 0, "coast"),
            node("b_seat", Tier::CountySeat, 1, "mountain"),
            node("b_village", Tier::Village, 1, "mountain"),
            // An outside node belongs to no county: its indices must never be looked at.
            Node { prefecture: 99, province: 99, ..node("rest", Tier::Outside, 99, "") },
        ],
        counties: vec![county("330001", 0, true), county("330002", 2, false)],
        prefectures: vec![Prefecture {
            code: "330000".to_string(),
            name: "P".to_string(),
            province: 0,
            counties: 0..2,
            nodes: 0..4,
            longitude: 120.0,
            latitude: 30.0,
        }],
        provinces: vec![Province {
            code: "33".to_string(),
            name: "Z".to_string(),
            counties: 0..2,
            prefectures: 0..1,
            nodes: 0..4,
        }],
        outside: 4..5,
        ..Geography::default()
    }
}

fn people() -> People {
    let farm = activity::SECTOR + AGRICULTURE;
    let industry = activity::SECTOR + INDUSTRY;
    let services = activity::SECTOR + LOCAL_SERVICES;
    // Home, place, agents, skill, activity.
    let rows = [
        (0, 0, 4, 0, services),
        (0, 0, 1, 1, industry),
        (1, 1, 4, 0, farm),
        (1, 1, 1, 0, activity::COMMUTING),
        (1, 1, 1, 0, activity::NONE),
        (1, 0, 2, 0, industry),
        (2, 2, 2, 0, services),
        (3, 3, 3, 0, farm),
        (3, 0, 2, 0, industry),
        (3, 0, 1, 1, services),
        (3, 4, 1, 0, services),
        (4, 2, 1, 0, services),
        (4, 4, 1, 0, services),
    ];
    let mut people = People { blocks: vec![Block::default(); 5], persons_per_agent: 10 };
    for (home, place, agents, skill, activity) in rows {
        let age = if activity == activity::NONE { 10 } else { 40 };
        for _ in 0..agents {
            people.blocks[home].slots.push(Person::new(home, place, age, skill, activity, HUMAN_CAPITAL_ONE));
        }
    }
    people
}

impl Tiny {
    /// The world of the table above, with incomes paid out.
    pub(crate) fn new() -> Tiny {
        let p = Parameters { rents_to_newcomers: 0.1, ..Default::default() };
        let geography = geography();
        let (levers, model) = (Levers::neutral(&p, &geography), Model::default());
        let accessibility = Accessibility::new(&geography, &p, false);
        let rules = Rules { p: &p, levers: &levers, model: &model, accessibility: &accessibility };
        let mut flows = Flows::new(&geography, Level::Node);
        let mut people = people();
        let census = life_year::count(&mut people, &[0, 0, 1, 1, 2], &[0, 2, 1, 2, 3]);
        let mut world = World {
            nodes: vec![
                NodeState {
                    ecology: 0.5,
                    attraction: 1.0,
                    service_level: 4.0,
                    consumption: yuan(100_000),
                    ..Default::default()
                };
                5
            ],
            counties: vec![Default::default(); 2],
            accounts: Accounts::new(5, 2, 1, 1),
            outside_income: [yuan(50_000) as f64, yuan(80_000) as f64],
            geography,
            people,
            census,
            year: 2020,
            ..Default::default()
        };
        world.base.capital = vec![[0; SECTORS]; 5];
        world.keep_weights_of_welfare();
        labour_supply(&mut world, &rules);
        for state in &mut world.nodes {
            state.job_probability = [[1.0; 2]; SECTORS];
        }
        let wages = [
            (0, INDUSTRY, [60_000, 90_000]),
            (0, LOCAL_SERVICES, [40_000, 80_000]),
            (1, AGRICULTURE, [20_000, 0]),
            (2, LOCAL_SERVICES, [30_000, 0]),
            (3, AGRICULTURE, [20_000, 0]),
        ];
        world.nodes[0].job_probability[INDUSTRY][0] = 0.9;
        for (j, s, wage) in wages {
            let state = &mut world.nodes[j];
            state.wage[s] = wage.map(|w| yuan(w) as f64);
            let bill: f64 =
                (0..2).map(|k| state.labour[s][k] * state.job_probability[s][k] * state.wage[s][k]).sum();
            state.wage_bill[s] = Fen::round(bill).0;
        }
        world.nodes[1].land_rent[AGRICULTURE] = yuan(100_000);
        world.nodes[3].land_rent[AGRICULTURE] = yuan(60_000);
        world.nodes[0].surplus[INDUSTRY] = yuan(500_000);
        world.nodes[0].capital[INDUSTRY] = yuan(2_500_000);
        for state in &mut world.nodes {
            state.output = std::array::from_fn(|s| crate::observe::totals::value_added(state, s));
            state.service_price = 1.0;
        }
        world.nodes[2].outside_income = yuan(1_000) as f64;
        world.accounts.pay(Account::Hub, Account::Landlord(0), Fen(yuan(50_000)), Use::Rent);
        income::distribute(&mut world, &rules, &mut flows);
        let earnings = Earnings::of(&world, &rules);
        flows.add(Factor::Labour, 1, 0, 30);
        flows.add(Factor::Labour, 3, 0, 10);
        flows.add(Factor::Labour, 0, 3, 5);
        Tiny { world, flows, earnings, p, levers, model, accessibility }
    }

    pub(crate) fn rules(&self) -> Rules<'_> {
        Rules { p: &self.p, levers: &self.levers, model: &self.model, accessibility: &self.accessibility }
    }

    pub(crate) fn snapshot<'a>(&'a self, rules: &'a Rules<'a>) -> Snapshot<'a> {
        Snapshot {
            run: "tiny",
            world: &self.world,
            rules,
            flows: &self.flows,
            flow_share: 0.0,
            tally: None,
            earnings: &self.earnings,
            choice: None,
            policies: (&[], &[]),
        }
    }

    /// A law in which every home has a chance of every option, with utilities of zero.
    pub(crate) fn law(&self) -> Law {
        let nests = vec![0..4, 4..5];
        let lower = vec![vec![0.1, 0.2, 0.3, 0.4, 1.0]; ORIGINS * CLASSES];
        let other_county = [vec![0.0, 0.0, 0.6, 0.4], vec![0.7, 0.3, 0.0, 0.0]];
        let upper: Vec<f64> = [0.5, 0.2, 0.2, 0.1].repeat(5 * CLASSES);
        Law {
            nests,
            lower,
            own_prefecture: other_county.iter().map(|s| vec![s.clone(); CLASSES]).collect(),
            upper,
            outside_kappa: 1.0,
            base: Utilities {
                node: vec![[0.0; 2]; 5],
                own: vec![[[0.0; 2]; 2]; 4],
                kept_land: vec![0.0; 5],
                nest_income: vec![[1.0; 2]; 2],
            },
            base_network: Vec::new(),
            now: None,
        }
    }
}
