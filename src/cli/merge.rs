//! `shanhai merge`: parts of one design put together, with proof that they are the whole.

use std::path::{Path, PathBuf};

use super::papers::Papers;
use crate::experiment::sensitivity::members::{self, Journal};
use crate::messages;
use crate::output::folder::ResultFolder;
use crate::output::manifest::Manifest;
use crate::{Error, Result};

/// Put the parts of a sensitivity design together.
///
/// Proves that all parts are of one design and that every member is there exactly once; what is missing or
/// there twice is named. The tables are the same bytes as those of a design run in one piece.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Folders of the parts.
    #[arg(required = true, value_name = "DIR")]
    pub parts: Vec<PathBuf>,
    /// Folder of the whole; results/NAME_sensitivity if not given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Also write the tables that a referee asks for as a page, as `sensitivity --evidence` does.
    #[arg(long, value_name = "FILE")]
    pub evidence: Option<PathBuf>,
    /// Replace the results of an earlier run in the folder, and files that other options name; a file in the folder
    /// that is not ours stays
    #[arg(long)]
    pub force: bool,
    /// No progress and nothing printed; warnings and errors are told all the same
    #[arg(long)]
    pub quiet: bool,
}

/// Runs the command.
///
/// # Errors
/// What is wrong with the parts or the folder.
pub fn run(args: Args) -> Result<()> {
    let members = members::merge(&args.parts)?;
    let name = format!("{}_sensitivity", members.plan.scenario);
    let out = args.out.unwrap_or_else(|| PathBuf::from("results").join(name));
    if args.parts.iter().any(|part| same_folder(part, &out)) {
        return Err(Error::Usage {
            found: messages::part_and_whole(out.display()),
            expected: messages::whole_elsewhere(),
        });
    }
    args.evidence.as_deref().map_or(Ok(()), |page| super::sensitivity::check_page(page, args.force))?;
    let mut folder = ResultFolder::create(&out, args.force)?;
    let mut journal = Journal::create(&folder.file(members::FILE)?, &members.plan)?;
    for member in members.members.values() {
        journal.enter(member, &members.keys)?;
    }
    let papers = Papers::begin(folder, members.plan.seed, 1, None, |manifest: &mut Manifest| {
        args.parts
            .iter()
            .map(|part| part.join(members::FILE))
            .try_for_each(|path| manifest.input(path.display().to_string(), &path))
    })?;
    // The parts know the scenario by its name, not by the folder in which it lay: a bare name would be a command
    // that finds no file.
    let scenario = PathBuf::from("SCENARIO.toml");
    let evidence = args.evidence.as_deref().map(|page| (page, scenario.as_path()));
    super::sensitivity::finish(&members, papers, Ok(String::new()), &out, evidence, args.quiet)
}

/// Whether two paths are one folder; a folder that is not there is none.
fn same_folder(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
