//! What is wrong with an input, said so that it can be put right, and drawn as the Rust compiler
//! draws its messages.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet, normalize_untrusted_str};

use super::source::{Place, Source};
use crate::Error;
use crate::message::{Language, Message};
use crate::messages;

/// How many problems of one file are shown. A shifted column makes thousands of the same kind, and
/// nobody reads past the first screens; the rest are counted.
const SHOWN: usize = 20;

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Problem {
    place: Place,
    title: Message,
    label: Option<Message>,
    help: Vec<Message>,
    notes: Vec<Message>,
    also: Vec<(Place, Message)>,
}

impl Problem {
    /// What was found, and where.
    pub fn new(place: Place, title: Message) -> Self {
        Problem { place, title, label: None, help: Vec::new(), notes: Vec::new(), also: Vec::new() }
    }

    /// A few words beside the caret.
    pub fn label(mut self, label: Message) -> Self {
        self.label = Some(label);
        self
    }

    /// What would be right. May be called more than once; each gets its own line.
    pub fn help(mut self, help: Message) -> Self {
        self.help.push(help);
        self
    }

    /// What the thing means, for a reader who cannot tell what would be right.
    pub fn note(mut self, note: Message) -> Self {
        self.notes.push(note);
        self
    }

    /// A second place that the reader has to see to understand the first.
    pub(crate) fn also(mut self, place: Place, label: Message) -> Self {
        self.also.push((place, label));
        self
    }

    /// The same problem, shown at another place.
    pub fn moved(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// Where it is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What was found.
    pub fn title(&self) -> String {
        self.title.to_string()
    }

    /// Every word of it in one line, for tests and logs.
    pub fn sentence(&self) -> String {
        let parts = std::iter::once(&self.title).chain(&self.label).chain(&self.help).chain(&self.notes);
        parts.map(Message::to_string).collect::<Vec<_>>().join("; ")
    }

    fn draw(&self, renderer: &Renderer) -> String {
        let label = self.label.as_ref().map_or(String::new(), Message::to_string);
        let also: Vec<String> = self.also.iter().map(|(_, label)| label.to_string()).collect();
        let mut marks = vec![(&self.place, label.as_str(), AnnotationKind::Primary)];
        let others = self.also.iter().zip(&also);
        marks.extend(others.map(|((place, _), label)| (place, label.as_str(), AnnotationKind::Context)));

        // One excerpt a file, in the order in which the files are first mentioned.
        let mut elements: Vec<Element<'_>> = Vec::new();
        while let Some(&(first, ..)) = marks.first() {
            let source = Arc::clone(first.source());
            let (here, rest) =
                marks.into_iter().partition::<Vec<_>, _>(|(place, ..)| Arc::ptr_eq(place.source(), &source));
            elements.push(excerpt(&source, &here));
            marks = rest;
        }
        let added = |level: &Level<'static>, name: &Message, text: &Message| {
            let level = level.clone().with_name(Some(name.to_string()));
            level.message(normalize_untrusted_str(&text.to_string())).into()
        };
        elements.extend(self.help.iter().map(|help| added(&Level::HELP, &messages::level_help(), help)));
        elements.extend(self.notes.iter().map(|note| added(&Level::NOTE, &messages::level_note(), note)));
        let level = Level::ERROR.with_name(Some(messages::level_error().to_string()));
        let text = renderer.render(&[level.primary_title(self.title.to_string()).elements(elements)]);
        if Language::shown() == Language::En { text } else { full_colons(&text) }
    }
}

/// A drawing with the colon of Chinese behind the names of levels; it is as wide as the one with a blank.
fn full_colons(text: &str) -> String {
    let [error, help, note] = [messages::level_error(), messages::level_help(), messages::level_note()];
    let text = match text.strip_prefix(&format!("{error}: ")) {
        Some(rest) => format!("{error}：{rest}"),
        None => text.to_owned(),
    };
    [help, note]
        .iter()
        .fold(text, |text, level| text.replace(&format!("= {level}: "), &format!("= {level}：")))
}

/// The lines of one file that carry marks, without the rest of it: drawing looks at every line given.
fn excerpt<'a>(source: &Source, marks: &[(&Place, &'a str, AnnotationKind)]) -> Element<'a> {
    let spans = || marks.iter().filter_map(|(place, ..)| place.span());
    let name = normalize_untrusted_str(source.name());
    let (Some(first), Some(last)) = (spans().map(|s| s.start).min(), spans().map(|s| s.start).max()) else {
        return Origin::path(name).into();
    };
    let first_line = source.line_at(first);
    let range = source.line_range(first_line).start..source.line_range(source.line_at(last)).end;
    let text = source.text().get(range.clone()).unwrap_or("").to_owned();
    let length = text.len();

    let mut snippet = Snippet::source(text).line_start(first_line + 1).path(name);
    for (place, label, kind) in marks {
        if let Some(span) = place.span() {
            let span = one_line(source, span);
            let span = span.start.saturating_sub(range.start)..span.end.saturating_sub(range.start);
            let mark = kind.span(span.start.min(length)..span.end.min(length));
            snippet = snippet.annotation(if label.is_empty() { mark } else { mark.label(*label) });
        }
    }
    snippet.into()
}

