//! The pictures of a layout in a printpdf document.
//!
//! A JPEG in the colours of the edition goes in byte for byte (ISO 32000-1 §7.4.8). Anything else is
//! unpacked to eight bits a channel on white, which is what the page is, and for print parted into
//! inks.

use super::PdfError;
use super::content::Medium;
use super::separation::{Separation, most_ink};
use crate::length::Pt;
use crate::page::jpeg::{channels, is_inverted};
use crate::page::{Item, Layout, Picture};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageReader};
use printpdf::xobject::{ExternalStream, ExternalXObject};
use printpdf::{DictItem, PdfDocument, XObject, XObjectId};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Cursor;

/// The pictures of a document.
pub(super) struct Embedded {
    pub(super) ids: Vec<XObjectId>,
    /// The most ink of each, per cent, by name; where they are in inks.
    pub(super) inks: Vec<(String, u32)>,
}

/// Adds every picture of the layout, in order, one that is shown twice once; in inks where there is
/// a separation, with the most ink of each.
pub(super) fn embed(
    layout: &Layout,
    medium: &Medium<'_>,
    separation: Option<&Separation>,
    document: &mut PdfDocument,
) -> Result<Embedded, PdfError> {
    let widths = widths(layout);
    let same = |at: usize| {
        let own = layout.pictures.get(at).map(|picture| &picture.bytes);
        let first = layout.pictures.iter().position(|picture| Some(&picture.bytes) == own);
        first.unwrap_or(at)
    };
    let originals: Vec<usize> = (0..layout.pictures.len()).map(same).collect();
    let streams: Vec<Option<Result<Stored, PdfError>>> = layout
        .pictures
        .par_iter()
        .enumerate()
        .map(|(at, picture)| {
            // What another picture is the same as is as wide as the wider of them.
            let shown = originals.iter().zip(&widths).filter(|(first, _)| **first == at);
            let widest = shown.map(|(_, width)| *width).max().unwrap_or(Pt::ZERO);
            let most = medium.max_dpi.map(|dpi| pixels(widest, dpi));
            (originals.get(at) == Some(&at)).then(|| stored(picture, most, separation))
        })
        .collect();
    let mut inks = Vec::new();
    for (at, (stream, picture)) in streams.into_iter().zip(&layout.pictures).enumerate() {
        let Some(stream) = stream else { continue };
        let Stored { object, ink } = stream?;
        document.resources.xobjects.map.insert(name(at), XObject::External(object));
        inks.extend(ink.map(|ink| (picture.name.clone(), ink)));
    }
    Ok(Embedded { ids: originals.into_iter().map(name).collect(), inks })
}

fn name(at: usize) -> XObjectId {
    XObjectId(format!("P{at}"))
}

/// How wide each picture is shown at most.
fn widths(layout: &Layout) -> Vec<Pt> {
    let mut out = vec![Pt::ZERO; layout.pictures.len()];
    for item in layout.pages.iter().flat_map(|page| &page.items) {
        let Item::Picture { picture, rect, .. } = item else { continue };
        if let Some(slot) = out.get_mut(*picture) {
            *slot = (*slot).max(rect.width);
        }
    }
    out
}

/// The pixels a width needs at a resolution.
fn pixels(width: Pt, dpi: u32) -> u32 {
    let inch = Pt::new(72).units();
    u32::try_from((width.units() * i64::from(dpi) + inch - 1) / inch).unwrap_or(u32::MAX).max(1)
}

/// A picture as it goes into the document.
struct Stored {
    object: ExternalXObject,
    /// The most ink it takes, where it is in inks.
    ink: Option<u32>,
}

