//! One font, written two ways: level and upright.
//!
//! printpdf knows level text only. A face with upright glyphs is put in twice, and here the second
//! becomes the first with the vertical writing mode (Identity-V, ISO 32000-1 §9.7.5.2), so that
//! the file holds its glyphs once. Metrics are the default ones: an em down, from the middle of
//! the top of the em box, 0.88 em above the baseline.

use super::embed::UPRIGHT;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// Makes every font for upright glyphs a second face of its level one.
pub(super) fn join(doc: &mut Document) {
    let fonts = fonts(doc);
    let mut gone = BTreeSet::new();
    for (name, upright) in &fonts {
        let Some(level) = name.strip_suffix(UPRIGHT) else { continue };
        // A face without level glyphs has but the one font.
        let Some(level) = fonts.get(level) else {
            if let Ok(font) = doc.get_dictionary_mut(*upright) {
                font.set("Encoding", Object::Name(b"Identity-V".to_vec()));
            }
            continue;
        };
        let Ok(mut font) = doc.get_dictionary(*level).cloned() else { continue };
        below(doc, *upright, &mut gone);
        gone.remove(upright);
        // What its glyphs mean was written for those that are shown upright.
        let meaning = doc.get_dictionary(*upright).and_then(|own| own.get(b"ToUnicode")).cloned();
        if let Ok(meaning) = meaning {
            if let Ok(id) = meaning.as_reference() {
                gone.remove(&id);
            }
            font.set("ToUnicode", meaning);
        }
        let mut kept = BTreeSet::new();
        below(doc, *level, &mut kept);
        gone.retain(|id| !kept.contains(id));
        font.set("Encoding", "Identity-V");
        doc.set_object(*upright, font);
    }
    gone.iter().for_each(|id| {
        doc.objects.remove(id);
    });
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
