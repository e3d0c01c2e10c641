//! Messages: what a user reads is a key with arguments; the words stand in one table, `crate::messages`.
//!
//! A message is written where it is needed by calling the function of its key, and becomes words when it is shown. An
//! empty Chinese cell of the table falls back to English, so a translation only fills a column.

use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicU8, Ordering};

/// A language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Language {
    /// English.
    #[default]
    En,
    /// 中文.
    Zh,
}

/// The language in which messages are shown; English unless a program says otherwise.
static SHOWN: AtomicU8 = AtomicU8::new(Language::En as u8);

thread_local! {
    /// The language of this thread alone, while [`Language::during`] works.
    static HERE: Cell<Option<Language>> = const { Cell::new(None) };
}

impl Language {
    /// The language in which messages are shown.
    pub fn shown() -> Language {
        if let Some(language) = HERE.get() {
            return language;
        }
        if SHOWN.load(Ordering::Relaxed) == Language::Zh as u8 { Language::Zh } else { Language::En }
    }

    /// One of two words, by the language.
    pub fn of(self, english: &'static str, chinese: &'static str) -> &'static str {
        if self == Language::En { english } else { chinese }
    }

    /// Shows the messages of this thread in this language while some work is done: a table of results holds the same words
    /// whatever its reader speaks.
    pub fn during<T>(self, work: impl FnOnce() -> T) -> T {
        /// Puts back what was shown before, also after a panic.
        struct Before(Option<Language>);
        impl Drop for Before {
            fn drop(&mut self) {
                HERE.set(self.0);
            }
        }
        let _before = Before(HERE.replace(Some(self)));
        work()
    }

    /// Shows all messages in this language from now on; a program says it once, before anything else.
    pub fn show(self) {
        SHOWN.store(self as u8, Ordering::Relaxed);
    }
}

/// A row of the table of messages.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name in the code.
    pub key: &'static str,
    /// Names of the arguments, which the words hold in braces.
    pub arguments: &'static [&'static str],
    /// English words.
    pub english: &'static str,
    /// Chinese words; empty: the English ones are shown.
    pub chinese: &'static str,
}

impl Row {
    /// The words in a language.
    pub fn words(&self, language: Language) -> &'static str {
        match language {
            Language::Zh if !self.chinese.is_empty() => self.chinese,
            _ => self.english,
        }
    }
}

/// A message with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    row: &'static Row,
    arguments: Vec<String>,
}

impl Message {
    /// Of a row; the table calls it.
    pub(crate) fn new(row: &'static Row, arguments: Vec<String>) -> Message {
        Message { row, arguments }
    }

    /// Of a row and its arguments. One function for all rows: what is said is never in a hurry, and hundreds of copies
    /// would weigh on the page in the browser.
    #[cold]
    #[inline(never)]
    pub(crate) fn of(row: &'static Row, arguments: &[&dyn fmt::Display]) -> Message {
        Message::new(row, arguments.iter().map(ToString::to_string).collect())
    }

    /// The key of its row.
    pub fn key(&self) -> &'static str {
        self.row.key
    }

    /// In a language: every `{name}` of the words gives way to that argument.
    pub fn in_language(&self, language: Language) -> String {
        let mut text = String::new();
        let mut rest = self.row.words(language);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((name, behind)) = after.split_once('}') else {
                rest = after;
                break;
            };
            match self.row.arguments.iter().position(|argument| *argument == name) {
                Some(i) => text.push_str(&self.arguments[i]),
                // Braces that name no argument stand for themselves, such as `at = { tier = "city" }`.
                None => {
                    text.push('{');
                    rest = after;
                    continue;
                }
            }
            rest = behind;
        }
        text.push_str(rest);
        text
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::shown()))
    }
}

impl From<Message> for String {
    fn from(message: Message) -> String {
        message.to_string()
    }
}

/// Declares a part of the table: `key(arguments) "English" "Chinese";`.
macro_rules! messages {
    ($( $(#[$doc:meta])* $key:ident ( $($argument:ident),* $(,)? ) $english:literal $chinese:literal ; )*) => {
        $( $(#[$doc])* #[doc = $english]
           #[allow(clippy::too_many_arguments, reason = "a sentence names all that it needs")]
           pub(crate) fn $key( $($argument: impl ::std::fmt::Display),* ) -> $crate::message::Message {
               static ROW: $crate::message::Row = $crate::message::Row {
                   key: stringify!($key),
                   arguments: &[ $(stringify!($argument)),* ],
                   english: $english,
                   chinese: $chinese,
               };
               $crate::message::Message::of(&ROW, &[ $(&$argument as &dyn ::std::fmt::Display),* ])
           } )*

        /// The rows of this part of the table.
        pub(super) static ROWS: &[$crate::message::Row] = &[ $( $crate::message::Row {
            key: stringify!($key),
            arguments: &[ $(stringify!($argument)),* ],
            english: $english,
            chinese: $chinese,
        }, )* ];
    };
}
pub(crate) use messages;

/// Declares texts of the documentation that messages repeat, such as meanings of columns: `"English" "Chinese";`. They are
/// found by their English words (`messages::known`).
macro_rules! texts {
    ($( $english:literal $chinese:literal ; )*) => {
        /// The texts of this part of the table.
        pub(super) static TEXTS: &[$crate::message::Row] = &[ $( $crate::message::Row {
            key: $english,
            arguments: &[],
            english: $english,
            chinese: $chinese,
        }, )* ];
    };
}
pub(crate) use texts;

/// Words that are the same in all languages: a name, a number, what another program says.
pub fn as_is(words: impl fmt::Display) -> Message {
    static ROW: Row = Row { key: "as_is", arguments: &["words"], english: "{words}", chinese: "{words}" };
    Message::new(&ROW, vec![words.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::rows;

    /// Arguments that the words name, each once.
    fn named(row: &Row, words: &str) -> Vec<&'static str> {
        row.arguments.iter().copied().filter(|name| words.contains(&format!("{{{name}}}"))).collect()
    }

    #[test]
    fn every_argument_of_a_message_is_in_its_words_in_both_languages() {
        for row in rows() {
            assert_eq!(named(row, row.english), row.arguments, "{} in English", row.key);
            if !row.chinese.is_empty() {
                assert_eq!(named(row, row.chinese), row.arguments, "{} in Chinese", row.key);
            }
        }
    }

    #[test]
    fn no_key_occurs_twice_and_no_message_ends_with_white_space() {
        for (i, row) in rows().enumerate() {
            assert!(rows().take(i).all(|other| other.key != row.key), "{}", row.key);
            assert_eq!(row.english.trim_end(), row.english, "{}", row.key);
        }
    }

    #[test]
    fn arguments_stand_where_the_words_name_them_and_an_empty_cell_falls_back() {
        static BOTH: Row =
            Row { key: "k", arguments: &["a", "b"], english: "{b} of {a}, at = { x }", chinese: "{a}的{b}" };
        static ONE: Row = Row { key: "k", arguments: &[], english: "words", chinese: "" };
        let message = Message::new(&BOTH, vec!["all".to_owned(), "{a}".to_owned()]);
        assert_eq!(message.in_language(Language::En), "{a} of all, at = { x }");
        assert_eq!(message.in_language(Language::Zh), "all的{a}");
        assert_eq!(Message::new(&ONE, vec![]).in_language(Language::Zh), "words");
    }
}
