//! The library runs a scenario: `cargo run --release --example run_a_scenario`.
//!
//! Scenario and tables are read from the disk here; `ScenarioSource::memory` takes them as text and bytes. The tables
//! of the run stay in memory.

use shanhai::output::MemoryTables;
use shanhai::run::{Clock, Plan, Session, Silent};
use shanhai::scenario::ScenarioSource;

fn main() -> shanhai::Result<()> {
    let source = ScenarioSource::file("scenarios/teaching/two_regions.toml".as_ref());
    let loaded = source.load(&["run.years=5".to_owned()])?;
    let mut session = Session::start(Plan::named("two"), loaded, MemoryTables::default(), Clock::STOPPED)?;
    session.run(&Silent, &|| false, |session| {
        let world = &session.simulation().world;
        println!("{}: {} people in the city", world.year, world.residents(0));
        Ok(())
    })?;
    for (name, bytes) in session.stop()?.into_bytes() {
        println!("{name}: {} bytes", bytes.len());
    }
    Ok(())
}