/// A picture as it came, or no wider than `most` pixels.
fn stored(
    picture: &Picture,
    most: Option<u32>,
    separation: Option<&Separation>,
) -> Result<Stored, PdfError> {
    let wrong = |reason: String| PdfError::Picture(picture.name.clone(), reason);
    let broken = |error: image::ImageError| wrong(error.to_string());
    let reader = ImageReader::new(Cursor::new(&*picture.bytes)).with_guessed_format();
    let reader = reader.map_err(|error| broken(error.into()))?;
    let is_jpeg = reader.format() == Some(image::ImageFormat::Jpeg);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let turned = decoder.orientation().map_err(broken)?;
    let upright = turned == image::metadata::Orientation::NoTransforms;
    let channels = channels(&picture.bytes).filter(|_| is_jpeg && upright);
    let (width, height) = decoder.dimensions();
    // A tenth more is not worth another generation.
    let wide = if upright { width } else { width.max(height) };
    let most = most.filter(|most| u64::from(wide) * 10 > u64::from(*most) * 11);
    let as_it_is = match (channels.filter(|_| most.is_none()), separation) {
        (Some(1), _) => Some("DeviceGray"),
        (Some(3), None) => Some("DeviceRGB"),
        (Some(4), Some(_)) => Some("DeviceCMYK"),
        _ => None,
    };
    if let Some(space) = as_it_is {
        let content = picture.bytes.to_vec();
        let mut object = object(width, height, space, Some("DCTDecode"), content);
        if channels == Some(4) && is_inverted(&picture.bytes) {
            let turned = [1, 0, 1, 0, 1, 0, 1, 0].map(DictItem::Int).to_vec();
            object.stream.dict.insert("Decode".to_owned(), DictItem::Array(turned));
        }
        return Ok(Stored { object, ink: None });
    }
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(broken)?;
    pixels.apply_orientation(turned);
    let lossy = is_jpeg && separation.is_none();
    if let Some(most) = most.filter(|most| *most < pixels.width()) {
        pixels = pixels.resize(most, u32::MAX, FilterType::Lanczos3);
        if lossy {
            return repacked(pixels, &broken);
        }
    }
    let (width, height) = (pixels.width(), pixels.height());
    let grey = matches!(pixels.color(), image::ColorType::L8 | image::ColorType::L16);
    if grey {
        let object = object(width, height, "DeviceGray", None, pixels.into_luma8().into_raw());
        return Ok(Stored { object, ink: None });
    }
    let rgb = on_white(&pixels);
    let Some(separation) = separation else {
        return Ok(Stored { object: object(width, height, "DeviceRGB", None, rgb), ink: None });
    };
    let inks = separation.separate(&rgb).map_err(wrong)?;
    let ink = Some(most_ink(&inks));
    Ok(Stored { object: object(width, height, "DeviceCMYK", None, inks), ink })
}

/// How good a JPEG is that was made smaller, per cent.
const QUALITY: u8 = 88;

/// Pixels of a photograph as a JPEG again.
fn repacked(
    pixels: DynamicImage,
    broken: &dyn Fn(image::ImageError) -> PdfError,
) -> Result<Stored, PdfError> {
    let grey = matches!(pixels.color(), image::ColorType::L8 | image::ColorType::L16);
    let (width, height) = (pixels.width(), pixels.height());
    let mut content = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut content, QUALITY);
    let (space, packed) = if grey {
        ("DeviceGray", encoder.encode_image(&pixels.into_luma8()))
    } else {
        ("DeviceRGB", encoder.encode_image(&pixels.into_rgb8()))
    };
    packed.map_err(broken)?;
    Ok(Stored { object: object(width, height, space, Some("DCTDecode"), content), ink: None })
}

/// Three bytes a pixel, what is transparent mixed with white.
fn on_white(pixels: &DynamicImage) -> Vec<u8> {
    let rgba = pixels.to_rgba8();
    let mix = |channel: u8, alpha: u8| {
        let (channel, alpha) = (u32::from(channel), u32::from(alpha));
        u8::try_from((channel * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(255)
    };
    rgba.pixels().flat_map(|p| [mix(p[0], p[3]), mix(p[1], p[3]), mix(p[2], p[3])]).collect()
}

fn object(
    width: u32,
    height: u32,
    space: &str,
    filter: Option<&str>,
    content: Vec<u8>,
) -> ExternalXObject {
    let name = |value: &str| DictItem::Name(value.as_bytes().to_vec());
    let mut dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), DictItem::Int(i64::from(width))),
        ("Height".to_owned(), DictItem::Int(i64::from(height))),
        ("ColorSpace".to_owned(), name(space)),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
    ]);
    let compress = filter.is_none();
    if let Some(filter) = filter {
        dict.insert("Filter".to_owned(), name(filter));
    }
    let stream = ExternalStream { dict, content, compress };
    ExternalXObject { stream, width: None, height: None, dpi: None }
}
