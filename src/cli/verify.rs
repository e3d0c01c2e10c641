//! `shanhai verify`: the engine against closed forms.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::common::{How, Kept, csv};
use super::interrupt::interrupted;
use crate::kernel::chunks::with_threads;
use crate::messages;
use crate::output::file_set::FileSet;
use crate::output::sink::Sink;
use crate::verify::bench::{Bench, Case, Row, rate};
use crate::verify::cases::RATES;
use crate::verify::{CASES, report};
use crate::{Error, Result};

/// Holds the engine against closed forms of the literature: the same phases, agents and tables as a run,
/// with modules switched off through scenario keys.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Args {
    /// Cases by name or number; all if none is named.
    pub cases: Vec<String>,
    /// Parameter of a case, such as sigma=5; the closed form is solved anew for it.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Agents of each scenario; tolerances follow.
    #[arg(long, value_name = "N")]
    pub agents: Option<u64>,
    /// Lists the cases, their parameters, and what is not covered.
    #[arg(long, conflicts_with = "quiet")]
    pub list: bool,
    /// Adds what takes minutes: sixteen times the agents, and how errors fall with them.
    #[arg(long)]
    pub full: bool,
    /// Runs each case with a wrong parameter instead: every case must fail.
    #[arg(long)]
    pub control: bool,
    /// Keeps the scenarios in a folder, where plain `run` reproduces them.
    #[arg(long, value_name = "DIR")]
    pub export: Option<PathBuf>,
    /// Writes the comparisons as CSV.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Writes the comparisons as JSON.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Prints the page of the documentation.
    #[arg(long, conflicts_with = "quiet")]
    pub markdown: bool,
    #[command(flatten)]
    pub kept: Kept,
    #[command(flatten)]
    pub how: How,
}

/// The cases that names or numbers call; all for none.
///
/// # Errors
/// A name that no case has.
pub fn chosen(names: &[String]) -> Result<Vec<&'static Case>> {
    if names.is_empty() {
        return Ok(CASES.iter().collect());
    }
    let mut cases: Vec<&'static Case> = Vec::new();
    for name in names {
        let low = name.to_lowercase();
        let known: Vec<&'static Case> = CASES
            .iter()
            .filter(|c| {
                c.key == low || c.number.to_lowercase() == low || (low == "c3" && c.number.starts_with("C3"))
            })
            .collect();
        if known.is_empty() {
            let all: Vec<&str> = CASES.iter().map(|c| c.key).collect();
            return Err(Error::Usage {
                found: messages::no_such_case(name),
                expected: messages::cases_are(all.join(messages::comma())),
            });
        }
        cases.extend(known);
    }
    Ok(cases)
}

fn parsed(set: &[String]) -> Result<Vec<(String, f64)>> {
    set.iter()
        .map(|text| {
            let wrong = || Error::Usage {
                found: messages::set_asked(text),
                expected: messages::parameter_and_number(),
            };
            let (key, value) = text.split_once('=').ok_or_else(wrong)?;
            let value: f64 = value.trim().parse().map_err(|_| wrong())?;
            if value.is_finite() { Ok((key.trim().to_owned(), value)) } else { Err(wrong()) }
        })
        .collect()
}

/// Refuses a folder that is there already.
fn not_there(folder: &Path, force: bool) -> Result<()> {
    if force || folder.symlink_metadata().is_err() {
        return Ok(());
    }
    Err(Error::Usage {
        found: messages::is_there_already(folder.display()),
        expected: messages::another_folder_or_write_into(),
    })
}

/// Runs cases; true if all passed (with `--control`: if all failed).
///
/// # Errors
/// Arguments or scenarios that are wrong, or files that cannot be written.
pub fn run(args: &Args) -> Result<bool> {
    with_threads(args.how.threads(), || work(args))?
}

fn work(args: &Args) -> Result<bool> {
    if args.list {
        super::print(&report::list(CASES))?;
        return Ok(true);
    }
    let mut files = FileSet::new(args.kept.force);
    args.csv.iter().chain(&args.json).try_for_each(|path| files.free(path))?;
    let cases = chosen(&args.cases)?;
    let set = parsed(&args.set)?;
    if let Some(export) = &args.export {
        let folders = cases.iter().map(|case| export.join(Bench::folder_of(case)));
        folders.into_iter().try_for_each(|folder| not_there(&folder, args.kept.force))?;
    }
    let scratch = match &args.export {
        Some(_) => None,
        None => Some(
            tempfile::tempdir()
                .map_err(|e| Error::io(messages::io_create_a_folder_in(), std::env::temp_dir(), e))?,
        ),
    };
    let folder = match (&args.export, &scratch) {
        (Some(folder), _) => folder.clone(),
        (None, Some(scratch)) => scratch.path().to_path_buf(),
        (None, None) => PathBuf::new(),
    };
    let compare = || compared(args, &cases, &set, &folder);
    let table = |(rows, _): &(Vec<Row>, bool), sink: &mut dyn Sink| report::write(rows, sink);
    let found = args.kept.during(rayon::current_num_threads(), &report::VERIFICATION, compare, table)?;
    if let Some(path) = &args.csv {
        files.add(path, csv(&report::VERIFICATION, |sink| table(&found, sink))?);
    }
    let (rows, good) = found;
    if let Some(path) = &args.json {
        files.add(path, serde_json::to_string_pretty(&rows).unwrap_or_default());
    }
    files.write()?;
    if args.markdown {
        super::print(&report::markdown(&cases, &rows))?;
    } else if !args.control {
        args.how.print(&report::table(&rows))?;
    }
    // The page goes into a file of the documentation: nothing else stands in it.
    if !args.how.quiet && !args.markdown {
        args.kept.told()?;
    }
    Ok(good)
}

/// The comparisons of all cases, and whether they went as they should.
fn compared(
    args: &Args,
    cases: &[&'static Case],
    set: &[(String, f64)],
    folder: &Path,
) -> Result<(Vec<Row>, bool)> {
    let mut rows: Vec<Row> = Vec::new();
    let mut good = true;
    for (done, case) in cases.iter().enumerate() {
        if interrupted() {
            return Err(Error::Stopped { done, all: Some(cases.len()) });
        }
        let agents = match (args.agents, args.full) {
            (None, true) => Some(case.agents * 16),
            (agents, _) => agents,
        };
        let bench = Bench::new(case, set, agents, folder.to_path_buf())?;
        let found = bench.run(if args.control { case.wrong } else { &[] })?;
        let passed = found.iter().all(|r| r.pass);
        good &= passed != args.control;
        if args.control {
            let failed = found.iter().filter(|r| !r.pass).count();
            args.how.print(&format!(
                "{}\n",
                messages::control_fails(
                    format_args!("{:<4}", case.number),
                    case.key,
                    case.wrong.join(" "),
                    failed,
                    found.len()
                )
            ))?;
        }
        rows.extend(found);
        if args.full && !args.control && set.is_empty() {
            for (_, what) in RATES.iter().filter(|(key, _)| *key == case.key) {
                let scratch = tempfile::tempdir()
                    .map_err(|e| Error::io(messages::io_create_a_folder_in(), std::env::temp_dir(), e))?;
                let row = rate(case, what, scratch.path())?;
                good &= row.pass;
                rows.push(row);
            }
        }
    }
    Ok((rows, good))
}
