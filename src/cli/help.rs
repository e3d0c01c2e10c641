//! Help and complaints of the command line in the language of the reader. English stands beside the arguments; Chinese is
//! the second column of `messages::help`, put in its place before the words are read.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, ValueEnum as _};

use crate::message::{Language, Message};
use crate::messages::{self, known};
use crate::printable::width;

/// Columns of a line of help: less than those of a terminal, as options are set in by ten.
const LINE: usize = 86;

/// The language that the words of a command line ask for, known before they are read: help and complaints follow it too.
pub(super) fn asked(words: &[OsString]) -> Option<Language> {
    let mut words = words.iter().filter_map(|word| word.to_str()).skip(1).take_while(|word| *word != "--");
    let mut asked = None;
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--language") {
            Some("") => words.next(),
            Some(value) => value.strip_prefix('='),
            None => None,
        };
        asked = value.and_then(|value| Language::from_str(value, false).ok()).or(asked);
    }
    asked
}

/// Commands whose help is in the language of messages.
pub(super) fn in_language(mut command: Command) -> Command {
    if Language::shown() == Language::En {
        return command;
    }
    // Usage, and what clap adds of its own accord, is known once it is built.
    command.build();
    translated(command)
}

fn translated(mut command: Command) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage
        .trim_start_matches("Usage:")
        .trim()
        .replace("[OPTIONS]", &messages::help_some_options().to_string())
        .replace("[COMMAND]", &messages::help_a_command().to_string())
        .replace("<COMMAND>", &messages::help_a_command().to_string());
    let texts = [
        command.get_about().map(paragraphs),
        command.get_long_about().map(paragraphs),
        command.get_after_help().map(paragraphs),
        command.get_after_long_help().map(paragraphs),
    ];
    let [about, long_about, after, after_long] = texts;
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{}\n\n{{all-args}}{{after-help}}",
        messages::help_usage("{usage}")
    );
    command = command
        .override_usage(usage)
        .help_template(template)
        .subcommand_help_heading(heading("Commands"))
        .mut_args(argument)
        .mut_subcommands(translated);
    if let Some(text) = about {
        command = command.about(text);
    }
    if let Some(text) = long_about {
        command = command.long_about(text);
    }
    if let Some(text) = after {
        command = command.after_help(text);
    }
    if let Some(text) = after_long {
        command = command.after_long_help(text);
    }
    command
}

fn argument(mut argument: Arg) -> Arg {
    let over = match argument.get_help_heading() {
        Some(words) => heading(words),
        None => heading(if argument.is_positional() { "Arguments" } else { "Options" }),
    };
    let more = values(&argument);
    let with = |text: &StyledStr| format!("{}{more}", paragraphs(text));
    let (short, long) = (argument.get_help().map(with), argument.get_long_help().map(with));
    argument = argument.help_heading(over).hide_default_value(true).hide_possible_values(true);
    if let Some(text) = short {
        argument = argument.help(text);
    }
    if let Some(text) = long {
        argument = argument.long_help(text);
    }
    argument
}

/// A heading in the language of messages; clap keeps it for good.
fn heading(english: &str) -> Option<&'static str> {
    let row = messages::rows().find(|row| row.arguments.is_empty() && row.english == english);
    row.map(|row| row.words(Language::shown()))
}

/// What an option takes and what holds without it, as clap would add it in English.
fn values(argument: &Arg) -> String {
    if !argument.get_action().takes_values() {
        return String::new();
    }
    let mut more = String::new();
    let possible = argument.get_possible_values();
    let named = possible.iter().filter(|value| !value.is_hide_set()).map(|value| match value.get_help() {
        Some(help) => messages::help_value(value.get_name(), known(&help.to_string())).to_string(),
        None => value.get_name().to_owned(),
    });
    let named = named.reduce(|before, value| messages::help_list(before, value).to_string());
    if let Some(named) = named.filter(|_| !argument.is_hide_possible_values_set()) {
        more.push_str(&messages::help_one_of(named).to_string());
    }
    let defaults = argument.get_default_values();
    if !defaults.is_empty() && !argument.is_hide_default_value_set() {
        let quoted = |text: String| if text.contains(' ') { format!("\"{text}\"") } else { text };
        let defaults: Vec<String> =
            defaults.iter().map(|value| quoted(value.to_string_lossy().into_owned())).collect();
        more.push_str(&messages::help_default(defaults.join(",")).to_string());
    }
    more
}

