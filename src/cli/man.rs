//! `shanhai man`: the pages of the manual, made from the arguments themselves.

use std::path::PathBuf;

use clap::CommandFactory as _;

use crate::{Error, Result, messages};

/// Print the manual page, or write a page for each command
///
/// `shanhai man | man -l -` shows it; `shanhai man --out ~/.local/share/man/man1` makes `man shanhai` and
/// `man shanhai-run` work.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A folder for all pages, made if it is not there
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// If standard output or the folder refuses.
pub fn run(args: &Args) -> Result<()> {
    let command = super::Cli::command();
    let Some(folder) = &args.out else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command)
            .render(&mut page)
            .map_err(|e| Error::io(messages::io_write_to(), "standard output", e))?;
        return super::print(&String::from_utf8_lossy(&page));
    };
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(command, folder))
        .map_err(|e| Error::io(messages::io_write_to(), folder, e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page() {
        let folder = tempfile::tempdir().expect("a folder");
        run(&Args { out: Some(folder.path().join("man1")) }).expect("pages");
        for command in crate::cli::Cli::command().get_subcommands() {
            let page = folder.path().join("man1").join(format!("shanhai-{}.1", command.get_name()));
            let text = std::fs::read_to_string(&page).expect("a page");
            assert!(text.contains(".SH SYNOPSIS"), "{}", page.display());
        }
    }
}
