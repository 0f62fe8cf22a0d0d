//! Pictures as large as readers need them, in the colours of screens.
//!
//! In: a picture's file and the most pixels a side may have. Out: the file as it is, or made smaller
//! in its own format, and four inks made light. Moving and lossless pictures of other formats stay as they are.

use crate::article::Picture;
use crate::issue::Ebook;
use crate::page::jpeg;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use std::borrow::Cow;
use std::io::Cursor;

/// The bytes of a picture in colours of light, no side of which has too many pixels.
pub(super) fn shrunk<'a>(picture: &'a Picture, making: &Ebook) -> Result<Cow<'a, [u8]>, String> {
    let own = Cow::Borrowed(&*picture.bytes);
    let most = making.max_image_px;
    // Reading systems show light: few know what four inks look like.
    let inks = jpeg::channels(&picture.bytes) == Some(4);
    let large = picture.width.max(picture.height) > most;
    if !large && !inks {
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
    if large {
        pixels = pixels.resize(most, most, FilterType::Lanczos3);
    }
    let mut out = Vec::new();
    if format == Some(ImageFormat::Jpeg) {
        let mut encoder = JpegEncoder::new_with_quality(&mut out, making.image_quality);
        encoder.encode_image(&pixels.into_rgb8()).map_err(broken)?;
    } else {
        pixels.write_to(&mut Cursor::new(&mut out), ImageFormat::Png).map_err(broken)?;
    }
    // One that would grow stays as it was.
    Ok(if inks || out.len() < picture.bytes.len() { Cow::Owned(out) } else { own })
}
