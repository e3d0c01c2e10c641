//! Which node belongs to which county, prefecture and province, and how far apart they are.

use serde::{Deserialize, Serialize};

use super::node::{Node, Tier};

/// A county-level unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct County {
    /// Six digits of GB/T 2260.
    pub code: String,
    /// What a reader calls it.
    pub name: String,
    /// Index in [`Geography::prefectures`].
    pub prefecture: usize,
    /// Index in [`Geography::provinces`].
    pub province: usize,
    /// The urban node (city or county seat).
    pub seat: usize,
    /// The village node, if there are rural residents.
    pub village: Option<usize>,
    /// A district of a city rather than a county.
    pub district: bool,
    /// Degrees east.
    pub longitude: f64,
    /// Degrees north.
    pub latitude: f64,
    /// Loans of the county's banks over their deposits, where known.
    pub loans_over_deposits: Option<f64>,
    /// Weight of a unit of its need when the province shares its money out; 1 unless a table says so.
    pub transfer_grade: f64,
}

impl County {
    /// The nodes of the county, seat first.
    pub fn nodes(&self) -> impl Iterator<Item = usize> + use<> {
        std::iter::once(self.seat).chain(self.village)
    }

    /// Whether a word is its code or its name.
    pub fn answers_to(&self, word: &str) -> bool {
        self.code == word || self.name == word
    }
}

/// A prefecture: a nest of the location choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prefecture {
    /// Code in the tables, such as 330100.
    pub code: String,
    /// What a reader calls it.
    pub name: String,
    /// Index in [`Geography::provinces`].
    pub province: usize,
    /// Counties, a contiguous range.
    pub counties: std::ops::Range<usize>,
    /// Nodes, a contiguous range.
    pub nodes: std::ops::Range<usize>,
    /// Centre of population, degrees.
    pub longitude: f64,
    /// Centre of population, degrees north.
    pub latitude: f64,
}

impl Prefecture {
    /// Whether a word is its code or its name.
    pub fn answers_to(&self, word: &str) -> bool {
        self.code == word || self.name == word
    }
}

/// A province.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Province {
    /// Code in the tables, such as 330000.
    pub code: String,
    /// What a reader calls it.
    pub name: String,
    /// Counties, a contiguous range.
    pub counties: std::ops::Range<usize>,
    /// Prefectures, a contiguous range.
    pub prefectures: std::ops::Range<usize>,
    /// Nodes, a contiguous range.
    pub nodes: std::ops::Range<usize>,
}

impl Province {
    /// Whether a word is its code or its name.
    pub fn answers_to(&self, word: &str) -> bool {
        self.code == word || self.name == word
    }
}

/// The hierarchy of the study area. Nodes are sorted by province, prefecture and county, seat before
/// village, so that every unit is a contiguous range; outside nodes come last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Geography {
    /// All places, outside nodes included.
    pub nodes: Vec<Node>,
    /// County-level units, districts of cities included.
    pub counties: Vec<County>,
    /// Nests of the location choice.
    pub prefectures: Vec<Prefecture>,
    /// Provinces that any node lies in.
    pub provinces: Vec<Province>,
    /// Outside nodes, a contiguous range at the end.
    pub outside: std::ops::Range<usize>,
    /// Stated moving costs (node, prefecture, log points of income), in the order of their table.
    pub moving_costs: Vec<(usize, usize, f64)>,
    /// Stated iceberg trade costs (node, node, units sent for one that arrives), in the order of their table.
    pub trade_costs: Vec<(usize, usize, f64)>,
    /// Counted flows or stocks of people between provinces (origin, destination, persons), in the order of their
    /// table; the position after the last province stands for everything outside.
    pub observed_flows: Vec<(usize, usize, f64)>,
}

impl Geography {
    /// Persons registered at a home who live in its county.
    pub fn stayers(&self, home: usize) -> u64 {
        let node = &self.nodes[home];
        let of = |j: usize| {
            let facts = &self.nodes[j].facts;
            if node.tier == Tier::Village { facts.stayers_from_village } else { facts.stayers_from_seat }
        };
        self.counties[node.county].nodes().map(of).sum()
    }

    /// Number of nodes, outside nodes included.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Number of nodes of the area itself.
    pub fn area_nodes(&self) -> usize {
        self.outside.start
    }

    /// Whether a node stands for the rest of the country.
    pub fn is_outside(&self, node: usize) -> bool {
        node >= self.outside.start
    }

    /// The seat that serves a node: of a village its county's, of an urban node itself.
    pub fn seat_of(&self, node: usize) -> usize {
        if self.is_outside(node) { node } else { self.counties[self.nodes[node].county].seat }
    }

    /// City nodes of a prefecture; where it has none, its urban nodes.
    pub fn centres_of(&self, prefecture: usize) -> Vec<usize> {
        let range = self.prefectures[prefecture].nodes.clone();
        let cities: Vec<usize> = range.clone().filter(|&j| self.nodes[j].tier == Tier::City).collect();
        if cities.is_empty() {
            range.filter(|&j| self.nodes[j].tier != Tier::Village).collect()
        } else {
            cities
        }
    }

    /// Great-circle distance between two points in degrees, in km (haversine, mean radius 6371.0088 km).
    pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
        let rad = std::f64::consts::PI / 180.0;
        let (dlon, dlat) = ((b.0 - a.0) * rad, (b.1 - a.1) * rad);
        let s = libm::sin(dlat / 2.0);
        let t = libm::sin(dlon / 2.0);
        let h = s * s + libm::cos(a.1 * rad) * libm::cos(b.1 * rad) * t * t;
        2.0 * 6371.0088 * libm::asin(libm::sqrt(h.clamp(0.0, 1.0)))
    }

    /// Distance between the points of two counties, km.
    pub fn county_distance(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (&self.counties[a], &self.counties[b]);
        Self::kilometres((a.longitude, a.latitude), (b.longitude, b.latitude))
    }

    /// Distance from a county to the centre of population of a prefecture, km.
    pub fn prefecture_distance(&self, county: usize, prefecture: usize) -> f64 {
        let (a, b) = (&self.counties[county], &self.prefectures[prefecture]);
        Self::kilometres((a.longitude, a.latitude), (b.longitude, b.latitude))
    }

    /// Distance from a county to a node, km.
    pub fn node_distance(&self, county: usize, node: usize) -> f64 {
        let (a, b) = (&self.counties[county], &self.nodes[node]);
        Self::kilometres((a.longitude, a.latitude), (b.longitude, b.latitude))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangzhou_to_ningbo_is_about_140_kilometres() {
        let d = Geography::kilometres((120.155, 30.274), (121.55, 29.875));
        assert!((d - 141.6).abs() < 2.0, "{d}");
    }
}
