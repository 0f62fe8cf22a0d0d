//! Where a character came from.
//!
//! In: files as decoded text. Out: [`Span`]s, half-open byte ranges in that text, and line and
//! column for people. Everything said about an article points back here.

use std::ops::Range;
use std::sync::OnceLock;

/// A file of one run, by its place in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub usize);

/// Bytes `start..end` of a file's decoded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes `range` of `file`.
    #[must_use]
    pub const fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    /// The byte range alone.
    #[must_use]
    pub const fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether nothing is inside.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.start >= self.end
    }
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Character in the line, from 1.
    pub column: usize,
}

#[derive(Debug, Clone, Default)]
struct File {
    name: String,
    text: String,
    /// Where each line begins, once someone has asked.
    lines: OnceLock<Vec<usize>>,
}

/// The decoded texts of one run.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The number of the first; those before it are elsewhere.
    first: usize,
    files: Vec<File>,
}

impl Sources {
    /// The sources of one of several readers at work side by side: its only file will have, after
    /// [`Self::join`], the number it has here.
    #[must_use]
    pub fn aside(&self, reader: usize) -> Self {
        Self { first: self.first + self.files.len() + reader, files: Vec::new() }
    }

    /// Takes what a reader read aside, the first reader's first. A reader without a file leaves
    /// its number empty.
    pub fn join(&mut self, aside: Self) {
        if !aside.files.is_empty() {
            let length = aside.first.saturating_sub(self.first).max(self.files.len());
            self.files.resize_with(length, File::default);
            self.files.extend(aside.files);
        }
    }

    fn file(&self, id: FileId) -> Option<&File> {
        self.files.get(id.0.checked_sub(self.first)?)
    }

    /// Adds a file by the name people know it by, with its decoded text.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let lines = OnceLock::new();
        self.files.push(File { name: name.into(), text: text.into(), lines });
        FileId(self.first + self.files.len() - 1)
    }

    /// Gives a file that was added before its text was known its text.
    pub fn fill(&mut self, file: FileId, text: impl Into<String>) {
        let at = file.0.checked_sub(self.first);
        if let Some(file) = at.and_then(|at| self.files.get_mut(at)) {
            file.text = text.into();
            file.lines = OnceLock::new();
        }
    }

    /// The name of a file; empty for one that is not here.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        self.file(file).map_or("", |f| &f.name)
    }

    /// The decoded text of a file; empty for one that is not here.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.file(file).map_or("", |f| &f.text)
    }

    /// The text a span covers; empty when it reaches outside its file.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or("")
    }

    /// The line where a span begins, and which of its bytes the span covers: up to the line's end.
    #[must_use]
    pub fn line(&self, span: Span) -> (&str, Range<usize>) {
        let text = self.text(span.file);
        let before = text.get(..span.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = text.get(start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let from = (span.start - start.min(span.start)).min(line.len());
        (line, from..(span.end.saturating_sub(start)).clamp(from, line.len()))
    }

    /// Line and column where a span begins.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        let Some(file) = self.file(span.file) else {
            return Position { line: 1, column: 1 };
        };
        let lines = file.lines.get_or_init(|| {
            let ends = file.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(ends).collect()
        });
        let line = lines.partition_point(|start| *start <= span.start);
        let start = line.checked_sub(1).and_then(|at| lines.get(at)).copied().unwrap_or(0);
        let before = file.text.get(start..span.start).unwrap_or_default();
        Position { line: line.max(1), column: before.chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_side_by_side_number_their_files_alike() {
        let mut sources = Sources::default();
        sources.add("qikan.toml", "刊");
        let mut asides: Vec<Sources> = (0..3).map(|reader| sources.aside(reader)).collect();
        // The second finds nothing to read.
        let (last, first) = (asides[2].add("丙", "三"), asides[0].add("甲", "一"));
        asides.into_iter().for_each(|aside| sources.join(aside));
        assert_eq!([first, last].map(|file| sources.name(file)), ["甲", "丙"]);
        assert_eq!([first, last].map(|file| sources.text(file)), ["一", "三"]);
        assert_eq!((sources.name(FileId(2)), sources.name(FileId(9))), ("", ""));
        let next = sources.add("丁", "四");
        assert_eq!(sources.text(next), "四");
    }

    #[test]
    fn positions_count_lines_and_characters() {
        let mut sources = Sources::default();
        let file = sources.add("a.txt", "一二\n三四五");
        let at = sources.position(Span::new(file, 10..13));
        assert_eq!((at.line, at.column), (2, 2));
        assert_eq!(sources.slice(Span::new(file, 10..13)), "四");
        assert_eq!(sources.slice(Span::new(file, 11..13)), "", "inside a character");
    }
}
