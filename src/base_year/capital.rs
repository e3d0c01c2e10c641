//! Capital of the base year: its surplus over one return, what is lent outside because capital does not need it,
//! and the first projects.

use crate::capital::attraction::wedge_of_return;
use crate::capital::chains::{self, ChainDraws};
use crate::capital::founding::waiting;
use crate::capital::survival::{SCRAP, Survival, cash_per_capital, yearly_loss};
use crate::capital::{Attraction, Inflow, ProjectSizes, note_capital};
use crate::config::Capital;
use crate::kernel::chunks::{map_parts, map_ranges};
use crate::kernel::draw::{Draws, Purpose};
use crate::quantity::{nearest, split};
use crate::rules::{Lever, Rules};
use crate::world::claims::{NATION, SEAT, VILLAGE, book_values};
use crate::world::projects::PIECE;
use crate::world::sector::INDUSTRY;
use crate::world::{Claims, Project, SECTORS, World};

/// What pools pay in a year for a unit of capital that grows evenly: new projects, of which procedures take a part,
/// for what is lost and for growth, and the cash of what is added.
fn investment_per_capital(world: &World, rules: &Rules) -> f64 {
    let (p, g) = (rules.p, world.base.growth);
    (yearly_loss(rules, g) + g) / (1.0 - p.entry_cost) + g * cash_per_capital(rules, g)
}

/// Return of the base year before depreciation and profit tax: as stated, or such that the investment is what capital
/// needs. The surplus alone decides where capital stands; growth does not enter a stated return.
fn gross_return(world: &World, rules: &Rules, surplus: f64, investment: f64) -> f64 {
    let needed = investment / investment_per_capital(world, rules);
    if rules.p.gross_return > 0.0 {
        rules.p.gross_return
    } else if needed > 0.0 {
        surplus / needed
    } else {
        f64::INFINITY
    }
}

/// Wedges of base-year returns: as the table states them, times a spread that is drawn with the seed and has no mean. Nothing
/// if all are one.
pub(crate) fn return_wedges(world: &World, rules: &Rules, seed: u64) -> Vec<[f64; SECTORS]> {
    let area = world.geography.area_nodes();
    let spread = rules.p.return_spread;
    let stated = |j: usize| &world.geography.nodes[j].facts.return_wedge;
    if spread <= 0.0 && (0..area).all(|j| stated(j).iter().all(Option::is_none)) {
        return Vec::new();
    }
    let draws = Draws::new(seed, Purpose::ReturnWedge, 0);
    (0..area)
        .map(|j| {
            std::array::from_fn(|s| {
                let drawn = if spread > 0.0 {
                    libm::exp(spread * draws.normal((j * SECTORS + s) as u64) - 0.5 * spread * spread)
                } else {
                    1.0
                };
                stated(j)[s].unwrap_or(1.0) * drawn
            })
        })
        .collect()
}

/// Capital of every cell, fen: its surplus over the return and its wedge; industry as the table states it.
pub(crate) fn cells(world: &World, rules: &Rules, investment: f64) -> Vec<[i64; SECTORS]> {
    let area = world.geography.area_nodes();
    let of_cell = |j: usize, s: usize| world.nodes[j].surplus[s].max(0) as f64;
    let surplus: f64 = (0..area).map(|j| (0..SECTORS).map(|s| of_cell(j, s)).sum::<f64>()).sum();
    let r = gross_return(world, rules, surplus, investment);
    (0..area)
        .map(|j| {
            let mut cells = std::array::from_fn(|s| {
                libm::rint(of_cell(j, s) / (r * wedge_of_return(world, j, s))) as i64
            });
            if let Some(yuan) = world.geography.nodes[j].facts.capital_yuan {
                cells[INDUSTRY] = libm::rint(yuan * 100.0) as i64;
            }
            cells
        })
        .collect()
}

/// Part of the base year's capital that waits for permits: the young of the law of survival, as in every later year. Drawn
/// projects alone wait.
pub(crate) fn idle_share(world: &World, rules: &Rules, j: usize) -> f64 {
    match rules.model.capital {
        Capital::Projects => {
            Survival::new(rules, world.base.growth).waiting(rules.levers.node(Lever::EntryDelay, j))
        }
        Capital::Deterministic => 0.0,
    }
}

/// Share of the pools' money that capital does not need. It is kept for all years; without a stated return
/// all is spent.
pub(crate) fn net_lending(world: &World, rules: &Rules, investment: f64) -> f64 {
    let capital: f64 = world.base.capital.iter().flatten().map(|&k| k as f64).sum();
    if rules.p.gross_return > 0.0 && investment > 0.0 {
        1.0 - capital * investment_per_capital(world, rules) / investment
    } else {
        0.0
    }
}

/// Smallest size of a project, fen: so many projects stand as there are persons for, at the ages and the wear of a
/// stationary state.
pub(crate) fn least_size(world: &World, rules: &Rules) -> f64 {
    let p = rules.p;
    let persons: f64 = world.base.residents[..world.geography.area_nodes()].iter().sum();
    let total: f64 = world.base.capital.iter().flatten().map(|&k| k as f64).sum();
    let mean = match rules.model.capital {
        Capital::Projects => Survival::new(rules, world.base.growth).mean_value(),
        Capital::Deterministic => ProjectSizes::mean_ratio(p),
    };
    (total / (persons / p.persons_per_project).max(1.0) / mean).max(100.0)
}

