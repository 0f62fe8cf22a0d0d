//! Fonts of one face: one set of glyphs, several ways to write and to read it.
//!
//! printpdf knows level text only, and one text a glyph. A face with upright glyphs, or with glyphs
//! that stand for several characters, is put in more than once; here all of them become the first
//! with their own meanings (`ToUnicode`) and, for upright glyphs, the vertical writing mode
//! (Identity-V, ISO 32000-1 §9.7.5.2), so that the file holds its glyphs once. Metrics of upright
//! glyphs are the default ones: an em down, from the middle of the top of the em box, 0.88 em above
//! the baseline.

use super::embed::{Embedded, UPRIGHT};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// Makes the fonts of each face one, and gives it the widths of all its glyphs.
pub(super) fn join<'a>(doc: &mut Document, faces: impl Iterator<Item = &'a Embedded>) {
    let fonts = fonts(doc);
    let mut gone = BTreeSet::new();
    for face in faces {
        let own = fonts.iter().filter(|(name, _)| belongs(name, face.name()));
        let own: Vec<(&String, ObjectId)> = own.map(|(name, id)| (name, *id)).collect();
        let Some((first, rest)) = own.split_first() else { continue };
        widths(doc, first.1, &face.advances());
        let Ok(model) = doc.get_dictionary(first.1).cloned() else { continue };
        let mut kept = BTreeSet::new();
        below(doc, first.1, &mut kept);
        for (name, id) in rest {
            let mut font = model.clone();
            let mut old = BTreeSet::new();
            below(doc, *id, &mut old);
            old.remove(id);
            // What its glyphs mean was written for those that are shown by it.
            let meaning = doc.get_dictionary(*id).and_then(|own| own.get(b"ToUnicode")).cloned();
            if let Ok(meaning) = meaning {
                if let Ok(id) = meaning.as_reference() {
                    old.remove(&id);
                }
                font.set("ToUnicode", meaning);
            }
            gone.extend(old.difference(&kept).copied());
            write_as(&mut font, name);
            doc.set_object(*id, font);
        }
        if let Ok(font) = doc.get_dictionary_mut(first.1) {
            write_as(font, first.0);
        }
    }
    gone.iter().for_each(|id| {
        doc.objects.remove(id);
    });
}

/// Whether a font is one of a face: `Q3`, `Q3.1`, `Q3V`.
fn belongs(font: &str, face: &str) -> bool {
    font.strip_prefix(face).is_some_and(|end| !end.starts_with(|c: char| c.is_ascii_digit()))
}

fn write_as(font: &mut Dictionary, name: &str) {
    let upright = name.ends_with(UPRIGHT);
    font.set("Encoding", if upright { "Identity-V" } else { "Identity-H" });
}

/// Writes the advances of glyphs that are not an em wide (ISO 32000-1 §9.7.4.3).
fn widths(doc: &mut Document, font: ObjectId, advances: &BTreeMap<u16, i64>) {
    let mut list: Vec<Object> = Vec::new();
    let mut group: Vec<Object> = Vec::new();
    let mut last = None;
    for (glyph, advance) in advances.iter().filter(|(_, advance)| **advance != 1000) {
        if last.is_none_or(|last: u16| last.checked_add(1) != Some(*glyph)) && !group.is_empty() {
            list.push(std::mem::take(&mut group).into());
        }
        if group.is_empty() {
            list.push(i64::from(*glyph).into());
        }
        group.push((*advance).into());
        last = Some(*glyph);
    }
    if !group.is_empty() {
        list.push(group.into());
    }
    let Ok(font) = doc.get_dictionary_mut(font) else { return };
    let Ok(Object::Array(below)) = font.get_mut(b"DescendantFonts") else { return };
    if let Some(Object::Dictionary(own)) = below.first_mut() {
        own.set("W", list);
        own.set("DW", 1000);
    }
}

/// Every font by its name in the resources.
fn fonts(doc: &Document) -> BTreeMap<String, ObjectId> {
    let mut out = BTreeMap::new();
    let dictionary = |object: &Object| match object {
        Object::Reference(id) => doc.get_dictionary(*id).ok().cloned(),
        object => object.as_dict().ok().cloned(),
    };
    for object in doc.objects.values() {
        let Ok(resources) = object.as_dict() else { continue };
        let inner = resources.get(b"Resources").ok().and_then(dictionary);
        let own = inner.as_ref().unwrap_or(resources);
        let Some(list) = own.get(b"Font").ok().and_then(dictionary) else { continue };
        for (name, font) in &list {
            if let (Ok(name), Ok(id)) = (std::str::from_utf8(name), font.as_reference()) {
                out.insert(name.to_owned(), id);
            }
        }
    }
    out
}

/// An object and all that it alone refers to.
fn below(doc: &Document, id: ObjectId, out: &mut BTreeSet<ObjectId>) {
    if !out.insert(id) {
        return;
    }
    let Some(object) = doc.objects.get(&id) else { return };
    let mut found = Vec::new();
    match object {
        Object::Dictionary(dictionary) => references(dictionary, &mut found),
        Object::Stream(stream) => references(&stream.dict, &mut found),
        object => references_of(object, &mut found),
    }
    found.into_iter().for_each(|id| below(doc, id, out));
}

fn references(dictionary: &Dictionary, out: &mut Vec<ObjectId>) {
    dictionary.iter().for_each(|(_, object)| references_of(object, out));
}

fn references_of(object: &Object, out: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => out.push(*id),
        Object::Array(list) => list.iter().for_each(|object| references_of(object, out)),
        Object::Dictionary(dictionary) => references(dictionary, out),
        _ => {}
    }
}
