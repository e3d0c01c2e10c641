//! Programme money of a year: what policies order, who pays whom, and what was paid or cut.

use super::accounts::Account;
use crate::quantity::Fen;

/// Who receives programme money, and what it buys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Receiver {
    /// Households at a node: part of this year's income.
    Households(usize),
    /// Firms that serve the public at a node; adds to the stock of public services.
    PublicServices(usize),
    /// Firms that serve the programme itself (training, advice) at a node.
    Advice(usize),
    /// Producers of specialties at a node.
    Specialties(usize),
    /// Builders (goods from the hub); adds to public capital of the node.
    Infrastructure(usize),
    /// Goods from the hub.
    Goods,
    /// The government of a county.
    County(usize),
    /// The guarantee fund of a county.
    Fund(usize),
}

impl Receiver {
    /// The account that is credited.
    pub fn account(self) -> Account {
        use super::sector::{BUSINESS_SERVICES, LOCAL_SERVICES, TOURISM};
        match self {
            Receiver::Households(j) => Account::Wallet(j),
            Receiver::PublicServices(j) => Account::Firm(j, LOCAL_SERVICES),
            Receiver::Advice(j) => Account::Firm(j, BUSINESS_SERVICES),
            Receiver::Specialties(j) => Account::Firm(j, TOURISM),
            Receiver::Infrastructure(_) | Receiver::Goods => Account::Hub,
            Receiver::County(c) => Account::County(c),
            Receiver::Fund(c) => Account::Fund(c),
        }
    }
}

/// A payment that a policy asks for this year.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Index in [`Programmes::authors`].
    pub author: usize,
    /// Account that the money is asked of.
    pub payer: Account,
    /// Who gets it.
    pub receiver: Receiver,
    /// What it is for, in tables.
    pub purpose: &'static str,
    /// What the policy asks for.
    pub demanded: Fen,
    /// What the payer can pay: demanded, less what was cut.
    pub planned: Fen,
    /// What was paid.
    pub paid: Fen,
}

/// When money of a contract flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// A project is founded.
    Founding,
    /// A project moves here from another county.
    Relocation,
    /// A person founds a small project at home.
    StartUp,
}

/// A promise to add a part of the value of projects at a node and sector.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// Index in [`Programmes::authors`].
    pub author: usize,
    /// What has to happen to a project.
    pub when: When,
    /// Node of the project.
    pub node: usize,
    /// Sector of the project.
    pub sector: usize,
    /// Account that the money is asked of.
    pub payer: Account,
    /// Part of the project's value.
    pub rate: f64,
    /// What investors claimed, and what the payer could pay.
    pub demanded: Fen,
    /// What the payer could pay.
    pub paid: Fen,
}

/// Orders and contracts of a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Programmes {
    /// Policies, in the order in which orders name them.
    pub authors: Vec<String>,
    /// What each author may still spend on contracts this year, fen.
    pub left: Vec<Fen>,
    /// Sorted by (payer, author, receiver, purpose, demanded).
    pub orders: Vec<Order>,
    /// Sorted by (when, node, sector, author, payer).
    pub contracts: Vec<Contract>,
    /// Value that the enclave of each tie holds, fen.
    pub enclaves: Vec<i64>,
    /// Loans that governments took this year, fen.
    pub borrowed: Fen,
}

impl Programmes {
    /// Contracts of a cell.
    pub fn contracts_of(&self, when: When, node: usize, sector: usize) -> std::ops::Range<usize> {
        let key = |c: &Contract| (c.when, c.node, c.sector);
        let first = self.contracts.partition_point(|c| key(c) < (when, node, sector));
        let end = self.contracts.partition_point(|c| key(c) <= (when, node, sector));
        first..end
    }
}
