//! The command line, one file a command. A new command is one line in [`Command`], one in `dispatch` and a
//! file with its arguments and a function `run`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::Result;

pub mod backtest;
pub mod bench;
mod bench_plot;
pub mod calibrate;
pub mod check;
pub mod compare;
pub mod merge;
pub mod new;
pub mod nodes;
pub mod parameters;
pub mod policies;
pub mod progress;
pub mod report;
pub mod resume;
pub mod run;
pub mod schema;
pub mod sensitivity;
pub mod session;
pub mod size;
pub mod verify;

/// An agent-based laboratory for urban-rural factor flows
///
/// Workers, talent and capital projects move between cities, county seats and villages; policies change the
/// rules of those flows, never their outcomes. A scenario is a TOML file beside the tables of a study area.
#[derive(Debug, Parser)]
#[command(name = "shanhai", version, after_long_help = EXAMPLES)]
pub struct Cli {
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
  shanhai run scenarios/zhejiang/baseline.toml --set parameters.psi_18_34=0.1 --out results/slow

Exit codes: 0 done, 1 the run failed, 2 the scenario or the arguments are wrong, 130 interrupted.";

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    Run(run::Args),
    Resume(resume::Args),
    Check(check::Args),
    Nodes(nodes::Args),
    New(new::Args),
    Prepare(Box<crate::prepare::args::Args>),
    Parameters(parameters::Args),
    Schema(schema::Args),
    Compare(compare::Args),
    Sensitivity(sensitivity::Args),
    Merge(merge::Args),
    Backtest(backtest::Args),
    Bench(bench::Args),
    Calibrate(calibrate::Args),
    Verify(verify::Args),
    Policies(policies::Args),
    Report(report::Args),
}

fn dispatch(command: Command) -> Result<()> {
    match command {
        Command::Run(args) => run::run(&args),
        Command::Resume(args) => resume::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Nodes(args) => nodes::run(&args),
        Command::New(args) => new::run(&args),
        Command::Prepare(args) => crate::prepare::args::run(&args).map(drop),
        Command::Parameters(args) => parameters::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Compare(args) => compare::run(args),
        Command::Sensitivity(args) => sensitivity::run(args),
        Command::Merge(args) => merge::run(args),
        Command::Backtest(args) => backtest::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Calibrate(args) => calibrate::run(&args),
        Command::Policies(args) => policies::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Verify(args) => {
            if verify::run(&args)? {
                Ok(())
            } else {
                Err(crate::Error::Verification)
            }
        }
    }
}

/// Runs the program on the words of the command line.
pub fn main() -> ExitCode {
    // clap itself ends the program with 2 if the arguments are wrong.
    match dispatch(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.exit_code())
        }
    }
}

/// Prints a text; a reader who closed the pipe (`| head`) is no error.
pub(crate) fn print(text: &str) -> Result<()> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(crate::Error::io("write to", "standard output", e))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_of_all_commands_fit_together() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }
}
