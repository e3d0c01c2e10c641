//! `shanhai new`: a study area of China, or a commented scenario to start from.

use std::path::{Path, PathBuf};

use crate::messages;
use crate::output::file_set::FileSet;
use crate::prepare::{FLOWS, china};
use crate::printable::left;
use crate::scenario::files::Files;
use crate::scenario::problem::Problems;
use crate::scenario::table::{Column, Kind, Table};
use crate::{Error, Result};

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
    #[arg(long, value_name = "TEXT", default_value = "What this run shows, in one line")]
    pub title: String,
}

/// Runs the command.
///
/// # Errors
/// If nothing has the name of the area, or a file is there already or cannot be written.
pub fn run(args: &Args) -> Result<()> {
    let file = Path::new(&args.what);
    if file.extension().is_some_and(|end| end == "toml") { template(args, file) } else { area(args) }
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
fn template(args: &Args, file: &Path) -> Result<()> {
    let file = args.out.as_deref().unwrap_or(Path::new("")).join(file);
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|e| Error::io(messages::io_create_the_folder(), folder, e))?;
    let mut set = FileSet::new(args.force);
    set.add(&file, text(&args.title, &args.nodes, folder));
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
    TEMPLATE
        .replace("{title}", &quoted(title))
        .replace("{nodes}", &quoted(&nodes.display().to_string().replace('\\', "/")))
        .replace("{year}", &year_of(&folder.join(nodes)).unwrap_or(2020).to_string())
        .replace("{outside}", &optional("outside", "outside.csv"))
        .replace("{prefectures}", &optional("prefectures", "prefectures.csv"))
        .replace("{flows}", &optional("flows", FLOWS))
}

const TEMPLATE: &str = r#"#:schema ./schema.json
# A scenario: one run of the model. `shanhai check` explains it, `shanhai run` runs it.
# Lines that begin with # are comments; keys that are left out keep their defaults.

title = {title}
description = "What the scenario is for, in a few sentences."
sources = ["where the tables come from"]
assumptions = ["what is assumed and not observed"]

[run]
start_year = {year}         # the year of the tables; the first simulated year is the next one
years = 15
seed = 1                  # equal seeds give equal bytes
persons_per_agent = 10    # 1 makes every person an agent

[world]                   # paths are relative to this file
nodes = {nodes}
# People registered elsewhere who live in the area; needed if newcomers_other is not all 0:
{outside}
# Published incomes per head, if they are to be matched:
{prefectures}
# Counted people by place of origin and of residence, if there are any:
{flows}
# What the tables do not say (ages where there are none, births and deaths by age, fiscal rules, households) is that of:
preset = "china_2020"

# Parts of the model can be switched off, to see what each does.
[model]
# demography = false      # births, deaths, ageing
# education = false       # enrolment at 18
# conversion = false      # conversion of registration
# startups = false
# market = "hub"          # or "ces": few nodes, with a known answer

# `shanhai parameters` lists all with source and range; a few that matter:
[parameters]
# location_elasticity_workers = 1.5 # income elasticity of location choice
# access_workers = 0.2    # access to services without local registration
# prefecture_share = 0.2   # where prefectures manage counties; 0 where counties are under the province

# Stated paths from outside the model, per year; all off unless given.
[drivers.technology]
# industry = 0.02
# agriculture = 0.036

[drivers.migration]       # changes of log odds over `years`; then they fade
# source = "assumed"
# years = 10
# border_own_province = 0.4
# village_to_seat = 0.5
"#;
