//! Where returns call capital: the weight of every cell, and how a county's investors see the area.
//!
//! ```text
//! S_{o->sj} = B_sj [tau_oj (1-t_pi) r_sj (1+sub_sj) e^{-risk_sj}]^{kappa_K} / sum
//! ```

use crate::config::Parameters;
use crate::kernel::chunks::map_ranges;
use crate::rules::{Lever, Link, Rules};
use crate::world::sector::SECTOR_TABLE;
use crate::world::{SECTORS, World};

/// Attraction of every cell to investors, and its running sums: nodes are sorted by province, prefecture and
/// county, so every group of cells is a range.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attraction {
    /// Weight of a cell, [node x sector].
    pub weight: Vec<f64>,
    /// Running sum before each cell, seen from inside the own county.
    pub(super) before: Vec<f64>,
    /// The same as outsiders see it (entry of outsiders).
    pub(super) before_outside: Vec<f64>,
    /// `tau^{kappa_K}` of the rest of the prefecture and beyond.
    through: [f64; 2],
}

/// What draws capital to cells beside their weights B, and so stands still while B is found.
pub(crate) struct Appeal {
    /// `[(1-t_pi) r_sj (1+sub) e^{-risk}]^{kappa_K}`, [node x sector]; none where a sector is refused.
    cell: Vec<Option<f64>>,
    /// How open each node is to outsiders.
    open: Vec<f64>,
    through: [f64; 2],
}

impl Appeal {
    /// Of all cells, to new projects or to those that move.
    pub(crate) fn new(world: &World, rules: &Rules, relocating: bool) -> Self {
        let p = rules.p;
        let area = world.geography.area_nodes();
        let integration = rules.levers.everywhere(Lever::MarketIntegration);
        let mut appeal = Appeal {
            cell: Vec::with_capacity(area * SECTORS),
            open: Vec::with_capacity(area),
            through: [p.perceived_return_prefecture, p.perceived_return_far]
                .map(|tau| libm::pow(tau, p.investment_elasticity)),
        };
        for j in 0..area {
            appeal.open.push(libm::pow(rules.levers.node(Lever::OutsiderAccess, j), p.investment_elasticity));
            let wedge = world.geography.nodes[j].facts.investment_wedge.unwrap_or(1.0);
            let land = land_left(world, rules, j);
            for s in 0..SECTORS {
                let cell = |lever| rules.levers.cell(lever, j, s);
                let tax = (p.profit_tax_rate * cell(Lever::ProfitTax)).min(1.0);
                let mut value = (1.0 - tax)
                    * net_return(world, j, s)
                    * cell(Lever::CapitalBonus)
                    * (1.0 + cell(Lever::InvestmentSubsidy))
                    * (1.0 - cell(Lever::EntryCost)).max(0.0)
                    * libm::exp(-cell(Lever::Risk))
                    * wedge;
                if SECTOR_TABLE[s].site {
                    value *= land;
                }
                if integration > 0.0 {
                    // B was found at the wedge: what stood against money where it is high goes.
                    value *= libm::pow(wedge_of_return(world, j, s), integration);
                }
                if relocating {
                    value *= cell(Lever::RelocationBonus);
                }
                let refused = cell(Lever::IndustryEntry) < 0.5 || full(world, rules, j, s);
                appeal.cell.push((!refused).then(|| libm::pow(value, p.investment_elasticity)));
            }
        }
        appeal
    }
}

impl Attraction {
    /// `B_sj [(1-t_pi) r_sj (1+sub) e^{-risk}]^{kappa_K}` for all cells, refused sectors at zero.
    pub(crate) fn new(world: &World, rules: &Rules, share: &[[f64; SECTORS]], relocating: bool) -> Self {
        Attraction::at(&Appeal::new(world, rules, relocating), share)
    }

