//! A named text, and a place in it that a message can point at.

use std::ops::Range;
use std::sync::Arc;

/// A text with the name a reader knows it by: a file, or `--set` for an override.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<usize>,
}

impl Source {
    /// Names a text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        let text = text.into();
        let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(ends).collect();
        Arc::new(Source { name: name.into(), text, line_starts })
    }

    /// The name a reader knows the text by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line of a byte, counted from 0.
    pub(crate) fn line_at(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The bytes of a line without its line break; empty past the end.
    pub(crate) fn line_range(&self, line: usize) -> Range<usize> {
        let Some(&start) = self.line_starts.get(line) else {
            return self.text.len()..self.text.len();
        };
        let end = self.line_starts.get(line + 1).map_or(self.text.len(), |&next| next - 1);
        let trimmed = self.text[start..end].strip_suffix('\r').map_or(end, |line| start + line.len());
        start..trimmed
    }

    /// A range that can be cut out of the text: inside it, in order, and never through a character.
    ///
    /// Ranges come from parsers that recover from errors; a message must not fail on them.
    pub(crate) fn clamp(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.text.floor_char_boundary(span.start);
        let end = self.text.ceil_char_boundary(span.end.min(self.text.len())).max(start);
        start..end
    }
}

/// A place in a source: some bytes of it, or the file as a whole.
#[derive(Clone, Debug)]
pub struct Place {
    source: Arc<Source>,
    span: Option<Range<usize>>,
}

impl Place {
    /// Some bytes of a text; out-of-range bytes are moved inside.
    pub fn new(source: &Arc<Source>, span: Range<usize>) -> Self {
        let span = source.clamp(&span);
        Place { source: Arc::clone(source), span: Some(span) }
    }

    /// A text as a whole, for what has no line: a file that is missing, a table that is not there.
    pub fn whole(source: &Arc<Source>) -> Self {
        Place { source: Arc::clone(source), span: None }
    }

    /// A file that could not even be read.
    pub fn file(name: impl Into<String>) -> Self {
        Place::whole(&Source::new(name, ""))
    }

    /// The text.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The bytes, unless the whole text is meant.
    pub(crate) fn span(&self) -> Option<Range<usize>> {
        self.span.clone()
    }

    /// The words at this place.
    pub fn text(&self) -> &str {
        self.span.clone().and_then(|span| self.source.text().get(span)).unwrap_or("")
    }

    /// Line and column, both from 1, the column in characters.
    pub fn line_column(&self) -> Option<(usize, usize)> {
        let start = self.span.as_ref()?.start;
        let line = self.source.line_at(start);
        let before = self.source.line_range(line).start..start;
        let column = self.source.text().get(before).map_or(0, |text| text.chars().count());
        Some((line + 1, column + 1))
    }
}

/// Several texts read as one: a scenario file followed by its overrides.
///
/// Each text starts where the last one ended, so that a plain byte range says which text it is in;
/// the values of an override can then live in the same tree as those of the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources {
    texts: Vec<(usize, Arc<Source>)>,
}

impl Sources {
    /// Adds a text and returns what to add to its byte ranges.
    pub(crate) fn add(&mut self, source: Arc<Source>) -> usize {
        let start = match self.texts.last() {
            // One byte apart, so that the end of one text is not the start of the next.
            Some((start, last)) => start + last.text().len() + 1,
            None => 0,
        };
        self.texts.push((start, source));
        start
    }

    /// The place of a byte range. The top level of a file has no bytes of its own, only an empty range
    /// at the start: it is the file as a whole.
    pub(crate) fn place(&self, span: &Range<usize>) -> Place {
        if *span == (0..0) {
            return self.file();
        }
        let after = self.texts.partition_point(|(start, _)| *start <= span.start);
        match after.checked_sub(1).and_then(|at| self.texts.get(at)) {
            Some((start, source)) => Place::new(source, span.start - start..span.end.saturating_sub(*start)),
            None => Place::file(""),
        }
    }

    /// Which of the texts it is, counted from 0; past the last if it is none of them.
    pub(crate) fn order(&self, source: &Arc<Source>) -> usize {
        self.texts.iter().position(|(_, text)| Arc::ptr_eq(text, source)).unwrap_or(self.texts.len())
    }

    /// The first text as a whole: the file that overrides change.
    pub(crate) fn file(&self) -> Place {
        self.texts.first().map_or_else(|| Place::file(""), |(_, source)| Place::whole(source))
    }
}
