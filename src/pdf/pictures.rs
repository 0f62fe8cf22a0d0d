//! The pictures of a layout in a printpdf document.
//!
//! A JPEG in grey or three colours goes in byte for byte (ISO 32000-1 §7.4.8). Anything else is
//! unpacked to eight bits a channel on white, which is what the page is.

use super::PdfError;
use super::jpeg::channels;
use crate::page::{Layout, Picture};
use image::{DynamicImage, ImageDecoder, ImageReader};
use printpdf::xobject::{ExternalStream, ExternalXObject};
use printpdf::{DictItem, PdfDocument, XObject, XObjectId};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Cursor;

/// Adds every picture of the layout, in order.
pub(super) fn embed(
    layout: &Layout,
    document: &mut PdfDocument,
) -> Result<Vec<XObjectId>, PdfError> {
    let streams: Vec<Result<ExternalXObject, PdfError>> =
        layout.pictures.par_iter().map(stream).collect();
    let mut out = Vec::new();
    for (at, stream) in streams.into_iter().enumerate() {
        let id = XObjectId(format!("P{at}"));
        document.resources.xobjects.map.insert(id.clone(), XObject::External(stream?));
        out.push(id);
    }
    Ok(out)
}

fn stream(picture: &Picture) -> Result<ExternalXObject, PdfError> {
    let broken =
        |error: image::ImageError| PdfError::Picture(picture.name.clone(), error.to_string());
    let reader = ImageReader::new(Cursor::new(&*picture.bytes)).with_guessed_format();
    let reader = reader.map_err(|error| broken(error.into()))?;
    let is_jpeg = reader.format() == Some(image::ImageFormat::Jpeg);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let turned = decoder.orientation().map_err(broken)?;
    let upright = turned == image::metadata::Orientation::NoTransforms;
    let channels = channels(&picture.bytes).filter(|_| is_jpeg && upright);
    if let Some(channels @ (1 | 3)) = channels {
        let space = if channels == 1 { "DeviceGray" } else { "DeviceRGB" };
        let (width, height) = decoder.dimensions();
        let content = picture.bytes.to_vec();
        return Ok(object(width, height, space, Some("DCTDecode"), content));
    }
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(broken)?;
    pixels.apply_orientation(turned);
    let (width, height) = (pixels.width(), pixels.height());
    let grey = matches!(pixels.color(), image::ColorType::L8 | image::ColorType::L16);
    Ok(if grey {
        object(width, height, "DeviceGray", None, pixels.into_luma8().into_raw())
    } else {
        object(width, height, "DeviceRGB", None, on_white(&pixels))
    })
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