    /// The same where what does not depend on B is known.
    pub(crate) fn at(appeal: &Appeal, share: &[[f64; SECTORS]]) -> Self {
        let cells = appeal.cell.iter().zip(share.iter().flatten());
        let weight: Vec<f64> = cells.map(|(cell, share)| cell.map_or(0.0, |cell| share * cell)).collect();
        let by_node = weight.chunks_exact(SECTORS).zip(&appeal.open);
        let outside: Vec<f64> =
            by_node.flat_map(|(cells, open)| cells.iter().map(move |w| w * open)).collect();
        let through = appeal.through;
        Attraction { before: running(&weight), before_outside: running(&outside), weight, through }
    }

    pub(super) fn sum(before: &[f64], nodes: &std::ops::Range<usize>) -> f64 {
        before[nodes.end * SECTORS] - before[nodes.start * SECTORS]
    }

    /// The cell where a uniform number in [0, 1) falls among the cells of a range.
    pub(super) fn pick(before: &[f64], nodes: &std::ops::Range<usize>, u: f64) -> usize {
        let (first, end) = (nodes.start * SECTORS, nodes.end * SECTORS);
        let target = before[first] + u * (before[end] - before[first]);
        let i = before[first + 1..=end].partition_point(|&b| b <= target);
        (first + i).min(end - 1)
    }
}

pub(super) fn running(weights: &[f64]) -> Vec<f64> {
    let mut before = Vec::with_capacity(weights.len() + 1);
    let mut sum = 0.0;
    before.push(0.0);
    for w in weights {
        sum += w;
        before.push(sum);
    }
    before
}

/// Return on capital of a cell over the area's in the base year, z.
pub(crate) fn wedge_of_return(world: &World, j: usize, s: usize) -> f64 {
    world.base.return_wedge.get(j).map_or(1.0, |cells| cells[s])
}

/// Return `r_sj = surplus/K`, at least 1e-6; an empty cell promises the area's mean.
pub(crate) fn net_return(world: &World, j: usize, s: usize) -> f64 {
    let state = &world.nodes[j];
    if state.capital[s] > 0 {
        (state.surplus[s] as f64 / state.capital[s] as f64).max(1e-6)
    } else if state.surplus[s] > 0 {
        1.0
    } else {
        1e-6
    }
}

/// Capital of industry and tourism, which stand on construction land.
fn on_sites(k: &[i64; SECTORS]) -> f64 {
    k.iter().zip(&SECTOR_TABLE).filter(|(_, row)| row.site).map(|(k, _)| k).sum::<i64>() as f64
}

/// What scarce construction land leaves of the return that investors see, `(Lam K_0 (1+g)^t/K)^{s_L}`: the quota holds the base
/// year's capital and grows with the balanced path, so the base year and every year on the path have 1. Who comes where land is
/// fuller pays more for it; a policy that gives land (Lam above 1) makes room.
fn land_left(world: &World, rules: &Rules, j: usize) -> f64 {
    let (now, base) = (on_sites(&world.nodes[j].capital), world.base.capital.get(j).map_or(0.0, on_sites));
    if rules.p.land_share <= 0.0 || now <= 0.0 || base <= 0.0 {
        return 1.0;
    }
    let quota = base * libm::pow(1.0 + world.base.growth, f64::from(world.step));
    libm::pow(rules.levers.node(Lever::ConstructionLand, j).max(1e-3) * quota / now, rules.p.land_share)
}

/// Whether construction land is used up: capital of industry and tourism may not exceed the base year's times
/// `land_slack` times the lever. While no slack is set only a lever below one binds.
fn full(world: &World, rules: &Rules, j: usize, s: usize) -> bool {
    let lever = rules.levers.node(Lever::ConstructionLand, j);
    if !SECTOR_TABLE[s].site || (rules.p.land_slack >= 1e8 && lever >= 1.0) {
        return false;
    }
    let cap = if rules.p.land_slack >= 1e8 { lever } else { rules.p.land_slack * lever };
    let base = on_sites(&world.base.capital[j]);
    base > 0.0 && on_sites(&world.nodes[j].capital) >= base * cap
}

