//! An article: one text, cut into paragraphs that know what they are and where they stand in the page.

use crate::text::Span;

/// What a paragraph is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The article's title.
    Headline,
    /// The summary under the headline.
    Standfirst,
    /// Who wrote it.
    Byline,
    /// When it was published.
    Date,
    /// A heading inside the body.
    Subhead,
    /// Running text.
    Body,
    /// What stands under a picture, its credit included: actors count, but it isn't body text.
    Caption,
}

/// One paragraph of [`Article::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Bytes of the article's text; paragraphs are in order, never overlap, and are parted by white space.
    pub span: Span,
    /// What it is.
    pub part: Part,
}

/// A run of bytes of the article's text that came from one text node, unit for unit: inside a piece, one
/// UTF-16 unit of the article is one UTF-16 unit of the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the article's text.
    pub span: Span,
    /// Index of the text node in [`Snapshot::texts`](super::Snapshot::texts).
    pub node: u32,
    /// Where the run begins in that node, in UTF-16 units.
    pub at: u32,
}

/// Words of an article that lead to another page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Bytes of the article's text.
    pub span: Span,
    /// The host of the other page, in lower case and without `www.`; empty where it is the article's own site.
    pub host: String,
}

/// What the reader reads, and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// All paragraphs, parted by blank lines. For plain-text input, the file character for character.
    pub text: String,
    /// The paragraphs, in text order.
    pub paragraphs: Vec<Paragraph>,
    /// Where the text stands in the page, in text order; empty for plain-text input. Text between two pieces is
    /// white space that the page does not hold in this form.
    pub pieces: Vec<Piece>,
    /// The links in the text, in text order; empty for plain-text input.
    pub links: Vec<Link>,
    /// BCP 47 primary language subtag, lower case: "en"; "und" where it can't be told.
    pub language: String,
    /// The headline; may be empty. Where the page declares a fuller form of the one that it displays ("Johannesburg
    /// has failed" for "Joburg has failed"), that form.
    pub title: String,
    /// Who wrote it, as the page says it.
    pub byline: Option<String>,
    /// When it was published, in ISO 8601 as the page gives it.
    pub published: Option<String>,
}

impl Article {
    /// Reads plain text: paragraphs parted by blank lines, the first of them the headline.
    ///
    /// The text is kept character for character, so that offsets hold against the file.
    pub fn from_text(text: &str) -> Self {
        let mut paragraphs = Vec::new();
        let mut start = None;
        let mut end = 0;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if line.trim().is_empty() {
                if let Some(from) = start.take() {
                    paragraphs.push(Span::new(from, end));
                }
            } else {
                start.get_or_insert(at);
                end = at + line.len();
            }
            at += line.len();
        }
        paragraphs.extend(start.map(|from| Span::new(from, end)));
        let paragraphs: Vec<_> = paragraphs
            .into_iter()
            .enumerate()
            .map(|(i, span)| Paragraph {
                span: span.trimmed(text),
                part: if i == 0 { Part::Headline } else { Part::Body },
            })
            .collect();
        let title = paragraphs.first().map_or("", |p| p.span.of(text)).to_owned();
        let language = super::language::guess(text).to_owned();
        Self { text: text.to_owned(), paragraphs, title, language, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_of_plain_text() {
        let article = Article::from_text("Head line\n\nOne\ntwo.\n \n\n  Three. \r\n");
        let got: Vec<_> = article.paragraphs.iter().map(|p| p.span.of(&article.text)).collect();
        assert_eq!(got, ["Head line", "One\ntwo.", "Three."]);
        assert_eq!(article.title, "Head line");
        assert!(Article::from_text(" \n\n ").paragraphs.is_empty());
    }
}
