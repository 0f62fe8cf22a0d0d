//! The pictures of an article: read from the folder of its issue or from the article itself, never
//! from anywhere else.
//!
//! A picture is looked for from the folder of its article on, links followed; what leads out of the
//! issue's folder (out of its own for an article alone), what is on the network and what is not
//! there is a finding with its place, and the reference stays as it was written.

use super::{Input, limits};
use crate::article::{Article, CoverPicture, Image, Picture, PictureFormat, PictureId};
use crate::diagnostics::{Code, Diagnostic, Sink};
use base64::Engine;
use base64::engine::GeneralPurposeConfig;
use base64::engine::general_purpose::GeneralPurpose;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What is wrong with a picture.
#[derive(Debug, thiserror::Error)]
enum MediaError {
    #[error("remote")]
    Remote,
    #[error("outside")]
    Outside,
    #[error("missing")]
    Missing,
    #[error("{0}")]
    Unreadable(String),
    #[error("large")]
    TooLarge,
    #[error("format")]
    Format,
    #[error("broken: {0}")]
    Broken(String),
}

/// Finds the pictures that an article refers to and takes them into it.
pub(super) fn resolve(article: &mut Article, input: &Input, sink: &mut Sink) {
    let shelf = input
        .folder
        .as_deref()
        .map(|folder| Shelf { folder, root: input.root.as_deref().unwrap_or(folder) });

    let mut wanted: BTreeMap<String, Result<Picture, MediaError>> = BTreeMap::new();
    article.all_blocks_mut().for_each(|block| {
        block.each_image_mut(&mut |image| {
            if image.picture.is_none() {
                wanted.entry(image.source.clone()).or_insert(Err(MediaError::Missing));
            }
        });
    });
    wanted.par_iter_mut().for_each(|(source, found)| *found = read(source, shelf));
    let mut known: HashMap<String, PictureId> = HashMap::new();
    let mut pictures = std::mem::take(&mut article.pictures);
    article.all_blocks_mut().for_each(|block| {
        block.each_image_mut(&mut |image| {
            if image.picture.is_some() {
                return;
            }
            match wanted.get(&image.source) {
                Some(Ok(picture)) => {
                    let next = PictureId(pictures.len());
                    let id = *known.entry(image.source.clone()).or_insert(next);
                    if id == next {
                        pictures.push(picture.clone());
                    }
                    image.picture = Some(id);
                }
                Some(Err(error)) => sink.push(finding(error, image)),
                None => {}
            }
        });
    });
    article.pictures = pictures;
}

/// The cover's picture, by its address in the issue file.
///
/// # Errors
/// A [`Diagnostic`] of the `image::` codes.
pub fn cover(source: &str, folder: &Path) -> Result<CoverPicture, Box<Diagnostic>> {
    let shelf = Shelf { folder, root: folder };
    let picture = read(source, Some(shelf)).map_err(|error| Box::new(said(&error, source)))?;
    let broken = |error: &dyn std::fmt::Display| {
        Box::new(said(&MediaError::Broken(error.to_string()), source))
    };
    let reader = image::ImageReader::new(Cursor::new(&*picture.bytes)).with_guessed_format();
    let reader = reader.map_err(|error| broken(&error))?;
    let mut decoder = reader.into_decoder().map_err(|error| broken(&error))?;
    let turned = image::ImageDecoder::orientation(&mut decoder).map_err(|error| broken(&error))?;
    let mut pixels = image::DynamicImage::from_decoder(decoder).map_err(|error| broken(&error))?;
    pixels.apply_orientation(turned);
    let tones = super::tones::tones(&pixels);
    Ok(CoverPicture { picture, tones })
}

fn finding(error: &MediaError, image: &Image) -> Diagnostic {
    let finding = said(error, &image.source);
    match image.place {
        Some(place) => finding.at_span(place),
        None => finding,
    }
}

fn said(error: &MediaError, source: &str) -> Diagnostic {
    let code = match error {
        MediaError::Remote => Code::ImageRemote,
        MediaError::Outside => Code::ImageOutside,
        MediaError::Missing | MediaError::Unreadable(_) => Code::ImageMissing,
        MediaError::TooLarge => Code::ImageTooLarge,
        MediaError::Format => Code::ImageFormat,
        MediaError::Broken(_) => Code::ImageBroken,
    };
    let mut shown: String = source.chars().take(120).collect();
    if shown.len() < source.len() {
        shown.push('…');
    }
    let limit = limits::PICTURE / (1024 * 1024);
    let mut finding = Diagnostic::new(code).with("path", shown).with("limit", limit);
    if let MediaError::Broken(reason) = error {
        finding = finding.with("reason", reason);
    }
    finding
}

