//! The state of the simulated country: nodes, people, projects, accounts. How it changes is said in
//! `economy` and `flow`.

pub mod accounts;
pub mod claims;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod flows;
pub mod geography;
pub mod givers;
pub mod node;
pub mod people;
pub mod programmes;
pub mod projects;
pub mod sector;
pub mod shares;
pub mod state;
pub mod vital;

pub use accounts::{Account, Accounts, Use};
pub use claims::Claims;
pub use flows::{Factor, Flows};
pub use geography::{County, Geography};
pub use givers::Givers;
pub use node::{Node, SKILLS, Skill, Tier};
pub use people::{Census, People, Person};
pub use programmes::Programmes;
pub use projects::{Project, Projects};
pub use sector::{ACTIVITIES, SECTORS, Sector};
pub use shares::Shares;
pub use state::{BaseYear, CapitalFlows, CountyFinance, NodeState, World};
