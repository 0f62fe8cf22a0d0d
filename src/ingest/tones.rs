//! A picture → how light its parts are, for words that are laid over it.

use crate::article::Tones;
use image::{DynamicImage, GrayImage};

/// Pixels across one cell of [`Tones`] after the picture is made small.
const FINE: u32 = 8;

/// Measures a picture.
pub(super) fn tones(picture: &DynamicImage) -> Tones {
    let (across, down) = Tones::CELLS;
    let small = |count: usize| u32::try_from(count).unwrap_or(1) * FINE;
    let small = picture.thumbnail_exact(small(across), small(down)).into_rgb8();
    let luminance = |p: &image::Rgb<u8>| {
        let [r, g, b] = p.0.map(linear);
        // WCAG 2.1, relative luminance.
        let sum = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        image::Luma([byte(sum * 255.0)])
    };
    let mut grey = GrayImage::new(small.width(), small.height());
    for (own, pixel) in grey.pixels_mut().zip(small.pixels()) {
        *own = luminance(pixel);
    }
    let mut tones = Tones { light: Vec::new(), unrest: Vec::new() };
    for row in 0..u32::try_from(down).unwrap_or(0) {
        for column in 0..u32::try_from(across).unwrap_or(0) {
            let (light, unrest) = cell(&grey, column * FINE, row * FINE);
            tones.light.push(light);
            tones.unrest.push(unrest);
        }
    }
    tones
}

/// Mean luminance of a cell, and how far neighbours differ on average.
fn cell(grey: &GrayImage, left: u32, top: u32) -> (u8, u8) {
    let at = |x: u32, y: u32| u32::from(grey.get_pixel(left + x, top + y).0[0]);
    let (mut sum, mut differences) = (0, 0);
    for y in 0..FINE {
        for x in 0..FINE {
            sum += at(x, y);
            if x > 0 {
                differences += at(x, y).abs_diff(at(x - 1, y));
            }
            if y > 0 {
                differences += at(x, y).abs_diff(at(x, y - 1));
            }
        }
    }
    let count = FINE * FINE;
    let small = |n: u32| u8::try_from(n).unwrap_or(255);
    (small(sum / count), small(differences / count))
}

/// An sRGB channel as light.
fn linear(channel: u8) -> f32 {
    let c = f32::from(channel) / 255.0;
    if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn byte(value: f32) -> u8 {
    value.clamp(0.0, 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_measured_part_by_part() {
        let half = image::RgbImage::from_fn(240, 320, |_, y| {
            image::Rgb(if y < 160 { [255, 255, 255] } else { [0, 0, 0] })
        });
        let tones = tones(&DynamicImage::ImageRgb8(half));
        assert_eq!(tones.part(0, 0, 1000, 450), (255, 0));
        assert_eq!(tones.part(0, 550, 1000, 1000), (0, 0));
    }
}
