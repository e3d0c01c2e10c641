//! A scenario with its tables, on the disk or in memory, and what becomes of it when it is read.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::{Files, Input, Inputs, MOST_BYTES_OF_TEXT};
use super::layers::{self, Variant};
use super::problem::{Problem, Problems, listed};
use super::source::{Place, Source};
use super::{
    check, deposit_leakage, diagnose, flow_table, migration_tables, pair_tables, plausible, policies,
    prefecture_tables, study_area, transfer_grades,
};
use crate::Result;
use crate::base_year::StudyArea;
use crate::config::{Preset, Run};
use crate::messages;
use crate::output::checkpoint_file::{file_name, year_of};
use crate::output::manifest::InputFile;
use crate::simulation::Scenario;

/// The text of a scenario, and where its tables are.
///
/// ```
/// use shanhai::scenario::ScenarioSource;
///
/// let nodes = std::fs::read("scenarios/teaching/two_regions_nodes.csv").expect("a table");
/// let text = "title = \"From memory\"\n[run]\nstart_year = 2000\n[world]\nnodes = \"nodes.csv\"\n\
///             base = \"utility\"\npreset = \"china_2020\"\n";
/// let source = ScenarioSource::memory(text, [("nodes.csv", nodes)]);
/// let loaded = source.load(&["run.years=3".to_owned()])?;
/// assert_eq!(loaded.scenario.run.years, 3);
/// # Ok::<(), shanhai::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ScenarioSource {
    text: Input,
    /// The files below it, the nearest first, each with its folder as seen from that of the scenario.
    bases: Vec<(Input, PathBuf)>,
    /// Which of the scenarios that the file makes of itself; the file's own if none.
    variant: Option<String>,
    files: Files,
}

/// A scenario that was read and checked.
#[derive(Debug)]
pub struct Loaded {
    /// What it says.
    pub scenario: Scenario,
    /// The study area of its tables.
    pub area: StudyArea,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a scenario comes from: all that is needed to read it again, and to see that it is the same.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Origin {
    /// The scenario file as messages call it.
    pub name: String,
    /// The folder of its tables.
    pub folder: PathBuf,
    /// The text, word for word.
    pub text: String,
    /// Which of the scenarios that the file makes of itself.
    #[serde(default)]
    pub variant: Option<String>,
    /// The files below it, the nearest first: name relative to the folder, and text.
    #[serde(default)]
    pub bases: Vec<(PathBuf, String)>,
    /// Changes of it.
    pub overrides: Vec<String>,
    /// Length and checksum of every table that was read.
    pub inputs: Vec<InputFile>,
}

/// What the tables do not say is taken from a country that the scenario names; only the codes of China name one themselves.
fn chosen(
    preset: Option<Preset>,
    area: &StudyArea,
    nodes: impl Display,
    spans: &diagnose::Spans,
    problems: &mut Problems,
) {
    let of_china = area.geography.provinces.iter().all(|p| plausible::is_of_china(&p.code));
    let title = match (of_china, area.ages_stated) {
        _ if preset.is_some() => return,
        (true, true) => return,
        (true, false) => messages::ages_without_preset(nodes),
        (false, _) => messages::provinces_without_preset(nodes),
    };
    problems.push(Problem::new(spans.locate("world.nodes"), title).help(messages::choose_preset()));
}

/// Length and checksum of the checkpoint that a run starts from; a problem if it is not there.
fn past(
    run: &Run,
    place: &Path,
    spans: &diagnose::Spans,
    problems: &mut Problems,
) -> Result<Option<InputFile>> {
    let at = || spans.locate("run.start_from");
    let (folder, year) = match run.past() {
        None => return Ok(None),
        Some(Ok(past)) => past,
        Some(Err(said)) => {
            problems.push(
                Problem::new(at(), messages::no_checkpoint_named(said))
                    .help(messages::write_folder_and_year()),
            );
            return Ok(None);
        }
    };
    if !(run.start_year..run.start_year.saturating_add_unsigned(run.years)).contains(&year) {
        let title = messages::checkpoint_outside_run(year, run.start_year, run.years);
        problems.push(Problem::new(at(), title).help(messages::years_count_from_start()));
        return Ok(None);
    }
    let file = folder.join(file_name(year));
    let there = place.join(&file);
    if !there.is_file() {
        let entries = std::fs::read_dir(place.join(&folder)).into_iter().flatten().flatten();
        let mut years: Vec<i32> =
            entries.filter_map(|entry| year_of(&entry.file_name().to_string_lossy())).collect();
        years.sort_unstable();
        let help = match years[..] {
            [] => messages::how_to_leave_checkpoints(year - run.start_year),
            _ => {
                let years: Vec<String> = years.iter().map(i32::to_string).collect();
                messages::there_are(listed(&years, &messages::word_and()))
            }
        };
        problems.push(Problem::new(at(), messages::no_such_checkpoint(there.display())).help(help));
        return Ok(None);
    }
    InputFile::read(&file, &there).map(Some)
}

fn text_of(input: &Input) -> String {
    input.bytes().map_or_else(|_| String::new(), |bytes| String::from_utf8_lossy(bytes).into_owned())
}

/// The file and the variant that a path names: `set.toml#strong` is a variant unless there is a file of that name.
pub fn file_and_variant(path: &Path) -> (PathBuf, Option<String>) {
    let text = path.to_string_lossy();
    match text.rsplit_once('#') {
        Some((file, variant)) if !path.exists() && !variant.contains('/') => {
            (PathBuf::from(file), Some(variant.to_owned()))
        }
        _ => (path.to_path_buf(), None),
    }
}

/// Most files on top of each other.
const MOST_BASES: usize = 8;

impl ScenarioSource {
    /// A file on the disk, or with `#NAME` behind it a variant of it; its tables are in its folder. It is read now, with
    /// the files below it, and what is wrong with it is said by [`load`](ScenarioSource::load).
    pub fn file(path: &Path) -> ScenarioSource {
        let (path, variant) = file_and_variant(path);
        let folder = path.parent().unwrap_or(Path::new("."));
        let text = Input::up_to(&path, MOST_BYTES_OF_TEXT);
        ScenarioSource { variant, ..ScenarioSource::with_bases(text, Files::folder(folder)) }
    }

