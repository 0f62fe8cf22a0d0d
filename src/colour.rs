//! What a colour is: one for screens and one for ink, defined together.

/// A colour, for screens and for ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Colour {
    /// sRGB.
    pub rgb: [u8; 3],
    /// Per cent of cyan, magenta, yellow, black.
    pub cmyk: [u8; 4],
}

impl Colour {
    /// 墨: black ink alone.
    pub const INK: Self = Self { rgb: [0x1a, 0x1a, 0x1a], cmyk: [0, 0, 0, 100] };
    /// The paper.
    pub const PAPER: Self = Self { rgb: [0xff, 0xff, 0xff], cmyk: [0, 0, 0, 0] };

    /// This colour at `percent` of its strength on white paper.
    #[must_use]
    pub fn tint(self, percent: u8) -> Self {
        let strength = u32::from(percent.min(100));
        let small = |n: u32| u8::try_from(n).unwrap_or(u8::MAX);
        let light = |c: u8| small(255 - (255 - u32::from(c)) * strength / 100);
        Self {
            rgb: self.rgb.map(light),
            cmyk: self.cmyk.map(|ink| small(u32::from(ink) * strength / 100)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tint_is_nearer_to_the_paper() {
        let red = Colour { rgb: [200, 0, 0], cmyk: [0, 100, 80, 20] };
        assert_eq!(red.tint(0).rgb, Colour::PAPER.rgb);
        assert_eq!(red.tint(100), red);
        assert_eq!(red.tint(50).cmyk, [0, 50, 40, 10]);
    }
}
