//! The faces of a font collection (`.ttc`, `.otc`; OpenType §Font Collections), each as a font of
//! its own: shapers, subsets and PDF take one face.

use super::FontError;
use skrifa::raw::{FileRef, TableProvider};
use write_fonts::FontBuilder;

/// The most faces of one collection that are looked at.
const MOST: u32 = 64;

/// The faces in a file: the file itself where it is no collection, and of a collection those that
/// are wanted.
///
/// # Errors
/// [`FontError::Broken`] when it is no font.
pub fn faces_of(
    bytes: Vec<u8>,
    wanted: impl Fn(&skrifa::FontRef<'_>) -> bool,
) -> Result<Vec<Vec<u8>>, FontError> {
    let broken = |error: skrifa::raw::ReadError| FontError::Broken(error.to_string());
    let file = FileRef::new(&bytes).map_err(broken)?;
    let FileRef::Collection(collection) = file else {
        let single = match file {
            FileRef::Font(font) => wanted(&font),
            FileRef::Collection(_) => false,
        };
        return Ok(if single { vec![bytes] } else { Vec::new() });
    };
    let mut out = Vec::new();
    for at in 0..collection.len().min(MOST) {
        let font = collection.get(at).map_err(broken)?;
        if font.head().is_ok() && wanted(&font) {
            out.push(FontBuilder::new().copy_missing_tables(font).build());
        }
    }
    Ok(out)
}
