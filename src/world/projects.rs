//! Capital projects: firms' investments that stand at a node and belong to a fund, or to the founder of a start-up.

use super::sector::SECTORS;
use crate::kernel::chunks::{map_parts, map_ranges};

/// Projects of a piece, the unit of work of a thread.
pub(crate) const PIECE: usize = 65_536;

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

/// Tables of sums at a time: enough for the threads, few beside projects where a table has thousands of rows.
const TABLES: usize = 16;

/// Rows of whole numbers that projects add to, worked out on all threads: in which order makes no difference.
pub(crate) fn sums<R: Row>(list: &[Project], rows: usize, add: impl Fn(&mut [R], &Project) + Sync) -> Vec<R> {
    let range = list.len().div_ceil(TABLES).max(PIECE);
    let tables = map_ranges(list.len(), range, |_, range| {
        let mut table = vec![R::default(); rows];
        list[range].iter().for_each(|project| add(&mut table, project));
        table
    });
    let mut all = vec![R::default(); rows];
    for table in &tables {
        all.iter_mut().zip(table).for_each(|(sum, more)| sum.add(more));
    }
    all
}

/// What a row of [`sums`] is made of.
pub(crate) trait Row: Clone + Default + Send {
    /// Adds another row, number by number.
    fn add(&mut self, more: &Self);
}

impl Row for i64 {
    fn add(&mut self, more: &i64) {
        *self += more;
    }
}

impl<R: Row, const N: usize> Row for [R; N]
where
    [R; N]: Default,
{
    fn add(&mut self, more: &[R; N]) {
        self.iter_mut().zip(more).for_each(|(sum, more)| sum.add(more));
    }
}

impl Projects {
    /// Capital by node and sector, fen (identity I4).
    pub fn capital(&self, nodes: usize) -> Vec<[i64; SECTORS]> {
        self.capital_and_idle(nodes).0
    }

    /// Capital by node and sector, and what of it waits for permits, fen.
    pub fn capital_and_idle(&self, nodes: usize) -> (Vec<[i64; SECTORS]>, Vec<[i64; SECTORS]>) {
        let both = sums(&self.list, nodes, |sums: &mut [[[i64; 2]; SECTORS]], project| {
            let cell = &mut sums[usize::from(project.node)][usize::from(project.sector)];
            cell[0] += project.value;
            cell[1] += if project.waiting > 0 { project.value } else { 0 };
        });
        let part = |i: usize| both.iter().map(|node| node.map(|cell| cell[i])).collect();
        (part(0), part(1))
    }

    /// Value and cash of the projects that each of so many funds owns, fen.
    pub fn held_by_funds(&self, funds: usize) -> Vec<i64> {
        sums(&self.list, funds, |held: &mut [i64], project| {
            if project.owner == Project::NOBODY {
                held[usize::from(project.fund)] += project.value + project.cash;
            }
        })
    }

    /// Forgets projects without value; the others keep their order.
    pub fn clear_away(&mut self) {
        let kept = map_parts(&mut self.list, PIECE, |_, piece| {
            let mut kept = 0;
            for i in 0..piece.len() {
                piece[kept] = piece[i];
                kept += usize::from(piece[kept].value > 0);
            }
            kept
        });
        let mut end = 0;
        for (i, kept) in kept.into_iter().enumerate() {
            self.list.copy_within(i * PIECE..i * PIECE + kept, end);
            end += kept;
        }
        self.list.truncate(end);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_keeps_its_order_and_adds_up_whatever_the_pieces() {
        let n = 2 * PIECE + 777;
        let mut projects = Projects::default();
        for i in 0..n {
            projects.found(Project {
                node: (i % 7) as u16,
                fund: (i % 3) as u16,
                owner: if i % 11 == 0 { 2 } else { Project::NOBODY },
                sector: (i % SECTORS) as u8,
                chain: 0,
                age: 0,
                waiting: 0,
                enclave: Project::NO_ENCLAVE,
                value: (i % 5) as i64,
                cash: 1,
                number: 0,
            });
        }
        let left: Vec<Project> = projects.list.iter().copied().filter(|project| project.value > 0).collect();
        projects.clear_away();
        assert!(projects.list == left && left.len() == n - n.div_ceil(5));
        let mut cells = vec![[0; SECTORS]; 7];
        let mut funds = vec![0; 3];
        for project in &left {
            cells[usize::from(project.node)][usize::from(project.sector)] += project.value;
            if project.founder().is_none() {
                funds[usize::from(project.fund)] += project.value + project.cash;
            }
        }
        assert_eq!(projects.capital(7), cells);
        assert_eq!(projects.held_by_funds(3), funds);
    }
}
