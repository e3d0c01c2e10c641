//! Distances that equations use every year, worked out once.

use crate::scenario::Parameters;
use crate::world::Geography;

/// Factors `exp(-d/d_e)` between counties and nodes.
#[derive(Clone, Debug, Default)]
pub struct Terrain {
    nodes: usize,
    /// Visitors: [county][node] `exp(-d_ij/d_e)`. Single precision: a weight, and 2857 x 5700 of them.
    visit: Vec<f32>,
    /// Market access: [county][node] `exp(-d_jk/d_0)`; empty while nothing uses it.
    market: Vec<f32>,
}

impl Terrain {
    /// Works the factors out; market access only where a parameter or policy needs it.
    pub fn new(geography: &Geography, p: &Parameters, market_access: bool) -> Self {
        let nodes = geography.area_nodes();
        let table = |scale: f64| -> Vec<f32> {
            let mut table = Vec::with_capacity(geography.counties.len() * nodes);
            for c in 0..geography.counties.len() {
                for j in 0..nodes {
                    table.push(libm::exp(-geography.node_distance(c, j) / scale) as f32);
                }
            }
            table
        };
        Terrain { nodes, visit: table(p.d_e), market: if market_access { table(p.d_ma) } else { Vec::new() } }
    }

    /// `exp(-d/d_e)` from a county to all nodes of the area.
    pub fn visit(&self, county: usize) -> &[f32] {
        &self.visit[county * self.nodes..(county + 1) * self.nodes]
    }

    /// `exp(-d/d_0)` from a county to all nodes of the area, if it was worked out.
    pub fn market(&self, county: usize) -> Option<&[f32]> {
        self.market.get(county * self.nodes..(county + 1) * self.nodes)
    }
}
