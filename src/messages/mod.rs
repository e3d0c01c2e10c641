//! The table of messages: key and arguments, English, Chinese. An empty Chinese cell is shown in English.
//!
//! One file a room that says the messages. Names of keys, files and parameters stand in back quotes in both languages.

mod area;
mod bands;
mod cli;
mod columns;
mod errors;
mod estimate;
mod experiment;
mod fit;
mod flows;
mod held;
#[cfg(feature = "cli")]
mod help;
mod keys;
mod observe;
mod output;
mod policy;
mod policy_keys;
mod prepare;
mod provenance;
mod report;
mod scenario;
pub(crate) mod scenarios;
mod sources;
mod tables;
#[cfg(feature = "cli")]
pub(crate) mod template;
mod verify;
mod words;
mod world;

pub(crate) use crate::message::as_is;
pub(crate) use area::*;
pub(crate) use bands::*;
pub(crate) use cli::*;
pub(crate) use errors::*;
pub(crate) use estimate::*;
pub(crate) use experiment::*;
pub(crate) use fit::*;
pub(crate) use flows::*;
pub(crate) use held::*;
#[cfg(feature = "cli")]
pub(crate) use help::*;
pub(crate) use observe::*;
pub(crate) use output::*;
pub(crate) use policy::*;
pub(crate) use prepare::*;
pub(crate) use provenance::*;
pub(crate) use report::*;
pub(crate) use scenario::*;
pub(crate) use verify::*;
pub(crate) use words::*;
pub(crate) use world::*;

use crate::message::{Language, Row};

/// A text of the documentation as it is shown in the language of messages: the meaning of a column or key, a word for
/// a kind of thing, the words of a parser. Line breaks and a full stop at the end make no difference. A text without a
/// row stays as it is.
pub fn known(words: &str) -> String {
    if Language::shown() == Language::En {
        return words.to_owned();
    }
    let plain = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = plain.trim_end_matches('.');
    let found = |as_text: bool| {
        rows().find(|row| {
            let is_text = row.key == row.english;
            is_text == as_text && row.arguments.is_empty() && row.english.trim_end_matches('.') == bare
        })
    };
    // A message of the same English words may mean another thing: `residents` whose pensions are paid.
    let Some(row) = found(true).or_else(|| found(false)) else { return words.to_owned() };
    let shown = row.words(Language::shown());
    if plain.ends_with('.') { shown.to_owned() } else { shown.trim_end_matches('。').to_owned() }
}

/// What the operating system says of a file, without its number.
pub(crate) fn system(error: &std::io::Error) -> String {
    let kind = error.kind().to_string();
    let words = known(&kind);
    if words != kind {
        return words;
    }
    let said = error.to_string();
    said.split(" (os error ").next().unwrap_or(&said).to_owned()
}

/// What stands between two sentences on a line.
#[cfg(feature = "cli")]
pub(crate) fn gap() -> &'static str {
    Language::shown().of(" ", "")
}

/// What stands between the members of a list.
pub(crate) fn comma() -> &'static str {
    Language::shown().of(", ", "、")
}

/// All rows, for tests and translators.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    let rooms = [
        errors::ROWS,
        output::ROWS,
        cli::ROWS,
        prepare::ROWS,
        area::ROWS,
        provenance::ROWS,
        provenance::TEXTS,
        experiment::ROWS,
        fit::ROWS,
        flows::ROWS,
        policy::ROWS,
        scenario::ROWS,
        observe::ROWS,
        world::ROWS,
        verify::ROWS,
        held::ROWS,
        held::TEXTS,
        sources::TEXTS,
        estimate::ROWS,
        report::ROWS,
        #[cfg(feature = "cli")]
        help::ROWS,
        #[cfg(feature = "cli")]
        help::TEXTS,
        keys::TEXTS,
        policy_keys::TEXTS,
        columns::TEXTS,
        bands::ROWS,
        bands::TEXTS,
        tables::TEXTS,
        words::ROWS,
        words::TEXTS,
    ];
    rooms.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_tables_is_not_taken_for_a_message_that_reads_like_it() {
        let chinese = |words: &str| Language::Zh.during(|| known(words));
        assert_eq!(chinese("residents"), "常住人口");
        assert_eq!(word_residents().in_language(Language::Zh), "居民养老金领取者");
        assert_eq!(chinese("policy"), "政策");
        assert_eq!(chinese("pooled residual"), "pooled residual", "what has no row stays as it is");
    }
}
