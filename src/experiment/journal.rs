//! The journal of long work: one line of JSON for each part that is done, on the disk before the next part is
//! entered, so that a killed run goes on where it was. The first line is the plan: what the parts are parts of.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::message::Message;
use crate::messages;
use crate::output::build::Build;
use crate::output::folder::{Positions, ResultFolder, Status};
use crate::output::manifest::InputFile;
use crate::{Error, Result};

/// A journal that is being written.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    /// Begins a journal with its first line.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub(crate) fn create(path: &Path, first: &impl Serialize) -> Result<Journal> {
        let file = File::create(path).map_err(|e| Error::io(messages::io_create(), path, e))?;
        let mut journal = Journal { path: path.to_owned(), file };
        journal.enter(first)?;
        Ok(journal)
    }

    /// Goes on with a journal; half a last line is taken away.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub(crate) fn resume(path: &Path) -> Result<Journal> {
        let bytes = std::fs::read(path).map_err(|e| Error::io(messages::io_read(), path, e))?;
        let whole = whole_lines(&bytes).len() as u64;
        let file = OpenOptions::new()
            .append(true)
            .open(path)
            .map_err(|e| Error::io(messages::io_open(), path, e))?;
        file.set_len(whole).map_err(|e| Error::io(messages::io_cut_back(), path, e))?;
        Ok(Journal { path: path.to_owned(), file })
    }

    /// Enters a line, in one piece.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub(crate) fn enter(&mut self, line: &impl Serialize) -> Result<()> {
        let mut text =
            serde_json::to_vec(line).map_err(|e| Error::io(messages::io_write(), &self.path, e.into()))?;
        text.push(b'\n');
        self.file
            .write_all(&text)
            .and_then(|()| self.file.sync_data())
            .map_err(|e| Error::io(messages::io_write(), &self.path, e))
    }

    /// Gives the file another name, in one step.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub(crate) fn rename(&mut self, to: &Path) -> Result<()> {
        std::fs::rename(&self.path, to).map_err(|e| Error::io(messages::io_rename(), &self.path, e))?;
        self.path = to.to_owned();
        Ok(())
    }
}

fn whole_lines(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1)]
}

/// The lines of a journal; half a last line, which a killed run may leave, is nothing.
///
/// # Errors
/// Which line is none of such a journal.
pub(crate) fn lines<L: DeserializeOwned>(path: &Path) -> Result<Vec<L>> {
    let bytes = std::fs::read(path).map_err(|e| Error::unreadable(path, &e))?;
    let whole = whole_lines(&bytes).split(|&b| b == b'\n').enumerate();
    whole
        .filter(|(_, line)| !line.is_empty())
        .map(|(i, line)| serde_json::from_slice(line).map_err(|e| refused(path, i + 1, messages::as_is(e))))
        .collect()
}

/// A line that cannot be gone on from.
pub(crate) fn refused(path: &Path, line: usize, why: Message) -> Error {
    Error::Data {
        what: messages::line_of_file(path.display(), line),
        found: why,
        expected: messages::journal_unchanged(),
    }
}

/// A number as a journal keeps it: to the last bit, and also where it is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "Written", from = "Written")]
pub struct Number(pub f64);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Finite(f64),
    /// JSON has no word for what is not finite.
    Bits(String),
}

impl From<Number> for Written {
    fn from(Number(x): Number) -> Written {
        if x.is_finite() { Written::Finite(x) } else { Written::Bits(format!("{:016x}", x.to_bits())) }
    }
}

impl From<Written> for Number {
    fn from(written: Written) -> Number {
        Number(match written {
            Written::Finite(x) => x,
            Written::Bits(bits) => u64::from_str_radix(&bits, 16).map_or(f64::NAN, f64::from_bits),
        })
    }
}

/// Numbers as a journal keeps them.
pub(crate) fn kept(values: &[f64]) -> Vec<Number> {
    values.iter().copied().map(Number).collect()
}

/// Numbers that a journal kept.
pub(crate) fn taken(values: Vec<Number>) -> Vec<f64> {
    values.into_iter().map(|Number(x)| x).collect()
}

/// What the parts of work are parts of: equal plans have equal parts.
pub(crate) trait Plan: Serialize + DeserializeOwned + PartialEq {
    /// Where another plan is not this one, in words.
    fn difference(&self, other: &Self) -> String;
}

/// The model that a part was computed by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Model {
    version: String,
    commit: Option<String>,
}

