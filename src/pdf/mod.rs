//! A `Layout` → the bytes of a PDF. The only room that names printpdf and lopdf.
//!
//! Faces are cut down to their glyphs first ([`embed`]), each page becomes a content stream
//! ([`content`]), printpdf puts them together, and what it does not know is finished on its
//! objects ([`finish`]): outline, page labels, language, metadata, links, `/ID`.

mod annotations;
mod content;
mod embed;
mod finish;
mod intent;
mod jpeg;
mod metadata;
mod pictures;
mod tags;
mod twins;

use crate::fonts::{FontError, Library};
use crate::page::Layout;
use printpdf::{PdfDocument, PdfSaveOptions};

/// Why no PDF came out.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A face could not be cut down.
    #[error("{0}: {1}")]
    Font(String, FontError),
    /// A picture could not be unpacked.
    #[error("{0}: {1}")]
    Picture(String, String),
    /// The objects could not be written.
    #[error("{0}")]
    Write(String),
}

/// Writes the reading edition.
///
/// # Errors
/// [`PdfError`] when a face cannot be subset or an object cannot be written.
pub fn write(layout: &Layout, library: &Library) -> Result<Vec<u8>, PdfError> {
    let mut document = PdfDocument::new(&layout.properties.title);
    let faces = embed::embed(layout, library, &mut document)?;
    let pictures = pictures::embed(layout, &mut document)?;
    let pages = layout.pages.iter();
    let (pages, contents): (Vec<_>, Vec<_>) =
        pages.map(|page| content::page(page, &layout.structure, &faces, &pictures)).unzip();
    document.resources.extgstates.map.extend(content::veils(layout));
    document.with_pages(pages);
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let objects = document.to_lopdf_document(&options, &mut Vec::new());
    finish::finish(objects, layout, &faces, &contents)
}
