//! The text of an EPUB, article by article, from its spine.
//!
//! A document that has a title block begins an article; one that has none goes on with the last.
//! Words that nobody sees are none; what is made for the edition, such as the number of a note, is
//! left out as long as it is short.

use super::{ArticleRead, Reading, VerifyError};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most bytes of one document, and of all that are read.
const MAX_DOCUMENT: u64 = 256 << 20;
const MAX_ALL: usize = 1 << 30;

/// The most documents, pictures and other files that a package may name.
const MAX_ITEMS: usize = 100_000;

/// Elements that no reader shows.
const UNSEEN: &[&str] = &[
    "script", "style", "template", "noscript", "details", "dialog", "datalist", "object", "iframe",
    "video", "audio", "canvas", "svg", "select", "textarea", "button",
];

/// What stands for a picture that could not be had, by its address.
const LACKING: (&str, &str) = ("span", "missing");

/// The most characters that are made for the edition in one place, such as the number of a note.
const MADE_LONGEST: usize = 8;

/// Elements whose words are made for the edition: name, attribute, value; no attribute means any.
const MADE: &[(&str, &str, &str)] = &[
    ("a", "role", "doc-noteref"),
    ("a", "role", "doc-backlink"),
    ("p", "class", "note-number"),
    ("span", "class", "task"),
    ("rp", "", ""),
];

pub(super) fn read(bytes: &[u8]) -> Result<Reading, VerifyError> {
    let damaged = |what: String| VerifyError::Damaged(what);
    let mut zip =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let container = entry(&mut zip, "META-INF/container.xml")?;
    let package =
        attributes(&container, "rootfile")?.into_iter().find_map(|mut a| a.remove("full-path"));
    let package = package.ok_or_else(|| damaged("META-INF/container.xml".to_owned()))?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let text = entry(&mut zip, &package)?;
    let files: BTreeSet<String> = zip.file_names().map(str::to_owned).collect();
    unpacked(&mut zip)?;
    let mut documents = BTreeMap::new();
    let mut out = Reading::default();
    for mut item in attributes(&text, "item")? {
        if let (Some(id), Some(path)) = (item.remove("id"), item.remove("href")) {
            let whole = if folder.is_empty() { path.clone() } else { format!("{folder}/{path}") };
            if !files.contains(&whole) {
                return Err(damaged(format!("{whole}: specified file not found in archive")));
            }
            let properties = item.remove("properties").unwrap_or_default();
            if properties.split_whitespace().any(|property| property == "nav") {
                out.contents = Some(contents(&entry(&mut zip, &whole)?)?);
            }
            documents.insert(id, path);
        }
    }
    let mut all = 0;
    for mut item in attributes(&text, "itemref")? {
        // What is no part of the reading order is not read.
        if item.get("linear").is_some_and(|linear| linear == "no") {
            continue;
        }
        let path = item.remove("idref").and_then(|id| documents.get(&id).cloned());
        let path = path.ok_or_else(|| damaged("spine".to_owned()))?;
        let whole = if folder.is_empty() { path.clone() } else { format!("{folder}/{path}") };
        let text = entry(&mut zip, &whole)?;
        all += text.len();
        if all > MAX_ALL {
            return Err(damaged(format!("> {MAX_ALL} bytes")));
        }
        let beside = whole.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_there = |picture: &str| match beside {
            "" => files.contains(picture),
            folder => files.contains(&format!("{folder}/{picture}")),
        };
        document(&text, &path, is_there, &mut out)?;
    }
    Ok(out)
}

/// Whether every file of the package is as its check sum says; fonts and pictures have no words.
fn unpacked(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), VerifyError> {
    let mut all = 0;
    for at in 0..zip.len() {
        let file = zip.by_index(at).map_err(|error| VerifyError::Damaged(error.to_string()))?;
        let name = file.name().to_owned();
        let left = (MAX_ALL as u64).saturating_sub(all);
        let length = std::io::copy(&mut file.take(left + 1), &mut std::io::sink())
            .map_err(|error| VerifyError::Damaged(format!("{name}: {error}")))?;
        if length > left {
            return Err(VerifyError::Damaged(format!("{name}: > {MAX_ALL} bytes")));
        }
        all += length;
    }
    Ok(())
}

