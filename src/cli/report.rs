//! `shanhai report`: one offline page, and pictures for papers.

use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::output::atomic_file;
use crate::report::picture::{Language, pictures};
use crate::report::{collect, page};

/// Write one offline page that shows results
///
/// Takes the folder of a run, of several runs, or of a comparison, and writes one HTML file that opens from disk
/// without a network. Runs of one scenario are drawn as a line with a band; runs of different scenarios as
/// differences from the first.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Result folders, of runs or comparisons
    #[arg(value_name = "RESULT_DIR", required = true)]
    pub folders: Vec<PathBuf>,
    /// The page to write; report.html in the first folder if not given
    #[arg(long, value_name = "FILE.html")]
    pub out: Option<PathBuf>,
    /// Write the main figures as SVG files into this folder as well
    #[arg(long, value_name = "DIR")]
    pub svg: Option<PathBuf>,
    /// Language of the SVG files; the page holds both
    #[arg(long, value_enum, default_value_t)]
    pub language: Language,
    /// Table with coordinates of the nodes, for results without places.csv
    #[arg(long, value_name = "NODES.csv")]
    pub nodes: Option<PathBuf>,
}

/// Writes `report.html` into a folder of results that was just finished.
///
/// # Errors
/// If the page cannot be written.
pub fn of_folder(folder: &std::path::Path) -> Result<()> {
    run(&Args {
        folders: vec![folder.to_path_buf()],
        out: None,
        svg: None,
        language: Language::default(),
        nodes: None,
    })
}

/// Runs the command.
///
/// # Errors
/// If a folder is no result, or a file cannot be written.
pub fn run(args: &Args) -> Result<()> {
    let report = collect(&args.folders, args.nodes.as_deref())?;
    let out = match (&args.out, args.folders.first()) {
        (Some(out), _) => out.clone(),
        (None, Some(first)) => first.join("report.html"),
        (None, None) => {
            return Err(Error::Usage {
                found: "no result folder".to_owned(),
                expected: "name one that `shanhai run` wrote".to_owned(),
            });
        }
    };
    let text = page(&report)?;
    atomic_file::write(&out, text.as_bytes())?;
    eprintln!("{} ({:.1} MB); open it in a browser", out.display(), text.len() as f64 / 1e6);
    if let Some(folder) = &args.svg {
        std::fs::create_dir_all(folder).map_err(|e| Error::io("create the folder", folder, e))?;
        let all = pictures(&report, args.language);
        for (name, svg) in &all {
            atomic_file::write(folder.join(name), svg.as_bytes())?;
        }
        eprintln!("{} pictures in {}", all.len(), folder.display());
    }
    Ok(())
}
