//! A layout → the sheets a printer gets: PDF/X-4 (ISO 15930-7).
//!
//! Each page becomes a form, cut at its bleed; a sheet shows one page or several, in its boxes,
//! with its marks. All colour is ink: text and shapes by the colours of the design, pictures by
//! the profile of the printing condition.

use super::file::{Packed, compress, identify, save};
use super::metadata::{information, print_xmp, text};
use super::separation::{BUNDLED, BUNDLED_NAME, Separation};
use super::tags::{self, Leaf, Marked};
use super::{PdfError, marks, twins};
use crate::fonts::Library;
use crate::length::{Mm, Pt, Rect};
use crate::page::{Layout, NodeId};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::fmt::Write;

/// What a print is made for.
#[derive(Debug, Clone)]
pub struct Printing<'a> {
    /// The ICC profile of the printing condition. Where there is none, the bundled one parts the
    /// colours, and it is the intent unless a condition is named.
    pub profile: Option<&'a [u8]>,
    /// The condition's name in the ICC's registry.
    pub condition: Option<&'a str>,
    /// How far colour reaches over the edge.
    pub bleed: Pt,
    /// Whether there are marks around the sheet.
    pub marks: bool,
    /// The sheets, in order.
    pub sheets: Vec<Sheet>,
}

/// One side of a sheet.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Trimmed width.
    pub width: Pt,
    /// Trimmed height.
    pub height: Pt,
    /// Pages on it, drawn in order.
    pub placed: Vec<Placed>,
    /// Where it is folded, from its left edge.
    pub folds: Vec<Pt>,
}

/// A page on a sheet.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Which of the layout's.
    pub page: usize,
    /// Its turn when the pages are read; none for what is no page of the edition.
    pub turn: Option<usize>,
    /// Its left edge, from the sheet's.
    pub x: Pt,
    /// Its top, from the sheet's.
    pub y: Pt,
    /// What of it is shown, from its own corner; what lies beyond its edges is negative.
    pub clip: Rect,
}

/// A print and what was found about its ink.
#[derive(Debug)]
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// The most ink of each picture, per cent, by name.
    pub inks: Vec<(String, u32)>,
}

/// A print has to say when it was made (ISO 15930-7 §6.8); this is what one without a date says.
const NO_DATE: &str = "1980-01-01";

/// Room for marks around the bleed.
const MARKS: Pt = Mm::from_micrometres(10_000).pt();

/// Writes a print.
///
/// # Errors
/// [`PdfError`] when a face, a picture or the profile cannot be used, or an object written.
pub fn print(
    layout: &Layout,
    library: &Library,
    printing: &Printing<'_>,
) -> Result<Printed, PdfError> {
    let separation = Separation::of(printing.profile.unwrap_or(BUNDLED))?;
    let medium = super::content::Medium {
        structure: Some(&layout.structure),
        inks: true,
        bleed: printing.bleed,
        max_dpi: None,
    };
    let parts = super::assemble(layout, library, &medium, Some(&separation))?;
    let mut doc = parts.doc;
    "1.6".clone_into(&mut doc.version);
    twins::join(&mut doc, parts.faces.values());
    let wrong = |error: lopdf::Error| PdfError::Write(error.to_string());
    let (tree, elements) = sheets(&mut doc, layout, printing, &parts.contents).map_err(wrong)?;
    let intent = intent(&mut doc, printing);
    identify(&mut doc);
    let mut properties = layout.properties.clone();
    properties.date.get_or_insert_with(|| NO_DATE.to_owned());
    let metadata = doc.add_object(print_xmp(&properties, &document_id(&doc)));
    let catalog = doc.catalog_mut().map_err(wrong)?;
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::from(intent)]);
    catalog.set("Lang", text(&layout.properties.language));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", tree);
    catalog.remove(b"Outlines");
    catalog.remove(b"PageMode");
    if let Ok(old) = doc.trailer.get(b"Info").and_then(Object::as_reference) {
        doc.objects.remove(&old);
    }
    let mut info = information(&properties);
    info.set("Trapped", "False");
    let info = doc.add_object(info);
    doc.trailer.set("Info", info);
    compress(&mut doc);
    Ok(Printed { bytes: save(doc, elements)?, inks: parts.inks })
}

