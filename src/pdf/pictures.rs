//! The pictures of a layout in a printpdf document.
//!
//! A JPEG in the colours of the edition goes in byte for byte (ISO 32000-1 §7.4.8). Anything else is
//! unpacked to eight bits a channel on white, which is what the page is, and for print parted into
//! inks.

use super::PdfError;
use super::jpeg::{channels, is_inverted};
use super::separation::{Separation, most_ink};
use crate::page::{Layout, Picture};
use image::{DynamicImage, ImageDecoder, ImageReader};
use printpdf::xobject::{ExternalStream, ExternalXObject};
use printpdf::{DictItem, PdfDocument, XObject, XObjectId};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Cursor;

/// Adds every picture of the layout, in order; in inks where there is a separation, with the most
/// ink of each.
pub(super) fn embed(
    layout: &Layout,
    separation: Option<&Separation>,
    document: &mut PdfDocument,
) -> Result<(Vec<XObjectId>, Vec<(String, u32)>), PdfError> {
    let streams: Vec<Result<Stored, PdfError>> =
        layout.pictures.par_iter().map(|picture| stored(picture, separation)).collect();
    let (mut ids, mut inks) = (Vec::new(), Vec::new());
    for (at, (stream, picture)) in streams.into_iter().zip(&layout.pictures).enumerate() {
        let Stored { object, ink } = stream?;
        let id = XObjectId(format!("P{at}"));
        document.resources.xobjects.map.insert(id.clone(), XObject::External(object));
        inks.extend(ink.map(|ink| (picture.name.clone(), ink)));
        ids.push(id);
    }
    Ok((ids, inks))
}

/// A picture as it goes into the document.
struct Stored {
    object: ExternalXObject,
    /// The most ink it takes, where it is in inks.
    ink: Option<u32>,
}

fn stored(picture: &Picture, separation: Option<&Separation>) -> Result<Stored, PdfError> {
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
    let as_it_is = match (channels, separation) {
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
