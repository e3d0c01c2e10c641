//! What `shanhai check` says of counted flows of people: how much of the table is used, and where the first world misses it.

use std::fmt::Write as _;

use super::check::more;
use crate::base_year::flows::FlowGap;
use crate::base_year::study_area::{StudyArea, Tally};
use crate::messages;
use crate::printable::{left, thousands};
use crate::simulation::Simulation;

/// Part of a counted flow by which the first world may miss it without a remark.
const MISSED: f64 = 0.01;

/// How much of the table is used, and what the law cannot use; nothing without a table.
pub(super) fn table(text: &mut String, area: &StudyArea) {
    let Some(found) = &area.counted_flows else { return };
    let people = |tally: Tally| thousands(libm::rint(tally.persons) as u64);
    let (all, used) = (found.all, found.used);
    let _ = writeln!(
        text,
        "\n{}",
        messages::check_flows(
            &found.table,
            messages::known(found.level),
            all.rows,
            people(all),
            used.rows,
            people(used)
        )
    );
    let (within, outside, elsewhere) = (found.within, found.outside, found.elsewhere);
    let unused = [
        (within, messages::flows_within(within.rows, people(within))),
        (outside, messages::flows_outside(outside.rows, people(outside))),
        (elsewhere, messages::flows_elsewhere(elsewhere.rows, people(elsewhere), &found.first_elsewhere)),
    ];
    for (_, said) in unused.iter().filter(|(tally, _)| tally.rows > 0) {
        let _ = writeln!(text, "  {said}");
    }
}

/// Pairs of provinces whose counted flow the first world misses by most people; nothing without flows.
pub(super) fn gaps(text: &mut String, simulation: &Simulation, shown: usize) {
    let (g, report) = (&simulation.world.geography, &simulation.report);
    if report.flow_gaps.is_empty() {
        return;
    }
    let missed = |gap: &&FlowGap| {
        let difference = (gap.found - gap.counted).abs();
        difference >= 1.0 && difference > MISSED * gap.counted
    };
    let off: Vec<&FlowGap> = report.flow_gaps.iter().filter(missed).collect();
    let pairs = report.flow_gaps.len();
    let said = match off.len() {
        0 => messages::flows_met(pairs),
        n => messages::flows_missed(n, pairs),
    };
    let _ = writeln!(text, "  {said}");
    let named = |p: usize| format!("{} {}", g.provinces[p].code, g.provinces[p].name);
    for gap in off.iter().take(shown) {
        let persons = |x: f64| thousands(libm::rint(x) as u64);
        let _ = writeln!(
            text,
            "    {} -> {} {:>13} {:>13} {:>+12.0}",
            left(&named(gap.origin), 24),
            left(&named(gap.destination), 24),
            persons(gap.counted),
            persons(gap.found),
            gap.found - gap.counted
        );
    }
    more(text, off.len(), shown);
    if report.raised >= 0.5 {
        let _ = writeln!(text, "  {}", messages::leavers_raised(thousands(libm::rint(report.raised) as u64)));
    }
}