    /// A text with tables and files below it in memory, by the paths that the text gives them.
    pub fn memory<N: Into<PathBuf>>(
        text: &str,
        tables: impl IntoIterator<Item = (N, Vec<u8>)>,
    ) -> ScenarioSource {
        ScenarioSource::of("scenario.toml", text, Files::memory(tables))
    }

    /// A text with files that are elsewhere; `name` is what messages call it.
    pub fn of(name: &str, text: &str, files: Files) -> ScenarioSource {
        ScenarioSource::with_bases(Input::in_memory(name, text.as_bytes().to_vec()), files)
    }

    /// One of the scenarios that the file makes of itself, or the file's own.
    #[must_use]
    pub fn of_variant(self, variant: Option<String>) -> ScenarioSource {
        ScenarioSource { variant, ..self }
    }

    /// What a run was begun with, whatever became of its file and those below; `files` has its tables.
    pub fn again(origin: &Origin, files: Files) -> ScenarioSource {
        let in_memory = |name: &str, text: &str| Input::in_memory(name, text.as_bytes().to_vec());
        let bases = origin.bases.iter().map(|(file, text)| {
            let folder = file.parent().unwrap_or(Path::new("")).to_path_buf();
            (in_memory(&file.display().to_string(), text), folder)
        });
        ScenarioSource {
            text: in_memory(&origin.name, &origin.text),
            bases: bases.collect(),
            variant: origin.variant.clone(),
            files,
        }
    }

    /// Reads the files below a text.
    fn with_bases(text: Input, files: Files) -> ScenarioSource {
        let base_of = |input: &Input| {
            let text = String::from_utf8_lossy(input.bytes().ok()?);
            let (base, span) = layers::base_of(&text)?;
            Some((base, Place::new(&Source::new(input.name(), text), span)))
        };
        let mut bases: Vec<(Input, PathBuf)> = Vec::new();
        let mut found = Vec::new();
        let (mut said, mut who, mut folder) = (base_of(&text), text.name(), PathBuf::new());
        while let Some((base, place)) = said.take() {
            let file = folder.join(base);
            folder = file.parent().unwrap_or(Path::new("")).to_path_buf();
            let input = if found.len() == MOST_BASES || found.contains(&file) {
                Input::refused(&file, &who, &messages::leads_in_a_circle().to_string())
            } else {
                files.read_text(&file)
            }
            .named_at(|| place);
            (said, who) = (base_of(&input), input.name());
            found.push(file);
            bases.push((input, folder.clone()));
        }
        ScenarioSource { text, bases, variant: None, files }
    }

    /// What messages call the files below it, the nearest first.
    pub fn bases(&self) -> Vec<String> {
        self.bases.iter().map(|(input, _)| input.name()).collect()
    }

    /// The scenarios that the file makes of itself, by `[variant.NAME]` and `[grid]`.
    ///
    /// # Errors
    /// What is wrong with these tables.
    pub fn variants(&self) -> Result<Vec<Variant>> {
        diagnose::variants(&self.text(), &self.text.name()).map_err(Problems::into_error)
    }

    /// Reads the scenario with overrides (`key=value`).
    fn read(&self, overrides: &[String]) -> Result<diagnose::Read<Scenario>> {
        let top = (&self.text, Path::new(""));
        let inputs: Vec<(&Input, &Path)> = std::iter::once(top)
            .chain(self.bases.iter().map(|(input, folder)| (input, folder.as_path())))
            .collect();
        diagnose::read_inputs(&inputs, self.variant.as_deref(), overrides)
    }