/// Founds the first projects: sizes and ages by the law of survival, values worn with age, that fill each cell
/// exactly; or one project a cell and fund. Funds own them as their pools would have founded them.
pub(crate) fn found(world: &mut World, rules: &Rules, seed: u64, at: &Attraction, inflow: &Inflow) {
    world.projects = Default::default();
    match rules.model.capital {
        Capital::Deterministic => {
            for j in 0..world.geography.area_nodes() {
                for (s, cell) in world.base.capital[j].into_iter().enumerate().filter(|(_, cell)| *cell > 0) {
                    found_by_fund(world, rules, (j, s), cell, at, inflow);
                }
            }
        }
        Capital::Projects => {
            world.projects.list = found_many(world, rules, seed, at, inflow);
            world.projects.next = world.projects.list.len() as u64;
        }
    }
    for project in &world.projects.list {
        world.accounts.project_cash[usize::from(project.node)][usize::from(project.sector)].0 += project.cash;
    }
    let standing = world.projects.standing(world.nodes.len(), world.geography.counties.len() + 1);
    world.base.chain_capital = chains::shares(&standing.chains);
    note_capital(world, &standing);
}

/// One project of each fund.
fn found_by_fund(
    world: &mut World,
    rules: &Rules,
    (j, s): (usize, usize),
    cell: i64,
    at: &Attraction,
    inflow: &Inflow,
) {
    let mut weights = inflow.by_fund(world, at, j * SECTORS + s);
    if weights.iter().sum::<f64>() <= 0.0 {
        weights[world.geography.nodes[j].county] = 1.0;
    }
    let held = cash_per_capital(rules, world.base.growth);
    for (fund, value) in split(cell, &weights).into_iter().enumerate().filter(|(_, value)| *value > 0) {
        let cash = libm::rint(value as f64 * held) as i64;
        world.projects.found(new((j, s), fund, (value, cash), 0));
    }
}

/// Projects of many sizes and ages; the youngest still wait for their permits. What is drawn for a project depends on its
/// number alone: sizes and ages, funds, chains and delays are drawn on all threads, and only the filling of cells goes one
/// by one.
fn found_many(world: &World, rules: &Rules, seed: u64, at: &Attraction, inflow: &Inflow) -> Vec<Project> {
    let law = Survival::new(rules, world.base.growth);
    let standing = law.at(world.base.project_min, rules.p);
    let draws = Draws::new(seed, Purpose::ProjectSize, 0);
    let scrap = (world.base.project_min * SCRAP) as i64;
    // So many are drawn at once that few are drawn in vain.
    let persons: f64 = world.base.residents[..world.geography.area_nodes()].iter().sum();
    let round = ((persons / rules.p.persons_per_project / 8.0) as usize).clamp(256, 4 * PIECE);
    let cells = world.base.capital.iter().enumerate();
    let cells = cells.flat_map(|(j, cells)| (0..SECTORS).map(move |s| (j, s, cells[s])));
    let mut list = Vec::new();
    let mut drawn = Vec::new().into_iter();
    let mut number = 0;
    for (j, s, mut rest) in cells {
        while rest > 0 {
            let (worth, age) = drawn.next().unwrap_or_else(|| {
                let more = map_ranges(round, 4096, |_, range| {
                    range.map(|i| standing.draw(&draws, number + i as u64)).collect::<Vec<(i64, u32)>>()
                });
                number += round as u64;
                drawn = more.concat().into_iter();
                drawn.next().unwrap_or((rest, 0))
            });
            // The last project takes what is left, so that the cell is met exactly.
            let value = if rest < worth + scrap { rest } else { worth };
            let project = new((j, s), 0, (value, 0), age);
            list.push(Project { number: list.len() as u64, ..project });
            rest -= value;
        }
    }
    let funds = Draws::new(seed, Purpose::Investment, 0);
    let delays = Draws::new(seed, Purpose::EntryDelay, 0);
    let chains = ChainDraws::new(seed, rules.p.chain_home, world.geography.counties.len());
    map_parts(&mut list, PIECE, |_, piece| {
        for project in piece {
            let (j, s) = (usize::from(project.node), usize::from(project.sector));
            let (u, v) = funds.uniform_pair(project.number);
            project.fund = inflow.pick_fund(world, at, j * SECTORS + s, u, v) as u16;
            let delay = rules.levers.node(Lever::EntryDelay, j);
            let (age, waits) = (project.age, waiting(delay, delays.uniform(project.number)));
            project.waiting = u16::from(waits).saturating_sub(age) as u8;
            project.chain = chains.of_project(world.geography.nodes[j].county, s, project.number);
            project.cash = nearest(project.value as f64 * law.cash(u32::from(age), u32::from(waits)));
        }
    });
    list
}

/// A project of a fund as the base year has it, of a value and cash, fen, and an age.
fn new((j, s): (usize, usize), fund: usize, (value, cash): (i64, i64), age: u32) -> Project {
    Project {
        node: j as u16,
        fund: fund as u16,
        owner: Project::NOBODY,
        sector: s as u8,
        chain: 0,
        age: age as u16,
        waiting: 0,
        enclave: Project::NO_ENCLAVE,
        value,
        cash,
        number: 0,
    }
}

/// First claims on funds: in proportion to what each node deposited in the year that the circuit repeats. The national
/// fund holds nothing of county funds.
pub(crate) fn claims(world: &World) -> Claims {
    let values = book_values(world);
    let by = |value: i64, deposits: &[i64]| {
        split(value, &deposits.iter().map(|&d| d as f64).collect::<Vec<f64>>())
    };
    let counties = world.geography.counties.len();
    let county = (0..counties).map(|c| {
        let parts = by(values[c], &world.givers.county_deposits(c));
        [parts[SEAT], parts[VILLAGE], parts[NATION]]
    });
    Claims { county: county.collect(), nation: by(values[counties], world.givers.national_deposits()) }
}
