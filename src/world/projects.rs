//! Capital projects: firms' investments that stand at a node and belong to a fund, or to the founder of a start-up.

use super::sector::SECTORS;

/// One project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Project {
    /// Node where it stands.
    pub node: u16,
    /// Fund that paid for it: a county's by its index, the national one by the number of counties; of a start-up the
    /// founder's county, whose pool its retained profit reaches.
    pub fund: u16,
    /// Home of the founder of a start-up, whose households own it; [`Project::NOBODY`] if the fund owns it.
    pub owner: u16,
    /// Index of the sector.
    pub sector: u8,
    /// Industrial chain; 0 is none.
    pub chain: u8,
    /// Years since it was founded.
    pub age: u16,
    /// Years until it works (entry delay).
    pub waiting: u8,
    /// Node that receives a share of its taxes and dividends (an enclave); `u16::MAX` is none.
    pub enclave: u16,
    /// Value, fen.
    pub value: i64,
    /// Cash, fen.
    pub cash: i64,
    /// Number that never changes: the key of its draws.
    pub number: u64,
}

impl Project {
    /// No enclave.
    pub const NO_ENCLAVE: u16 = u16::MAX;
    /// No single owner: the fund owns it.
    pub const NOBODY: u16 = u16::MAX;

    /// Node whose households own it alone, of a start-up.
    pub fn founder(&self) -> Option<usize> {
        (self.owner != Project::NOBODY).then_some(usize::from(self.owner))
    }
}

/// All projects, in order of founding.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Projects {
    /// One project after another; the position changes when some end.
    pub list: Vec<Project>,
    /// Number of the next project.
    pub next: u64,
}

impl Projects {
    /// Capital by node and sector, fen (identity I4).
    pub fn capital(&self, nodes: usize) -> Vec<[i64; SECTORS]> {
        let mut capital = vec![[0; SECTORS]; nodes];
        for project in &self.list {
            capital[usize::from(project.node)][usize::from(project.sector)] += project.value;
        }
        capital
    }

    /// Adds a project. One that comes without a number (0) takes the next; a fund's carries its own ([`Projects::number`]).
    pub fn found(&mut self, mut project: Project) {
        if project.number == 0 {
            project.number = self.next;
            self.next += 1;
        }
        self.list.push(project);
    }

    /// Number of the n-th project of a fund in a year. It depends on nothing that other funds do, so a policy in one county
    /// does not change whose projects fail in another.
    pub fn number(step: u32, fund: usize, n: usize) -> u64 {
        1 << 63 | u64::from(step & 0x7FFF) << 48 | (fund as u64 & 0xFFFF) << 32 | (n as u64 & 0xFFFF_FFFF)
    }
}
