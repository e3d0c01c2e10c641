//! `docs/mechanisms.md`: every mechanism with its figures, dead ones among them.

use std::fmt::Write as _;

use super::run::{Acting, State};
use crate::message::Language;
use crate::messages::{self, known};
use crate::output::page_section::Marks;

/// Begin and end of what is printed in the page.
pub(crate) const MARKS: Marks = Marks { begin: "<!-- begin:acting -->", end: "<!-- end:acting -->" };

/// The table, between its marks.
pub(crate) fn table(found: &[Acting], command: &str) -> String {
    let count = |state: State| found.iter().filter(|a| a.state == state).count();
    let mut text = format!(
        "{}\n\n{}\n\n{}\n\n{}\n|---|---|---|---|---|---|---|---|---|---|---|\n",
        MARKS.begin,
        messages::mechanisms_head(command),
        messages::mechanisms_counted(count(State::Acts), count(State::Dead), count(State::Reversed)),
        messages::mechanisms_columns()
    );
    for a in found {
        let m = a.mechanism;
        let state = match a.state {
            State::Acts => known(State::Acts.word()),
            other => format!("**{}**", known(other.word())),
        };
        let arrow = match m.rises {
            Some(true) => "up",
            Some(false) => "down",
            None => "either way",
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {state} | {:+.2} ({:.2}) | {:.1} | {} |",
            m.id,
            known(m.name),
            m.through,
            messages::channel_moves(known(m.channel), known(arrow)),
            short(a.without),
            signed(a.difference),
            short(a.noise),
            a.output / billions(),
            a.output_error / billions(),
            a.cost_per_head,
            match (m.assumed(), a.break_even.is_finite()) {
                (false, _) => String::new(),
                (true, true) => format!("{:.2}", a.break_even),
                (true, false) => messages::gain_assumed().to_string(),
            },
        );
    }
    text.push('\n');
    text += MARKS.end;
    text
}

/// Yuan in the unit of the largest amounts: a billion, in Chinese a hundred million.
fn billions() -> f64 {
    if Language::shown() == Language::En { 1e9 } else { 1e8 }
}

fn short(value: f64) -> String {
    let size = value.abs();
    let millions = if Language::shown() == Language::En { 1e6 } else { 1e4 };
    match size {
        _ if !value.is_finite() => "-".to_owned(),
        s if s >= 1e8 => messages::in_billions(format_args!("{:.3}", value / billions())).into(),
        s if s >= 1e5 => messages::in_small_millions(format_args!("{:.1}", value / millions)).into(),
        s if s >= 100.0 => format!("{value:.0}"),
        s if s >= 0.01 || s == 0.0 => format!("{value:.4}"),
        _ => format!("{value:.1e}"),
    }
}

fn signed(value: f64) -> String {
    if value > 0.0 { format!("+{}", short(value)) } else { short(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_is_renewed() {
        let page = format!("before\n{}\nold\n{}\nafter\n", MARKS.begin, MARKS.end);
        assert_eq!(MARKS.replaced(&page, "new").as_deref(), Some("before\nnew\nafter\n"));
        assert_eq!(MARKS.replaced("nothing", "new"), None);
    }

    #[test]
    fn numbers_say_their_size() {
        assert_eq!(
            [1.5e9, 2e5, 123.4, 0.5, 0.0, -3e-5].map(short).join(" "),
            "1.500 bn 0.2 m 123 0.5000 0.0000 -3.0e-5"
        );
    }
}
