//! Who sent what to whom this year: matrices of the six factors between units and between tiers.

use super::geography::Geography;
use super::node::Tier;

/// A factor that flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// Workers who move, persons.
    Labour,
    /// Talent who moves, persons.
    Talent,
    /// Investment and relocated projects by owner's and project's node, fen.
    Capital,
    /// Tax shares and transfers between governments, by seat, fen.
    Fiscal,
    /// Spending by residents of one node at another, fen.
    Consumption,
    /// Money sent home, fen.
    Remittance,
}

impl Factor {
    /// All factors, in the order of tables.
    pub const ALL: [Factor; 6] = [
        Factor::Labour,
        Factor::Talent,
        Factor::Capital,
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
    #[default]
    Node,
    County,
    Prefecture,
    Tier,
}

/// The flows of one year.
#[derive(Clone, Debug, Default)]
pub struct Flows {
    level: Level,
    /// Unit of each node.
    unit: Vec<u32>,
    /// Tier of each node.
    tier: Vec<u8>,
    units: usize,
    /// [factor][origin][destination].
    between_units: Vec<Vec<i64>>,
    between_tiers: [[[i64; 4]; 4]; 6],
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
        Flows {
            level,
            unit,
            tier: geography.nodes.iter().map(|n| n.tier as u8).collect(),
            units,
            between_units: vec![vec![0; units * units]; Factor::ALL.len()],
            between_tiers: Default::default(),
        }
    }

    /// Flows between tiers only: for work that nobody reads by unit.
    pub fn default_for(geography: &Geography) -> Self {
        Flows::new(geography, Level::Tier)
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
    /// node is a unit of its own at every level but that of tiers.
    pub fn unit_code<'a>(&self, geography: &'a Geography, unit: usize) -> &'a str {
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

    /// Adds an amount that went from a node to another.
    #[inline]
    pub fn add(&mut self, factor: Factor, from: usize, to: usize, amount: i64) {
        if amount == 0 || from == to {
            return;
        }
        let (a, b) = (self.unit[from] as usize, self.unit[to] as usize);
        self.between_units[factor as usize][a * self.units + b] += amount;
        self.between_tiers[factor as usize][self.tier[from] as usize][self.tier[to] as usize] += amount;
    }

    /// Forgets the past year.
    pub fn open_year(&mut self) {
        self.between_units.iter_mut().for_each(|m| m.fill(0));
        self.between_tiers = Default::default();
    }

    /// Flows that are not zero: factor, origin unit, destination unit, amount. Flows between nodes of one unit
    /// stand on its diagonal.
    pub fn between_units(&self) -> impl Iterator<Item = (Factor, usize, usize, i64)> + '_ {
        Factor::ALL.into_iter().flat_map(move |factor| {
            self.between_units[factor as usize]
                .iter()
                .enumerate()
                .filter(|(_, amount)| **amount != 0)
                .map(move |(i, &amount)| (factor, i / self.units, i % self.units, amount))
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
