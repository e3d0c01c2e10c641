//! What `shanhai check` says of sectors: what the first world moved between the groups of services, and drivers of
//! technology that leave the balanced path.

use std::fmt::Write as _;

use super::check::more;
use crate::config::Parameters;
use crate::message::Language;
use crate::messages;
use crate::printable::left;
use crate::simulation::Simulation;
use crate::world::sector::{LOCAL_SERVICES, SECTOR_TABLE};

/// Growth a year by which a sector may leave the area's balanced path without a remark.
const BALANCED: f64 = 0.02;

/// By prefecture, what residents, governments and visitors cannot have bought of local services and counts as business
/// services (above zero), or the other way round.
pub(super) fn regrouped(text: &mut String, simulation: &Simulation, shown: usize) {
    let world = &simulation.world;
    let geography = &world.geography;
    let mut rows: Vec<(f64, f64, &str)> = geography
        .prefectures
        .iter()
        .map(|p| {
            let stated: f64 =
                p.nodes.clone().map(|j| geography.nodes[j].facts.output_yuan[LOCAL_SERVICES]).sum();
            let met: f64 =
                p.nodes.clone().map(|j| world.base.target_output[j][LOCAL_SERVICES]).sum::<f64>() / 100.0;
            (stated - met, stated, messages::scenarios::prefecture(&p.code, &p.name))
        })
        .filter(|(moved, stated, _)| moved.abs() >= 0.01 * stated.max(1.0))
        .collect();
    if rows.is_empty() {
        return;
    }
    let sum: f64 = rows.iter().map(|r| r.0).sum();
    let unit = if Language::shown() == Language::En { 1e9 } else { 1e8 };
    let _ = writeln!(text, "  {}", messages::services_moved(format_args!("{:.1}", sum / unit)));
    rows.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    for (moved, stated, name) in rows.iter().take(shown) {
        let line = messages::services_moved_of(
            left(name, 12),
            format_args!("{:>+9.2}", moved / unit),
            format_args!("{:>+6.1}", 100.0 * moved / stated.max(1.0)),
        );
        let _ = writeln!(text, "  {line}");
    }
    more(text, rows.len(), shown);
}

/// Growth of output that a driver of technology implies where labour and land stand and capital follows output, by sector:
/// `(1 + driver)^(1/(1 - aK)) - 1`.
fn implied(p: &Parameters, sector: usize, driver: f64) -> f64 {
    libm::pow(1.0 + driver, 1.0 / (1.0 - (SECTOR_TABLE[sector].capital)(p))) - 1.0
}

/// A line for every stated driver that leaves the balanced path, on which all sectors grow alike.
pub(super) fn unbalanced(text: &mut String, simulation: &Simulation) {
    let scenario = &simulation.scenario;
    let g = simulation.world.base.growth;
    for (s, sector) in SECTOR_TABLE.iter().enumerate() {
        let driver = (sector.driver)(&scenario.drivers.technology);
        let grows = implied(&scenario.parameters, s, driver);
        if driver != 0.0 && (grows - g).abs() > BALANCED {
            let line = messages::driver_off_balance(
                sector.name,
                driver,
                format_args!("{grows:.3}"),
                format_args!("{g:.3}"),
            );
            let _ = writeln!(text, "  {line}");
        }
    }
}