impl Model {
    /// This one.
    pub(crate) fn here() -> Model {
        let Build { version, commit, .. } = Build::here();
        Model { version, commit }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line<P, E> {
    Plan(P),
    Done(E),
}

/// A folder with the work in it.
#[derive(Debug)]
pub(crate) struct Work<E> {
    pub folder: ResultFolder,
    /// What was done before.
    pub done: Vec<E>,
    journal: Journal,
}

impl<E: Serialize + DeserializeOwned> Work<E> {
    /// Takes a folder for new work, or goes on with work of the same plan that did not finish. `file` is the name
    /// of the journal in the folder.
    ///
    /// # Errors
    /// If the folder holds other results, or work of another plan.
    pub(crate) fn take<P: Plan>(out: &Path, force: bool, file: &str, plan: &P) -> Result<Work<E>> {
        let path = out.join(file);
        if force || !is_begun(out, file)? {
            let mut folder = ResultFolder::create(out, force || is_empty(out)?)?;
            let first: Line<&P, E> = Line::Plan(plan);
            let journal = Journal::create(&folder.file(file)?, &first)?;
            return Ok(Work { folder, done: Vec::new(), journal });
        }
        let done = done_in(out, file, plan)?;
        let folder = ResultFolder::resume(out, &Positions::new())?;
        Ok(Work { folder, done, journal: Journal::resume(&path)? })
    }

    /// The folder, what was done before, and what enters a part when it is done.
    pub(crate) fn split(self) -> (ResultFolder, Vec<E>, impl FnMut(&E) -> Result<()>) {
        let Work { folder, done, mut journal } = self;
        (folder, done, move |part: &E| journal.enter(&Line::<(), &E>::Done(part)))
    }
}

/// What a journal says is done, if it is of the same plan.
///
/// # Errors
/// If there is no such journal, or it is of another plan.
pub(crate) fn done_in<P: Plan, E: DeserializeOwned>(out: &Path, file: &str, plan: &P) -> Result<Vec<E>> {
    let path = out.join(file);
    let mut done = Vec::new();
    for (i, line) in lines::<Line<P, E>>(&path)?.into_iter().enumerate() {
        match line {
            Line::Plan(other) if i == 0 => differs(out, plan, &other)?,
            Line::Done(part) if i > 0 => done.push(part),
            Line::Plan(_) => return Err(refused(&path, i + 1, messages::a_second_plan())),
            Line::Done(_) => return Err(refused(&path, i + 1, messages::no_plan())),
        }
    }
    Ok(done)
}

fn differs<P: Plan>(out: &Path, plan: &P, other: &P) -> Result<()> {
    if plan == other {
        return Ok(());
    }
    Err(Error::Results { path: out.to_owned(), reason: messages::part_of_other_work(plan.difference(other)) })
}

/// Whether a folder holds work that did not finish and whose plan is on the disk.
///
/// # Errors
/// If the folder is not one of this program.
pub(crate) fn is_begun(out: &Path, file: &str) -> Result<bool> {
    let unfinished = ResultFolder::look(out)?
        .is_some_and(|(status, files)| status != Status::Finished && files.iter().any(|f| f == file));
    Ok(unfinished && !whole_lines(&std::fs::read(out.join(file)).unwrap_or_default()).is_empty())
}

/// Whether a run that was killed before its first line left nothing in the folder that could be lost.
///
/// # Errors
/// If the folder is not one of this program.
pub(crate) fn is_empty(out: &Path) -> Result<bool> {
    let Some((status, files)) = ResultFolder::look(out)? else { return Ok(false) };
    let nothing = |name: &String| name.ends_with(".jsonl") && !has_line(&out.join(name));
    Ok(status == Status::Running && files.iter().all(nothing))
}

fn has_line(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| !whole_lines(&bytes).is_empty())
}

/// The first table that differs between two lists of inputs, in words; none if all are the same.
pub(crate) fn different_input(here: &[InputFile], there: &[InputFile]) -> Option<String> {
    let of = |list: &[InputFile], path: &str| {
        list.iter().find(|input| input.path == path).map(|input| input.sha256.clone())
    };
    let said = |sha256: Option<String>| {
        sha256.map_or(messages::is_not_read().to_string(), |s| messages::has_sha256(s).to_string())
    };
    let mut paths = here.iter().chain(there).map(|input| input.path.as_str());
    let path = paths.find(|path| of(here, path) != of(there, path))?;
    let [here, there] = [of(here, path), of(there, path)].map(said);
    Some(messages::table_that_differs(path, here, there).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Parts(u32);

    impl Plan for Parts {
        fn difference(&self, other: &Parts) -> String {
            format!("{} and {} parts", self.0, other.0)
        }
    }

    #[test]
    fn numbers_come_back_to_the_last_bit_and_also_where_they_are_none() {
        let odd = [0.1 + 0.2, -0.0, f64::MIN_POSITIVE, 1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
        let text = serde_json::to_string(&kept(&odd)).unwrap();
        let back = taken(serde_json::from_str(&text).unwrap());
        let bits = |values: &[f64]| values.iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
        assert_eq!(bits(&back), bits(&odd), "{text}");
    }

    #[test]
    fn a_journal_cut_anywhere_is_gone_on_with_from_its_last_whole_line() {
        let place = tempfile::tempdir().unwrap();
        let whole = place.path().join("whole");
        let begin = |out: &Path| Work::<String>::take(out, false, "parts.jsonl", &Parts(3)).unwrap();
        let (folder, _, mut enter) = begin(&whole).split();
        for part in ["a", "b", "c"] {
            enter(&part.to_owned()).unwrap();
        }
        drop(folder);
        let bytes = std::fs::read(whole.join("parts.jsonl")).unwrap();
        let mark = std::fs::read(whole.join(".shanhai-folder")).unwrap();
        for length in 0..=bytes.len() {
            let cut = place.path().join(format!("cut_{length}"));
            std::fs::create_dir(&cut).unwrap();
            std::fs::write(cut.join(".shanhai-folder"), &mark).unwrap();
            std::fs::write(cut.join("parts.jsonl"), &bytes[..length]).unwrap();
            let (_folder, done, mut enter) = begin(&cut).split();
            let expected = bytes[..length].iter().filter(|&&b| b == b'\n').count().saturating_sub(1);
            assert_eq!(done, ["a", "b", "c"][..expected], "cut at {length}");
            for part in &["a", "b", "c"][expected..] {
                enter(&(*part).to_owned()).unwrap();
            }
            assert_eq!(std::fs::read(cut.join("parts.jsonl")).unwrap(), bytes, "cut at {length}");
        }
        let other = Work::<String>::take(&whole, false, "parts.jsonl", &Parts(4)).unwrap_err().to_string();
        assert!(other.contains("4 and 3 parts"), "{other}");
    }
}