/// The lines of the contents: the links of the first list of a navigation document.
fn contents(xml: &str) -> Result<Vec<String>, VerifyError> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut out, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().map_err(|error| VerifyError::Damaged(error.to_string()))? {
            Event::Eof => return Ok(out),
            Event::End(tag) if tag.local_name().as_ref() == b"nav" => return Ok(out),
            Event::Start(tag) if tag.local_name().as_ref() == b"a" => {
                inside = true;
                out.push(String::new());
            }
            Event::End(tag) if tag.local_name().as_ref() == b"a" => inside = false,
            Event::Text(text) if inside => {
                let words =
                    text.xml10_content().map_err(|e| VerifyError::Damaged(e.to_string()))?;
                out.last_mut().into_iter().for_each(|line| line.push_str(&words));
            }
            Event::GeneralRef(name) if inside => {
                let c = character(&name)?;
                out.last_mut().into_iter().for_each(|line| line.push_str(&c));
            }
            _ => {}
        }
    }
}

/// What a reference such as `&amp;` stands for.
fn character(name: &[u8]) -> Result<String, VerifyError> {
    let written = format!("&{};", String::from_utf8_lossy(name));
    let c = quick_xml::escape::unescape(&written);
    c.map(std::borrow::Cow::into_owned).map_err(|error| VerifyError::Damaged(error.to_string()))
}

/// A file of the package as text.
fn entry(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, VerifyError> {
    let broken = |error: String| VerifyError::Damaged(format!("{name}: {error}"));
    let file = zip.by_name(name).map_err(|error| broken(error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(MAX_DOCUMENT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| broken(error.to_string()))?;
    if bytes.len() as u64 > MAX_DOCUMENT {
        return Err(broken(format!("> {MAX_DOCUMENT} bytes")));
    }
    String::from_utf8(bytes).map_err(|error| broken(error.to_string()))
}

/// The attributes of every element of a name.
fn attributes(xml: &str, name: &str) -> Result<Vec<BTreeMap<String, String>>, VerifyError> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut out = Vec::new();
    loop {
        match reader.read_event().map_err(|error| VerifyError::Damaged(error.to_string()))? {
            Event::Eof => return Ok(out),
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().as_ref() == name.as_bytes() =>
            {
                out.push(attributes_of(&tag));
                if out.len() > MAX_ITEMS {
                    return Err(VerifyError::Damaged(format!("{name}: > {MAX_ITEMS}")));
                }
            }
            _ => {}
        }
    }
}

fn attributes_of(tag: &BytesStart<'_>) -> BTreeMap<String, String> {
    let pairs = tag.attributes().filter_map(Result::ok).filter_map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
        Some((String::from_utf8_lossy(attribute.key.as_ref()).into_owned(), value))
    });
    pairs.collect()
}

/// Adds the words of a document, and its pictures as far as their files are there.
fn document(
    xml: &str,
    path: &str,
    is_there: impl Fn(&str) -> bool,
    out: &mut Reading,
) -> Result<(), VerifyError> {
    if !xml.contains("<article") {
        return Ok(());
    }
    if xml.contains("<header") {
        out.articles.push(ArticleRead::default());
    }
    let Some(article) = out.articles.last_mut() else { return Ok(()) };
    article.stand(0, path);
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut depths = Depths::default();
    loop {
        let event = reader.read_event();
        let words = match event.map_err(|error| VerifyError::Damaged(format!("{path}: {error}")))? {
            Event::Eof => return Ok(()),
            Event::Start(tag) => {
                depths.start(&tag);
                continue;
            }
            Event::Empty(tag) if depths.seen() && !is_unseen(&tag) => {
                article.pictures += usize::from(is_picture(&tag, &is_there));
                continue;
            }
            Event::End(_) => {
                depths.end(article);
                continue;
            }
            Event::Text(text) => {
                text.xml10_content().map_err(|e| VerifyError::Damaged(e.to_string()))?.into_owned()
            }
            Event::CData(text) => String::from_utf8_lossy(&text).into_owned(),
            Event::GeneralRef(name) => character(&name)?,
            _ => continue,
        };
        depths.words(&words, article);
    }
}

