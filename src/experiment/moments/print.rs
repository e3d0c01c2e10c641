//! Rows as a section of a page.

use std::fmt::Write as _;

use super::{Measured, Moment, Verdict};
use crate::experiment::report::number;
use crate::output::page_section::Marks;

/// Lines between which a page holds the section.
pub const MARKS: Marks = Marks { begin: "<!-- begin:moments -->", end: "<!-- end:moments -->" };

/// The section, with the command that prints it again.
pub fn markdown(rows: &[Measured], command: &str) -> String {
    let mut out = format!(
        "## Moments\n\nPrinted by `{command}`; do not edit. What the model says beside what is known, with the \
         band in which a number is met. *Fitted* says whether anything was set with the number in view. Numbers without a band are reported. \
         `shanhai moments --only ROW` prints one row.\n\n",
    );
    let with_band: Vec<&Measured> = rows.iter().filter(|r| r.verdict() != Verdict::Reported).collect();
    let met = with_band.iter().filter(|r| r.verdict() == Verdict::Met).count();
    let _ = writeln!(out, "Of {} rows with a verdict {met} are met.\n", with_band.len());
    let _ = writeln!(out, "| row | question | moments met | verdict |\n|---|---|---:|---|");
    for row in rows {
        let judged = row.moments.iter().filter(|m| m.fact.band().is_some()).count();
        let met = row.moments.iter().filter(|m| m.verdict() == Verdict::Met).count();
        let count = if judged == 0 { String::new() } else { format!("{met} of {judged}") };
        let _ =
            writeln!(out, "| `{}` | {} | {count} | {} |", row.row.key, row.row.title, row.verdict().name());
    }
    for row in rows {
        section(&mut out, row);
    }
    out
}

fn section(out: &mut String, row: &Measured) {
    let _ = writeln!(out, "\n### `{}`: {}\n\n{}\n", row.row.key, row.row.title, row.row.how);
    let _ = writeln!(
        out,
        "| quantity | area | year | unit | model | fact | band | verdict | fitted |\n|---|---|---|---|---:|---:|---|---|---|"
    );
    for m in &row.moments {
        let f = &m.fact;
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            f.quantity,
            f.area,
            f.year,
            f.unit,
            number(m.model),
            f.fact.map_or_else(String::new, number),
            band(m),
            m.verdict().name(),
            f.fitted
        );
    }
    let mut sources: Vec<&str> = Vec::new();
    for source in row.moments.iter().map(|m| m.fact.source.as_str()).filter(|s| !s.is_empty()) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    if !sources.is_empty() {
        let _ = writeln!(out, "\nSources: {}.", sources.join("; "));
    }
    if row.verdict() == Verdict::NotMet && !row.row.why.is_empty() {
        let _ = writeln!(out, "\nWhy: {}", row.row.why);
    }
    switched(out, row);
}

/// What the moments that are not met become with channels off.
fn switched(out: &mut String, row: &Measured) {
    let missed: Vec<usize> =
        (0..row.moments.len()).filter(|&i| row.moments[i].verdict() == Verdict::NotMet).collect();
    if row.switched.is_empty() || missed.is_empty() {
        return;
    }
    let _ = write!(out, "\nNot met; with one channel off at a time:\n\n| off |");
    for &i in &missed {
        let _ = write!(
            out,
            " {}, {} {} |",
            row.moments[i].fact.quantity, row.moments[i].fact.area, row.moments[i].fact.year
        );
    }
    let _ = write!(out, "\n|---|{}\n| nothing |", "---:|".repeat(missed.len()));
    for &i in &missed {
        let _ = write!(out, " {} |", number(row.moments[i].model));
    }
    out.push('\n');
    for (channel, values) in &row.switched {
        let _ = write!(out, "| {} |", channel.name);
        for &i in &missed {
            let _ = write!(out, " {} |", number(values[i]));
        }
        out.push('\n');
    }
}

fn band(m: &Moment) -> String {
    match (m.fact.least, m.fact.most) {
        (None, None) => String::new(),
        (Some(least), None) => format!("at least {}", number(least)),
        (None, Some(most)) => format!("at most {}", number(most)),
        (Some(least), Some(most)) => format!("{} to {}", number(least), number(most)),
    }
}

/// A page with the section between its marks; at its end where it has none.
pub(crate) fn into_page(old: &str, section: &str) -> String {
    let between = MARKS.around(section);
    MARKS
        .replaced(old, &between)
        .unwrap_or_else(|| format!("{}\n\n{between}\n", old.trim_end()).trim_start().to_owned())
}

/// A page that is printed anew, with the section that the old one holds.
pub fn kept(old: &str, page: &str) -> String {
    match MARKS.section(old) {
        Some(section) => format!("{}\n\n{section}\n", page.trim_end()),
        None => page.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: &str = MARKS.begin;
    const END: &str = MARKS.end;

    #[test]
    fn a_page_keeps_what_stands_around_the_section_and_a_new_page_the_section() {
        let page = into_page("# Evidence\n\nScores.\n", "first");
        assert_eq!(page, format!("# Evidence\n\nScores.\n\n{BEGIN}\n\nfirst\n\n{END}\n"));
        let again = into_page(&page, "second");
        assert!(again.contains("second") && !again.contains("first") && again.starts_with("# Evidence"));
        let printed = kept(&again, "# Evidence\n\nOther scores.\n");
        assert_eq!(printed, format!("# Evidence\n\nOther scores.\n\n{BEGIN}\n\nsecond\n\n{END}\n"));
        assert_eq!(kept("no marks", "page"), "page");
    }
}
