//! `[epub]`: what the book for reading systems is made with.

use super::values::{one_of, wrong};
use crate::diagnostics::Diagnostic;
use toml::Table;

/// What an EPUB is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ebook {
    /// How it carries subsets of its faces.
    pub fonts: BookFonts,
    /// The most pixels a side of a picture has.
    pub max_image_px: u32,
    /// How good a JPEG is that is made anew, per cent.
    pub image_quality: u8,
}

/// How the faces of a book are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookFonts {
    /// As OpenType, which every reading system knows.
    OpenType,
    /// As WOFF 2.0, which is smaller (a core media type since EPUB 3.3).
    Woff2,
    /// Not at all.
    Left,
}

impl Default for Ebook {
    fn default() -> Self {
        Self { fonts: BookFonts::OpenType, max_image_px: 2000, image_quality: 85 }
    }
}

pub(super) fn ebook(table: &Table) -> Result<Ebook, Box<Diagnostic>> {
    let rules = Ebook::default();
    let fonts = one_of(table, "epub", "fonts", &["otf", "woff2", "none"])?;
    let fonts = match fonts.as_deref() {
        Some("none") => BookFonts::Left,
        Some("woff2") => BookFonts::Woff2,
        _ => BookFonts::OpenType,
    };
    let whole = |key: &str, range: std::ops::RangeInclusive<i64>| match table.get(key) {
        None => Ok(None),
        Some(value) => match value.as_integer().filter(|found| range.contains(found)) {
            Some(found) => Ok(Some(found)),
            None => {
                let wanted = format!("{}–{}", range.start(), range.end());
                Err(wrong(&format!("epub.{key}"), &value.to_string(), &wanted))
            }
        },
    };
    let pixels = whole("max-image-px", 100..=20_000)?.and_then(|px| u32::try_from(px).ok());
    let quality = whole("image-quality", 1..=100)?.and_then(|cent| u8::try_from(cent).ok());
    Ok(Ebook {
        fonts,
        max_image_px: pixels.unwrap_or(rules.max_image_px),
        image_quality: quality.unwrap_or(rules.image_quality),
    })
}
