//! The tables of a replay.

use super::apply::Found;
use super::laboratory::{Replayed, Replays};
use crate::Result;
use crate::output::folder::ResultFolder;
use crate::output::table::{Column, TableSpec};

const STUDY: Column = Column::text("study", "The file of the study, without its ending.");
const CLAIM: Column = Column::integer("claim", "", "Which of its claims, from 1.");

/// Claims.
pub(crate) static REPLAYS: TableSpec = TableSpec {
    name: "replays",
    title: "Published and replayed estimates",
    description: "One row a claim of a study: what was published, what the paper's estimator finds on the simulated \
                  panel and on the placebo world without the policy, and the true effect, which is the difference of \
                  the two worlds. Intervals of 95 %. Effects are log points or in the unit of the outcome.",
    columns: &[
        STUDY,
        CLAIM,
        Column::text("about", "What it says."),
        Column::text("outcome", "What is measured."),
        Column::text("estimator", "How the effect is estimated."),
        Column::text("published_sign", "+, - or 0."),
        Column::number("published", "", "Published estimate; empty where it is not known."),
        Column::number("published_low", "", "Lower end of its interval."),
        Column::number("published_high", "", "Upper end."),
        Column::number("replayed", "", "Estimate on the world with the policy, mean over replicates."),
        Column::number("replayed_error", "", "Its standard error as the paper would print it."),
        Column::number("replayed_low", "", "Lower end of its interval."),
        Column::number("replayed_high", "", "Upper end."),
        Column::number("placebo", "", "The same estimator on the world without the policy."),
        Column::number("placebo_low", "", "Lower end of its interval."),
        Column::number("placebo_high", "", "Upper end."),
        Column::number("true_effect", "", "Difference of the worlds over treated units and years."),
        Column::number("true_low", "", "Lower end of its interval over replicates; empty with one."),
        Column::number("true_high", "", "Upper end."),
        Column::number("spillover", "", "The same over untreated units; empty of counterfactuals."),
        Column::text("sign", "right, wrong, or null: the replay is not told apart from 0."),
        Column::text("true_sign", "The same of the true effect, by its interval over replicates."),
        Column::text(
            "size",
            "right: intervals meet (or the estimates are within a factor of two); wrong; no number.",
        ),
    ],
    key: &["study", "claim"],
};

/// Paths of event studies.
pub(crate) static PATHS: TableSpec = TableSpec {
    name: "replay_paths",
    title: "Event studies",
    description: "One row a claim, world and year since the start of the treatment; the year before it is the reference.",
    columns: &[
        STUDY,
        CLAIM,
        Column::text("world", "treated or placebo."),
        Column::integer("since", "years", "Years since the first treated year."),
        Column::number("effect", "", "Effect, mean over replicates."),
        Column::number("low", "", "Lower end of its interval."),
        Column::number("high", "", "Upper end."),
    ],
    key: &["study", "claim", "world", "since"],
};

/// Panels of units.
pub(crate) static PANELS: TableSpec = TableSpec {
    name: "replay_panels",
    title: "Panels of the studies",
    description: "One row a claim, replicate, world, unit and year: the panel that the estimator read, before any transform.",
    columns: &[
        STUDY,
        CLAIM,
        Column::integer("replicate", "", "Which luck."),
        Column::text("world", "treated or placebo."),
        Column::text("unit", "Code of the unit."),
        Column::year("year", "The year."),
        Column::text("group", "Treated group of the unit; empty if untreated."),
        Column::integer("under_treatment", "", "1 from the first treated year on."),
        Column::number("value", "", "The outcome, in its own unit."),
    ],
    key: &["study", "claim", "replicate", "world", "unit", "year"],
};

/// Writes claims and paths.
///
/// # Errors
/// What the folder reports.
pub(crate) fn write(replays: &[Replayed], folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&REPLAYS)?;
    let mut paths = folder.table(&PATHS)?;
    for replay in replays {
        let name = replay.prepared.name();
        for (i, (said, found)) in replay.prepared.study.claim.iter().zip(&replay.claims).enumerate() {
            let nothing = f64::NAN;
            let placebo = |of: fn(&Found) -> f64| found.placebo.as_ref().map_or(nothing, of);
            let (r, v) = (&found.replayed, &found.verdict);
            table
                .row()
                .text(&name)
                .integer(i as i64 + 1)
                .text(&said.about)
                .text(said.outcome.name())
                .text(&said.how())
                .text(said.sign.mark())
                .number(said.estimate.unwrap_or(nothing))
                .number(said.low.unwrap_or(nothing))
                .number(said.high.unwrap_or(nothing))
                .number(r.estimate)
                .number(r.error)
                .number(r.low)
                .number(r.high)
                .number(placebo(|f| f.estimate))
                .number(placebo(|f| f.low))
                .number(placebo(|f| f.high))
                .number(found.truth.estimate)
                .number(found.truth.low)
                .number(found.truth.high)
                .number(found.spillover.estimate)
                .text(v.sign.word())
                .text(found.true_sign.word())
                .text(v.size.word())
                .end()?;
            let worlds = [("treated", Some(r)), ("placebo", found.placebo.as_ref())];
            for (world, one) in worlds.into_iter().filter_map(|(w, f)| Some((w, f?))) {
                for (since, at) in &one.path {
                    let mut row = paths.row();
                    row.text(&name).integer(i as i64 + 1).text(world).integer(i64::from(*since));
                    row.number(at.estimate).number(at.low).number(at.high).end()?;
                }
            }
        }
    }
    table.finish()?;
    paths.finish()
}

/// Writes the panels that the estimators read.
///
/// # Errors
/// What the folder reports.
pub(crate) fn write_panels(replays: &Replays, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&PANELS)?;
    for study in &replays.studies {
        let p = &study.prepared;
        let name = p.name();
        for (i, said) in p.study.claim.iter().enumerate() {
            for (replicate, pair) in replays.pairs(study).into_iter().enumerate() {
                for (world, track) in [("treated", pair.with), ("placebo", pair.without)] {
                    for (unit, year) in
                        p.samples[i].iter().flat_map(|u| (p.base_year..=p.last_year()).map(move |y| (u, y)))
                    {
                        let group = p.treated.iter().position(|keys| keys.contains(&unit.key));
                        let under = group.is_some_and(|g| year >= p.first[g]);
                        table
                            .row()
                            .text(&name)
                            .integer(i as i64 + 1)
                            .integer(replicate as i64)
                            .text(world)
                            .text(&unit.code)
                            .year(year)
                            .text(group.map_or("", |g| p.study.group[g].name.as_str()))
                            .integer(i64::from(under))
                            .number(track.value(said.outcome, unit, year))
                            .end()?;
                    }
                }
            }
        }
    }
    table.finish()
}
