//! The text of a tagged PDF, article by article (ISO 32000-1 §14.7, §14.8).
//!
//! Pages and the forms shown on them say which characters stand in which marked content
//! ([`super::marked`]); the structure tree says in which order these are read.

use super::codes::{Fonts, text_string};
use super::marked::{Marked, shown};
use super::{ArticleRead, Reading, VerifyError};
use flate2::read::ZlibDecoder;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};

/// The deepest structure that is followed: four elements for each of the deepest nested lists that
/// are read.
const DEEPEST: usize = 1200;

pub(super) fn read(bytes: &[u8]) -> Result<Reading, VerifyError> {
    let pdf = Pdf::new(bytes.to_vec())
        .map_err(|error| VerifyError::Damaged(format!("PDF: {error:?}")))?;
    let root: Dict<'_> = pdf
        .xref()
        .get(pdf.xref().root_id())
        .ok_or_else(|| VerifyError::Damaged("PDF: no catalogue".to_owned()))?;
    let tree: Dict<'_> = root.get("StructTreeRoot").ok_or(VerifyError::Untagged)?;
    unpacked(&pdf)?;
    let fonts = Fonts::default();
    let pages: Vec<Marked> = pdf.pages().par_iter().map(|page| shown(page, &fonts)).collect();
    let numbers =
        pdf.pages().iter().zip(0..).filter_map(|(page, at)| Some((page.raw().obj_id()?, at)));
    let mut walk = Walk {
        pages: &pages,
        numbers: numbers.collect(),
        room: MOST,
        seen: BTreeSet::new(),
        out: Reading::default(),
    };
    let inside = Inside {
        page: None,
        form: None,
        turn: 0,
        article: false,
        noted: false,
        made: false,
        figure: false,
        depth: 0,
    };
    walk.kids(&tree, &inside);
    Ok(Reading { contents: outline(&root), strays: strays(&pdf), ..walk.out })
}

/// The most characters of a content that is made for the edition, such as the number of a note,
/// where there is Han or kana in it.
const MADE_LONGEST: usize = 8;

/// Whether words may be made for the edition. A number may be as long as it likes.
fn is_made(words: &str) -> bool {
    let written = |c| matches!(c, '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}');
    words.chars().count() <= MADE_LONGEST || !words.chars().any(written)
}

/// The most bytes of words of an edition.
const MOST: usize = 256 << 20;

/// The most bytes that a stream may have unpacked which is no picture.
const LARGEST_OTHER: u64 = 256 << 20;

/// The most bytes that all streams together may have unpacked: some of the largest pictures.
const LARGEST: u64 = 4 << 30;

/// Pages that are not in their turn. Pages are numbered in their order for the structure (ISO
/// 32000-1 §14.7.4.4); sheets of several pages are not.
fn strays(pdf: &Pdf) -> Vec<String> {
    let (mut last, mut out) = (-1, Vec::new());
    for (page, number) in pdf.pages().iter().zip(1..) {
        let Some(turn) = page.raw().get::<i32>("StructParents") else { continue };
        if turn <= last {
            out.push(format!("p. {number}"));
        }
        last = last.max(turn);
    }
    out
}

/// Whether all that is packed can be unpacked. Fonts and pictures have no words: that they are
/// damaged would be seen by readers only. A packed stream ends with its check sum (RFC 1950 §2.2).
fn unpacked(pdf: &Pdf) -> Result<(), VerifyError> {
    let streams: Vec<Stream<'_>> =
        pdf.objects().into_iter().filter_map(Object::into_stream).collect();
    let all = AtomicU64::new(0);
    let damaged = |stream: &&Stream<'_>| {
        let name = |key| stream.dict().get::<Name<'_>>(key);
        match (name("Filter"), stream.dict().get::<Array<'_>>("Filter")) {
            (Some(filter), _) if filter.as_str() == "FlateDecode" => {}
            // Packed twice, as bombs are.
            (None, Some(filters)) if filters.iter::<Name<'_>>().count() > 1 => return true,
            _ => return false,
        }
        let picture = name("Subtype").is_some_and(|kind| kind.as_str() == "Image");
        let most = if picture { LARGEST } else { LARGEST_OTHER };
        let raw = stream.raw_data();
        let room = most.min(LARGEST.saturating_sub(all.load(Ordering::Relaxed)));
        let mut inside = ZlibDecoder::new(&*raw).take(room + 1);
        match std::io::copy(&mut inside, &mut std::io::sink()) {
            Ok(length) if length <= room => {
                all.fetch_add(length, Ordering::Relaxed);
                false
            }
            _ => true,
        }
    };
    match streams.par_iter().find_first(damaged) {
        Some(stream) => {
            let number = stream.obj_id().obj_number;
            Err(VerifyError::Damaged(format!("PDF: object {number} cannot be unpacked")))
        }
        None => Ok(()),
    }
}

