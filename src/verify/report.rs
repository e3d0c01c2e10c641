//! The table of a verification: printed, as CSV, as the page of the documentation.

use std::fmt::Write as _;

use super::bench::{Case, Row};
use crate::Result;
use crate::messages::{self, known};
use crate::output::sink::Sink;
use crate::output::table::{Column, TableSpec};
use crate::printable::{left, right};

/// Promises that no case tests yet, with the reason.
pub(crate) const NOT_COVERED: &[(&str, &str)] = &[
    ("C13 zero-intensity policy", "needs policies; the hook is `overrides` of a bench"),
    ("C13 checkpoint at t, resume", "tested with the checkpoints themselves"),
];

/// A number with six significant digits.
pub(crate) fn number(x: f64) -> String {
    if x == 0.0 {
        return "0".into();
    }
    let size = x.abs();
    if !(1e-4..1e7).contains(&size) {
        return format!("{x:.3e}");
    }
    let before = libm::floor(libm::log10(size)) as i32;
    format!("{x:.*}", (5 - before).clamp(0, 9) as usize)
}

/// The printed table.
pub fn table(rows: &[Row]) -> String {
    let mut t = String::new();
    let width = rows.iter().map(|r| r.what.chars().count()).max().unwrap_or(0).clamp(20, 72);
    let _ = writeln!(
        t,
        "{} {} {} {} {}  {}",
        left(&messages::head_case().to_string(), 4),
        left(&messages::head_what().to_string(), width),
        right(&messages::head_expected().to_string(), 12),
        right(&messages::head_obtained().to_string(), 12),
        right(&messages::head_tolerance().to_string(), 10),
        messages::head_result()
    );
    for r in rows {
        let _ = writeln!(
            t,
            "{:<4} {:<width$} {:>12} {:>12} {:>10}  {}",
            r.number,
            r.what,
            number(r.expected),
            number(r.obtained),
            format!("{:.1e}", r.tolerance),
            if r.pass { messages::passes() } else { messages::fails() }
        );
    }
    let failed = rows.iter().filter(|r| !r.pass).count();
    let _ = writeln!(t, "{}", messages::comparisons_made(rows.len(), failed));
    t
}

/// Comparisons.
pub(crate) static VERIFICATION: TableSpec = TableSpec {
    name: "verification",
    title: "The engine against closed forms",
    description: "One row a comparison of a case: what the closed form says, what the model gives, the largest gap that passes.",
    columns: &[
        Column::text("number", "Number of the case."),
        Column::text("case", "Its name, as `verify` takes it."),
        Column::text("what", "What is compared."),
        Column::text("scenario", "Name of the scenario in an export; `seeds` of a rate over many."),
        Column::number("expected", "", "By the closed form."),
        Column::number("obtained", "", "By the model."),
        Column::number("tolerance", "", "Largest gap that passes."),
        Column::text("pass", "true or false."),
    ],
    key: &["case", "what", "scenario"],
};

/// Writes the comparisons.
///
/// # Errors
/// What the place refuses.
pub(crate) fn write(rows: &[Row], sink: &mut dyn Sink) -> Result<()> {
    let mut table = sink.table(&VERIFICATION)?;
    for r in rows {
        table
            .row()
            .text(&r.number)
            .text(&r.case)
            .text(&r.what)
            .text(&r.scenario)
            .number(r.expected)
            .number(r.obtained)
            .number(r.tolerance)
            .text(if r.pass { "true" } else { "false" })
            .end()?;
    }
    table.finish()
}

/// The list of cases.
pub(crate) fn list(cases: &[Case]) -> String {
    let mut t = String::new();
    for c in cases {
        let set: Vec<String> = c.parameters.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let _ = writeln!(
            t,
            "{:<4} {:<18} {}\n     {}\n     --set {}",
            c.number,
            c.key,
            known(c.title),
            known(c.off),
            set.join(" ")
        );
    }
    let _ = writeln!(t, "\n{}", messages::not_covered_here());
    for (what, why) in NOT_COVERED {
        let _ = writeln!(t, "  {}", messages::case_not_covered(known(what), known(why)));
    }
    t
}

/// The page of the documentation: every case with formula, numbers and the command that reproduces it.
pub(crate) fn markdown(cases: &[&Case], rows: &[Row]) -> String {
    let mut t = String::from(
        "# Verification against closed forms\n\nPrinted by `shanhai verify --markdown`. Each case is a scenario that \
         the engine runs as any other: the same phases, agents, choice tables and ledger, with modules switched \
         off through scenario keys. `shanhai verify CASE --export DIR` writes the scenarios; plain `run` \
         reproduces them. `--set` changes the parameters of a case, and the closed form is solved anew for them.\n\n\
         **Tolerance rule.** A share p of N independent agents: `5 sqrt(p (1-p)/N) + b`, with a stated bias bound b. \
         Choice tables: 1e-9, because they hold probabilities in 32 bits. Every case also runs with a wrong \
         parameter that its closed form does not see, and must fail (`verify --control`).\n",
    );
    for c in cases {
        let _ = writeln!(t, "\n## {} {}\n\n`{}`\n\n{}", c.number, c.title, c.formula, c.off);
        let set: Vec<String> = c.parameters.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let _ = writeln!(t, "\n```\nshanhai verify {} --agents {}\n```\n", c.key, c.agents);
        let _ = writeln!(
            t,
            "Parameters: {}. Wrong parameter of the control: `{}`.\n",
            set.join(", "),
            c.wrong.join("`, `")
        );
        t.push_str("| what | expected | obtained | tolerance | |\n|---|---|---|---|---|\n");
        for r in rows.iter().filter(|r| r.case == c.key) {
            let _ = writeln!(
                t,
                "| {} | {} | {} | {:.1e} | {} |",
                r.what.replace('|', "\\|"),
                number(r.expected),
                number(r.obtained),
                r.tolerance,
                if r.pass { "pass" } else { "**FAIL**" }
            );
        }
    }
    t.push_str("\n## Not covered here\n\n");
    for (what, why) in NOT_COVERED {
        let _ = writeln!(t, "- {what}: {why}.");
    }
    t
}
