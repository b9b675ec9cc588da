//! Spans, and the three ways to count along a text.
//!
//! Inside the engine every offset is a byte of the article's UTF-8 text. JavaScript counts UTF-16 units and
//! W3C's `TextPositionSelector` counts Unicode code points; [`Offsets`] turns bytes into either, at the border
//! and nowhere else.

/// A range of bytes, end exclusive, on character boundaries of the text that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The words under the span; empty where it does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Covers nothing.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Shares at least one byte with `other`.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Holds all of `other`.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span without white space at either end.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let words = self.of(text);
        let start = self.start + (words.len() - words.trim_start().len());
        Self { start, end: (start + words.trim().len()) }
    }
}

/// The unit that a consumer counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points: exported JSON.
    CodePoint,
    /// UTF-16 code units: JavaScript strings and DOM ranges.
    Utf16,
}

impl Unit {
    /// How many units one character takes.
    pub const fn width(self, c: char) -> usize {
        match self {
            Self::CodePoint => 1,
            Self::Utf16 => c.len_utf16(),
        }
    }
}

/// Turns byte offsets of one text into another unit.
///
/// Holds a checkpoint each `STEP` bytes, so that a look-up walks at most that many.
pub struct Offsets<'a> {
    text: &'a str,
    unit: Unit,
    checkpoints: Vec<usize>,
}

const STEP: usize = 256;

impl<'a> Offsets<'a> {
    /// Prepares `text` for look-ups in `unit`; one pass over the text.
    pub fn new(text: &'a str, unit: Unit) -> Self {
        let mut checkpoints = Vec::with_capacity(text.len() / STEP + 1);
        let mut units = 0;
        for (at, c) in text.char_indices() {
            while checkpoints.len() * STEP <= at {
                checkpoints.push(units);
            }
            units += unit.width(c);
        }
        Self { text, unit, checkpoints }
    }

    /// Units before the byte offset `byte`; an offset inside a character counts as that character's end.
    pub fn at(&self, byte: usize) -> usize {
        let index = (byte / STEP).min(self.checkpoints.len().saturating_sub(1));
        let Some(&base) = self.checkpoints.get(index) else { return 0 };
        let mut from = index * STEP;
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let rest = self.text.get(from..).unwrap_or("");
        base + rest
            .char_indices()
            .take_while(|(at, _)| from + at < byte)
            .map(|(_, c)| self.unit.width(c))
            .sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn offsets_agree_with_counting(text in "\\PC{0,700}") {
            let points = Offsets::new(&text, Unit::CodePoint);
            let units = Offsets::new(&text, Unit::Utf16);
            for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                prop_assert_eq!(points.at(at), text[..at].chars().count());
                prop_assert_eq!(units.at(at), text[..at].encode_utf16().count());
            }
        }
    }

    #[test]
    fn trimming_keeps_the_words() {
        let text = "a  bc \u{a0}";
        assert_eq!(Span::new(1, text.len()).trimmed(text).of(text), "bc");
        assert!(Span::new(1, 3).trimmed(text).is_empty());
    }
}
