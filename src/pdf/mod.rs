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
mod finish;
mod intent;
mod marks;
mod metadata;
mod pictures;
mod printing;
mod separation;
mod tags;
mod twins;

pub use attachments::{Attachment, Relation};
pub use printing::{Placed, Printed, Printing, Sheet, print};

use crate::fonts::{FaceId, FontError, Library};
use crate::length::Pt;
use crate::page::{Layout, NodeId, Page};
use content::Medium;
use embed::Embedded;
use printpdf::{PdfDocument, PdfSaveOptions};
use rayon::prelude::*;
use separation::Separation;
use std::collections::BTreeMap;

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
    doc: lopdf::Document,
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
    let drawn: Vec<_> = layout.pages.par_iter().map(draw).collect();
    let (pages, contents): (Vec<_>, Vec<_>) = drawn.into_iter().unzip();
    document.resources.extgstates.map.extend(content::states(layout, medium));
    document.with_pages(pages);
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let doc = document.to_lopdf_document(&options, &mut Vec::new());
    Ok(Parts { doc, faces, contents, inks })
}