/// A text paragraph by paragraph, in lines that fit a terminal: without spaces clap knows no place to break one.
fn paragraphs(text: &StyledStr) -> String {
    let text = text.to_string();
    let each = text.split("\n\n").map(|paragraph| {
        let lines = known(paragraph);
        // Examples are set in and stay as they are.
        let line = |line: &str| if line.starts_with("  ") { line.to_owned() } else { broken(line) };
        lines.lines().map(line).collect::<Vec<_>>().join("\n")
    });
    each.collect::<Vec<_>>().join("\n\n")
}

/// A line broken between Chinese characters or at spaces, not inside quotes and not before a sign that ends something.
fn broken(line: &str) -> String {
    let (mut lines, mut at, mut columns, mut inside) = (String::new(), 0, 0, false);
    let signs: Vec<(usize, char)> = line.char_indices().collect();
    for pair in signs.windows(2) {
        let ((_, sign), (end, next)) = (pair[0], pair[1]);
        columns += columns_of(sign);
        inside ^= is_quote(sign);
        let between = is_wide(sign) || is_wide(next) || sign == ' ';
        let may_break =
            between && !inside && !"，。；：、）》”？！］".contains(next) && !"（《“［".contains(sign);
        if may_break && columns + stretch(&line[end..]).max(4) > LINE {
            lines.push_str(line[at..end].trim_end());
            lines.push('\n');
            (at, columns) = (end, 0);
        }
    }
    lines.push_str(&line[at..]);
    lines
}

/// Columns to the next place at which a line may be broken.
fn stretch(rest: &str) -> usize {
    let mut inside = false;
    let until = rest.chars().take_while(|&sign| {
        inside ^= is_quote(sign);
        inside || is_quote(sign) || !(is_wide(sign) || sign == ' ')
    });
    until.map(columns_of).sum()
}

fn is_quote(sign: char) -> bool {
    matches!(sign, '`' | '"')
}

fn is_wide(sign: char) -> bool {
    columns_of(sign) > 1
}

fn columns_of(sign: char) -> usize {
    width(sign.encode_utf8(&mut [0; 4]))
}