/// Where pictures stand.
#[derive(Clone, Copy)]
struct Shelf<'a> {
    /// Where their paths begin.
    folder: &'a Path,
    /// What they do not lead out of.
    root: &'a Path,
}

impl Shelf<'_> {
    /// How many folders a path may go up.
    fn depth(&self) -> usize {
        let spelt_out = |path: &Path| -> PathBuf {
            path.components().filter(|part| *part != Component::CurDir).collect()
        };
        let below = spelt_out(self.folder);
        let below = below.strip_prefix(spelt_out(self.root)).unwrap_or(Path::new(""));
        below.components().filter(|part| matches!(part, Component::Normal(_))).count()
    }
}

fn read(source: &str, shelf: Option<Shelf<'_>>) -> Result<Picture, MediaError> {
    if let Some(data) = source.get(..5).filter(|s| s.eq_ignore_ascii_case("data:")) {
        let bytes = embedded(source.get(data.len()..).unwrap_or_default())?;
        return picture("image", bytes);
    }
    let path = local(source, shelf.map_or(0, |shelf| shelf.depth()))?;
    let bytes = file(shelf.ok_or(MediaError::Missing)?, &path)?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("image").to_owned();
    picture(&name, bytes)
}

/// The bytes of a `data:` address (RFC 2397), base64 only.
fn embedded(data: &str) -> Result<Vec<u8>, MediaError> {
    let (head, body) = data.split_once(',').ok_or(MediaError::Format)?;
    if !head.to_ascii_lowercase().ends_with(";base64") {
        return Err(MediaError::Format);
    }
    if body.len() as u64 > limits::PICTURE / 3 * 4 {
        return Err(MediaError::TooLarge);
    }
    let solid: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    let lenient = GeneralPurposeConfig::new()
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent);
    let engine = GeneralPurpose::new(&base64::alphabet::STANDARD, lenient);
    engine.decode(solid).map_err(|error| MediaError::Unreadable(error.to_string()))
}

/// The path of a picture from its article's folder; none for one that is no file of its own.
#[must_use]
pub fn picture_path(source: &str) -> Option<PathBuf> {
    let embedded = source.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    if embedded { None } else { local(source, usize::MAX).ok() }
}

/// The path of a picture from its article's folder: no scheme, no root, no way up by more than
/// `depth` folders.
fn local(source: &str, depth: usize) -> Result<PathBuf, MediaError> {
    let source = source.split(['?', '#']).next().unwrap_or(source);
    let decoded = percent_decoded(source);
    let scheme = decoded.split(['/', '\\']).next().is_some_and(|first| first.contains(':'));
    if scheme || decoded.starts_with("//") {
        let web = decoded.starts_with("//") || decoded.to_ascii_lowercase().starts_with("http");
        return Err(if web { MediaError::Remote } else { MediaError::Outside });
    }
    if decoded.contains(['\\', '\0']) {
        return Err(MediaError::Outside);
    }
    let path = PathBuf::from(&decoded);
    let end = path.components().try_fold(depth, |depth, part| match part {
        Component::Normal(_) => Some(depth.saturating_add(1)),
        Component::CurDir => Some(depth),
        Component::ParentDir => depth.checked_sub(1),
        Component::RootDir | Component::Prefix(_) => None,
    });
    if end.is_some() && !decoded.is_empty() { Ok(path) } else { Err(MediaError::Outside) }
}

/// `%E5%9B%BE.jpg` → `图.jpg`; what is no such code stays.
fn percent_decoded(source: &str) -> String {
    let hex = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
    let bytes = source.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = (hex(bytes.get(at + 1)), hex(bytes.get(at + 2)));
        match (byte, pair) {
            (b'%', (Some(high), Some(low))) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| source.to_owned())
}

#[expect(clippy::disallowed_methods, reason = "this is the door pictures come in by")]
fn file(shelf: Shelf<'_>, path: &Path) -> Result<Vec<u8>, MediaError> {
    let named =
        |path: &Path| if path.as_os_str().is_empty() { ".".into() } else { path.to_owned() };
    let real = named(shelf.folder).join(path).canonicalize().map_err(|_| MediaError::Missing)?;
    let root = named(shelf.root).canonicalize().map_err(|_| MediaError::Missing)?;
    if !real.starts_with(&root) {
        return Err(MediaError::Outside);
    }
    let unreadable = |error: std::io::Error| MediaError::Unreadable(error.to_string());
    let metadata = std::fs::metadata(&real).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(MediaError::Missing);
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&real).map_err(unreadable)?;
    file.take(limits::PICTURE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > limits::PICTURE { Err(MediaError::TooLarge) } else { Ok(bytes) }
}

