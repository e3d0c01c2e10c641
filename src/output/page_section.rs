//! A section of a page that a command prints anew and the rest of the page does not know: it stands between two lines.

use std::ops::Range;

/// The lines between which a section stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// The line before it.
    pub begin: &'static str,
    /// The line after it.
    pub end: &'static str,
}

impl Marks {
    /// Where the section stands in a page, its marks included.
    fn find(&self, page: &str) -> Option<Range<usize>> {
        let (begin, end) = (page.find(self.begin)?, page.find(self.end)?);
        (begin < end).then_some(begin..end + self.end.len())
    }

    /// The section of a page, its marks included; none if the page has none.
    pub fn section<'a>(&self, page: &'a str) -> Option<&'a str> {
        Some(&page[self.find(page)?])
    }

    /// A text between its marks.
    pub(crate) fn around(&self, text: &str) -> String {
        format!("{}\n\n{}\n\n{}", self.begin, text.trim(), self.end)
    }

    /// The page with another section, which brings its marks; none if the page has no place for it.
    pub fn replaced(&self, page: &str, section: &str) -> Option<String> {
        let old = self.find(page)?;
        Some(format!("{}{section}{}", &page[..old.start], &page[old.end..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_replaced_and_what_stands_around_it_kept() {
        let marks = Marks { begin: "<a>", end: "</a>" };
        let page = "before <a> old </a> after";
        assert_eq!(marks.section(page), Some("<a> old </a>"));
        assert_eq!(marks.replaced(page, "<a>new</a>").as_deref(), Some("before <a>new</a> after"));
        for without in ["nothing", "<a> only", "</a> turned <a>"] {
            assert_eq!((marks.section(without), marks.replaced(without, "new")), (None, None));
        }
    }
}
