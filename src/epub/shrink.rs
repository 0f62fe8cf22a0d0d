//! Pictures as large as readers need them.
//!
//! In: a picture's file and the most pixels a side may have. Out: the file as it is, or made smaller
//! in its own format. Moving and lossless pictures of other formats stay as they are.

use crate::article::Picture;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use std::borrow::Cow;
use std::io::Cursor;

/// How good a JPEG is that was made smaller, per cent.
const QUALITY: u8 = 85;

/// The bytes of a picture no side of which has more than `most` pixels.
pub(super) fn shrunk(picture: &Picture, most: u32) -> Result<Cow<'_, [u8]>, String> {
    let own = Cow::Borrowed(&*picture.bytes);
    if picture.width.max(picture.height) <= most {
        return Ok(own);
    }
    let reader = ImageReader::new(Cursor::new(&*picture.bytes)).with_guessed_format();
    let reader = reader.map_err(|error| error.to_string())?;
    let format = reader.format();
    if !matches!(format, Some(ImageFormat::Jpeg | ImageFormat::Png)) {
        return Ok(own);
    }
    let broken = |error: image::ImageError| format!("{}: {error}", picture.name);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let turned = decoder.orientation().map_err(broken)?;
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(broken)?;
    pixels.apply_orientation(turned);
    let pixels = pixels.resize(most, most, FilterType::Lanczos3);
    let mut out = Vec::new();
    if format == Some(ImageFormat::Jpeg) {
        let mut encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
        encoder.encode_image(&pixels.into_rgb8()).map_err(broken)?;
    } else {
        pixels.write_to(&mut Cursor::new(&mut out), ImageFormat::Png).map_err(broken)?;
    }
    // One that would grow stays as it was.
    Ok(if out.len() < picture.bytes.len() { Cow::Owned(out) } else { own })
}
