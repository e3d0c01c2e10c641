//! The command line, one file a command. A new command is one line in [`Command`], one in `dispatch` and a
//! file with its arguments and a function `run`. What its options share with those of others is in [`common`].

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::Result;
use crate::message::Language;
use crate::messages;
use crate::printable::escaped;

pub mod backtest;
pub mod bench;
mod bench_plot;
pub mod calibrate;
mod calibrate_printed;
pub mod check;
mod check_counties;
mod check_flows;
mod check_sectors;
mod clock;
pub mod common;
pub mod compare;
pub mod completions;
mod help;
mod interrupt;
pub mod man;
pub mod mechanisms;
pub mod merge;
pub mod moments;
pub mod new;
pub mod nodes;
mod papers;
pub mod parameters;
pub mod policies;
pub mod prepare;
pub mod progress;
pub mod replay;
pub mod report;
pub mod resume;
pub mod run;
pub mod schema;
pub mod sensitivity;
mod variants;
pub mod verify;

/// An agent-based laboratory for urban-rural factor flows
///
/// Workers, talent and capital projects move between cities, county seats and villages; policies change the
/// rules of those flows, never their outcomes. A scenario is a TOML file beside the tables of a study area.
#[derive(Debug, Parser)]
#[command(name = "shanhai", version, after_long_help = EXAMPLES)]
pub struct Cli {
    /// Language of messages and pictures; by the locale unless it is given
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    pub language: Option<Language>,
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
A first hour:
  shanhai run scenarios/teaching/two_regions.toml         a village and a city, in a second
  shanhai check scenarios/zhejiang/baseline.toml          what the scenario holds and will need
  shanhai run scenarios/zhejiang/baseline.toml            fifteen years of Zhejiang
  shanhai nodes scenarios/zhejiang/baseline.toml --tag mountain
  shanhai parameters                                      every parameter, its source, how far to trust it
  shanhai run scenarios/zhejiang/baseline.toml --set parameters.review_rate_18_34=0.1 --out results/slow

Exit codes: 0 done, 1 the run failed, 2 the scenario or the arguments are wrong, 130 interrupted.";

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    Run(run::Args),
    Resume(resume::Args),
    Check(check::Args),
    Nodes(nodes::Args),
    New(new::Args),
    Prepare(Box<prepare::Args>),
    Parameters(parameters::Args),
    Schema(schema::Args),
    Compare(compare::Args),
    Sensitivity(sensitivity::Args),
    Merge(merge::Args),
    Backtest(backtest::Args),
    Bench(bench::Args),
    Calibrate(calibrate::Args),
    Moments(moments::Args),
    Verify(verify::Args),
    Policies(policies::Args),
    Mechanisms(mechanisms::Args),
    Replay(replay::Args),
    Report(report::Args),
    Completions(completions::Args),
    Man(man::Args),
}

fn dispatch(command: Command) -> Result<()> {
    match command {
        Command::Run(args) => run::run(&args),
        Command::Resume(args) => resume::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Nodes(args) => nodes::run(&args),
        Command::New(args) => new::run(&args),
        Command::Prepare(args) => prepare::run(&args).map(drop),
        Command::Parameters(args) => parameters::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Compare(args) => compare::run(args),
        Command::Sensitivity(args) => sensitivity::run(args),
        Command::Merge(args) => merge::run(args),
        Command::Backtest(args) => backtest::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Calibrate(args) => calibrate::run(&args),
        Command::Moments(args) => moments::run(&args),
        Command::Policies(args) => policies::run(&args),
        Command::Mechanisms(args) => mechanisms::run(&args),
        Command::Replay(args) => replay::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Verify(args) => {
            if verify::run(&args)? {
                Ok(())
            } else {
                Err(crate::Error::Verification)
            }
        }
    }
}

/// The language of a reader by the locale: the first of these variables that says something decides, as POSIX has it.
fn language_of(locale: impl Iterator<Item = String>) -> Language {
    let mut said = locale.filter(|words| !words.is_empty());
    if said.next().is_some_and(|words| words.starts_with("zh")) { Language::Zh } else { Language::En }
}

/// Runs the program on the words of the command line.
pub fn main() -> ExitCode {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
    language_of(variables.into_iter().filter_map(|name| std::env::var(name).ok())).show();
    ExitCode::from(run_words(std::env::args_os()))
}

/// Runs the program on words of which the first is its name, from within another program: the exit code.
pub fn run_words<W: Into<OsString> + Clone>(words: impl IntoIterator<Item = W>) -> u8 {
    let words: Vec<OsString> = words.into_iter().map(Into::into).collect();
    help::asked(&words).unwrap_or_else(Language::shown).show();
    let mut commands = help::in_language(Cli::command());
    let read = commands.try_get_matches_from_mut(words).and_then(|found| Cli::from_arg_matches(&found));
    let command = match read {
        Ok(cli) => cli.command,
        Err(answer) => {
            // Help and version are answers too; a reader that has gone away is no reason to fail.
            match help::complaint(&answer) {
                Some(text) => note(text.trim_end()),
                None => drop(answer.print()),
            }
            return u8::try_from(answer.exit_code()).unwrap_or(2);
        }
    };
    interrupt::forget();
    match dispatch(command) {
        Ok(()) => 0,
        Err(error) => {
            note(&error.to_string());
            error.exit_code()
        }
    }
}

/// Prints a text; a reader who closed the pipe (`| head`) is no error.
pub(crate) fn print(text: &str) -> Result<()> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    match out.write_all(escaped(text).as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(crate::Error::io(messages::io_write_to(), "standard output", e))
        }
        _ => Ok(()),
    }
}

/// Tells the user something beside the results; where nobody can hear it, the work goes on.
pub(crate) fn note(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr().lock(), "{}", escaped(text));
}

/// Refuses the name of a page that could not be written when hours of work are done, or that is somebody's file
/// and may not be replaced.
fn check_page(page: &std::path::Path, replace: bool) -> Result<()> {
    let folder = page.parent().filter(|folder| !folder.as_os_str().is_empty());
    let found = if page.is_dir() {
        messages::is_a_folder(page.display())
    } else if folder.is_some_and(|folder| !folder.is_dir()) {
        messages::in_no_folder(page.display())
    } else {
        return crate::output::file_set::FileSet::new(replace).free(page);
    };
    Err(crate::Error::Usage { found, expected: messages::file_in_a_folder_that_is_there() })
}

/// The text of a page that is about to be renewed; nothing if it is not there yet. A page that cannot be read is not
/// written over.
fn page_there(page: &std::path::Path) -> Result<String> {
    match std::fs::read_to_string(page) {
        Ok(text) => Ok(text),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(e) => Err(crate::Error::unreadable(page, &e)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_of_all_commands_fit_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_chinese_locale_is_answered_in_chinese_and_the_first_variable_that_says_something_decides() {
        let of = |words: &[&str]| language_of(words.iter().map(|&words| words.to_owned()));
        assert_eq!(of(&["zh_CN.UTF-8"]), Language::Zh);
        assert_eq!(of(&["", "zh_TW"]), Language::Zh);
        assert_eq!(of(&["C", "zh_CN.UTF-8"]), Language::En);
        assert_eq!(of(&[]), Language::En);
    }
}
