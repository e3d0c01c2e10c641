//! A policy of one's own, from outside the crate: `cargo run --release --example own_policy`.
//!
//! Industry in mountain seats pays half the profit tax as long as a seat promises less than the mean of all seats.

use shanhai::output::MemoryTables;
use shanhai::policy::{Hand, Lever, Period, Policy, Selector, Terms, View};
use shanhai::run::{Clock, Plan, Session};
use shanhai::scenario::ScenarioSource;
use shanhai::world::Sector;

#[derive(Default)]
struct MountainTax {
    always: Period,
    nowhere: Selector,
}

impl Policy for MountainTax {
    fn terms(&self) -> Terms<'_> {
        Terms { name: "", active: &self.always, intensity: 1.0, budget_cap: None }
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.nowhere)]
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        let seats: Vec<usize> = view.world.geography.counties.iter().map(|county| county.seat).collect();
        let mean = seats.iter().map(|&j| view.promised(j, 0)).sum::<f64>() / seats.len() as f64;
        for &seat in seats.iter().filter(|&&j| view.promised(j, 0) < mean) {
            hand.cell(Lever::ProfitTax, seat, Sector::Industry as usize, 0.5);
        }
    }
}

fn main() -> shanhai::Result<()> {
    let source = ScenarioSource::file("scenarios/zhejiang/baseline.toml".as_ref());
    let changes = ["run.years=3", "run.persons_per_agent=1000"].map(String::from);
    for with in [false, true] {
        let plan = Plan::named(if with { "with" } else { "without" });
        let mut run = Session::start(plan, source.load(&changes)?, MemoryTables::default(), Clock::STOPPED)?;
        if with {
            run.add_policy("mountain_tax", MountainTax::default());
        }
        while !run.is_over() {
            run.step()?;
        }
        println!("{}", run.summary());
    }
    Ok(())
}
