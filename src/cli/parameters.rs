//! `shanhai parameters`: every number of the model with its source.

use std::fmt::Write as _;

use crate::Result;
use crate::config::parameters::{PARAMETERS, Parameter};
use crate::message::Language;
use crate::messages::{self, known};
use crate::printable::left;

/// Print every parameter: symbol, default, range, unit, meaning, source and how far to trust it
///
/// A scenario sets a parameter under `[parameters]`; on the command line it is
/// --set parameters.KEY=VALUE. The word at the end says how far the default can be trusted:
/// read (in the paper or data release), second-hand, recalled (check before quoting), computed, or
/// assumed (a design choice that waits for calibration).
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only parameters whose key, symbol or meaning contains this word
    #[arg(value_name = "WORD")]
    pub word: Option<String>,
    /// As a Markdown table
    #[arg(long)]
    pub markdown: bool,
    /// As CSV
    #[arg(long, conflicts_with = "markdown")]
    pub csv: bool,
}

/// Runs the command.
///
/// # Errors
/// If standard output refuses.
pub fn run(args: &Args) -> Result<()> {
    let rows: Vec<&Parameter> =
        PARAMETERS.iter().filter(|p| args.word.as_deref().is_none_or(|word| mentions(p, word))).collect();
    super::print(&match (args.markdown, args.csv) {
        (true, _) => markdown(&rows),
        (_, true) => csv(&rows),
        _ => plain(&rows),
    })
}

fn mentions(p: &Parameter, word: &str) -> bool {
    let word = word.to_lowercase();
    [p.key, p.symbol, p.meaning, p.meaning_zh].iter().any(|text| text.to_lowercase().contains(&word))
}

/// A word by its row in the table of messages, where it has one of its own in Chinese.
fn in_table(row: &str, word: &str) -> String {
    let shown = known(row);
    if shown == row { word.to_owned() } else { shown }
}

/// For people: two lines a parameter.
pub fn plain(rows: &[&Parameter]) -> String {
    let mut text = String::new();
    for p in rows {
        let _ = writeln!(
            text,
            "{:<24} {:<10} {:>10}  {} {} .. {}",
            p.key,
            p.symbol,
            p.default,
            left(&in_table(&format!("unit_{}", p.unit), p.unit), 22),
            p.least,
            p.greatest
        );
        let meaning = Language::shown().of(p.meaning, p.meaning_zh);
        let trust = in_table(&format!("trust_{}", p.trust.word()), p.trust.word());
        let _ = writeln!(text, "    {meaning} {}", messages::trusted(trust, known(p.source)));
    }
    if rows.is_empty() {
        text.push_str(&format!("{}\n", messages::no_parameter_mentions()));
    }
    text
}

/// For the documentation.
pub fn markdown(rows: &[&Parameter]) -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let mut text = String::from(
        "| key | symbol | default | range | unit | meaning | source | trust |\n|---|---|---:|---|---|---|---|---|\n",
    );
    for p in rows {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} to {} | {} | {} | {} | {} |",
            p.key,
            cell(p.symbol),
            p.default,
            p.least,
            p.greatest,
            cell(p.unit),
            cell(p.meaning),
            cell(p.source),
            p.trust.word()
        );
    }
    text
}

fn csv(rows: &[&Parameter]) -> String {
    let quoted = |text: &str| {
        if text.contains([',', '"', '\n']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    let mut text = String::from("key,symbol,default,least,greatest,unit,meaning,meaning_zh,source,trust\n");
    for p in rows {
        let numbers = format!("{},{},{}", p.default, p.least, p.greatest);
        let words = [p.unit, p.meaning, p.meaning_zh, p.source].map(quoted).join(",");
        let _ = writeln!(text, "{},{},{numbers},{words},{}", p.key, quoted(p.symbol), p.trust.word());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_trust_and_sources_are_told_in_the_language_of_the_reader() {
        let all: Vec<&Parameter> = PARAMETERS.iter().collect();
        let chinese = Language::Zh.during(|| plain(&all));
        for word in ["弹性", "［假设：无］", "凭记忆", "转引", "人/平方千米"] {
            assert!(chinese.contains(word), "{word}");
        }
        for word in ["  elasticity", "none", "assumed", "recalled", "the same"] {
            assert!(!chinese.contains(word), "{word}");
        }
        let english = Language::En.during(|| plain(&all));
        assert!(english.contains("[assumed: none]"));
    }
}
