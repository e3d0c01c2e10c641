//! `shanhai report`: one offline page, and pictures for papers.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::messages;
use crate::output::atomic_file;
use crate::output::file_set::FileSet;
use crate::output::folder::ResultFolder;
use crate::report::picture::{Language, pictures};
use crate::report::{collect, errors, page};

/// Write one offline page that shows results
///
/// Takes the folder of a run, of several runs, of a comparison or of a backtest (maps of its errors), and writes one
/// HTML file that opens from disk without a network. Runs of one scenario are drawn as a line with a band; runs of different scenarios as
/// differences from the first.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Result folders, of runs or comparisons, or one of a backtest
    #[arg(value_name = "RESULT_DIR", required = true)]
    pub folders: Vec<PathBuf>,
    /// The page to write; report.html in the first folder if not given
    #[arg(long, value_name = "FILE.html")]
    pub out: Option<PathBuf>,
    /// Write the main figures as SVG files into this folder as well, in the language of --language
    #[arg(long, value_name = "DIR")]
    pub svg: Option<PathBuf>,
    /// Replace files that are there. The page of a result folder, report.html in it, is replaced anyway
    #[arg(long)]
    pub force: bool,
    /// Table with coordinates of the nodes, for results without places.csv
    #[arg(long, value_name = "NODES.csv")]
    pub nodes: Option<PathBuf>,
}

/// Writes `report.html` into a folder of results that was just finished.
///
/// # Errors
/// If the page cannot be written.
pub fn of_folder(folder: &Path) -> Result<()> {
    run(&Args { folders: vec![folder.to_path_buf()], out: None, svg: None, force: false, nodes: None })
}

/// The name of the page in a folder of results.
const PAGE: &str = "report.html";

/// Runs the command.
///
/// # Errors
/// If a folder is no result, or a file cannot be written.
pub fn run(args: &Args) -> Result<()> {
    let mut files = FileSet::new(args.force);
    args.out.as_deref().map_or(Ok(()), |out| files.free(out))?;
    let (text, drawn) = match args.folders.as_slice() {
        [folder] if errors::is_backtest(folder) => (errors::page(folder, Language::shown())?, Vec::new()),
        folders => {
            let report = collect(folders, args.nodes.as_deref())?;
            let drawn = args.svg.as_ref().map_or(Vec::new(), |_| pictures(&report, Language::shown()));
            (page(&report)?, drawn)
        }
    };
    let said = messages::open_in_browser(format_args!("{:.1}", text.len() as f64 / 1e6));
    for (folder, (name, svg)) in args.svg.iter().flat_map(|folder| drawn.iter().map(move |d| (folder, d))) {
        files.free(&folder.join(name))?;
        files.add(folder.join(name), svg.as_str());
    }
    let out = match (&args.out, args.folders.first()) {
        (Some(out), _) => out.clone(),
        (None, Some(first)) => first.join(PAGE),
        (None, None) => {
            return Err(Error::Usage {
                found: messages::no_result_folder(),
                expected: messages::name_what_run_wrote(),
            });
        }
    };
    if let Some(folder) = &args.svg {
        std::fs::create_dir_all(folder)
            .map_err(|e| Error::io(messages::io_create_the_folder(), folder, e))?;
    }
    if args.out.is_none() && ResultFolder::look(&args.folders[0])?.is_some() {
        // The page goes when its tables go.
        let mut results = ResultFolder::reopen(&args.folders[0])?;
        atomic_file::write(results.file(PAGE)?, text.as_bytes())?;
    } else {
        files.add(&out, text);
    }
    files.write()?;
    super::note(&messages::page_written(out.display(), said).to_string());
    if let Some(folder) = &args.svg {
        super::note(&messages::pictures_in(drawn.len(), folder.display()).to_string());
    }
    Ok(())
}
