//! What a run shows while it works: a bar on a terminal, plain lines in a log, nothing if it is asked to.

use std::io::{IsTerminal as _, stderr};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

/// Shows how far a run is. Everything goes to standard error, so that standard output holds the summary only.
#[derive(Debug)]
pub enum Progress {
    /// Nothing is shown.
    Silent,
    /// A bar that is drawn over.
    Bar(ProgressBar),
    /// One line a year.
    Lines { begun: Instant, years: u64 },
}

impl Progress {
    /// For a run of so many years, of which some are done.
    pub fn new(quiet: bool, years: u64, done: u64) -> Progress {
        if quiet {
            return Progress::Silent;
        }
        if !stderr().is_terminal() {
            return Progress::Lines { begun: Instant::now(), years };
        }
        let bar = ProgressBar::new(years).with_position(done);
        let style = ProgressStyle::with_template("{msg:>28} [{bar:40}] {pos}/{len} years, {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
        Progress::Bar(bar)
    }

    /// Says what is being done.
    pub fn say(&self, what: &str) {
        match self {
            Progress::Silent => {}
            Progress::Bar(bar) => {
                bar.set_message(what.to_owned());
                bar.tick();
            }
            Progress::Lines { .. } => eprintln!("{what}"),
        }
    }

    /// A year is done.
    pub fn year(&self, year: i32, done: u64) {
        match self {
            Progress::Silent => {}
            Progress::Bar(bar) => {
                bar.set_message(year.to_string());
                bar.set_position(done);
            }
            Progress::Lines { begun, years } => {
                eprintln!("{year}: year {done} of {years}, {:.1} s", begun.elapsed().as_secs_f64());
            }
        }
    }

    /// The run is over, well or not.
    pub fn clear(&self) {
        if let Progress::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
