//! The report by itself: `cargo run --release --example report -- RESULT_DIR --out report.html`.

use clap::Parser;

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    args: shanhai::cli::report::Args,
}

fn main() -> std::process::ExitCode {
    match shanhai::cli::report::run(&Command::parse().args) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::from(error.exit_code())
        }
    }
}
