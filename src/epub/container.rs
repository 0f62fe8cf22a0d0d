//! The zip, written again: `mimetype` first and stored, everything else in the order it came, no
//! dates.
//!
//! epub-builder puts the clock into its zip, knows little metadata and no page list; its `Zip` trait
//! is not open to us. So its package is taken apart here and put together the same way every time,
//! with our own metadata and navigation.

use super::EpubError;
use std::io::{Cursor, Read, Write};
use zip::read::ZipArchive;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const MIMETYPE: &str = "mimetype";
/// The cover and the contents in the spine.
const CONTENTS: &str = "<itemref idref=\"id_cover.xhtml\"/>\n    <itemref idref=\"nav\"/>";

const PACKAGE: &str = "OEBPS/content.opf";

impl From<ZipError> for EpubError {
    fn from(error: ZipError) -> Self {
        Self::Package(error.to_string())
    }
}

/// What takes the place of what epub-builder wrote.
pub(super) struct Rewritten {
    /// The elements of the OPF's metadata.
    pub(super) metadata: String,
    /// The navigation document.
    pub(super) navigation: String,
    /// The NCX.
    pub(super) ncx: String,
    /// BCP 47 language of the package.
    pub(super) language: String,
    /// Whether pages turn to the right.
    pub(super) right_to_left: bool,
}

/// Writes a package again.
pub(super) fn rewrite(package: Vec<u8>, own: &Rewritten) -> Result<Vec<u8>, EpubError> {
    let mut from = ZipArchive::new(Cursor::new(package))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    file(&mut to, MIMETYPE, b"application/epub+zip", CompressionMethod::Stored)?;
    for at in 0..from.len() {
        let mut entry = from.by_index(at)?;
        let name = entry.name().to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(ZipError::Io)?;
        match name.as_str() {
            PACKAGE => bytes = described(&bytes, own)?,
            "OEBPS/nav.xhtml" => own.navigation.as_bytes().clone_into(&mut bytes),
            "OEBPS/toc.ncx" => own.ncx.as_bytes().clone_into(&mut bytes),
            _ => {}
        }
        if name != MIMETYPE && !name.ends_with('/') {
            let packed = [".png", ".jpg", ".woff2"].iter().any(|ending| name.ends_with(ending));
            let stored = CompressionMethod::Stored;
            let method = if packed { stored } else { CompressionMethod::Deflated };
            file(&mut to, &name, &bytes, method)?;
        }
    }
    Ok(to.finish()?.into_inner())
}

fn file(
    to: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    bytes: &[u8],
    method: CompressionMethod,
) -> Result<(), EpubError> {
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    to.start_file(name, options)?;
    to.write_all(bytes).map_err(ZipError::Io)?;
    Ok(())
}

/// The OPF with its metadata, and the way its pages turn.
fn described(opf: &[u8], own: &Rewritten) -> Result<Vec<u8>, EpubError> {
    let wrong = || EpubError::Package(format!("{PACKAGE} has no metadata"));
    let opf = std::str::from_utf8(opf).map_err(|_| wrong())?;
    let (before, rest) = opf.split_once("<metadata").ok_or_else(wrong)?;
    let (opening, rest) = rest.split_once('>').ok_or_else(wrong)?;
    let (_, after) = rest.split_once("</metadata>").ok_or_else(wrong)?;
    let opening_tag =
        format!("<package xml:lang=\"{}\" prefix=\"schema: http://schema.org/\" ", own.language);
    let before = before.replace("<package ", &opening_tag);
    let after = match own.right_to_left {
        true => after
            .replace("page-progression-direction=\"ltr\"", "page-progression-direction=\"rtl\""),
        false => after.to_owned(),
    };
    // The contents are a page of the book, after its cover.
    let after = after.replacen("<itemref idref=\"id_cover.xhtml\"/>", CONTENTS, 1);
    let metadata = &own.metadata;
    Ok(format!("{before}<metadata{opening}>\n{metadata}</metadata>{after}").into_bytes())
}