/// `tau_oj`: the return of a project in another county as its owner sees it.
pub(crate) fn usual_access(world: &World, p: &Parameters, from: usize, to: usize) -> f64 {
    let prefecture = |c: usize| world.geography.counties[c].prefecture;
    if prefecture(from) == prefecture(to) { p.perceived_return_prefecture } else { p.perceived_return_far }
}

/// Weight that a tie adds to a county on top of what everybody outside sees there.
fn extra_weight(world: &World, rules: &Rules, at: &Attraction, link: &Link) -> f64 {
    let power = |tau: f64| libm::pow(tau, rules.p.investment_elasticity);
    let usual = usual_access(world, rules.p, link.from, link.to);
    let nodes = county_nodes(world, link.to);
    Attraction::sum(&at.before_outside, &nodes) * (power(link.access) - power(usual)).max(0.0)
}

fn county_nodes(world: &World, county: usize) -> std::ops::Range<usize> {
    let unit = &world.geography.counties[county];
    unit.seat..unit.seat + 1 + usize::from(unit.village.is_some())
}

/// How a county's investors see the area: weights of own county, rest of the prefecture, beyond.
pub(super) struct Outlook {
    pub(super) county: std::ops::Range<usize>,
    prefecture: std::ops::Range<usize>,
    area: std::ops::Range<usize>,
    pub(super) weights: [f64; 3],
    /// Counties with a tie: their nodes, and what the tie adds to their weight.
    partners: Vec<(std::ops::Range<usize>, f64)>,
}

impl Outlook {
    pub(super) fn new(world: &World, rules: &Rules, at: &Attraction, county: usize) -> Outlook {
        let unit = &world.geography.counties[county];
        let nodes = county_nodes(world, county);
        let prefecture = world.geography.prefectures[unit.prefecture].nodes.clone();
        let area = 0..world.geography.area_nodes();
        let own = Attraction::sum(&at.before, &nodes);
        let own_out = Attraction::sum(&at.before_outside, &nodes);
        let near = (Attraction::sum(&at.before_outside, &prefecture) - own_out).max(0.0);
        let far = (Attraction::sum(&at.before_outside, &area) - own_out - near).max(0.0);
        let weights = [own, near * at.through[0], far * at.through[1]];
        let partners = rules
            .levers
            .links_from(county)
            .iter()
            .map(|link| (county_nodes(world, link.to), extra_weight(world, rules, at, link)))
            .collect();
        Outlook { county: nodes, prefecture, area, weights, partners }
    }

    /// Weight of all cells together.
    pub(super) fn sum(&self) -> f64 {
        self.weights.iter().sum::<f64>() + self.partners.iter().map(|(_, w)| w).sum::<f64>()
    }

    /// Cell chosen by two uniform numbers: first the group, then the cell in it.
    pub(super) fn choose(&self, at: &Attraction, u: f64, v: f64) -> usize {
        let sum = self.sum();
        let target = u * sum;
        let mut end: f64 = self.weights.iter().sum();
        for (nodes, weight) in &self.partners {
            if target >= end && target < end + weight {
                return Attraction::pick(&at.before_outside, nodes, v);
            }
            end += weight;
        }
        if target < self.weights[0] || sum <= 0.0 {
            Attraction::pick(&at.before, &self.county, v)
        } else if target < self.weights[0] + self.weights[1] {
            self.outside_of(at, &self.county, &self.prefecture, v)
        } else {
            self.outside_of(at, &self.prefecture, &self.area, v)
        }
    }

