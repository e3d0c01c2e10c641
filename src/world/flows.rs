//! Who sent what to whom this year: a matrix a factor between units and between tiers.
//!
//! Two units stand beside the places, at every level but that of tiers: the national pool, which mixes the money of
//! all who filled it, and the rest of the world as it lends and borrows. What passes the pool stands as two rows, from
//! those who gave to the pool and from the pool to where the money went: the pairs would be as many as the
//! square of the places. Between tiers nothing stops on its way.

use super::geography::Geography;
use super::node::Tier;

/// Number of factors.
pub(crate) const FACTORS: usize = Factor::Remittance as usize + 1;

/// Units that stand beside the places: the national pool, and the rest of the world as lender and borrower.
const BESIDE: [&str; 2] = ["national_pool", "hub"];

/// A factor that flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// Workers who move, persons.
    Labour,
    /// Talent who moves, persons.
    Talent,
    /// Money that founds projects, from who saved it to where they stand, fen.
    Capital,
    /// Profit that fills the cash of projects, from their owners to where they stand, and cash that is given back,
    /// fen.
    ProjectCash,
    /// Value and cash of projects that move, fen.
    Relocation,
    /// Profit of projects after tax, from where they stand to their owners; losses the other way, fen.
    Ownership,
    /// Tax shares and transfers between governments, by seat, fen.
    Fiscal,
    /// Spending by residents of one node at another, fen.
    Consumption,
    /// Money sent home, fen.
    Remittance,
}

impl Level {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Level::Node => "node",
            Level::County => "county",
            Level::Prefecture => "prefecture",
            Level::Tier => "tier",
        }
    }

    /// The level at which small flows are summed.
    pub fn wider(self) -> &'static str {
        match self {
            Level::Node | Level::County => "prefecture",
            Level::Prefecture => "province",
            Level::Tier => "tier",
        }
    }
}

impl Factor {
    /// All factors, in the order of tables.
    pub const ALL: [Factor; FACTORS] = [
        Factor::Labour,
        Factor::Talent,
        Factor::Capital,
        Factor::ProjectCash,
        Factor::Relocation,
        Factor::Ownership,
        Factor::Fiscal,
        Factor::Consumption,
        Factor::Remittance,
    ];

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Factor::Labour => "labour",
            Factor::Talent => "talent",
            Factor::Capital => "capital",
            Factor::ProjectCash => "project_cash",
            Factor::Relocation => "relocation",
            Factor::Ownership => "ownership",
            Factor::Fiscal => "fiscal",
            Factor::Consumption => "consumption",
            Factor::Remittance => "remittance",
        }
    }

    /// Whether the amounts are persons; else they are fen.
    pub fn is_persons(self) -> bool {
        matches!(self, Factor::Labour | Factor::Talent)
    }
}

/// Level at which flows are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// From node to node.
    #[default]
    Node,
    /// From county to county.
    County,
    /// From prefecture to prefecture.
    Prefecture,
    /// From tier to tier.
    Tier,
}

/// The flows of one year.
#[derive(Clone, Debug, Default)]
pub struct Flows {
    level: Level,
    kept: bool,
    /// Unit of each node.
    unit: Vec<u32>,
    /// Tier of each node.
    tier: Vec<u8>,
    /// All units, those beside the places included; these come last.
    units: usize,
    /// [factor][origin][destination].
    between_units: Vec<Vec<i64>>,
    between_tiers: [[[i64; 4]; 4]; FACTORS],
}

/// What one node sent to all others.
pub(crate) struct Row {
    from: usize,
    /// By unit of destination.
    units: Vec<i64>,
    tiers: [i64; 4],
}

impl Flows {
    /// Empty flows at a level.
    pub fn new(geography: &Geography, level: Level) -> Self {
        let area = |j: usize| !geography.is_outside(j);
        let outside = |j: usize, units: usize| units + j - geography.outside.start;
        let (counties, prefectures) = (geography.counties.len(), geography.prefectures.len());
        let unit_of = |j: usize| match level {
            Level::Node => j,
            Level::County if area(j) => geography.nodes[j].county,
            Level::County => outside(j, counties),
            Level::Prefecture if area(j) => geography.nodes[j].prefecture,
            Level::Prefecture => outside(j, prefectures),
            Level::Tier => geography.nodes[j].tier as usize,
        };
        let unit: Vec<u32> = (0..geography.len()).map(|j| unit_of(j) as u32).collect();
        let units = match level {
            Level::Node => geography.len(),
            Level::County => counties + geography.outside.len(),
            Level::Prefecture => prefectures + geography.outside.len(),
            Level::Tier => Tier::ALL.len(),
        };
        let units = if level == Level::Tier { units } else { units + BESIDE.len() };
        Flows {
            level,
            kept: true,
            unit,
            tier: geography.nodes.iter().map(|n| n.tier as u8).collect(),
            units,
            between_units: vec![vec![0; units * units]; Factor::ALL.len()],
            between_tiers: Default::default(),
        }
    }

