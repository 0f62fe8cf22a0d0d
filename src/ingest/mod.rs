//! Bytes of one format → [`Article`].
//!
//! One file a format, each with one function from bytes to blocks; [`decode()`] turns bytes into
//! text first. What a page or a line is *for* is not decided here but in `copyedit::structure`,
//! so that every format is read by the same rules.

#![warn(clippy::indexing_slicing)]

mod aozora;
mod decode;
mod docx;
mod html;
mod language;
mod likelihood;
pub mod limits;
mod markdown;
mod media;
mod plain;
mod row;
mod tones;

pub use decode::{DecodeError, Decoded, decode};
pub use media::{cover, picture_path};

use crate::article::Article;
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::source::Sources;
use std::path::PathBuf;

/// A format articles come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text in any encoding, one paragraph a line.
    Plain,
    /// CommonMark with front matter.
    Markdown,
    /// A saved web page, or a piece of one.
    Html,
    /// A Word file.
    Docx,
}

impl Format {
    /// File endings and their formats, for messages and for finding articles in a folder.
    pub const ENDINGS: &'static [(&'static str, Self)] = &[
        ("txt", Self::Plain),
        ("md", Self::Markdown),
        ("markdown", Self::Markdown),
        ("html", Self::Html),
        ("htm", Self::Html),
        ("xhtml", Self::Html),
        ("docx", Self::Docx),
    ];

    /// The format of a file by its name. A name without an ending is taken for text.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let Some((_, ending)) = base.rsplit_once('.') else { return Some(Self::Plain) };
        let ending = ending.to_ascii_lowercase();
        Self::ENDINGS.iter().find(|(e, _)| *e == ending).map(|(_, format)| *format)
    }

    /// The endings read, as a list for people.
    #[must_use]
    pub fn list() -> String {
        let endings: Vec<_> = Self::ENDINGS.iter().map(|(e, _)| format!(".{e}")).collect();
        endings.join(", ")
    }
}

/// A file to read.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// The name people know it by.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// The folder it stands in, where paths of its pictures begin; without one it has none.
    pub folder: Option<PathBuf>,
    /// The folder that its pictures are in, that of its issue; `folder` for an article alone.
    pub root: Option<PathBuf>,
}

impl Input {
    /// An input that has no name to tell its format by: it is told by how it begins.
    #[must_use]
    pub fn unnamed(stem: &str, bytes: Vec<u8>) -> Self {
        let head = bytes.get(..bytes.len().min(512)).unwrap_or_default();
        let head = String::from_utf8_lossy(head).trim_start().to_ascii_lowercase();
        let page = ["<!doctype html", "<html", "<head", "<body", "<div", "<p>", "<p ", "<article"];
        let ending = if page.iter().any(|tag| head.starts_with(tag)) { "html" } else { "txt" };
        Self { name: format!("{stem}.{ending}"), bytes, ..Self::default() }
    }
}

/// Reads one article and adds its decoded text to `sources`; what was noticed goes to `sink`.
///
/// # Errors
/// A [`Diagnostic`] of the `ingest::` codes: a format that is not read, bytes that are not text,
/// text that is empty.
pub fn ingest(
    input: &Input,
    language: &str,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Article, Box<Diagnostic>> {
    let name = &input.name;
    let Some(format) = Format::of(name) else {
        return Err(finding(Code::InputFormat, name).with("formats", Format::list()).into());
    };
    if format == Format::Docx {
        let mut article = docx::read(&input.bytes, name, language, sources, sink)?;
        if article.metadata.lang.is_none() {
            language::of(sources.text(article.file), language).clone_into(&mut article.language);
        }
        let said = sources.text(article.file).chars().any(|c| !c.is_whitespace());
        return if said || !article.pictures.is_empty() {
            Ok(article)
        } else {
            Err(finding(Code::InputEmpty, name).into())
        };
    }
    let decoded =
        decode(&input.bytes).map_err(|error| Box::new(refusal(name, &input.bytes, &error)))?;
    if decoded.text.trim().is_empty() {
        return Err(finding(Code::InputEmpty, name).into());
    }
    let file = sources.add(name.clone(), decoded.text);
    let text = sources.text(file);
    let language = language::of(text, language);
    let mut article = match format {
        Format::Plain if aozora::is_aozora(text) => aozora::read(text, file, name, sink),
        Format::Plain => plain::read(text, file, name, language),
        Format::Markdown => markdown::read(text, file, name, language, sink)?,
        Format::Html => html::read(text, file, name, language, sink)?,
        Format::Docx => return Err(finding(Code::InputFormat, name).into()),
    };
    media::resolve(&mut article, input, sink);
    Ok(article)
}

/// A file's name without folders and ending.
fn stem(name: &str) -> &str {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.rsplit_once('.').map_or(base, |(stem, _)| if stem.is_empty() { base } else { stem })
}

fn finding(code: Code, name: &str) -> Diagnostic {
    Diagnostic::new(code).with("path", name).at(name)
}

/// The line that a byte stands in; bytes of UTF-16 come in pairs.
fn line(bytes: &[u8], offset: usize) -> usize {
    let before = bytes.get(..offset).unwrap_or(bytes);
    let ends = match bytes {
        [0xFE, 0xFF, ..] => before.chunks(2).filter(|unit| **unit == [0, b'\n']).count(),
        [0xFF, 0xFE, ..] => before.chunks(2).filter(|unit| **unit == [b'\n', 0]).count(),
        _ => before.iter().filter(|byte| **byte == b'\n').count(),
    };
    ends + 1
}

/// A file that is no text.
#[must_use]
pub fn refusal(name: &str, bytes: &[u8], error: &DecodeError) -> Diagnostic {
    match error {
        DecodeError::Binary { offset, byte, kind } => finding(Code::InputBinary, name)
            .with("offset", offset + 1)
            .with("byte", format!("{byte:02X}"))
            .with("kind", kind),
        DecodeError::NoEncoding { offset } => finding(Code::InputEncoding, name)
            .with("offset", offset + 1)
            .with("line", line(bytes, *offset))
            .with("tried", decode::names()),
    }
}
