//! The text of an EPUB, article by article, from its spine.
//!
//! A document that has a title block begins an article; one that has none goes on with the last.

use super::{ArticleRead, Reading, VerifyError};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most bytes of one document, and of all that are read.
const MAX_DOCUMENT: u64 = 256 << 20;
const MAX_ALL: usize = 1 << 30;

/// Elements that no reader shows.
const UNSEEN: &[&str] = &["script", "style", "template", "noscript"];

/// What in the `style` of an element hides it, white space aside.
const HIDING: &[&str] = &["display:none", "visibility:hidden"];

/// Elements whose words are made for the edition: name, attribute, value; no attribute means any.
const MADE: &[(&str, &str, &str)] = &[
    ("a", "role", "doc-noteref"),
    ("a", "role", "doc-backlink"),
    ("p", "class", "note-number"),
    ("span", "class", "missing"),
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
    let mut documents = BTreeMap::new();
    for mut item in attributes(&text, "item")? {
        if let (Some(id), Some(path)) = (item.remove("id"), item.remove("href")) {
            documents.insert(id, path);
        }
    }
    let mut out = Reading::default();
    let files: BTreeSet<String> = zip.file_names().map(str::to_owned).collect();
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
    // How deep the reader is in an article, in something made, in a note.
    let (mut inside, mut made, mut noted) = (0_usize, 0_usize, 0_usize);
    loop {
        let event = reader.read_event();
        match event.map_err(|error| VerifyError::Damaged(format!("{path}: {error}")))? {
            Event::Eof => return Ok(()),
            Event::Start(tag) => {
                let starts = tag.local_name().as_ref() == b"article";
                inside += usize::from(inside > 0 || starts);
                made += usize::from(made > 0 || is_made(&tag) || is_unseen(&tag));
                noted += usize::from(noted > 0 || is_note(&tag));
            }
            Event::Empty(tag) if inside > 0 && made == 0 && !is_unseen(&tag) => {
                article.pictures += usize::from(is_picture(&tag, &is_there));
            }
            Event::End(_) => {
                for depth in [&mut inside, &mut made, &mut noted] {
                    *depth = depth.saturating_sub(1);
                }
            }
            Event::Text(text) if inside > 0 && made == 0 => {
                let words =
                    text.xml10_content().map_err(|e| VerifyError::Damaged(e.to_string()))?;
                article.add(&words, noted > 0);
            }
            Event::GeneralRef(name) if inside > 0 && made == 0 => {
                let written = format!("&{};", String::from_utf8_lossy(&name));
                let c = quick_xml::escape::unescape(&written)
                    .map_err(|error| VerifyError::Damaged(format!("{path}: {error}")))?;
                article.add(&c, noted > 0);
            }
            _ => {}
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
    let style = attributes
        .get("style")
        .map(|style| style.split_whitespace().collect::<String>().to_lowercase());
    UNSEEN.iter().any(|element| name.as_ref() == element.as_bytes())
        || attributes.contains_key("hidden")
        || style.is_some_and(|style| HIDING.iter().any(|hiding| style.contains(hiding)))
}

fn is_note(tag: &BytesStart<'_>) -> bool {
    attributes_of(tag).get("role").is_some_and(|role| role == "doc-footnote")
}
