//! `shanhai new`: a study area of China, or a commented scenario to start from.

use std::path::{Path, PathBuf};

use crate::message::Language;
use crate::messages::{self, template};
use crate::output::file_set::FileSet;
use crate::prepare::{FLOWS, china};
use crate::printable::left;
use crate::scenario::files::Files;
use crate::scenario::problem::Problems;
use crate::scenario::table::{Column, Kind, Table};
use crate::{Error, Result};

/// The title of a scenario file that was not given one.
const TITLE: &str = "What this run shows, in one line";

/// Write a study area of China, or a commented scenario to start from
///
/// With an area (福建, fujian, 35, 350000, 厦门市, "浙江省+江西省", china) it writes a folder with the tables of the census, a
/// baseline with stated drivers, a policy to start from and a README, all from data inside the program. With the name of a
/// file that ends in .toml it writes a scenario that explains every part, valid as it stands if nodes.csv lies beside it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Provinces, prefectures or `china`; or the .toml file to write
    #[arg(value_name = "AREA|SCENARIO.toml")]
    pub what: String,
    /// Census year of the area: 2020 or 2010
    #[arg(long, value_name = "YEAR", default_value_t = 2020)]
    pub year: i32,
    /// Folder of data to take instead of those inside the program (files of the same names)
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Folder to write into; of an area, its name in pinyin if absent
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
    /// No progress and nothing printed; warnings and errors are told all the same
    #[arg(long)]
    pub quiet: bool,
    /// The table of nodes, relative to the scenario file
    #[arg(long, value_name = "FILE", default_value = "nodes.csv")]
    pub nodes: PathBuf,
    /// Title of the scenario file
    #[arg(long, value_name = "TEXT", default_value = TITLE)]
    pub title: String,
}

/// Runs the command.
///
/// # Errors
/// If nothing has the name of the area, or a file is there already or cannot be written.
pub fn run(args: &Args) -> Result<()> {
    let file = Path::new(&args.what);
    if file.extension().is_some_and(|end| end == "toml") { commented(args, file) } else { area(args) }
}

/// Writes the folder of an area.
fn area(args: &Args) -> Result<()> {
    let data = match &args.data {
        Some(folder) => Files::folder(folder),
        None => china::inside()?,
    };
    let prepared = china::prepared(&args.what, args.year, &data)?;
    let folder = args.out.clone().unwrap_or_else(|| china::folder_name(&prepared).into());
    let year = if args.year == 2020 { String::new() } else { format!(" --year {}", args.year) };
    let mut set = FileSet::new(args.force);
    let files = china::files(&prepared, &format!("shanhai new {}{year}", args.what));
    for parent in files.iter().filter_map(|(path, _)| path.parent()) {
        let parent = folder.join(parent);
        std::fs::create_dir_all(&parent)
            .map_err(|e| Error::io(messages::io_create_the_folder(), &parent, e))?;
    }
    for (path, bytes) in files {
        set.add(folder.join(path), bytes);
    }
    set.add(folder.join("schema.json"), super::schema::text());
    set.write()?;
    let lines: String = prepared
        .report
        .totals
        .iter()
        .map(|(name, value)| format!("{} {value:>16}\n", left(&messages::known(name), 50)))
        .collect();
    let baseline = folder.join("baseline.toml");
    said(args, &format!("{lines}\n{}\n", messages::area_written(folder.display(), baseline.display())))
}

fn said(args: &Args, text: &str) -> Result<()> {
    if args.quiet { Ok(()) } else { super::print(text) }
}

/// Writes a commented scenario.
fn commented(args: &Args, file: &Path) -> Result<()> {
    let file = args.out.as_deref().unwrap_or(Path::new("")).join(file);
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|e| Error::io(messages::io_create_the_folder(), folder, e))?;
    let mut set = FileSet::new(args.force);
    let title = match args.title.as_str() {
        TITLE => messages::scenario_title_asked().to_string(),
        given => given.to_owned(),
    };
    set.add(&file, text(&title, &args.nodes, folder));
    // The schema of another scenario of the folder is as good.
    let schema = folder.join("schema.json");
    if !schema.exists() {
        set.add(schema, super::schema::text());
    }
    set.write()?;
    said(args, &format!("{}\n", messages::wrote_scenario(file.display())))
}

/// The base year that a table of nodes says it is of; none of a table that is not there or does not say.
fn year_of(nodes: &Path) -> Option<i64> {
    let column = [Column::optional("year", Kind::Year, "base year of the figures")].to_vec();
    let table = Table::read_open(nodes, column, &mut Problems::new());
    table.rows().find(|&row| !table.is_empty(row, "year")).map(|row| table.persons(row, "year"))
}

/// The scenario as text. Tables that are there are named; others stand as comments.
pub fn text(title: &str, nodes: &Path, folder: &Path) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let beside = |name: &str| nodes.with_file_name(name);
    let optional = |key: &str, name: &str| {
        let path = beside(name);
        let mark = if folder.join(&path).is_file() { "" } else { "# " };
        format!("{mark}{key} = {}", quoted(&path.display().to_string().replace('\\', "/")))
    };
    Language::shown()
        .of(template::ENGLISH, template::CHINESE)
        .replace("{title}", &quoted(title))
        .replace("{nodes}", &quoted(&nodes.display().to_string().replace('\\', "/")))
        .replace("{year}", &year_of(&folder.join(nodes)).unwrap_or(2020).to_string())
        .replace("{outside}", &optional("outside", "outside.csv"))
        .replace("{prefectures}", &optional("prefectures", "prefectures.csv"))
        .replace("{flows}", &optional("flows", FLOWS))
}