    /// The text, word for word; what is not UTF-8 is replaced.
    pub fn text(&self) -> String {
        text_of(&self.text)
    }

    /// Reads the scenario with overrides (`key=value`) and its tables, and checks everything; all problems are
    /// reported together.
    ///
    /// # Errors
    /// [`crate::Error::Scenario`] with every problem found.
    pub fn load(&self, overrides: &[String]) -> Result<Loaded> {
        let mut read = self.read(overrides)?;
        let mut problems = Problems::new();
        check::meaning(&read.value, &read.spans, &mut problems);
        let files = &read.value.world;
        let mut inputs = Inputs::new(&self.files, &read.value.input_files());
        let mut table = |file: &Path, key: &str| {
            inputs.read(file).named_at(|| read.spans.locate(&format!("world.{key}")))
        };
        let nodes = table(&files.nodes, "nodes");
        let [outside, prefectures, pensions, vital_rates, moving_costs, trade_costs, migration, flows] = [
            (&files.outside, "outside"),
            (&files.prefectures, "prefectures"),
            (&files.pensions, "pensions"),
            (&files.vital_rates, "vital_rates"),
            (&files.moving_costs, "moving_costs"),
            (&files.trade_costs, "trade_costs"),
            (&files.migration, "migration"),
            (&files.flows, "flows"),
        ]
        .map(|(file, key)| file.as_deref().map(|file| table(file, key)));
        let mut area = study_area::read(&nodes, outside.as_ref(), prefectures.as_ref(), &mut problems);
        if problems.is_empty() {
            chosen(files.preset, &area, nodes.name(), &read.spans, &mut problems);
        }
        let start = read.value.run.start_year;
        if let Some(year) = area.year.filter(|&year| year != start) {
            problems.push(
                Problem::new(
                    read.spans.locate("run.start_year"),
                    messages::start_year_differs(start, nodes.name(), year),
                )
                .help(messages::write_start_year(year, start)),
            );
        }
        if let Some(pensions) = &pensions {
            prefecture_tables::read_pensions(&mut area, pensions, read.value.run.start_year, &mut problems);
        }
        if let Some(rates) = &vital_rates {
            super::vital_rates::read(&mut area, rates, &mut problems);
        }
        pair_tables::read_costs(
            &mut area.geography,
            moving_costs.as_ref(),
            trade_costs.as_ref(),
            &mut problems,
        );
        if let Some(file) = &files.deposit_leakage {
            let input = table(file, "deposit_leakage");
            let first_year = read.value.run.start_year;
            deposit_leakage::read(&mut area.geography, &input, first_year, &mut problems);
        }
        if let Some(file) = &files.transfer_grades {
            transfer_grades::read(&mut area.geography, &table(file, "transfer_grades"), &mut problems);
        }
        if let Some(migration) = &migration {
            migration_tables::read(&mut area.geography, migration, &mut problems);
        }
        if let Some(flows) = &flows {
            flow_table::read(&mut area, flows, &mut problems);
        }
        policies::read_tables(&mut read.value.policy, &mut inputs, &read.spans, &mut problems);
        if problems.is_empty() {
            policies::check(&read.value.policy, &area.geography, &read.spans, &mut problems);
            policies::idle(&read.value.policy, &read.value.run, &area.geography, &read.spans, &mut problems);
        }
        let past = past(&read.value.run, &self.files.place(), &read.spans, &mut problems)?;
        problems.check()?;
        let below = self.bases.iter().filter_map(|(input, _)| input.record());
        let origin = Origin {
            name: self.text.name(),
            folder: self.files.place(),
            text: self.text(),
            variant: self.variant.clone(),
            bases: self.bases.iter().map(|(input, _)| (input.file(), text_of(input))).collect(),
            overrides: overrides.to_vec(),
            inputs: below.chain(inputs.records()).chain(past).collect(),
        };
        Ok(Loaded { scenario: read.value, area, origin })
    }

    /// The scenario without its study area, for a run whose checkpoint keeps the area: only the tables that
    /// policies name are read.
    ///
    /// # Errors
    /// [`crate::Error::Scenario`] with every problem found.
    pub fn scenario(&self, overrides: &[String]) -> Result<Scenario> {
        let mut read = self.read(overrides)?;
        let mut problems = Problems::new();
        check::meaning(&read.value, &read.spans, &mut problems);
        let mut inputs = Inputs::new(&self.files, &read.value.input_files());
        policies::read_tables(&mut read.value.policy, &mut inputs, &read.spans, &mut problems);
        problems.check()?;
        Ok(read.value)
    }
}

/// Reads a scenario file with overrides (`key=value`) and its tables, and checks everything; all problems
/// are reported together.
///
/// # Errors
/// [`crate::Error::Scenario`] with every problem found.
pub fn load(path: &Path, overrides: &[String]) -> Result<(Scenario, StudyArea)> {
    let loaded = ScenarioSource::file(path).load(overrides)?;
    Ok((loaded.scenario, loaded.area))
}
