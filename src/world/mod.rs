//! The state of the simulated country: nodes, people, projects, accounts. How it changes is said in
//! `economy` and `flow`.

pub(crate) mod accounts;
pub(crate) mod claims;
#[cfg(test)]
pub(crate) mod fixtures;
pub(crate) mod flows;
pub(crate) mod geography;
pub(crate) mod givers;
pub(crate) mod node;
pub(crate) mod people;
pub(crate) mod programmes;
pub(crate) mod projects;
pub(crate) mod sector;
pub(crate) mod shares;
pub(crate) mod state;
pub(crate) mod vital;

pub use crate::quantity::Fen;
pub use accounts::{Account, Accounts, Use};
pub use flows::{Factor, Flows};
pub use geography::{County, Geography, Prefecture, Province};
pub use node::{Node, Skill, Tier};
pub use people::{People, Person};
pub use projects::Project;
pub use sector::Sector;
pub use state::{CountyFinance, INCOME_PARTS, NodeState, World};

pub(crate) use claims::Claims;
pub(crate) use givers::Givers;
pub(crate) use node::SKILLS;
pub(crate) use projects::Projects;
pub(crate) use sector::{ACTIVITIES, SECTORS};
pub(crate) use shares::Shares;