/// How deep a reader is in the body, in something hidden, in something made for the edition, in a
/// note.
#[derive(Default)]
struct Depths {
    body: usize,
    unseen: usize,
    made: usize,
    noted: usize,
    /// The words of what was made.
    own: String,
}

impl Depths {
    fn start(&mut self, tag: &BytesStart<'_>) {
        let body = tag.local_name().as_ref() == b"body";
        self.body += usize::from(self.body > 0 || body);
        self.unseen += usize::from(self.unseen > 0 || is_unseen(tag));
        self.made += usize::from(self.made > 0 || is_made(tag));
        self.noted += usize::from(self.noted > 0 || is_note(tag));
    }

    /// Leaves an element. What is longer than anything that is made belongs to the article.
    fn end(&mut self, article: &mut ArticleRead) {
        let Self { body, unseen, made, noted, own } = self;
        for depth in [body, unseen, &mut *made, &mut *noted] {
            *depth = depth.saturating_sub(1);
        }
        if *made > 0 {
            return;
        }
        if own.chars().filter(|c| !c.is_whitespace()).count() > MADE_LONGEST {
            article.add(own, *noted > 0);
        }
        own.clear();
    }

    /// Whether somebody sees what stands there.
    const fn seen(&self) -> bool {
        self.body > 0 && self.unseen == 0
    }

    fn words(&mut self, words: &str, article: &mut ArticleRead) {
        match (self.seen(), self.made > 0) {
            (true, false) => article.add(words, self.noted > 0),
            (true, true) => self.own.push_str(words),
            (false, _) => {}
        }
    }
}

fn is_made(tag: &BytesStart<'_>) -> bool {
    let attributes = attributes_of(tag);
    let name = tag.local_name();
    MADE.iter().any(|(element, key, value)| {
        let has = || attributes.get(*key).is_some_and(|found| found == value);
        name.as_ref() == element.as_bytes() && (key.is_empty() || has())
    })
}

/// Whether it is a picture whose file is there.
fn is_picture(tag: &BytesStart<'_>, is_there: &impl Fn(&str) -> bool) -> bool {
    let there = attributes_of(tag).get("src").is_some_and(|source| is_there(source));
    tag.local_name().as_ref() == b"img" && there
}

fn is_unseen(tag: &BytesStart<'_>) -> bool {
    let attributes = attributes_of(tag);
    let name = tag.local_name();
    let is = |element: &str| name.as_ref() == element.as_bytes();
    let (lacking, class) = LACKING;
    UNSEEN.iter().any(|element| is(element))
        || is(lacking) && attributes.get("class").is_some_and(|own| own == class)
        || attributes.contains_key("hidden")
        || attributes.get("style").is_some_and(|style| is_hiding(style))
}

/// Whether a style attribute hides its element. Of two declarations the last holds.
fn is_hiding(style: &str) -> bool {
    let mut plain = String::new();
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    // An escape has no place in these words but to hide them.
    if plain.contains('\\') {
        return true;
    }
    let declared = plain.split(';').filter_map(|one| one.split_once(':'));
    let declared: BTreeMap<String, String> = declared
        .map(|(name, value)| {
            let value = value.split('!').next().unwrap_or_default();
            (name.trim().to_lowercase(), value.trim().to_lowercase())
        })
        .collect();
    let zero = |value: &str| {
        let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
        number.parse::<f32>().is_ok_and(|number| number <= 0.0)
    };
    declared.iter().any(|(name, value)| match name.as_str() {
        "display" => value == "none",
        "visibility" => value != "visible",
        "font-size" | "opacity" | "width" | "height" => zero(value),
        "color" => value == "transparent",
        "clip" | "clip-path" => value != "none" && value != "auto",
        "text-indent" | "left" | "top" | "right" | "bottom" => value.starts_with('-'),
        "transform" => value.contains("scale(0"),
        _ => false,
    })
}

fn is_note(tag: &BytesStart<'_>) -> bool {
    attributes_of(tag).get("role").is_some_and(|role| role == "doc-footnote")
}
