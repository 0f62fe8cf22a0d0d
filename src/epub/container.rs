//! The zip, written again: `mimetype` first and stored, everything else in the order it came, no
//! dates.
//!
//! epub-builder puts the clock into its zip and knows no `dc:source`; its `Zip` trait is not open
//! to us. So its package is taken apart here and put together the same way every time.

use super::EpubError;
use std::io::{Cursor, Read, Write};
use zip::read::ZipArchive;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const MIMETYPE: &str = "mimetype";
const PACKAGE: &str = "OEBPS/content.opf";

impl From<ZipError> for EpubError {
    fn from(error: ZipError) -> Self {
        Self::Package(error.to_string())
    }
}

/// Writes a package again, with more `metadata` elements in its OPF.
pub(super) fn rewrite(package: Vec<u8>, metadata: &str) -> Result<Vec<u8>, EpubError> {
    let mut from = ZipArchive::new(Cursor::new(package))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    file(&mut to, MIMETYPE, b"application/epub+zip", CompressionMethod::Stored)?;
    for at in 0..from.len() {
        let mut entry = from.by_index(at)?;
        let name = entry.name().to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(ZipError::Io)?;
        if name == PACKAGE {
            bytes = described(&bytes, metadata)?;
        }
        if name != MIMETYPE && !name.ends_with('/') {
            let packed = [".png", ".jpg"].iter().any(|ending| name.ends_with(ending));
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

/// The OPF with more metadata at the end of its metadata.
fn described(opf: &[u8], metadata: &str) -> Result<Vec<u8>, EpubError> {
    let wrong = || EpubError::Package(format!("{PACKAGE} has no metadata"));
    let opf = std::str::from_utf8(opf).map_err(|_| wrong())?;
    let at = opf.find("</metadata>").ok_or_else(wrong)?;
    let (before, after) = opf.split_at(at);
    // epub-builder gives languages and creators the same ids.
    let before = before.replace("<dc:language id=\"epub-creator-", "<dc:language id=\"language-");
    Ok(format!("{before}{metadata}{after}").into_bytes())
}
