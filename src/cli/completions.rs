//! `shanhai completions`: what a shell needs to complete commands and options.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::Result;

/// Print a script with which a shell completes commands and options
///
/// For instance `shanhai completions bash > ~/.local/share/bash-completion/completions/shanhai`, or
/// `shanhai completions fish > ~/.config/fish/completions/shanhai.fish`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs the command.
///
/// # Errors
/// If standard output refuses.
pub fn run(args: &Args) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Cli::command(), "shanhai", &mut script);
    super::print(&String::from_utf8_lossy(&script))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_completed_in_bash() {
        let mut script = Vec::new();
        clap_complete::generate(Shell::Bash, &mut crate::cli::Cli::command(), "shanhai", &mut script);
        let script = String::from_utf8(script).expect("text");
        for command in crate::cli::Cli::command().get_subcommands() {
            assert!(script.contains(&format!("shanhai,{}", command.get_name())), "{}", command.get_name());
        }
    }
}
