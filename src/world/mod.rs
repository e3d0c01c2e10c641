//! The state of the simulated country: nodes, people, projects, accounts. How it changes is said in
//! `economy` and `flow`.

pub mod accounts;
pub mod flows;
pub mod geography;
pub mod node;
pub mod people;
pub mod programmes;
pub mod projects;
pub mod state;

pub use accounts::{Account, Accounts, Use};
pub use flows::{Factor, Flows};
pub use geography::Geography;
pub use node::{Node, SECTORS, SKILLS, Sector, Skill, Tier};
pub use people::{Census, People, Person};
pub use programmes::Programmes;
pub use projects::{Project, Projects};
pub use state::{BaseYear, CapitalFlows, CountyFinance, NodeState, World};
