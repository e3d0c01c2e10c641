//! Promise: the section "moments" of `docs/evidence.md` is what the program measures, as far as that is cheap, and a row that
//! is not met says what carries it.

use shanhai::inside::experiment::moments::{Lab, Measured, Request, Verdict, at_size, measure, print};

fn rows(only: &[&str], switches: bool) -> Vec<Measured> {
    let request = Request {
        scenarios: crate::program::root().join("scenarios"),
        set: Vec::new(),
        only: only.iter().map(ToString::to_string).collect(),
        switches,
        said: &|_| (),
        interrupted: &|| false,
    };
    measure(&request).unwrap_or_else(|e| panic!("{e}"))
}

/// Lines of moments: those of the tables that end with whether something was fitted.
fn lines(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.starts_with("| ") && line.matches(" | ").count() >= 8).collect()
}

#[test]
fn cheap_rows_stand_on_the_page_as_they_are_measured() {
    let measured = rows(&["spending", "speed"], false);
    let page = std::fs::read_to_string(crate::program::root().join("docs/evidence.md")).expect("the page");
    let (begin, end) =
        (page.find(print::MARKS.begin).expect("a mark"), page.find(print::MARKS.end).expect("a mark"));
    let on_page = lines(&page[begin..end]);
    let fresh = print::markdown(&measured, "shanhai moments");
    let fresh = lines(&fresh);
    assert!(fresh.len() >= 7, "{fresh:?}");
    for line in fresh.iter().skip(1) {
        assert!(
            on_page.contains(line),
            "the page lacks\n{line}\nprint it anew: cargo run --release -- moments --page docs/evidence.md"
        );
    }
}

#[test]
fn a_moment_without_a_number_is_not_met_and_one_without_a_band_is_not_judged() {
    let measured = rows(&["speed"], true);
    assert_eq!(measured[0].verdict(), Verdict::NotMeasured);
    let mut moment = measured[0].moments[0].clone();
    moment.model = 1.05;
    assert_eq!(moment.verdict(), Verdict::Met);
    moment.model = 1.5;
    assert_eq!(moment.verdict(), Verdict::NotMet);
    (moment.fact.least, moment.fact.most) = (None, None);
    assert_eq!(moment.verdict(), Verdict::Reported);
}

#[test]
fn a_row_that_there_is_not_is_refused_with_the_names_of_those_that_are() {
    let words = ["shanhai", "moments", "--only", "speeds", "--quiet"];
    assert_eq!(shanhai::cli::run_words(words), 2);
}

/// The quick half of the row `sizes`, which the night runs in full.
#[test]
fn the_nation_is_the_same_by_a_thousand_and_by_three_hundred_persons_an_agent() {
    let folder = crate::program::root().join("scenarios");
    let mut lab = Lab::new(&folder, &|_| (), &|| false);
    let [coarse, fine] = [1_000, 300].map(|w| at_size(&mut lab, w).unwrap_or_else(|e| panic!("{e}")));
    let off = |a: f64, b: f64| (a / b - 1.0).abs();
    for (a, b) in coarse.residents.iter().zip(fine.residents) {
        assert!(off(*a, b) < 0.003, "{coarse:?} {fine:?}");
    }
    assert!(
        off(coarse.births, fine.births) < 0.03 && off(coarse.deaths, fine.deaths) < 0.03,
        "{coarse:?} {fine:?}"
    );
    for run in [coarse, fine] {
        assert!(run.rise < 2.0 && run.promise < 2.0, "a place has leapt: {run:?}");
    }
}
