//! What a run shows while it works: a bar on a terminal, plain lines in a log.

use std::io::{IsTerminal as _, stderr};
use std::sync::OnceLock;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::{clock, note};
use crate::message::Message;
use crate::messages;
use crate::run::Progress;

/// Shows how many jobs of how many are done, on a bar that goes when they are; silent where nobody looks at a terminal.
pub fn jobs(what: Message) -> impl FnMut(usize, usize) {
    let bar = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template(&messages::progress_jobs().to_string()) {
        bar.set_style(style);
    }
    bar.set_message(what.to_string());
    let mut begun = false;
    move |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
        if !std::mem::replace(&mut begun, true) {
            bar.reset_eta();
        }
        if done == all {
            bar.finish_and_clear();
        }
    }
}

/// Shows how far a run is, on standard error, so that standard output holds the summary only.
#[derive(Debug)]
pub struct Shown {
    /// A bar that is drawn over; none where standard error is not a terminal.
    bar: Option<ProgressBar>,
    begun: Duration,
    years: OnceLock<u32>,
}

impl Default for Shown {
    /// For a run that begins now.
    fn default() -> Shown {
        let bar = stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template(&messages::progress_years().to_string());
            let style = style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> ");
            ProgressBar::no_length().with_style(style)
        });
        Shown { bar, begun: clock::NATIVE.elapsed(), years: OnceLock::new() }
    }
}

impl Progress for Shown {
    fn begin(&self, years: u32, done: u32) {
        self.years.get_or_init(|| years);
        if let Some(bar) = &self.bar {
            bar.set_length(u64::from(years));
            bar.set_position(u64::from(done));
            bar.reset_eta();
        }
    }

    fn say(&self, what: &str) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(what.to_owned());
                bar.tick();
            }
            None => note(what),
        }
    }

    fn warn(&self, what: &str) {
        match &self.bar {
            Some(bar) => bar.println(what),
            None => note(what),
        }
    }

    fn year(&self, year: i32, done: u32) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(year.to_string());
                bar.set_position(u64::from(done));
            }
            None => {
                let years = self.years.get().copied().unwrap_or_default();
                let seconds = clock::NATIVE.since(self.begun).as_secs_f64();
                note(&messages::year_done(year, done, years, format_args!("{seconds:.1}")).to_string());
            }
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