/// A picture by its bytes: what it is and how large, as its own head says.
///
/// # Errors
/// A [`Diagnostic`] of the `image::` codes, without a place.
pub(super) fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<Picture, Box<Diagnostic>> {
    picture(name, bytes).map_err(|error| Box::new(said(&error, name)))
}

fn picture(name: &str, bytes: Vec<u8>) -> Result<Picture, MediaError> {
    let format = match image::guess_format(&bytes) {
        Ok(image::ImageFormat::Jpeg) => PictureFormat::Jpeg,
        Ok(image::ImageFormat::Png) => PictureFormat::Png,
        Ok(image::ImageFormat::Gif) => PictureFormat::Gif,
        Ok(image::ImageFormat::WebP) => PictureFormat::Webp,
        _ => return Err(MediaError::Format),
    };
    let (width, height) = shown_size(&bytes)?;
    if format == PictureFormat::Jpeg && !is_whole_jpeg(&bytes) {
        return Err(MediaError::Broken("no end of image".to_owned()));
    }
    Ok(Picture { name: name.to_owned(), format, width, height, bytes: Arc::from(bytes) })
}

/// Whether the scan of a JPEG has its end (ITU-T T.81 B.2.1: SOS … EOI). Decoders paint what is
/// missing grey and say nothing.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let last = |marker: [u8; 2]| bytes.windows(2).rposition(|pair| pair == marker);
    last([0xFF, 0xD9]) > last([0xFF, 0xDA])
}

/// Width and height in pixels, turned as the picture asks to be. The picture is unpacked once, so
/// that a broken one is found where it is referred to.
fn shown_size(bytes: &[u8]) -> Result<(u32, u32), MediaError> {
    let reader = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|_| MediaError::Format)?;
    let mut bounds = image::Limits::default();
    bounds.max_alloc = Some(limits::PIXELS * 8);
    reader.limits(bounds);
    let mut decoder = reader.into_decoder().map_err(|_| MediaError::Format)?;
    let (mut width, mut height) = image::ImageDecoder::dimensions(&decoder);
    if width == 0 || height == 0 {
        return Err(MediaError::Format);
    }
    if u64::from(width) * u64::from(height) > limits::PIXELS {
        return Err(MediaError::TooLarge);
    }
    let turned = image::ImageDecoder::orientation(&mut decoder).ok();
    let broken = |error: image::ImageError| MediaError::Broken(error.to_string());
    image::DynamicImage::from_decoder(decoder).map_err(broken)?;
    use image::metadata::Orientation as O;
    if matches!(turned, Some(O::Rotate90 | O::Rotate270 | O::Rotate90FlipH | O::Rotate270FlipH)) {
        std::mem::swap(&mut width, &mut height);
    }
    Ok((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_below_the_folder_is_read() {
        for outside in [
            "../a.png",
            "..%2fa.png",
            "/etc/passwd",
            "file:///etc/passwd",
            "C:\\a.png",
            "\\\\server\\share\\a.png",
            "a/../../b.png",
            "%2e%2e/a.png",
            "",
        ] {
            assert!(matches!(local(outside, 0), Err(MediaError::Outside)), "{outside}");
            let up = ["../a.png", "..%2fa.png", "%2e%2e/a.png", "a/../../b.png"].contains(&outside);
            assert_eq!(local(outside, 1).is_ok(), up, "{outside}");
        }
        for remote in ["http://a.cn/b.png", "https://a.cn/b.png", "//a.cn/b.png"] {
            assert!(matches!(local(remote, 9), Err(MediaError::Remote)), "{remote}");
        }
        assert_eq!(local("./%E5%9B%BE/a.png?x=1", 0).unwrap(), PathBuf::from("./图/a.png"));
        assert_eq!(local("100%.png", 0).unwrap(), PathBuf::from("100%.png"));
    }

    #[test]
    fn data_addresses_are_read_within_bounds() {
        let dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
        let found = read(dot, None).unwrap();
        assert_eq!((found.format, found.width, found.height), (PictureFormat::Gif, 1, 1));
        assert!(matches!(read("data:image/png,abc", None), Err(MediaError::Format)));
        assert!(matches!(read("data:image/png;base64,AAAA", None), Err(MediaError::Format)));
    }
}
