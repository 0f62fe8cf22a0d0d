//! Pictures in the inks of a printing condition.
//!
//! In: sRGB pixels and the ICC profile of the condition. Out: cyan, magenta, yellow and black, and
//! how much ink the fullest place takes.

use super::PdfError;
use moxcms::{
    ColorProfile, DataColorSpace, Layout, ProfileClass, RenderingIntent, Transform8BitExecutor,
    TransformOptions,
};
use std::sync::Arc;

/// The profile of the printing condition where the printer named none.
pub(super) const BUNDLED: &[u8] = include_bytes!("../../profiles/chemical-proof.icc");

/// What the bundled profile is called.
pub(super) const BUNDLED_NAME: &str = "Chemical proof";

/// From screen colours to inks.
pub(super) struct Separation {
    to_inks: Arc<Transform8BitExecutor>,
}

impl Separation {
    /// # Errors
    /// [`PdfError::Profile`] where the profile is none of a press with four inks.
    pub(super) fn of(profile: &[u8]) -> Result<Self, PdfError> {
        let wrong = |error: moxcms::CmsError| PdfError::Profile(error.to_string());
        let inks = ColorProfile::new_from_slice(profile).map_err(wrong)?;
        if inks.color_space != DataColorSpace::Cmyk {
            return Err(PdfError::Profile(format!("{:?}, not CMYK", inks.color_space)));
        }
        if inks.profile_class != ProfileClass::OutputDevice {
            return Err(PdfError::Profile(format!("{:?}, not an output", inks.profile_class)));
        }
        let options = TransformOptions {
            rendering_intent: RenderingIntent::RelativeColorimetric,
            ..TransformOptions::default()
        };
        let screen = ColorProfile::new_srgb();
        // Four channels are four, whatever they are called.
        let to_inks = screen.create_transform_8bit(Layout::Rgb, &inks, Layout::Rgba, options);
        Ok(Self { to_inks: to_inks.map_err(wrong)? })
    }

    /// Three bytes a pixel to four.
    pub(super) fn separate(&self, rgb: &[u8]) -> Result<Vec<u8>, String> {
        let mut out = vec![0; rgb.len() / 3 * 4];
        self.to_inks.transform(rgb, &mut out).map_err(|error| error.to_string())?;
        Ok(out)
    }
}

/// The most ink a place of a picture takes, per cent of the four together. Single pixels do not
/// count: the fullest hundredth may.
pub(super) fn most_ink(cmyk: &[u8]) -> u32 {
    let mut counts = [0_usize; 4 * 255 + 1];
    for pixel in cmyk.chunks_exact(4) {
        let sum: usize = pixel.iter().map(|ink| usize::from(*ink)).sum();
        counts[sum] += 1;
    }
    let few = cmyk.len() / 4 / 100;
    let mut above = 0;
    for (sum, count) in counts.iter().enumerate().rev() {
        above += count;
        if above > few {
            return u32::try_from(sum * 100 / 255).unwrap_or(400);
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The inks that Little CMS finds with the same profile and intent.
    #[test]
    fn inks_are_those_of_another_colour_engine() {
        let separation = Separation::of(BUNDLED).unwrap();
        for (rgb, expected) in [
            ([255, 255, 255], [0, 0, 0, 0]),
            ([0, 0, 0], [23, 0, 162, 255]),
            ([255, 0, 0], [0, 255, 255, 0]),
            ([128, 128, 128], [4, 0, 3, 151]),
        ] {
            let inks = separation.separate(&rgb).unwrap();
            let near = inks.iter().zip(expected).all(|(a, b): (&u8, u8)| a.abs_diff(b) <= 4);
            assert!(near, "{rgb:?}: {inks:?}, not {expected:?}");
        }
    }

    #[test]
    fn a_profile_of_a_screen_is_refused() {
        let screen = ColorProfile::new_srgb().encode().unwrap();
        assert!(matches!(Separation::of(&screen), Err(PdfError::Profile(_))));
        assert!(matches!(Separation::of(b"no profile"), Err(PdfError::Profile(_))));
    }

    #[test]
    fn the_fullest_place_counts_if_it_is_no_speck() {
        let mut cmyk = [0, 0, 0, 255].repeat(1000);
        assert_eq!(most_ink(&cmyk), 100);
        cmyk[..4].copy_from_slice(&[255; 4]);
        assert_eq!(most_ink(&cmyk), 100);
        cmyk[..400].copy_from_slice(&[255; 400]);
        assert_eq!(most_ink(&cmyk), 400);
    }
}