    /// A cell of `outer` that does not lie in `inner`.
    fn outside_of(
        &self,
        at: &Attraction,
        inner: &std::ops::Range<usize>,
        outer: &std::ops::Range<usize>,
        v: f64,
    ) -> usize {
        let left = Attraction::sum(&at.before_outside, &(outer.start..inner.start));
        let right = Attraction::sum(&at.before_outside, &(inner.end..outer.end));
        let target = v * (left + right);
        if target < left {
            Attraction::pick(&at.before_outside, &(outer.start..inner.start), target / left)
        } else {
            let v = if right > 0.0 { (target - left) / right } else { 0.0 };
            Attraction::pick(&at.before_outside, &(inner.end..outer.end), v.min(1.0 - 1e-15))
        }
    }
}

/// Expected inflow of cells if pools of the counties and the nation spend these amounts, kept by groups of funds:
/// what the inversion of B, deterministic capital and the owners of the first projects use.
pub(crate) struct Inflow {
    /// What reaches a unit of weight of a county's cells from its own pool.
    own: Vec<f64>,
    /// What a county's pool sends to a unit of weight elsewhere in its prefecture, and beyond; running sums.
    near: Vec<f64>,
    far: Vec<f64>,
    /// What ties add to a unit of weight of a county.
    tied: Vec<f64>,
    /// What the national pool sends to a unit of weight.
    nation: f64,
}

impl Inflow {
    /// With the pools of the counties and the national one.
    pub(crate) fn new(world: &World, rules: &Rules, at: &Attraction, pools: &[f64], national: f64) -> Inflow {
        let counties = world.geography.counties.len();
        let power = |tau: f64| libm::pow(tau, rules.p.investment_elasticity);
        let (mut own, mut open, mut tied) = (vec![0.0; counties], vec![0.0; counties], vec![0.0; counties]);
        for (c, &pool) in pools.iter().enumerate().filter(|(_, pool)| **pool > 0.0) {
            let view = Outlook::new(world, rules, at, c);
            let sum = view.sum();
            if sum <= 0.0 {
                continue;
            }
            open[c] = pool * (1.0 - rules.p.home_pool_share) / sum;
            let home =
                if view.weights[0] > 0.0 { pool * rules.p.home_pool_share / view.weights[0] } else { 0.0 };
            own[c] = home + open[c];
            for link in rules.levers.links_from(c) {
                let usual = power(usual_access(world, rules.p, c, link.to));
                tied[link.to] += open[c] * (power(link.access) - usual).max(0.0);
            }
        }
        let times = |through: f64| running(&open.iter().map(|open| open * through).collect::<Vec<_>>());
        let all = at.before.last().copied().unwrap_or(0.0);
        Inflow {
            near: times(at.through[0]),
            far: times(at.through[1]),
            nation: if all > 0.0 { national / all } else { 0.0 },
            own,
            tied,
        }
    }

    /// Weights of a cell as its own county and the nation see it, and as others do.
    fn weights(at: &Attraction, cell: usize) -> [f64; 2] {
        [at.weight[cell], (at.before_outside[cell + 1] - at.before_outside[cell]).max(0.0)]
    }

    /// What a cell receives from its county's pool, the rest of the prefecture's, those beyond, the nation's.
    fn groups(&self, world: &World, at: &Attraction, cell: usize) -> [f64; 4] {
        let node = &world.geography.nodes[cell / SECTORS];
        let (c, p) = (node.county, &world.geography.prefectures[node.prefecture].counties);
        let [inside, outside] = Inflow::weights(at, cell);
        let sum = |before: &[f64], range: &std::ops::Range<usize>| before[range.end] - before[range.start];
        let near = sum(&self.near, p) - sum(&self.near, &(c..c + 1));
        let far = sum(&self.far, &(0..self.own.len())) - sum(&self.far, p);
        [inside * self.own[c], outside * near, outside * far, inside * self.nation].map(|x| x.max(0.0))
    }

    /// Inflow of every cell.
    pub(crate) fn of_cells(&self, world: &World, at: &Attraction) -> Vec<[f64; SECTORS]> {
        let parts = map_ranges(world.geography.area_nodes(), 256, |_, nodes| {
            let of_node = |j: usize| {
                let tied = self.tied[world.geography.nodes[j].county];
                std::array::from_fn(|s| {
                    let cell = j * SECTORS + s;
                    self.groups(world, at, cell).iter().sum::<f64>() + Inflow::weights(at, cell)[1] * tied
                })
            };
            nodes.map(of_node).collect::<Vec<[f64; SECTORS]>>()
        });
        parts.concat()
    }

