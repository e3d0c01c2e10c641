//! What became of every mechanism, as a table for programs.

use super::run::Acting;
use crate::Result;
use crate::output::sink::Sink;
use crate::output::table::{Column, TableSpec};

/// Mechanisms.
pub(crate) static MECHANISMS: TableSpec = TableSpec {
    name: "mechanisms",
    title: "Which mechanisms act",
    description: "One row a mechanism that is switched on alone: what is looked at without it, what it adds, and whether it \
                  acts. Means over years and replicates.",
    columns: &[
        Column::text("mechanism", "Its number."),
        Column::text("name", "What the essays call it."),
        Column::text("channel", "What is looked at, with its unit."),
        Column::text("claimed", "up, down or either: where the channel goes when the mechanism acts."),
        Column::number("without", "", "The channel without the policy."),
        Column::number("added", "", "What the policy adds to it."),
        Column::number("noise", "", "The larger of the standard error and of what a policy of nothing adds."),
        Column::text("state", "acts, dead or reversed."),
        Column::number("output_yuan", "yuan", "What it adds to the area's output in the last year."),
        Column::number("output_error_yuan", "yuan", "Standard error of that over replicates."),
        Column::number("cost_per_head_yuan", "yuan", "What the policy pays a resident and year."),
        Column::number(
            "break_even",
            "",
            "Part of the assumed gain that pays the cost; empty without a gain, a cost or an assumption.",
        ),
    ],
    key: &["mechanism", "name"],
};

/// Writes the mechanisms.
///
/// # Errors
/// What the place refuses.
pub(crate) fn write(found: &[Acting], sink: &mut dyn Sink) -> Result<()> {
    let mut table = sink.table(&MECHANISMS)?;
    for a in found {
        let m = a.mechanism;
        let claimed = match m.rises {
            Some(true) => "up",
            Some(false) => "down",
            None => "either",
        };
        table
            .row()
            .text(m.id)
            .text(m.name)
            .text(m.channel)
            .text(claimed)
            .number(a.without)
            .number(a.difference)
            .number(a.noise)
            .text(a.state.word())
            .number(a.output)
            .number(a.output_error)
            .number(a.cost_per_head)
            .number(a.break_even)
            .end()?;
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::list;

    #[test]
    fn the_table_is_sound_and_its_key_names_every_mechanism() {
        assert_eq!(super::MECHANISMS.problems(), Vec::<String>::new());
        let keys: BTreeSet<_> = list::MECHANISMS.iter().map(|m| (m.id, m.name)).collect();
        assert_eq!(keys.len(), list::MECHANISMS.len());
    }
}
