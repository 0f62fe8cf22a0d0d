//! What printpdf leaves open, one function a concern.

use super::PdfError;
use super::annotations::{annotate, destination};
use super::attachments::{Attachment, attach};
use super::embed::Embedded;
use super::file::{compress, identify, save};
use super::metadata::{information, text, xmp};
use super::tags::{self, Leaf, Marked};
use super::{intent, twins};
use crate::fonts::FaceId;
use crate::page::{Layout, NodeId, OutlineEntry, Page, Turn};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::collections::BTreeMap;

/// Finishes the objects and writes them. `contents` has the node of each marked content of each
/// page.
pub(super) fn finish(
    mut doc: Document,
    layout: &Layout,
    attachments: &[Attachment],
    faces: &BTreeMap<FaceId, Embedded>,
    contents: &[Vec<NodeId>],
) -> Result<Vec<u8>, PdfError> {
    let wrong = |error: &dyn std::fmt::Display| PdfError::Write(error.to_string());
    "1.7".clone_into(&mut doc.version);
    let pages: Vec<ObjectId> = doc.page_iter().collect();
    twins::join(&mut doc, faces.values());
    let outline = outline(&mut doc, layout, &pages);
    let annotations = annotate(&mut doc, layout, &pages).map_err(|error| wrong(&error))?;
    let leaves = pages.iter().zip(contents).enumerate();
    let leaves: Vec<Leaf<'_>> = leaves
        .map(|(turn, (page, contents))| Leaf { turn, page: *page, form: None, contents })
        .collect();
    let marked = Marked { leaves: &leaves, annotations: &annotations };
    let (tree, elements) = tags::write(&mut doc, layout, &marked).map_err(|error| wrong(&error))?;
    let intent = intent::srgb(&mut doc)?;
    let part = if attachments.is_empty() { 2 } else { 3 };
    let metadata = doc.add_object(xmp(&layout.properties, part));
    if !attachments.is_empty() {
        let date = layout.properties.date.as_deref();
        attach(&mut doc, attachments, date).map_err(|error| wrong(&error))?;
    }
    let labels = labels(layout);
    let catalog = doc.catalog_mut().map_err(|error| wrong(&error))?;
    catalog.set("Lang", text(&layout.properties.language));
    let mut preferences = dictionary! { "DisplayDocTitle" => true };
    if layout.pages.iter().flat_map(Page::runs).any(|run| run.turn == Turn::Upright) {
        preferences.set("Direction", "R2L");
    }
    catalog.set("ViewerPreferences", preferences);
    catalog.set("PageLabels", labels);
    catalog.set("Metadata", metadata);
    catalog.set("PageLayout", "SinglePage");
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", tree);
    catalog.set("OutputIntents", vec![Object::from(intent)]);
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    // printpdf's own information dictionary goes. lopdf could prune for us, but in square time.
    if let Ok(old) = doc.trailer.get(b"Info").and_then(Object::as_reference) {
        doc.objects.remove(&old);
    }
    let info = doc.add_object(information(&layout.properties));
    doc.trailer.set("Info", info);
    compress(&mut doc);
    identify(&mut doc);
    save(doc, elements)
}

/// The outline as a tree, levels nested; all open.
fn outline(doc: &mut Document, layout: &Layout, pages: &[ObjectId]) -> Option<ObjectId> {
    let mut entries: Vec<&OutlineEntry> = layout.outline.iter().collect();
    entries.sort_by_key(|entry| (entry.page, entry.y));
    if entries.is_empty() {
        return None;
    }
    let root = doc.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| doc.new_object_id()).collect();
    let parents = parents(&entries);
    // Children of each entry, and of the root last.
    let mut children = vec![Vec::new(); entries.len() + 1];
    for (at, parent) in parents.iter().enumerate() {
        children[parent.unwrap_or(entries.len())].push(at);
    }
    for siblings in &children {
        for (place, at) in siblings.iter().enumerate() {
            let entry = entries[*at];
            let Some(page) = pages.get(entry.page) else { continue };
            let mut item = dictionary! {
                "Title" => text(&entry.title),
                "Parent" => parents[*at].map_or(root, |parent| ids[parent]),
                "Dest" => destination(*page, layout, entry.page, entry.y),
            };
            if let Some(before) = place.checked_sub(1).and_then(|before| siblings.get(before)) {
                item.set("Prev", ids[*before]);
            }
            if let Some(after) = siblings.get(place + 1) {
                item.set("Next", ids[*after]);
            }
            family(&mut item, &children[*at], &ids);
            doc.set_object(ids[*at], item);
        }
    }
    let mut outline = dictionary! { "Type" => "Outlines" };
    family(&mut outline, &children[entries.len()], &ids);
    outline.set("Count", i64::try_from(entries.len()).unwrap_or(0));
    doc.set_object(root, outline);
    Some(root)
}

/// First, last and number of an outline item's children.
fn family(item: &mut Dictionary, children: &[usize], ids: &[ObjectId]) {
    if let (Some(first), Some(last)) = (children.first(), children.last()) {
        item.set("First", ids[*first]);
        item.set("Last", ids[*last]);
        item.set("Count", i64::try_from(children.len()).unwrap_or(0));
    }
}

/// For each entry, the last one before it of a higher level.
fn parents(entries: &[&OutlineEntry]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut out = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        while open.last().is_some_and(|last| entries[*last].level >= entry.level) {
            open.pop();
        }
        out.push(open.last().copied());
        open.push(at);
    }
    out
}

/// Page labels: covers by name, other pages without a number roman, then decimal (ISO 32000-1
/// §12.4.2).
fn labels(layout: &Layout) -> Dictionary {
    /// How a page is counted.
    #[derive(PartialEq, Clone, Copy)]
    enum Count<'a> {
        Named(&'a str),
        Roman(i64),
        Number(i64),
    }
    let mut numbers: Vec<Object> = Vec::new();
    let mut last = None;
    for (at, page) in layout.pages.iter().enumerate() {
        let roman = match last {
            Some(Count::Roman(before)) => before + 1,
            _ => 1,
        };
        let own = match page.label.parse::<i64>() {
            Ok(number) => Count::Number(number),
            Err(_) if page.name.is_empty() => Count::Roman(roman),
            Err(_) => Count::Named(&page.name),
        };
        let (goes_on, label) = match (last, own) {
            (_, Count::Named(name)) => (false, dictionary! { "P" => text(name) }),
            (Some(Count::Roman(_)), Count::Roman(_)) => (true, Dictionary::new()),
            (_, Count::Roman(first)) => (false, dictionary! { "S" => "r", "St" => first }),
            (Some(Count::Number(before)), Count::Number(own)) if own == before + 1 => {
                (true, Dictionary::new())
            }
            (_, Count::Number(first)) => (false, dictionary! { "S" => "D", "St" => first }),
        };
        if !goes_on {
            numbers.push(i64::try_from(at).unwrap_or(0).into());
            numbers.push(label.into());
        }
        last = Some(own);
    }
    dictionary! { "Nums" => numbers }
}
