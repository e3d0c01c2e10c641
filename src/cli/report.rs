//! `shanhai report`: one offline page, and pictures for papers.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::message::Language;
use crate::messages;
use crate::output::atomic_file;
use crate::output::file_set::FileSet;
use crate::output::folder::ResultFolder;
use crate::report::picture::pictures;
use crate::report::{Boundaries, Report, collect, errors, multiples, page_with};

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
    /// Boundaries of counties or prefectures as GeoJSON, to colour them by residents, income and output; none are shipped
    #[arg(long, value_name = "FILE", requires = "map_key")]
    pub map: Option<PathBuf>,
    /// Property of each area of --map that holds its code
    #[arg(long, value_name = "CODE", requires = "map")]
    pub map_key: Option<String>,
    /// Table with coordinates of the nodes, for results without places.csv
    #[arg(long, value_name = "NODES.csv")]
    pub nodes: Option<PathBuf>,
}

/// Writes `report.html` into a folder of results that was just finished.
///
/// # Errors
/// If the page cannot be written.
pub(super) fn of_folder(folder: &Path, quiet: bool) -> Result<()> {
    let notes = written(&Args {
        folders: vec![folder.to_path_buf()],
        out: None,
        svg: None,
        force: false,
        map: None,
        map_key: None,
        nodes: None,
    })?;
    if !quiet {
        notes.iter().for_each(|note| super::note(note));
    }
    Ok(())
}

/// The name of the page in a folder of results.
const PAGE: &str = "report.html";

/// Runs the command.
///
/// # Errors
/// If a folder is no result, or a file cannot be written.
pub fn run(args: &Args) -> Result<()> {
    written(args)?.iter().for_each(|note| super::note(note));
    Ok(())
}

/// Writes the page and the pictures; what a reader is told of them.
fn written(args: &Args) -> Result<Vec<String>> {
    let mut files = FileSet::new(args.force);
    args.out.as_deref().map_or(Ok(()), |out| files.free(out))?;
    let (text, drawn) = match args.folders.as_slice() {
        [folder] if errors::is_backtest(folder) => (errors::page(folder, Language::shown())?, Vec::new()),
        folders => {
            let report = collect(folders, args.nodes.as_deref())?;
            let maps = match (&args.map, &args.map_key) {
                (Some(map), Some(key)) => Boundaries::read(map, key)?.maps(&report, Language::shown())?,
                _ => Vec::new(),
            };
            let text = page_with(&report, &maps)?;
            (text, if args.svg.is_some() { plain_pictures(args, &report, maps)? } else { Vec::new() })
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
    let page = messages::page_written(out.display(), said).to_string();
    let pictures =
        args.svg.as_ref().map(|folder| messages::pictures_in(drawn.len(), folder.display()).to_string());
    Ok(std::iter::once(page).chain(pictures).collect())
}

/// Pictures for papers: of the report, of variants by indicator for every comparison of several, and the maps given.
fn plain_pictures(
    args: &Args,
    report: &Report,
    maps: Vec<(String, String)>,
) -> Result<Vec<(String, String)>> {
    let mut drawn = pictures(report, Language::shown());
    for folder in &args.folders {
        let Some(svg) = multiples(folder, Language::shown())? else { continue };
        let name = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let name =
            if args.folders.len() > 1 { format!("variants_{name}.svg") } else { "variants.svg".to_owned() };
        drawn.push((name, svg));
    }
    drawn.extend(maps);
    Ok(drawn)
}