/// The first half of the file's identity, for its metadata.
fn document_id(doc: &Document) -> String {
    let id = doc.trailer.get(b"ID").ok().and_then(|id| id.as_array().ok()?.first()?.as_str().ok());
    let mut out = String::from("uuid:");
    for (at, byte) in id.unwrap_or_default().iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// The output intent (ISO 15930-7 §6.2.2). A registered condition needs no profile.
fn intent(doc: &mut Document, printing: &Printing<'_>) -> ObjectId {
    let name = printing.condition.unwrap_or(match printing.profile {
        Some(_) => "Custom",
        None => BUNDLED_NAME,
    });
    let mut intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => text(name),
        "OutputCondition" => text(name),
        "Info" => text(name),
    };
    match (printing.condition, printing.profile) {
        (Some(_), None) => intent.set("RegistryName", text("http://www.color.org")),
        (_, profile) => {
            let profile = profile.unwrap_or(BUNDLED).to_vec();
            let stream = Stream::new(dictionary! { "N" => 4 }, profile);
            let profile = doc.add_object(stream);
            intent.set("DestOutputProfile", profile);
        }
    }
    doc.add_object(intent)
}

/// Makes forms of the pages and sheets of the forms; the structure tree, by which what stands on
/// the sheets can be read, and checked, in its order.
fn sheets(
    doc: &mut Document,
    layout: &Layout,
    printing: &Printing<'_>,
    contents: &[Vec<NodeId>],
) -> Result<(ObjectId, Vec<Packed>), lopdf::Error> {
    let pages: Vec<ObjectId> = doc.page_iter().collect();
    let tree = doc.catalog()?.get(b"Pages")?.as_reference()?;
    let mut kids: Vec<Object> = Vec::new();
    let mut leaves: Vec<Leaf<'_>> = Vec::new();
    for sheet in &printing.sheets {
        let outer = printing.bleed + if printing.marks { MARKS } else { Pt::ZERO };
        let mut forms = Dictionary::new();
        let mut content = String::new();
        let own = doc.new_object_id();
        for (at, placed) in sheet.placed.iter().enumerate() {
            let (Some(id), Some(page)) = (pages.get(placed.page), layout.pages.get(placed.page))
            else {
                continue;
            };
            let form = form(doc, *id, &placed.clip, page.height)?;
            let name = format!("P{at}");
            let x = outer + placed.x;
            let y = outer + sheet.height - placed.y - page.height;
            let _ = writeln!(
                content,
                "q 1 0 0 1 {x} {y} cm /{name} Do Q",
                x = x.to_f32(),
                y = y.to_f32()
            );
            forms.set(name, form);
            let contents = contents.get(placed.page).map(Vec::as_slice).unwrap_or_default();
            if let Some(turn) = placed.turn {
                leaves.push(Leaf { turn, page: own, form: Some(form), contents });
            }
        }
        if printing.marks {
            content.push_str(&marks::marks(sheet, outer, printing.bleed));
        }
        let content = doc.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
        doc.set_object(own, page_of(sheet, outer, printing.bleed, tree, forms, content));
        kids.push(own.into());
    }
    for page in pages {
        doc.objects.remove(&page);
    }
    let count = i64::try_from(kids.len()).unwrap_or(0);
    let tree = doc.get_dictionary_mut(tree)?;
    tree.set("Kids", kids);
    tree.set("Count", count);
    leaves.sort_by_key(|leaf| leaf.turn);
    tags::write(doc, layout, &Marked { leaves: &leaves, annotations: &[] })
}

/// A sheet with its boxes (ISO 32000-1 §14.11.2).
fn page_of(
    sheet: &Sheet,
    outer: Pt,
    bleed: Pt,
    tree: ObjectId,
    forms: Dictionary,
    content: ObjectId,
) -> Dictionary {
    let boxed = |inset: Pt| -> Object {
        let (right, top) = (outer * 2 + sheet.width - inset, outer * 2 + sheet.height - inset);
        let corners = [inset, inset, right, top].map(|corner| Object::from(corner.to_f32()));
        corners.to_vec().into()
    };
    dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "MediaBox" => boxed(Pt::ZERO),
        "BleedBox" => boxed(outer - bleed),
        "TrimBox" => boxed(outer),
        "Resources" => dictionary! { "XObject" => forms },
        "Group" => dictionary! { "Type" => "Group", "S" => "Transparency", "CS" => "DeviceCMYK" },
        "Contents" => content,
    }
}

/// A page as a form that shows what lies in `clip` (ISO 32000-1 §8.10).
fn form(
    doc: &mut Document,
    page: ObjectId,
    clip: &Rect,
    height: Pt,
) -> Result<ObjectId, lopdf::Error> {
    let content = doc.get_page_content(page);
    let resources = doc.get_dictionary(page)?.get(b"Resources")?.clone();
    let (left, top) = (clip.x, height - clip.y);
    let corners = [left, top - clip.height, left + clip.width, top];
    let corners: Vec<Object> = corners.iter().map(|corner| corner.to_f32().into()).collect();
    let dict = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => corners,
        "Resources" => resources,
    };
    Ok(doc.add_object(Stream::new(dict, content)))
}
