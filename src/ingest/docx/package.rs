//! The zip of a Word file: parts read by name, within bounds, never written anywhere.

use crate::ingest::limits;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// What is wrong with a Word file.
#[derive(Debug, thiserror::Error)]
pub(super) enum DocxError {
    /// It is no zip, or a damaged one.
    #[error("{0}")]
    Zip(String),
    /// It asks for more than is allowed.
    #[error("{part}: {what} > {limit}")]
    Limit { part: String, what: &'static str, limit: u64 },
    /// It has no text part.
    #[error("word/document.xml")]
    NoDocument,
    /// A part is no well-formed XML.
    #[error("{part}: {reason}")]
    Xml { part: String, reason: String },
}

/// An open package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, DocxError> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|e| DocxError::Zip(e.to_string()))?;
        if archive.len() > limits::ZIP_ENTRIES {
            let limit = u64::try_from(limits::ZIP_ENTRIES).unwrap_or(u64::MAX);
            return Err(DocxError::Limit { part: "zip".to_owned(), what: "entries", limit });
        }
        Ok(Self { archive, left: limits::ZIP_TOTAL })
    }

    /// A part's bytes; `None` when there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, DocxError> {
        let name = name.trim_start_matches('/');
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(DocxError::Zip(format!("{name}: {error}"))),
        };
        if file.is_symlink() || file.is_dir() {
            return Ok(None);
        }
        let limit = limits::ZIP_ENTRY.min(self.left);
        let mut bytes = Vec::new();
        // What the zip says about sizes is not believed.
        let read = file.take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| DocxError::Zip(format!("{name}: {error}")))?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > limit {
            return Err(DocxError::Limit { part: name.to_owned(), what: "bytes", limit });
        }
        self.left -= size;
        Ok(Some(bytes))
    }
}

/// The name of a part that another one refers to: `media/a.png` from `word/document.xml`.
pub(super) fn resolved(from: &str, target: &str) -> String {
    if let Some(rooted) = target.strip_prefix('/') {
        return rooted.to_owned();
    }
    let mut path: Vec<&str> = from.split('/').collect();
    path.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                path.pop();
            }
            "." | "" => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_stay_inside_the_package() {
        assert_eq!(resolved("word/document.xml", "media/a.png"), "word/media/a.png");
        assert_eq!(resolved("word/document.xml", "../media/a.png"), "media/a.png");
        assert_eq!(resolved("word/document.xml", "../../../a.png"), "a.png");
        assert_eq!(resolved("word/document.xml", "/word/b.xml"), "word/b.xml");
    }
}
