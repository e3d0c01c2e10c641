//! `shanhai merge`: parts of one design put together, with proof that they are the whole.

use std::path::PathBuf;

use crate::Result;
use crate::experiment::journal::{self, Journal};
use crate::output::folder::ResultFolder;
use crate::output::manifest::Manifest;

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
    /// Replace the results of an earlier merge.
    #[arg(long)]
    pub force: bool,
}

/// Runs the command.
///
/// # Errors
/// What is wrong with the parts or the folder.
pub fn run(args: Args) -> Result<()> {
    let members = journal::merge(&args.parts)?;
    let name = format!("{}_sensitivity", members.plan.scenario);
    let out = args.out.unwrap_or_else(|| PathBuf::from("results").join(name));
    let mut folder = ResultFolder::create(&out, args.force)?;
    let mut manifest = Manifest::new(super::run::command(), members.plan.seed);
    for part in &args.parts {
        let path = part.join(journal::FILE);
        manifest.input(&path.display().to_string(), &path)?;
    }
    let clock = manifest.begin(1, None);
    let mut journal = Journal::create(&folder.file(journal::FILE)?, &members.plan)?;
    for member in members.members.values() {
        journal.enter(member, &members.keys)?;
    }
    // The parts know the scenario by its name, not by the folder in which it lay: a bare name would be a command
    // that finds no file.
    let scenario = PathBuf::from("SCENARIO.toml");
    let evidence = args.evidence.as_deref().map(|page| (page, scenario.as_path()));
    super::sensitivity::finish(&members, folder, manifest, &clock, &out, evidence, "")
}
