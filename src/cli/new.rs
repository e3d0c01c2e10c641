//! `shanhai new`: a commented scenario to start from.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// Write a commented scenario to start from
///
/// The file explains every part of a scenario and is valid as it stands if nodes.csv lies beside it
/// (`shanhai prepare` writes one for any list of provinces or prefectures). A schema.json for editors is put
/// beside it if there is none.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write
    #[arg(value_name = "SCENARIO.toml")]
    pub file: PathBuf,
    /// The table of nodes, relative to the file
    #[arg(long, value_name = "FILE", default_value = "nodes.csv")]
    pub nodes: PathBuf,
    /// Title of the scenario
    #[arg(long, value_name = "TEXT", default_value = "What this run shows, in one line")]
    pub title: String,
}

/// Runs the command.
///
/// # Errors
/// If the file is there already or cannot be written.
pub fn run(args: &Args) -> Result<()> {
    let folder = args.file.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|e| Error::io("create the folder", folder, e))?;
    write_new(&args.file, &text(&args.title, &args.nodes, folder))?;
    let schema = folder.join("schema.json");
    if !schema.exists() {
        write_new(&schema, &super::schema::text())?;
    }
    super::print(&format!("wrote {0}; next: shanhai check {0}, then shanhai run {0}\n", args.file.display()))
}

fn write_new(path: &Path, text: &str) -> Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|e| Error::io("write the new file", path, e))?;
    file.write_all(text.as_bytes()).map_err(|e| Error::io("write", path, e))
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
        .replace("{outside}", &optional("outside", "outside.csv"))
        .replace("{prefectures}", &optional("prefectures", "prefectures.csv"))
}

const TEMPLATE: &str = r#"#:schema ./schema.json
# A scenario: one run of the model. `shanhai check` explains it, `shanhai run` runs it.
# Lines that begin with # are comments; keys that are left out keep their defaults.

title = {title}
description = "What the scenario is for, in a few sentences."
sources = ["where the tables come from"]
assumptions = ["what is assumed and not observed"]

[run]
start_year = 2020         # the year of the tables; the first simulated year is the next one
years = 15
seed = 1                  # equal seeds give equal bytes
persons_per_agent = 10    # 1 makes every person an agent

[world]                   # paths are relative to this file
nodes = {nodes}
# People registered elsewhere who live in the area; needed if newcomers_other is not all 0:
{outside}
# Published incomes per head, if they are to be matched:
{prefectures}

# Parts of the model can be switched off, to see what each does.
[model]
# demography = false      # births, deaths, ageing
# education = false       # enrolment at 18
# conversion = false      # conversion of registration
# startups = false
# market = "hub"          # or "ces": few nodes, with a known answer

# `shanhai parameters` lists all with source and range; a few that matter:
[parameters]
# kappa_workers = 1.5     # income elasticity of location choice
# access_workers = 0.2    # access to services without local registration
# phi_prefecture = 0.2    # where prefectures manage counties; 0 where counties are under the province

# Stated paths from outside the model, per year; all off unless given.
[drivers.technology]
# industry = 0.02
# agriculture = 0.036

[drivers.migration]       # log odds of living across a border
# village_to_seat = 0.12
# county = 0.04
"#;
