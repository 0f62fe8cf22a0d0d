//! `[epub]`: what the book for reading systems is made with.

use super::values::{one_of, wrong};
use crate::diagnostics::Diagnostic;
use toml::Table;

/// What an EPUB is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ebook {
    /// Whether it carries subsets of its faces.
    pub fonts: bool,
    /// The most pixels a side of a picture has.
    pub max_image_px: u32,
}

impl Default for Ebook {
    fn default() -> Self {
        Self { fonts: true, max_image_px: 2000 }
    }
}

pub(super) fn ebook(table: &Table) -> Result<Ebook, Box<Diagnostic>> {
    let rules = Ebook::default();
    let fonts = one_of(table, "epub", "fonts", &["otf", "none"])?;
    let max_image_px = match table.get("max-image-px") {
        None => rules.max_image_px,
        Some(value) => {
            let found = value.as_integer().filter(|pixels| (100..=20_000).contains(pixels));
            let found = found.and_then(|pixels| u32::try_from(pixels).ok());
            found.ok_or_else(|| wrong("epub.max-image-px", &value.to_string(), "100–20000"))?
        }
    };
    Ok(Ebook { fonts: fonts.is_none_or(|fonts| fonts == "otf"), max_image_px })
}