/// The titles of the outline, in order (ISO 32000-1 §12.3.3).
fn outline(root: &Dict<'_>) -> Option<Vec<String>> {
    let mut out = Vec::new();
    let mut open = vec![(root.get::<Dict<'_>>("Outlines")?.get::<Dict<'_>>("First")?, 0)];
    let mut seen = BTreeSet::new();
    while let Some((item, depth)) = open.pop() {
        if item.obj_id().is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        let title = item.get::<Object<'_>>("Title").and_then(Object::into_string);
        out.extend(title.map(|title| text_string(title.as_bytes())));
        open.extend(item.get::<Dict<'_>>("Next").map(|next| (next, depth)));
        let below = item.get::<Dict<'_>>("First").filter(|_| depth < DEEPEST);
        open.extend(below.map(|first| (first, depth + 1)));
    }
    Some(out)
}

/// The attached files that are the document's source, in the order it names them.
pub(super) fn carried(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(pdf) = Pdf::new(bytes.to_vec()) else { return Vec::new() };
    let root: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
    let files = root.and_then(|root| root.get::<Array<'_>>("AF"));
    let files = files.iter().flat_map(|files| files.iter::<Dict<'_>>());
    let source = |file: &Dict<'_>| {
        file.get::<Name<'_>>("AFRelationship").is_some_and(|relation| relation.as_str() == "Source")
    };
    let read = |file: Dict<'_>| {
        let name = file.get::<Object<'_>>("UF").and_then(Object::into_string)?;
        let stream = file.get::<Dict<'_>>("EF")?.get::<Stream<'_>>("F")?;
        Some((text_string(name.as_bytes()), stream.decoded().ok()?.into_owned()))
    };
    files.filter(source).filter_map(read).collect()
}

/// Follows the structure tree.
struct Walk<'a> {
    pages: &'a [Marked],
    numbers: BTreeMap<ObjectIdentifier, usize>,
    /// Bytes of words that may still be taken: the tree may name one content again and again.
    room: usize,
    /// Elements that were followed: a tree has each once.
    seen: BTreeSet<ObjectIdentifier>,
    out: Reading,
}

/// Where in the tree it is.
#[derive(Clone, Copy)]
struct Inside {
    page: Option<usize>,
    /// The form on that page.
    form: Option<ObjectIdentifier>,
    /// The turn of that page.
    turn: i32,
    article: bool,
    noted: bool,
    /// In something that is made for the edition.
    made: bool,
    /// In a figure itself, whose words say what it shows, not in its caption.
    figure: bool,
    depth: usize,
}

impl Walk<'_> {
    fn kids(&mut self, element: &Dict<'_>, inside: &Inside) {
        match element.get::<Object<'_>>("K") {
            Some(Object::Array(list)) => {
                list.iter::<Object<'_>>().for_each(|kid| self.kid(&kid, inside));
            }
            Some(kid) => self.kid(&kid, inside),
            None => {}
        }
    }

    fn kid(&mut self, kid: &Object<'_>, inside: &Inside) {
        match kid {
            Object::Number(number) => {
                if let Ok(number) = i32::try_from(number.as_i64()) {
                    self.content(number, inside);
                }
            }
            Object::Dict(dict) => {
                let page =
                    dict.get_ref("Pg").and_then(|page| self.numbers.get(&page.into()).copied());
                let form = dict.get_ref("Stm").map(Into::into);
                let within = |key| dict.get::<Stream<'_>>(key).map(|stream| stream.dict().clone());
                let owner = within("Stm").or_else(|| dict.get::<Dict<'_>>("Pg"));
                let turn = owner.and_then(|owner| owner.get::<i32>("StructParents"));
                let inside = Inside {
                    page: page.or(inside.page),
                    form,
                    turn: turn.unwrap_or(inside.turn),
                    depth: inside.depth + 1,
                    ..*inside
                };
                match dict.get::<i32>("MCID") {
                    Some(number) => self.content(number, &inside),
                    None if inside.depth < DEEPEST => self.element(dict, inside),
                    None => {}
                }
            }
            _ => {}
        }
    }

    fn element(&mut self, element: &Dict<'_>, mut inside: Inside) {
        if element.obj_id().is_some_and(|id| !self.seen.insert(id)) {
            return;
        }
        let role = element.get::<Name<'_>>("S");
        inside.figure = false;
        match role.as_ref().map(|role| role.as_str()) {
            // Numbers of notes and of list items, and what a design calls a part.
            Some("Lbl" | "Reference") => inside.made = true,
            Some("Art") => {
                inside.article = true;
                let name = element.get::<Object<'_>>("ID").and_then(Object::into_string);
                let name = name.map(|name| text_string(name.as_bytes())).unwrap_or_default();
                self.out.articles.push(ArticleRead { name, ..ArticleRead::default() });
            }
            Some("Note") => inside.noted = true,
            Some("Figure") => inside.figure = true,
            _ => {}
        }
        self.kids(element, &inside);
    }

    fn content(&mut self, number: i32, inside: &Inside) {
        let Some((page, article)) = inside.page.zip(self.out.articles.last_mut()) else { return };
        let shown = self.pages.get(page).and_then(|page| page.get(&(inside.form, number)));
        let Some(shown) = shown.filter(|_| inside.article) else { return };
        article.pictures += if inside.made { 0 } else { shown.pictures };
        let room = self.room.checked_sub(shown.words.len());
        self.room = room.unwrap_or(self.room);
        // What is longer was not made for the edition.
        let made = inside.made && is_made(&shown.words);
        if !made && !inside.figure && !shown.words.is_empty() && room.is_some() {
            article.stand(inside.turn, &format!("p. {}", page + 1));
            article.add(&shown.words, inside.noted);
        }
    }
}