    /// Flows that keep nothing: for work whose flows nobody reads.
    pub fn unread(geography: &Geography) -> Self {
        Flows { kept: false, ..Flows::new(geography, Level::Tier) }
    }

    /// Whether anything is kept of what is added.
    pub fn are_kept(&self) -> bool {
        self.kept
    }

    /// Unit of each node.
    pub fn unit_of_nodes(&self) -> &[u32] {
        &self.unit
    }

    /// Number of units.
    pub fn units(&self) -> usize {
        self.units
    }

    /// Adds moves of persons that were counted elsewhere: [origin unit x destination unit] and by tier.
    pub fn add_moves(&mut self, factor: Factor, moves: &[u64], tiers: &[[u64; 4]; 4], persons: u64) {
        for (sum, n) in self.between_units[factor as usize].iter_mut().zip(moves) {
            *sum += (n * persons) as i64;
        }
        for from in 0..4 {
            for to in 0..4 {
                self.between_tiers[factor as usize][from][to] += (tiers[from][to] * persons) as i64;
            }
        }
    }

    /// The level of origins and destinations.
    pub fn level(&self) -> Level {
        self.level
    }

    /// The code of a unit in tables: a node's id, a county's or prefecture's code, a tier's name; an outside
    /// node is a unit of its own at every level but that of tiers, and so are `national_pool` and `hub`.
    pub fn unit_code<'a>(&self, geography: &'a Geography, unit: usize) -> &'a str {
        if self.level != Level::Tier && unit >= self.units - BESIDE.len() {
            return BESIDE[unit + BESIDE.len() - self.units];
        }
        let outside = |units: usize| geography.nodes[geography.outside.start + unit - units].id.as_str();
        match self.level {
            Level::Node => &geography.nodes[unit].id,
            Level::County => {
                geography.counties.get(unit).map_or_else(|| outside(geography.counties.len()), |c| &c.code)
            }
            Level::Prefecture => geography
                .prefectures
                .get(unit)
                .map_or_else(|| outside(geography.prefectures.len()), |p| &p.code),
            Level::Tier => Tier::ALL[unit].name(),
        }
    }

    /// The code of the unit that a unit lies in: of nodes and counties the prefecture, of prefectures the province.
    /// What lies in none stands for itself, and so do tiers.
    pub fn wider_code<'a>(&self, geography: &'a Geography, unit: usize) -> &'a str {
        let area = geography.area_nodes();
        match self.level {
            Level::Node if unit < area => &geography.prefectures[geography.nodes[unit].prefecture].code,
            Level::County if unit < geography.counties.len() => {
                &geography.prefectures[geography.counties[unit].prefecture].code
            }
            Level::Prefecture if unit < geography.prefectures.len() => {
                &geography.provinces[geography.prefectures[unit].province].code
            }
            _ => self.unit_code(geography, unit),
        }
    }

    /// Adds an amount that went from a node to another.
    #[inline]
    pub fn add(&mut self, factor: Factor, from: usize, to: usize, amount: i64) {
        if amount == 0 || from == to || !self.kept {
            return;
        }
        let (a, b) = (self.unit[from] as usize, self.unit[to] as usize);
        self.between_units[factor as usize][a * self.units + b] += amount;
        self.between_tiers[factor as usize][self.tier[from] as usize][self.tier[to] as usize] += amount;
    }

    /// What a node sent to each node of the area, as [`Flows::add`] would note it, to be added later.
    pub(crate) fn row(&self, from: usize, amounts: impl Iterator<Item = i64>) -> Row {
        let mut row = Row { from, units: vec![0; self.units], tiers: [0; 4] };
        for (to, amount) in amounts.enumerate().filter(|(to, _)| *to != from) {
            row.units[self.unit[to] as usize] += amount;
            row.tiers[usize::from(self.tier[to])] += amount;
        }
        row
    }

    /// Adds what a node sent.
    pub(crate) fn add_row(&mut self, factor: Factor, row: &Row) {
        if !self.kept {
            return;
        }
        let first = self.unit[row.from] as usize * self.units;
        let cells = &mut self.between_units[factor as usize][first..first + self.units];
        cells.iter_mut().zip(&row.units).for_each(|(cell, amount)| *cell += amount);
        let tiers = &mut self.between_tiers[factor as usize][usize::from(self.tier[row.from])];
        tiers.iter_mut().zip(row.tiers).for_each(|(cell, amount)| *cell += amount);
    }

    /// The position of the rest of the world where it lends and borrows, after all nodes: as `from` or `to`
    /// of [`Flows::add_money`], and the last part of a vector of [`Flows::add_through_pool`].
    pub fn hub(&self) -> usize {
        self.unit.len()
    }

    /// Unit and tier of a node, or of the rest of the world.
    fn whereabouts(&self, node: usize) -> (usize, usize) {
        match self.unit.get(node) {
            Some(&unit) => (unit as usize, usize::from(self.tier[node])),
            None if self.level == Level::Tier => (Tier::Outside as usize, Tier::Outside as usize),
            None => (self.units - 1, Tier::Outside as usize),
        }
    }

    /// Adds money that went from a node, or from the rest of the world, to another; what stays at a node is no
    /// flow, and a negative amount went the other way.
    pub fn add_money(&mut self, factor: Factor, from: usize, to: usize, amount: i64) {
        if amount == 0 || from == to || !self.kept {
            return;
        }
        let (from, to) = if amount > 0 { (from, to) } else { (to, from) };
        let ((a, from), (b, to)) = (self.whereabouts(from), self.whereabouts(to));
        self.between_units[factor as usize][a * self.units + b] += amount.abs();
        self.between_tiers[factor as usize][from][to] += amount.abs();
    }

    /// Adds money that passes the national pool: amounts by who gave and by where they went, each by node with
    /// the rest of the world last, and equal in sum; below zero is the other way. Between tiers they fall in proportion, what stays at a node
    /// included.
    pub fn add_through_pool(&mut self, factor: Factor, from: &[i64], to: &[i64]) {
        debug_assert_eq!(from.iter().sum::<i64>(), to.iter().sum::<i64>(), "what comes in goes out");
        if !self.kept {
            return;
        }
        let mut tiers = [[0_i64; 4]; 2];
        let pool = self.units.wrapping_sub(BESIDE.len());
        for (side, amounts) in [from, to].into_iter().enumerate() {
            for (node, &amount) in amounts.iter().enumerate().filter(|(_, amount)| **amount != 0) {
                let (unit, tier) = self.whereabouts(node);
                tiers[side][tier] += amount;
                if self.level != Level::Tier {
                    // What is below zero went the other way.
                    let comes = (side == 0) == (amount > 0);
                    let cell = if comes { unit * self.units + pool } else { pool * self.units + unit };
                    self.between_units[factor as usize][cell] += amount.abs();
                }
            }
        }
        let parts = in_proportion(tiers[0], tiers[1]);
        for (a, row) in parts.iter().enumerate() {
            for (b, &part) in row.iter().enumerate() {
                let (from, to) = if part > 0 { (a, b) } else { (b, a) };
                self.between_tiers[factor as usize][from][to] += part.abs();
                if self.level == Level::Tier {
                    self.between_units[factor as usize][from * self.units + to] += part.abs();
                }
            }
        }
    }

    /// Forgets the past year.
    pub fn open_year(&mut self) {
        self.between_units.iter_mut().for_each(|m| m.fill(0));
        self.between_tiers = Default::default();
    }

    /// Money of a factor that a node, or the rest of the world, sent less what it received. The pool keeps nothing.
    #[cfg(test)]
    fn net_outflow(&self, factor: Factor, unit: usize) -> i64 {
        let cells = &self.between_units[factor as usize];
        (0..self.units).map(|other| cells[unit * self.units + other] - cells[other * self.units + unit]).sum()
    }

    /// Flows that are not zero: factor, origin unit, destination unit, amount. Flows between nodes of one unit
    /// stand on its diagonal.
    pub fn between_units(&self) -> impl Iterator<Item = (Factor, usize, usize, i64)> + '_ {
        Factor::ALL.into_iter().flat_map(move |factor| {
            self.of_factor(factor).map(move |(from, to, amount)| (factor, from, to, amount))
        })
    }

    /// Flows of a factor that are not zero: origin unit, destination unit, amount.
    pub(crate) fn of_factor(&self, factor: Factor) -> impl Iterator<Item = (usize, usize, i64)> + '_ {
        let rows = self.between_units[factor as usize].chunks(self.units.max(1)).enumerate();
        rows.flat_map(|(from, row)| {
            let cells = row.iter().enumerate().filter(|(_, amount)| **amount != 0);
            cells.map(move |(to, &amount)| (from, to, amount))
        })
    }

    /// The flow of a factor between two tiers (the diagonal is between different nodes of one tier).
    pub fn between_tiers(&self, factor: Factor, from: Tier, to: Tier) -> i64 {
        self.between_tiers[factor as usize][from as usize][to as usize]
    }

    /// Net inflow of a factor into a tier from all others.
    pub fn net_inflow(&self, factor: Factor, tier: Tier) -> i64 {
        Tier::ALL
            .iter()
            .map(|&t| self.between_tiers(factor, t, tier) - self.between_tiers(factor, tier, t))
            .sum()
    }
}

