//! A `Layout` → the bytes of a PDF, for reading or for a printer. The only room that names printpdf
//! and lopdf.
//!
//! Faces are cut down to their glyphs first ([`embed`]), each page becomes a content stream
//! ([`content`]), printpdf puts them together, and what it does not know is finished on its
//! objects: for reading ([`finish`]) the structure tree ([`tags`]), outline, page labels, language,
//! metadata, links, `/ID`; for a printer ([`printing`]) sheets with their boxes and marks, and
//! pictures in inks ([`separation`]).

mod annotations;
mod attachments;
mod content;
mod embed;
mod file;
mod finish;
mod intent;
mod marks;
mod metadata;
mod pictures;
mod printing;
mod separation;
mod states;
mod tags;
mod twins;

pub use attachments::{Attachment, Relation};
pub use printing::{Placed, Printed, Printing, Sheet, print};

use crate::fonts::{FaceId, FontError, Library};
use crate::length::Pt;
use crate::page::{Layout, NodeId, Page};
use content::{Drawn, Medium};
use embed::Embedded;
use lopdf::{Dictionary, Document, ObjectId, Stream};
use printpdf::{PdfDocument, PdfPage, PdfSaveOptions};
use rayon::prelude::*;
use separation::Separation;
use std::collections::{BTreeMap, BTreeSet};

/// Why no PDF came out.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A face could not be cut down.
    #[error("{0}: {1}")]
    Font(String, FontError),
    /// A picture could not be unpacked.
    #[error("{0}: {1}")]
    Picture(String, String),
    /// The ICC profile is not one of a press.
    #[error("ICC: {0}")]
    Profile(String),
    /// The objects could not be written.
    #[error("{0}")]
    Write(String),
}

/// What a reading edition is made with.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Files it carries; with any it is PDF/A-3a.
    pub attachments: Vec<Attachment>,
    /// Pixels an inch that a picture has at most; a photograph with more is made smaller.
    pub max_dpi: Option<u32>,
}

/// Writes the reading edition, PDF/A-2a and PDF/UA-1.
///
/// # Errors
/// [`PdfError`] when a face cannot be subset or an object cannot be written.
pub fn write(layout: &Layout, library: &Library, reading: &Reading) -> Result<Vec<u8>, PdfError> {
    let Reading { attachments, max_dpi } = reading;
    let structure = Some(&layout.structure);
    let medium = Medium { structure, inks: false, bleed: Pt::ZERO, max_dpi: *max_dpi };
    let Parts { doc, faces, contents, .. } = assemble(layout, library, &medium, None)?;
    finish::finish(doc, layout, attachments, &faces, &contents)
}

/// A document whose pages are drawn, not yet finished.
struct Parts {
    doc: Document,
    faces: BTreeMap<FaceId, Embedded>,
    /// For each page, the node of each marked content.
    contents: Vec<Vec<NodeId>>,
    /// The most ink of each picture, per cent, by name; where pictures are in inks.
    inks: Vec<(String, u32)>,
}

/// Puts faces, pictures and pages into a document.
fn assemble(
    layout: &Layout,
    library: &Library,
    medium: &Medium<'_>,
    separation: Option<&Separation>,
) -> Result<Parts, PdfError> {
    let mut document = PdfDocument::new(&layout.properties.title);
    let faces = embed::embed(layout, library, &mut document)?;
    let pictures::Embedded { ids, inks } =
        pictures::embed(layout, medium, separation, &mut document)?;
    let draw = |page: &Page| content::page(page, medium, &faces, &ids);
    let drawn: Vec<Drawn> = layout.pages.par_iter().map(draw).collect();
    document.resources.extgstates.map.extend(states::states(layout, medium));
    let fonts: BTreeSet<_> = drawn.iter().flat_map(|page| &page.fonts).copied().collect();
    let mut pages: Vec<PdfPage> = layout.pages.iter().map(blank).collect();
    pages.push(embed::specimen(&fonts, &faces));
    document.with_pages(pages);
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let mut doc = document.to_lopdf_document(&options, &mut Vec::new());
    let contents = fill(&mut doc, drawn).map_err(|error| PdfError::Write(error.to_string()))?;
    Ok(Parts { doc, faces, contents, inks })
}

/// A page of its size with nothing on it yet.
fn blank(page: &Page) -> PdfPage {
    let points = |length: Pt| printpdf::Pt(length.to_f32());
    let mut out = PdfPage::new(printpdf::Mm(0.0), printpdf::Mm(0.0), Vec::new());
    let size = printpdf::Rect::from_wh(points(page.width), points(page.height));
    out.media_box = size.clone();
    out.trim_box = size.clone();
    out.crop_box = size;
    out
}

/// Gives the pages their contents and takes the specimen away, which is the last; the node of each
/// marked content.
fn fill(doc: &mut Document, drawn: Vec<Drawn>) -> Result<Vec<Vec<NodeId>>, lopdf::Error> {
    let pages: Vec<ObjectId> = doc.page_iter().collect();
    let part = |doc: &Document, page: ObjectId, key: &[u8]| {
        doc.get_dictionary(page)?.get(key)?.as_reference()
    };
    let mut contents = Vec::new();
    for (page, drawn) in pages.iter().zip(drawn) {
        let content = part(doc, *page, b"Contents")?;
        doc.set_object(content, Stream::new(Dictionary::new(), drawn.content));
        contents.push(drawn.nodes);
    }
    if let Some(specimen) = pages.get(contents.len()) {
        for key in [b"Contents".as_slice(), b"Resources"] {
            let own = part(doc, *specimen, key)?;
            doc.objects.remove(&own);
        }
        doc.objects.remove(specimen);
        let tree = doc.catalog()?.get(b"Pages")?.as_reference()?;
        let tree = doc.get_dictionary_mut(tree)?;
        tree.set("Count", i64::try_from(contents.len()).unwrap_or(0));
        tree.get_mut(b"Kids")?.as_array_mut()?.truncate(contents.len());
    }
    Ok(contents)
}
