//! Are the levels of the base row those of a place that anybody lives in? Bands on what the first world pays, earns and
//! spends, beside those on the tables (`scenario::plausible`).

use crate::band::{Band, Finding};
use crate::economy::earnings::NodeEarnings;
use crate::economy::pay::covered;
use crate::observe::totals;
use crate::simulation::Simulation;
use crate::world::sector::{AGRICULTURE, LOCAL_SERVICES};
use crate::world::{SECTORS, SKILLS, Tier};

/// Where the residual of income stands among the parts of income.
const OUTSIDE: usize = 5;
/// Output of nodes whose capital is judged one by one, yuan.
const LARGE: f64 = 1e9;

macro_rules! bands {
    ($( $key:ident $quantity:literal, $of:literal, $least:expr, $most:expr, $evidence:literal ; )*) => {
        $( static $key: Band = Band::new($quantity, $of, [$least, $most], $evidence); )*

        /// All bands, for the documentation.
        pub static BANDS: &[&Band] = &[ $( &$key, )* ];
    };
}

const NONE: f64 = f64::NEG_INFINITY;

bands! {
    MINIMUM_WAGE "minimum wage over the mean pay of a job outside farming", "nodes", NONE, 0.9, "medians of 0.32 to 0.42; 99 %: 0.68 to 0.85";
    FLOOR "jobs outside farming that pay the minimum wage, per job", "the area", NONE, 0.10, "assumed: few jobs stand at the floor";
    UNEMPLOYMENT "urban unemployment rate", "the area", 0.02, 0.08, "3 to 6 % in the census; surveys find 5.1 to 5.6 %";
    CAPITAL "capital over output", "the area", 1.2, 4.5, "2.0 to 2.7 in provinces and the nation";
    CAPITAL_OF_NODES "capital of firms over output that governments do not buy", "nodes with output above 1e9 yuan", 0.2, 8.0, "0.35 to 3.5 seen of all output";
    INCOME "household income over output", "the area", 0.25, 0.65, "0.30 in Henan 2010 to 0.50; the nation 0.447 in 2020";
    RATIO "income per head, urban over rural", "the area", 1.0, 5.0, "1.85 to 3.7 published";
    SPENDING "county spending per resident, yuan", "counties", 1_000.0, 100_000.0, "2,800 to 22,300 in 2010, 4,900 to 90,300 in 2020";
    SPENDING_SPREAD "greatest county spending per resident over the least", "the area", NONE, 25.0, "8 in 2010, 18 in 2020";
    OWN_REVENUE "own revenue of counties over their spending", "the area", 0.15, 1.1, "0.48 to 0.60 in the model; Zhejiang 0.74 published";
    NET_LENDING "net lending to the outside over what pools receive", "the area", -0.5, 0.5, "-0.1 to 0.2 expected";
    RESIDUAL "outside income (published less modelled) over income", "prefectures, urban and rural", -0.25, 0.5, "assumed: a residual explains no more";
}

/// Everything in the base row of a run that lies outside its band.
pub(crate) fn levels(simulation: &Simulation) -> Vec<Finding> {
    debug_assert_eq!(simulation.world.step, 0, "the base row");
    let found =
        [of_work(simulation), of_capital(simulation), of_income(simulation), of_governments(simulation)];
    found.into_iter().flatten().collect()
}

/// One value of the whole area.
fn whole(band: &'static Band, value: f64) -> Option<Finding> {
    band.finding([("the area".to_owned(), value)])
}

/// A ratio; not a number where nothing can be divided by.
fn over(a: f64, b: f64) -> f64 {
    if b > 0.0 { a / b } else { f64::NAN }
}

/// Agents at work below whom pay of a node, and the capital that pay leaves room for, are the rounding of whole agents: not judged.
const FEW_AGENTS: f64 = 20.0;

/// Persons at work outside farming, and their wages, fen.
fn outside_farming(node: &NodeEarnings) -> (f64, f64) {
    let sectors = || (0..SECTORS).filter(|&s| s != AGRICULTURE);
    (sectors().flat_map(|s| node.jobs[s]).sum(), sectors().flat_map(|s| node.wages[s]).sum())
}