/// What is wrong with the words of a command line, in the language of messages; none where clap's own words stand.
pub(super) fn complaint(error: &clap::Error) -> Option<String> {
    if Language::shown() == Language::En {
        return None;
    }
    let said = |kind: ContextKind| error.get(kind).map(words).unwrap_or_default();
    let argument = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    let what: Message = match error.kind() {
        ErrorKind::UnknownArgument => messages::no_such_argument(argument),
        ErrorKind::InvalidSubcommand => messages::no_such_command(said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => messages::argument_missing(argument),
        ErrorKind::MissingSubcommand => messages::command_missing(),
        ErrorKind::InvalidValue if value.is_empty() => messages::value_missing(argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match std::error::Error::source(error) {
            Some(why) => messages::value_refused_for(argument, value, reason(&why.to_string())),
            None => messages::value_refused(argument, value),
        },
        ErrorKind::ArgumentConflict => messages::arguments_in_conflict(argument, said(ContextKind::PriorArg)),
        ErrorKind::NoEquals => messages::value_without_equals(argument),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            messages::wrong_number_of_values(argument)
        }
        ErrorKind::InvalidUtf8 => messages::argument_not_utf8(),
        _ => return None,
    };
    let mut text = format!("{}\n", messages::error_of_arguments(what));
    for (kind, hint) in [
        (ContextKind::ValidValue, messages::help_possible as fn(String) -> Message),
        (ContextKind::SuggestedArg, messages::help_similar as fn(String) -> Message),
        (ContextKind::SuggestedSubcommand, messages::help_similar as fn(String) -> Message),
        (ContextKind::SuggestedValue, messages::help_similar as fn(String) -> Message),
    ] {
        let between = if kind == ContextKind::ValidValue { "、" } else { "`、`" };
        let named = said(kind).replace(messages::comma(), between);
        if !named.is_empty() {
            text.push_str(&format!("  {}\n", hint(named)));
        }
    }
    if let Some(usage) = error.get(ContextKind::Usage) {
        text.push_str(&format!(
            "\n{}\n",
            messages::help_usage(words(usage).trim_start_matches("Usage:").trim_start())
        ));
    }
    text.push_str(&format!("\n{}\n", messages::help_for_more()));
    Some(text)
}

/// Why a value is refused, in the language of messages: what clap says of a range, what the parsers of numbers say, and our
/// own words, which are in that language already.
fn reason(said: &str) -> String {
    match said.split_once(" is not in ") {
        Some((value, range)) => messages::value_not_in_range(value, range).to_string(),
        None => known(said),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(words) => words.join(messages::comma()),
        ContextValue::StyledStrs(words) => {
            words.iter().map(ToString::to_string).collect::<Vec<_>>().join(messages::comma())
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    /// Every text of help, of a command and of all below it.
    fn texts(command: &Command, found: &mut Vec<String>) {
        let own = [
            command.get_about(),
            command.get_long_about(),
            command.get_after_help(),
            command.get_after_long_help(),
        ];
        let mut all: Vec<String> = own.into_iter().flatten().map(ToString::to_string).collect();
        for argument in command.get_arguments() {
            let of = [argument.get_help(), argument.get_long_help()].into_iter().flatten();
            all.extend(of.map(ToString::to_string));
            all.extend(argument.get_help_heading().map(str::to_owned));
            let values = argument.get_possible_values();
            all.extend(values.iter().filter_map(|value| value.get_help().map(ToString::to_string)));
        }
        found.extend(all.iter().flat_map(|text| text.split("\n\n")).map(str::to_owned));
        command.get_subcommands().for_each(|command| texts(command, found));
    }

    #[test]
    fn every_text_of_help_has_its_chinese() {
        let mut command = Cli::command();
        command.build();
        let mut found = Vec::new();
        texts(&command, &mut found);
        assert!(found.len() > 250, "only {} texts", found.len());
        let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let missing = |text: &String| Language::Zh.during(|| known(text)) == **text && !han(text);
        let mut wrong: Vec<&String> = found.iter().filter(|text| missing(text)).collect();
        wrong.dedup();
        assert!(wrong.is_empty(), "{} texts have no Chinese:\n{wrong:#?}", wrong.len());
    }

    #[test]
    fn no_chinese_of_help_is_left_that_nothing_says() {
        let mut command = Cli::command();
        command.build();
        let mut found = Vec::new();
        texts(&command, &mut found);
        let plain = |text: &str| {
            text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned()
        };
        found.extend(["Arguments", "Options", "Commands"].map(str::to_owned));
        let said: Vec<String> = found.iter().map(|text| plain(text)).collect();
        let unsaid = messages::help_texts().filter(|english| !said.contains(&plain(english)));
        assert_eq!(unsaid.collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn what_parsers_of_numbers_say_has_its_chinese() {
        let of = |text: &str| {
            let whole = text.parse::<u8>().err().map(|error| error.to_string());
            [whole, text.parse::<f64>().err().map(|error| error.to_string())].into_iter().flatten()
        };
        let too_large = u8::try_from(300_i32).unwrap_err().to_string();
        let too_small = "-300".parse::<i8>().unwrap_err().to_string();
        let said = ["", "x", "300", "1.5"].into_iter().flat_map(of).chain([too_large, too_small]);
        let said: Vec<String> = said.chain(["7 is not in 1..=5".to_owned()]).collect();
        assert_eq!(said.len(), 9, "{said:?}");
        for english in said {
            let chinese = Language::Zh.during(|| reason(&english));
            assert!(chinese.chars().any(|sign| sign > '\u{4dff}'), "{english}: {chinese}");
            assert_eq!(Language::En.during(|| reason(&english)), english);
        }
    }

    #[test]
    fn the_language_is_known_before_the_words_are_read() {
        let of = |line: &str| asked(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of("shanhai run --help --language zh"), Some(Language::Zh));
        assert_eq!(of("shanhai --language=en run x"), Some(Language::En));
        assert_eq!(of("shanhai run x -- --language zh"), None);
        assert_eq!(of("shanhai --language fr run"), None);
    }

    #[test]
    fn long_lines_are_broken_between_characters_and_never_inside_a_word() {
        let line = "情景与种子相同，则表格逐字节相同。".repeat(6) + " --persons-per-agent";
        let lines = broken(&line);
        assert!(lines.lines().all(|line| width(line) <= LINE + 4), "{lines}");
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(bare(&lines), bare(&line), "nothing is lost");
        assert!(lines.contains("--persons-per-agent") && lines.lines().all(|line| !line.starts_with('，')));
        assert_eq!(broken("short"), "short");
        let quoted = format!("{}`shanhai man --out folder`。", "字".repeat(40));
        assert!(broken(&quoted).ends_with("\n`shanhai man --out folder`。"), "{}", broken(&quoted));
    }
}
