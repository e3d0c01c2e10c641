//! `shanhai replay`: published causal studies run on the model.

use std::path::{Path, PathBuf};

use super::common::{Changes, How};
use super::interrupt::interrupted;
use super::papers::Papers;
use crate::experiment::replay::{self, Request, event_picture, page, tables};
use crate::output::datapackage::{About, DataPackage};
use crate::output::folder::ResultFolder;
use crate::output::manifest::Manifest;
use crate::output::table::TableSpec;
use crate::{Error, Result, messages};

/// Run published causal studies on the model and hold what their estimators find against what was published
///
/// A study is a TOML file: place, treated and untreated units, the policy with its published size, the estimator, the
/// published estimate. Both worlds run under the same luck, with the policy and without; the estimator is applied to
/// each. All shipped studies take about half an hour on two cores: six of them run all of China.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Files of studies; all of the folder `studies` if none is given
    #[arg(value_name = "STUDY.toml")]
    pub studies: Vec<PathBuf>,
    /// Only studies whose name holds one of these words (commas between)
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Runs of each world, in place of what the studies say
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub replicates: Option<u32>,
    /// Persons that one agent stands for, in place of what the studies say
    #[arg(long, value_name = "N")]
    pub persons_per_agent: Option<u32>,
    /// Folder for the tables
    #[arg(long, value_name = "DIR", default_value = "results/replays")]
    pub out: PathBuf,
    /// Replace the results of an earlier run in the folder, and files that other options name; a file in the folder
    /// that is not ours stays
    #[arg(long)]
    pub force: bool,
    /// Also write the page (docs/replays.md is such a page)
    #[arg(long, value_name = "FILE")]
    pub page: Option<PathBuf>,
    /// Also write the panels that the estimators read
    #[arg(long)]
    pub panels: bool,
    #[command(flatten)]
    pub changes: Changes,
    #[command(flatten)]
    pub how: How,
}

/// Studies of this folder are run if none is named.
const FOLDER: &str = "studies";
/// Beside the studies: what was changed after the parameters were frozen.
const CHANGES: &str = "changes.md";

/// Runs the command.
///
/// # Errors
/// What is wrong with the studies, a run or the folder.
pub fn run(args: &Args) -> Result<()> {
    let studies = chosen(args)?;
    let request = Request {
        replicates: args.replicates,
        persons_per_agent: args.persons_per_agent,
        set: args.changes.set.clone(),
        studies: studies.clone(),
    };
    let prepared = replay::prepare(&request)?;
    args.page.as_deref().map_or(Ok(()), |page| super::check_page(page, args.force))?;
    let folder = ResultFolder::create(&args.out, args.force)?;
    let mut papers = Papers::begin(folder, 1, args.how.threads(), None, |_: &mut Manifest| Ok(()))?;
    let mut bar = super::progress::jobs(messages::bar_worlds());
    let quiet = args.how.quiet;
    let outcome = replay::run(prepared, args.how.threads(), &interrupted, |done, all| {
        if !quiet {
            bar(done, all);
        }
    })
    .and_then(|replays| {
        tables::write(&replays.studies, &mut papers.folder)?;
        event_picture::write(&replays.studies, &mut papers.folder)?;
        let mut specs: Vec<&TableSpec> = vec![&tables::REPLAYS, &tables::PATHS];
        if args.panels {
            tables::write_panels(&replays, &mut papers.folder)?;
            specs.push(&tables::PANELS);
        }
        let about = About {
            name: "replays".into(),
            title: "Published causal studies replayed".into(),
            description: "What estimators of published studies find on simulated panels.".into(),
            sources: replays.studies.iter().map(|r| r.prepared.study.paper.clone()).collect(),
        };
        DataPackage::describe(papers.folder.path(), &specs, &about)?.write(&mut papers.folder)?;
        Ok(replays)
    });
    let replays = papers.end(outcome, Vec::new())?;
    let log = studies.first().and_then(|study| study.parent()).unwrap_or(Path::new(".")).join(CHANGES);
    let changes = std::fs::read_to_string(log).unwrap_or_else(|_| "Nothing is on record.".into());
    let text = page::page(&replays, &command(args), &changes);
    if let Some(path) = &args.page {
        crate::output::atomic_file::write(path, text.as_bytes())?;
    }
    if !quiet {
        super::print(&text)?;
        super::print(&format!("\n{}\n", messages::tables_in(args.out.display())))?;
    }
    // All that could be estimated is written before one that could not ends the program.
    replays.failed.into_iter().next().map_or(Ok(()), |(_, reason)| Err(reason))
}

/// The studies that are named, or all of the folder, without those that `--only` leaves out.
fn chosen(args: &Args) -> Result<Vec<PathBuf>> {
    let mut studies = args.studies.clone();
    if studies.is_empty() {
        let folder = Path::new(FOLDER);
        let entries = std::fs::read_dir(folder).map_err(|e| Error::unreadable(folder, &e))?;
        studies = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|end| end == "toml"))
            .collect();
        studies.sort();
    }
    let all = studies.clone();
    let name =
        |path: &PathBuf| path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    studies.retain(|path| args.only.is_empty() || args.only.iter().any(|word| name(path).contains(word)));
    if studies.is_empty() {
        let names: Vec<String> = all.iter().map(name).collect();
        return Err(Error::Usage {
            found: messages::no_study_answers(args.only.join(",")),
            expected: messages::studies_are(names.join(messages::comma())),
        });
    }
    Ok(studies)
}

/// The command that prints the page again.
fn command(args: &Args) -> String {
    let mut words = vec!["shanhai replay".to_owned()];
    words.extend(args.studies.iter().map(|s| s.display().to_string()));
    if !args.only.is_empty() {
        words.push(format!("--only {}", args.only.join(",")));
    }
    words.extend(args.replicates.map(|n| format!("--replicates {n}")));
    words.extend(args.persons_per_agent.map(|n| format!("--persons-per-agent {n}")));
    words.extend(args.changes.words());
    words.extend(args.page.as_ref().map(|p| format!("--page {}", p.display())));
    words.join(" ")
}