fn of_work(simulation: &Simulation) -> Vec<Finding> {
    let (world, earned, rules) = (&simulation.world, &simulation.earnings.nodes, simulation.rules());
    let nodes = &world.geography.nodes;
    let least = FEW_AGENTS * world.persons_per_agent() as f64;
    let over_pay = |(j, node): (usize, &NodeEarnings)| {
        let (jobs, wages) = outside_farming(node);
        let floor = nodes[j].facts.minimum_wage_yuan * rules.p.floor_scale * 100.0;
        (nodes[j].called(), if jobs < least { f64::NAN } else { over(floor * jobs, wages) })
    };
    let (mut on_floor, mut jobs) = (0.0, 0.0);
    for (j, node) in earned.iter().enumerate() {
        for s in (0..SECTORS).filter(|&s| s != AGRICULTURE) {
            for k in 0..SKILLS {
                let pay = &world.base.pay[j][s][k];
                jobs += node.jobs[s][k];
                on_floor += if pay.covered > pay.wage { node.jobs[s][k] * covered(rules.p, s) } else { 0.0 };
            }
        }
    }
    let urban =
        || earned.iter().enumerate().filter(|(j, _)| nodes[*j].tier != Tier::Village).map(|(_, node)| node);
    let force: f64 = urban().flat_map(|node| node.labour_force).sum();
    let employed: f64 = urban().map(NodeEarnings::employed_residents).sum();
    [
        MINIMUM_WAGE.finding(earned.iter().enumerate().map(over_pay)),
        whole(&FLOOR, over(on_floor, jobs)),
        whole(&UNEMPLOYMENT, over(force - employed, force)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_capital(simulation: &Simulation) -> Vec<Finding> {
    let (world, earned) = (&simulation.world, &simulation.earnings.nodes);
    let least = FEW_AGENTS * world.persons_per_agent() as f64;
    let of_node = |(j, node): (usize, &NodeEarnings)| {
        let output = totals::output(&world.nodes[j]) as f64;
        // What governments buy of local services is made with public buildings and without capital of firms.
        let public = world.base.public_share.get(j).copied().unwrap_or(0.0);
        let private = output - public * world.nodes[j].output[LOCAL_SERVICES] as f64;
        let capital: f64 = node.capital.iter().map(|&fen| fen as f64).sum();
        let judged = output / 100.0 > LARGE && outside_farming(node).0 >= least;
        (world.geography.nodes[j].called(), if judged { over(capital, private) } else { f64::NAN })
    };
    let report = &simulation.report;
    [
        whole(&CAPITAL, report.capital_output),
        CAPITAL_OF_NODES.finding(earned.iter().enumerate().map(of_node)),
        whole(&NET_LENDING, report.net_lending),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_income(simulation: &Simulation) -> Vec<Finding> {
    let world = &simulation.world;
    let g = &world.geography;
    let sum = |nodes: &mut dyn Iterator<Item = usize>| {
        nodes.fold([0.0; 4], |[income, people, outside, output], j| {
            let state = &world.nodes[j];
            [
                income + state.income as f64,
                people + state.earners as f64,
                outside + state.income_parts[OUTSIDE] as f64,
                output + totals::output(state) as f64,
            ]
        })
    };
    let village = |j: &usize| g.nodes[*j].tier == Tier::Village;
    let [income, _, _, output] = sum(&mut (0..g.area_nodes()));
    let urban = sum(&mut (0..g.area_nodes()).filter(|j| !village(j)));
    let rural = sum(&mut (0..g.area_nodes()).filter(village));
    let mut residuals = Vec::new();
    for prefecture in &g.prefectures {
        let urban = sum(&mut prefecture.nodes.clone().filter(|j| !village(j)));
        let rural = sum(&mut prefecture.nodes.clone().filter(village));
        for (tier, [income, _, outside, _]) in [("urban", urban), ("rural", rural)] {
            let name = format!("{} {}, {tier}", prefecture.code, prefecture.name);
            residuals.push((name, over(outside, income)));
        }
    }
    [
        whole(&INCOME, over(income, output)),
        whole(&RATIO, over(over(urban[0], urban[1]), over(rural[0], rural[1]))),
        RESIDUAL.finding(residuals),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_governments(simulation: &Simulation) -> Vec<Finding> {
    let (world, earned) = (&simulation.world, &simulation.earnings.nodes);
    let counties: Vec<(String, f64)> = world
        .geography
        .counties
        .iter()
        .zip(&world.counties)
        .map(|(county, finance)| {
            let people: f64 = county.nodes().map(|j| earned[j].residents).sum();
            (format!("{} {}", county.code, county.name), over(finance.spending as f64 / 100.0, people))
        })
        .collect();
    let levels = || counties.iter().map(|(_, level)| *level);
    let spread = levels().fold(f64::NAN, f64::max) / levels().fold(f64::NAN, f64::min);
    let own: f64 = world.counties.iter().map(|finance| finance.own_revenue as f64).sum();
    let spent: f64 = world.counties.iter().map(|finance| finance.spending as f64).sum();
    [SPENDING.finding(counties), whole(&SPENDING_SPREAD, spread), whole(&OWN_REVENUE, over(own, spent))]
        .into_iter()
        .flatten()
        .collect()
}