/// A matrix with these sums of rows and columns, equal in all, whose cells are in proportion to both: running
/// totals are rounded, so that rows and columns are exact.
fn in_proportion(rows: [i64; 4], columns: [i64; 4]) -> [[i64; 4]; 4] {
    let all: i128 = rows.iter().map(|&x| i128::from(x)).sum();
    let mut cells = [[0; 4]; 4];
    if all == 0 {
        return cells;
    }
    // Twice the half is added so that the quotient is the nearest whole number.
    let until = |a: usize, b: usize| -> i128 {
        let sum = |x: &[i64]| x.iter().map(|&x| i128::from(x)).sum::<i128>();
        (2 * sum(&rows[..a]) * sum(&columns[..b]) + all).div_euclid(2 * all)
    };
    for (a, row) in cells.iter_mut().enumerate() {
        for (b, cell) in row.iter_mut().enumerate() {
            *cell = (until(a + 1, b + 1) - until(a, b + 1) - until(a + 1, b) + until(a, b)) as i64;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::fixtures;

    #[test]
    fn money_through_the_pool_keeps_what_each_gave_and_what_each_received() {
        let parts = in_proportion([10, 0, 21, 3], [7, 20, 0, 7]);
        for (a, row) in parts.iter().enumerate() {
            assert_eq!(row.iter().sum::<i64>(), [10, 0, 21, 3][a]);
        }
        for b in 0..4 {
            assert_eq!(parts.iter().map(|row| row[b]).sum::<i64>(), [7, 20, 0, 7][b]);
        }
        // 21 of 34 give, 20 of 34 arrive: 12.35, whole because rows and columns must add up.
        assert!((parts[2][1] as f64 - 21.0 * 20.0 / 34.0).abs() < 1.0, "{}", parts[2][1]);
        assert_eq!(in_proportion([0; 4], [0; 4]), [[0; 4]; 4]);
    }

    #[test]
    fn the_pool_passes_on_all_that_it_received() {
        let mut geography = Geography::default();
        for tier in [Tier::City, Tier::Village, Tier::Outside] {
            geography.nodes.push(fixtures::node(tier.name(), tier, 0));
        }
        geography.outside = 2..3;
        let mut flows = Flows::new(&geography, Level::Node);
        // The village gives 60 and the city 40; the city receives 90, the rest of the world 10.
        flows.add_through_pool(Factor::Capital, &[40, 60, 0, 0], &[90, 0, 0, 10]);
        flows.add_money(Factor::Capital, flows.hub(), 1, 5);
        flows.add_money(Factor::Capital, 0, 1, -7);
        let [pool, hub] = [flows.units() - 2, flows.units() - 1];
        assert_eq!(flows.unit_code(&geography, pool), "national_pool");
        assert_eq!(flows.unit_code(&geography, hub), "hub");
        assert_eq!(
            [0, 1, pool, hub].map(|unit| flows.net_outflow(Factor::Capital, unit)),
            [40 - 90 - 7, 60 - 5 + 7, 0, 5 - 10]
        );
        assert_eq!(flows.between_tiers(Factor::Capital, Tier::Village, Tier::City), 54 + 7);
        assert_eq!(flows.between_tiers(Factor::Capital, Tier::Village, Tier::Outside), 6);
        assert_eq!(flows.net_inflow(Factor::Capital, Tier::Outside), 10 - 5);
        let mut tiers = Flows::new(&geography, Level::Tier);
        tiers.add_through_pool(Factor::Capital, &[40, 60, 0, 0], &[90, 0, 0, 10]);
        let found: Vec<_> = tiers.between_units().map(|(_, a, b, amount)| (a, b, amount)).collect();
        assert_eq!(found, [(0, 0, 36), (0, 3, 4), (2, 0, 54), (2, 3, 6)]);
    }
}