    /// What each fund sends to a cell, ties left out; the national one last.
    pub(crate) fn by_fund(&self, world: &World, at: &Attraction, cell: usize) -> Vec<f64> {
        let node = &world.geography.nodes[cell / SECTORS];
        let near = &world.geography.prefectures[node.prefecture].counties;
        let [inside, outside] = Inflow::weights(at, cell);
        let of = |c: usize| {
            if c == node.county {
                inside * self.own[c]
            } else if near.contains(&c) {
                outside * (self.near[c + 1] - self.near[c])
            } else {
                outside * (self.far[c + 1] - self.far[c])
            }
        };
        (0..self.own.len()).map(of).chain([inside * self.nation]).collect()
    }

    /// The fund that founded a project of a cell, by two uniform numbers: first the group, then the county in it.
    /// A cell that no fund reaches is its own county's.
    pub(crate) fn pick_fund(&self, world: &World, at: &Attraction, cell: usize, u: f64, v: f64) -> usize {
        let node = &world.geography.nodes[cell / SECTORS];
        let near = world.geography.prefectures[node.prefecture].counties.clone();
        let (c, counties) = (node.county, self.own.len());
        let groups = self.groups(world, at, cell);
        let target = u * groups.iter().sum::<f64>();
        let among = |before: &[f64], outer: std::ops::Range<usize>, inner: std::ops::Range<usize>| {
            let left = before[inner.start] - before[outer.start];
            let right = before[outer.end] - before[inner.end];
            let mut at = before[outer.start] + v * (left + right);
            if at >= before[inner.start] {
                at += before[inner.end] - before[inner.start];
            }
            before[outer.start + 1..=outer.end].partition_point(|&b| b <= at).min(outer.len() - 1)
                + outer.start
        };
        if target < groups[0] || groups.iter().sum::<f64>() <= 0.0 {
            c
        } else if target < groups[0] + groups[1] {
            among(&self.near, near, c..c + 1)
        } else if target < groups[0] + groups[1] + groups[2] {
            among(&self.far, 0..counties, near)
        } else {
            counties
        }
    }

    /// What each fund receives of the cells, in proportion to a value of each cell that inflow is spread over; the
    /// national one last.
    pub(crate) fn spread(&self, world: &World, at: &Attraction, value: &[[f64; SECTORS]]) -> Vec<f64> {
        let inflow = self.of_cells(world, at);
        // Value of a unit of inflow, times the weights of each cell.
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        for (cell, (inflow, value)) in inflow.iter().flatten().zip(value.iter().flatten()).enumerate() {
            let unit = if *inflow > 0.0 { value / inflow } else { 0.0 };
            let weights = Inflow::weights(at, cell);
            inside.push(unit * weights[0]);
            outside.push(unit * weights[1]);
        }
        let (inside, outside) = (running(&inside), running(&outside));
        let all = 0..world.geography.area_nodes();
        let mut funds: Vec<f64> = (0..self.own.len())
            .map(|c| {
                let prefecture = &world.geography.prefectures[world.geography.counties[c].prefecture];
                let own = county_nodes(world, c);
                let near = Attraction::sum(&outside, &prefecture.nodes) - Attraction::sum(&outside, &own);
                let far = Attraction::sum(&outside, &all) - Attraction::sum(&outside, &prefecture.nodes);
                self.own[c] * Attraction::sum(&inside, &own)
                    + (self.near[c + 1] - self.near[c]) * near.max(0.0)
                    + (self.far[c + 1] - self.far[c]) * far.max(0.0)
            })
            .collect();
        funds.push(self.nation * Attraction::sum(&inside, &all));
        funds
    }
}
