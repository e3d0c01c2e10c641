//! Capital projects: firms' investments that stand at a node and belong to a fund, or to the founder of a start-up.

use super::sector::SECTORS;
use crate::kernel::chunks::{map_parts, map_ranges, threads};

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
    /// Number of industrial chains.
    pub(crate) const CHAINS: usize = 12;
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

/// Value of the projects of each chain at a node, fen.
pub(crate) type Chains = [i64; Project::CHAINS];

/// What stands, in all sums that one walk over the projects takes, fen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Standing {
    /// Capital by node and sector, and what of it waits for permits.
    pub(crate) capital: Vec<[[i64; 2]; SECTORS]>,
    /// Value by node and chain.
    pub(crate) chains: Vec<Chains>,
    /// Value and cash of the projects that each fund owns.
    pub(crate) held: Vec<i64>,
}

impl Standing {
    fn none(nodes: usize, funds: usize) -> Standing {
        Standing {
            capital: vec![Default::default(); nodes],
            chains: vec![Default::default(); nodes],
            held: vec![0; funds],
        }
    }

    #[inline]
    fn count(&mut self, project: &Project) {
        let j = usize::from(project.node);
        let cell = &mut self.capital[j][usize::from(project.sector)];
        cell[0] += project.value;
        if project.waiting > 0 {
            cell[1] += project.value;
        }
        if let Some(chain) = self.chains[j].get_mut(usize::from(project.chain).wrapping_sub(1)) {
            *chain += project.value;
        }
        if project.owner == Project::NOBODY {
            self.held[usize::from(project.fund)] += project.value + project.cash;
        }
    }

    fn add(&mut self, more: &Standing) {
        self.capital.iter_mut().zip(&more.capital).for_each(|(sum, more)| sum.add(more));
        self.chains.iter_mut().zip(&more.chains).for_each(|(sum, more)| sum.add(more));
        self.held.iter_mut().zip(&more.held).for_each(|(sum, more)| sum.add(more));
    }
}

impl Projects {
    /// Capital by node and sector, fen (identity I4), and value and cash of the projects that each of so many funds owns.
    pub fn capital_and_held(&self, nodes: usize, funds: usize) -> (Vec<[i64; SECTORS]>, Vec<i64>) {
        let standing = self.standing(nodes, funds);
        (standing.capital.iter().map(|node| node.map(|[capital, _]| capital)).collect(), standing.held)
    }

    /// Value and cash of the projects that each of so many funds owns, fen.
    pub fn held_by_funds(&self, funds: usize) -> Vec<i64> {
        sums(&self.list, funds, |held: &mut [i64], project| {
            if project.owner == Project::NOBODY {
                held[usize::from(project.fund)] += project.value + project.cash;
            }
        })
    }

    /// All sums over the projects that stand.
    pub(crate) fn standing(&self, nodes: usize, funds: usize) -> Standing {
        let range = self.list.len().div_ceil(TABLES).max(PIECE);
        let tables = map_ranges(self.list.len(), range, |_, range| {
            let mut standing = Standing::none(nodes, funds);
            self.list[range].iter().for_each(|project| standing.count(project));
            standing
        });
        let mut all = Standing::none(nodes, funds);
        tables.iter().for_each(|table| all.add(table));
        all
    }

    /// Forgets projects without value; the others keep their order. Returns the sums over what is left.
    pub(crate) fn clear_away(&mut self, nodes: usize, funds: usize) -> Standing {
        // A piece closes its own gaps and is moved up after that; one thread closes all of them as it goes.
        let pieces = if threads() == 1 { 1 } else { TABLES };
        let size = self.list.len().div_ceil(pieces).max(PIECE);
        let pieces = map_parts(&mut self.list, size, |_, piece| {
            let mut standing = Standing::none(nodes, funds);
            let mut kept = 0;
            for i in 0..piece.len() {
                let project = piece[i];
                if project.value > 0 {
                    standing.count(&project);
                    piece[kept] = project;
                    kept += 1;
                }
            }
            (kept, standing)
        });
        let mut all = Standing::none(nodes, funds);
        let mut end = 0;
        for (i, (kept, standing)) in pieces.into_iter().enumerate() {
            if end < i * size {
                self.list.copy_within(i * size..i * size + kept, end);
            }
            end += kept;
            all.add(&standing);
        }
        self.list.truncate(end);
        all
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
    use crate::kernel::chunks::with_threads;

    #[test]
    fn what_is_left_keeps_its_order_and_adds_up_whatever_the_pieces_and_threads() {
        let n = 2 * PIECE + 777;
        let mut projects = Projects::default();
        for i in 0..n {
            projects.found(Project {
                node: (i % 7) as u16,
                fund: (i % 3) as u16,
                owner: if i % 11 == 0 { 2 } else { Project::NOBODY },
                sector: (i % SECTORS) as u8,
                chain: (i % (Project::CHAINS + 1)) as u8,
                age: 0,
                waiting: (i % 4 / 3) as u8,
                enclave: Project::NO_ENCLAVE,
                value: (i % 5) as i64,
                cash: 1,
                number: 0,
            });
        }
        let left: Vec<Project> = projects.list.iter().copied().filter(|project| project.value > 0).collect();
        assert_eq!(left.len(), n - n.div_ceil(5));
        let sum = |of: &dyn Fn(&Project) -> bool| left.iter().filter(|p| of(p)).map(|p| p.value).sum::<i64>();
        let standing = [1, 2].map(|threads| {
            let mut projects = projects.clone();
            with_threads(threads, || {
                let standing = projects.clear_away(7, 3);
                assert!(projects.list == left && projects.standing(7, 3) == standing);
                assert_eq!(projects.held_by_funds(3), standing.held);
                standing
            })
            .expect("threads")
        });
        assert_eq!(standing[0], standing[1]);
        for j in 0..7 {
            for s in 0..SECTORS {
                let here = |p: &Project| (usize::from(p.node), usize::from(p.sector)) == (j, s);
                let idle = sum(&|p: &Project| here(p) && p.waiting > 0);
                assert_eq!(standing[0].capital[j][s], [sum(&here), idle]);
            }
            for chain in 1..=Project::CHAINS {
                let made = sum(&|p: &Project| (usize::from(p.node), usize::from(p.chain)) == (j, chain));
                assert_eq!(standing[0].chains[j][chain - 1], made);
            }
        }
        for fund in 0..3 {
            let of_fund = left.iter().filter(|p| p.founder().is_none() && usize::from(p.fund) == fund);
            assert_eq!(standing[0].held[fund], of_fund.map(|p| p.value + p.cash).sum::<i64>());
        }
    }
}