/// The part of a span on its first line: a caret under a whole page of text points at nothing.
fn one_line(source: &Source, span: Range<usize>) -> Range<usize> {
    let end = source.line_range(source.line_at(span.start)).end;
    span.start..span.end.min(end).max(span.start)
}

/// Everything that is wrong, collected before anything is said, so that one look repairs all of it.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    /// Nothing is wrong so far.
    pub fn new() -> Self {
        Problems::default()
    }

    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    /// Adds all of another collection.
    pub(crate) fn append(&mut self, other: Problems) {
        self.list.extend(other.list);
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many things are wrong.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Puts problems of texts that belong together in the order of the texts.
    pub(crate) fn arrange(&mut self, order: impl Fn(&Arc<Source>) -> usize) {
        self.list.sort_by_key(|problem| order(problem.place.source()));
    }

    /// Each of them, in the order in which they are shown: by file, then by position in it. Files
    /// come in the order in which they were first complained about.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        let mut sorted: Vec<(usize, &Problem)> = Vec::with_capacity(self.list.len());
        let mut sources: Vec<(usize, &Arc<Source>)> = Vec::new();
        for problem in &self.list {
            let source = problem.place.source();
            let at = match sources.iter().rfind(|(_, known)| Arc::ptr_eq(known, source)) {
                Some((at, _)) => *at,
                None => {
                    // The same file may have been opened twice; then its problems belong together.
                    let same =
                        |known: &Source| known.name() == source.name() && known.text() == source.text();
                    let twin = sources.iter().find(|(_, known)| same(known)).map(|(at, _)| *at);
                    let at = twin.unwrap_or(sources.len());
                    sources.push((at, source));
                    at
                }
            };
            sorted.push((at, problem));
        }
        sorted.sort_by_key(|(file, problem)| (*file, problem.place.span().map(|s| (s.start, s.end))));
        sorted.into_iter().map(|(_, problem)| problem)
    }

    /// The complete text for a reader, with a last line that counts; colours only when asked for.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut text = String::new();
        for (name, problems) in self.by_name() {
            for problem in problems.iter().take(SHOWN) {
                text += &problem.draw(&renderer);
                text += "\n\n";
            }
            if problems.len() > SHOWN {
                text += &format!("{}\n\n", messages::more_not_shown(problems.len() - SHOWN, name));
            }
        }
        text + &self.count_line()
    }

    /// The problems of each file name, in the order of [`Problems::iter`].
    fn by_name(&self) -> Vec<(&str, Vec<&Problem>)> {
        let mut names: Vec<(&str, Vec<&Problem>)> = Vec::new();
        for problem in self.iter() {
            let name = problem.place.source().name();
            match names.iter_mut().find(|(known, _)| *known == name) {
                Some((_, problems)) => problems.push(problem),
                None => names.push((name, vec![problem])),
            }
        }
        names
    }

    fn count_line(&self) -> String {
        let names = self.by_name();
        let all = match self.len() {
            0 => return messages::no_problems().to_string(),
            1 => messages::one_problem().to_string(),
            n => messages::problems_counted(n).to_string(),
        };
        match names.as_slice() {
            [(name, _)] => messages::problems_in(all, name).to_string(),
            _ => {
                let each: Vec<String> = names
                    .iter()
                    .map(|(name, list)| messages::count_in(list.len(), name).to_string())
                    .collect();
                messages::problems_in_files(all, each.join(messages::comma())).to_string()
            }
        }
    }

    /// The error that ends the command, with the complete text in it.
    pub(crate) fn into_error(self) -> Error {
        Error::Scenario { problems: self.len(), rendered: self.render(false) }
    }

    /// Ends here unless nothing is wrong.
    pub fn check(self) -> crate::Result<()> {
        if self.is_empty() { Ok(()) } else { Err(self.into_error()) }
    }
}

/// A list in words: `a`, `b` and `c`.
pub(crate) fn listed<S: AsRef<str>>(items: &[S], last: &Message) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("`{}`", item.as_ref())).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., end] => format!("{} {last} {end}", start.join(messages::comma())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_stand_in_the_order_of_the_text() {
        let first = Source::new("scenario.toml", "a = 1\nb = 2\n");
        let second = Source::new("nodes.csv", "id\nx\n");
        let mut problems = Problems::new();
        problems.push(Problem::new(Place::new(&first, 6..7), messages::as_is("second")));
        problems.push(Problem::new(Place::new(&second, 3..4), messages::as_is("fourth")));
        problems.push(Problem::new(Place::new(&first, 0..1), messages::as_is("first")));
        problems.push(Problem::new(Place::whole(&second), messages::as_is("third")));
        let titles: Vec<String> = problems.iter().map(Problem::title).collect();
        assert_eq!(titles, ["first", "second", "third", "fourth"]);
        assert!(problems.render(false).ends_with("4 problems: 2 in scenario.toml, 2 in nodes.csv"));
        assert!(matches!(problems.into_error(), Error::Scenario { problems: 4, .. }));
    }

    #[test]
    fn a_place_outside_its_text_is_still_drawn() {
        let source = Source::new("a.toml", "名 = 1");
        for span in [1..2, 5..900, 900..1000, 0..0] {
            let mut problems = Problems::new();
            problems.push(Problem::new(Place::new(&source, span), messages::as_is("here")));
            assert!(problems.render(false).starts_with("error: here\n --> a.toml:1:"));
        }
    }
}
