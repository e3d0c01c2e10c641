//! Options that mean the same on every command that has them. What a command does not have, and why, stands in
//! `docs/decisions.md`; a test in `tests/options.rs` holds both.

use std::path::PathBuf;

use super::papers::Papers;
use super::{clock, interrupt};
use crate::output::datapackage::{About, DataPackage};
use crate::output::folder::ResultFolder;
use crate::output::manifest::Manifest;
use crate::output::sink::{MemoryTables, Sink};
use crate::output::table::TableSpec;
use crate::{Result, messages};

/// How a command works, whatever it works on.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct How {
    /// Threads; 0 is one a core. They change no number
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=1024))]
    pub threads: u16,
    /// No progress and nothing printed; warnings and errors are told all the same
    #[arg(long)]
    pub quiet: bool,
}

impl How {
    /// Threads as the library counts them.
    pub(super) fn threads(self) -> usize {
        usize::from(self.threads)
    }

    /// Prints, unless nothing is to be printed.
    pub(super) fn print(self, text: &str) -> Result<()> {
        if self.quiet { Ok(()) } else { super::print(text) }
    }
}

/// Changes of every scenario that a command runs, checked as if they stood in the file.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Changes {
    /// Change any key in every run, by its dotted path, `[0]` for members of arrays, the value in TOML:
    /// --set run.years=5, --set 'title="A test"'. Stands over other options; may be given several times
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
}

impl Changes {
    /// The words of a command that changes the same, in quotes where a shell would read signs of its own.
    pub(super) fn words(&self) -> Vec<String> {
        let plain = |change: &str| change.chars().all(|c| c.is_alphanumeric() || "._=-+:/,".contains(c));
        let word = |change: &String| match plain(change) {
            true => format!("--set {change}"),
            false => format!("--set '{}'", change.replace('\'', "'\\''")),
        };
        self.set.iter().map(word).collect()
    }
}

/// Results that a command keeps in a folder only where it is asked to.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Kept {
    /// Also keep the results in this folder: the table, what its columns mean, and a manifest
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the results of an earlier run in the folder, and files that other options name; a file in the folder
    /// that is not ours stays
    #[arg(long)]
    pub force: bool,
}

impl Kept {
    /// Does work, and writes the table of what it found into the folder if one was named. A folder that may not be taken
    /// costs no work, and it is not touched before the work is done: a slip costs no old results.
    pub(super) fn during<T>(
        &self,
        threads: usize,
        table: &'static TableSpec,
        work: impl FnOnce() -> Result<T>,
        write: impl FnOnce(&T, &mut dyn Sink) -> Result<()>,
    ) -> Result<T> {
        interrupt::listen();
        let Some(out) = &self.out else { return work() };
        ResultFolder::may_be_taken(out, self.force)?;
        let begun = clock::NATIVE.elapsed();
        let found = work()?;
        let folder = ResultFolder::create(out, self.force)?;
        let record = |_: &mut Manifest| Ok(());
        let mut papers = Papers::begin_at(begun, folder, 1, threads, None, record)?;
        let about = About {
            name: table.name.into(),
            title: table.title.into(),
            description: table.description.into(),
            sources: Vec::new(),
        };
        let written = write(&found, &mut papers.folder).and_then(|()| {
            DataPackage::describe(papers.folder.path(), &[table], &about)?.write(&mut papers.folder)
        });
        papers.end(written, Vec::new())?;
        Ok(found)
    }

    /// Says where the table is, if it is kept.
    pub(super) fn told(&self) -> Result<()> {
        match &self.out {
            Some(out) => super::print(&format!("\n{}\n", messages::tables_in(out.display()))),
            None => Ok(()),
        }
    }
}

/// A table as the bytes of a file that the user names.
pub(super) fn csv(table: &TableSpec, write: impl FnOnce(&mut dyn Sink) -> Result<()>) -> Result<Vec<u8>> {
    let mut memory = MemoryTables::default();
    write(&mut memory)?;
    Ok(memory.into_bytes().remove(&table.file()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_printed_as_a_shell_reads_them() {
        let set = ["run.years=5", "title=\"it's\"", "policy.hukou_reform[0].share=0.5"].map(str::to_owned);
        let words = Changes { set: set.to_vec() }.words();
        assert_eq!(
            words,
            ["--set run.years=5", "--set 'title=\"it'\\''s\"'", "--set 'policy.hukou_reform[0].share=0.5'"]
        );
    }
}
