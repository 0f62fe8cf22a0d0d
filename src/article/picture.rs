//! Pictures of an article, as they came.

use serde::Serialize;
use std::sync::Arc;

/// A picture of an article, by its place in [`super::Article::pictures`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct PictureId(pub usize);

/// How a picture is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureFormat {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
    /// SVG.
    Svg,
}

impl PictureFormat {
    /// The ending of its files.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Svg => "svg",
        }
    }

    /// Its media type (IANA).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// A picture: its bytes as they came, and its size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// The name it had.
    pub name: String,
    /// How it is stored.
    pub format: PictureFormat,
    /// Width in pixels, as it is to be shown.
    pub width: u32,
    /// Height in pixels, as it is to be shown.
    pub height: u32,
    /// The file.
    #[serde(skip)]
    pub bytes: Arc<[u8]>,
}

/// How light a picture is, and how restless, part by part: what words laid over it need to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tones {
    /// Relative luminance of each cell, 0 black to 255 white (WCAG 2.1), row by row.
    pub light: Vec<u8>,
    /// How far neighbouring pixels of a cell differ on average.
    pub unrest: Vec<u8>,
}

impl Tones {
    /// Cells across and down.
    pub const CELLS: (usize, usize) = (24, 32);

    /// Mean luminance and unrest of a part; its edges are in thousandths of width and height.
    #[must_use]
    pub fn part(&self, left: i64, top: i64, right: i64, bottom: i64) -> (u8, u8) {
        let (across, down) = Self::CELLS;
        let cell = |edge: i64, count: usize| {
            let edge = usize::try_from(edge.clamp(0, 1000)).unwrap_or(0);
            (edge * count / 1000).min(count - 1)
        };
        let (mut light, mut unrest, mut count) = (0_usize, 0_usize, 0_usize);
        for row in cell(top, down)..=cell(bottom, down) {
            for column in cell(left, across)..=cell(right, across) {
                let at = row * across + column;
                light += usize::from(self.light.get(at).copied().unwrap_or(255));
                unrest += usize::from(self.unrest.get(at).copied().unwrap_or(0));
                count += 1;
            }
        }
        let mean = |sum: usize| u8::try_from(sum / count.max(1)).unwrap_or(255);
        (mean(light), mean(unrest))
    }
}

/// The cover's picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverPicture {
    /// The picture.
    pub picture: Picture,
    /// How light it is.
    pub tones: Tones,
}
