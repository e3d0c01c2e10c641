//! `docs/mechanisms.md`: every mechanism with its figures, dead ones among them.

use std::fmt::Write as _;

use super::run::{Acting, State};
use crate::output::page_section::Marks;

/// Begin and end of what is printed in the page.
pub const MARKS: Marks = Marks { begin: "<!-- begin:acting -->", end: "<!-- end:acting -->" };

/// The table, between its marks.
pub fn table(found: &[Acting], command: &str) -> String {
    let count = |state: State| found.iter().filter(|a| a.state == state).count();
    let mut text = format!(
        "{}\n\nPrinted by `{command}`. Each mechanism is switched on alone, with the size of its scenario file, on the \
         shipped tables at default parameters. The channel is the mean over the years; noise is the larger of the \
         standard error of the paired difference over replicates and of what a policy of nothing adds. **Acts**: the \
         channel moves in its direction beyond three times the noise; **dead**: it does not. Output (of the area, last \
         year) may have either sign and is no criterion. Cost is what the policy pays. Where the channel is an assumed gain, \
         **break-even** is the part of it that pays the cost: the cost of a year over the output that it adds in the last; without \
         a cost or a gain in output it says that the gain is assumed.\n\n\
         {} act, {} dead, {} reversed.\n\n\
         | id | mechanism | lever or hook | channel | without | with the policy | noise | state | output, bn yuan | cost, yuan a head | break-even |\n\
         |---|---|---|---|---|---|---|---|---|---|---|\n",
        MARKS.begin,
        count(State::Acts),
        count(State::Dead),
        count(State::Reversed)
    );
    for a in found {
        let m = a.mechanism;
        let state = match a.state {
            State::Acts => "acts".to_owned(),
            other => format!("**{}**", other.word()),
        };
        let arrow = match m.rises {
            Some(true) => "up",
            Some(false) => "down",
            None => "either way",
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} ({arrow}) | {} | {} | {} | {state} | {:+.2} ({:.2}) | {:.1} | {} |",
            m.id,
            m.name,
            m.through,
            m.channel,
            short(a.without),
            signed(a.difference),
            short(a.noise),
            a.output / 1e9,
            a.output_error / 1e9,
            a.cost_per_head,
            match (m.assumed(), a.break_even.is_finite()) {
                (false, _) => String::new(),
                (true, true) => format!("{:.2}", a.break_even),
                (true, false) => "assumed gain".to_owned(),
            },
        );
    }
    text.push('\n');
    text += MARKS.end;
    text
}

fn short(value: f64) -> String {
    let size = value.abs();
    match size {
        _ if !value.is_finite() => "-".to_owned(),
        s if s >= 1e8 => format!("{:.3} bn", value / 1e9),
        s if s >= 1e5 => format!("{:.1} m", value / 1e6),
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
