//! Rows as a section of a page.

use std::fmt::Write as _;

use super::{Measured, Moment, Verdict};
use crate::experiment::report::number;
use crate::messages::{self, known};
use crate::output::page_section::Marks;

/// Lines between which a page holds the section.
pub const MARKS: Marks = Marks { begin: "<!-- begin:moments -->", end: "<!-- end:moments -->" };

/// The section, with the command that prints it again.
pub fn markdown(rows: &[Measured], command: &str) -> String {
    let mut out = format!("{}\n\n", messages::moments_head(command));
    let with_band: Vec<&Measured> = rows.iter().filter(|r| r.verdict() != Verdict::Reported).collect();
    let met = with_band.iter().filter(|r| r.verdict() == Verdict::Met).count();
    let _ = writeln!(out, "{}\n", messages::moments_met(with_band.len(), met));
    let _ = writeln!(out, "{}\n|---|---|---:|---|", messages::moments_columns());
    for row in rows {
        let judged = row.moments.iter().filter(|m| m.fact.band().is_some()).count();
        let met = row.moments.iter().filter(|m| m.verdict() == Verdict::Met).count();
        let count = if judged == 0 { String::new() } else { messages::met_of(met, judged).to_string() };
        let (title, verdict) = (known(row.row.title), known(row.verdict().name()));
        let _ = writeln!(out, "| `{}` | {title} | {count} | {verdict} |", row.row.key);
    }
    for row in rows {
        section(&mut out, row);
    }
    out
}

fn section(out: &mut String, row: &Measured) {
    let _ = writeln!(out, "\n### `{}`: {}\n\n{}\n", row.row.key, known(row.row.title), row.row.how);
    let _ = writeln!(out, "{}\n|---|---|---|---|---:|---:|---|---|---|", messages::moment_columns());
    for m in &row.moments {
        let f = &m.fact;
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            f.quantity,
            known(&f.area),
            f.year,
            known(&f.unit),
            number(m.model),
            f.fact.map_or_else(String::new, number),
            band(m),
            known(m.verdict().name()),
            known(&f.fitted)
        );
    }
    let mut sources: Vec<&str> = Vec::new();
    for source in row.moments.iter().map(|m| m.fact.source.as_str()).filter(|s| !s.is_empty()) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    if !sources.is_empty() {
        let _ = writeln!(out, "\n{}", messages::sources_are(sources.join("; ")));
    }
    if row.verdict() == Verdict::NotMet && !row.row.why.is_empty() {
        let _ = writeln!(out, "\n{}", messages::why_not_met(row.row.why));
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
    let _ = write!(out, "\n{}\n\n| {} |", messages::channels_off(), messages::head_off());
    for &i in &missed {
        let _ = write!(
            out,
            " {}, {} {} |",
            row.moments[i].fact.quantity, row.moments[i].fact.area, row.moments[i].fact.year
        );
    }
    let _ = write!(out, "\n|---|{}\n| {} |", "---:|".repeat(missed.len()), known("nothing"));
    for &i in &missed {
        let _ = write!(out, " {} |", number(row.moments[i].model));
    }
    out.push('\n');
    for (channel, values) in &row.switched {
        let _ = write!(out, "| {} |", known(channel.name));
        for &i in &missed {
            let _ = write!(out, " {} |", number(values[i]));
        }
        out.push('\n');
    }
}

fn band(m: &Moment) -> String {
    match (m.fact.least, m.fact.most) {
        (None, None) => String::new(),
        (Some(least), None) => messages::band_at_least(number(least)).into(),
        (None, Some(most)) => messages::band_at_most(number(most)).into(),
        (Some(least), Some(most)) => messages::from_low_to_high(number(least), number(most)).into(),
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
pub(crate) fn kept(old: &str, page: &str) -> String {
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
