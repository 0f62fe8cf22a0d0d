//! Words over a cover's picture: white or ink, whichever stands out more, and a veil where neither
//! stands out enough (WCAG 2.1, 1.4.3: a contrast of 4.5 to 1).

use super::artist::Artist;
use crate::colour::Colour;
use crate::length::{Pt, Rect};
use crate::page::Item;
use crate::template::{Ink, MmBox};

/// The contrast words need, in tenths.
const ENOUGH: u32 = 45;
/// The luminance from which words are set in ink.
const LIGHT: u8 = 120;
/// Strips of a veil, each a little denser than the last.
const STRIPS: i64 = 24;

impl Artist<'_> {
    /// Chooses the colour of words in a box by what is below them, and lays a veil there where
    /// that is not enough. On a drawn cover the design knows best.
    pub(super) fn legible(&mut self, area: MmBox) {
        let Some((mean, unrest)) = self.below(area) else { return };
        // White is kinder to a picture, but where it is light.
        let paper = mean < LIGHT;
        self.ink = Some(if paper { Ink::Paper } else { Ink::Ink });
        // What matters is where the words stand out least.
        let range = unrest.saturating_mul(2);
        let light = if paper { mean.saturating_add(range) } else { mean.saturating_sub(range) };
        if contrast(light, if paper { 255 } else { 3 }) < ENOUGH {
            let colour = if paper { Colour::INK } else { Colour::PAPER };
            self.veil(area, colour, opacity(light, paper));
        }
    }

    /// The side of the page where the picture is quieter, for a block of headlines: its own place
    /// or the one across from it.
    pub(super) fn quiet(&self, area: MmBox) -> MmBox {
        let across = MmBox { x: self.page.width - area.x - area.width, ..area };
        match (self.below(area), self.below(across)) {
            (Some((_, own)), Some((_, other))) if other + 2 < own => across,
            _ => area,
        }
    }

    /// Luminance and unrest of the cover's picture below a box.
    fn below(&self, area: MmBox) -> Option<(u8, u8)> {
        self.picture?;
        let cover = self.binder.issue.cover.as_ref()?;
        let shown = self.page.items.iter().find_map(|item| match item {
            Item::Picture { rect, .. } => Some(*rect),
            _ => None,
        })?;
        let part = |at: Pt, start: Pt, length: Pt| {
            (at - start).units().saturating_mul(1000) / length.units().max(1)
        };
        let left = part(area.x, shown.x, shown.width);
        let right = part(area.x + area.width, shown.x, shown.width);
        let top = part(area.y, shown.y, shown.height);
        let bottom = part(area.y + area.height, shown.y, shown.height);
        Some(cover.tones.part(left, top, right, bottom))
    }

    /// A veil over the head or the foot of the page, from its edge to a little past the box, where
    /// it fades away. Each gets one.
    fn veil(&mut self, area: MmBox, colour: Colour, opacity: u8) {
        let height = self.page.height;
        let head = area.y + area.height / 2 < height / 2;
        let drawn = self.page.items.iter().any(|item| match item {
            Item::Veil { rect, .. } => (rect.y < height / 2) == head,
            _ => false,
        });
        if drawn {
            return;
        }
        let fade = height.scale(16, 100);
        let (from, to) = if head {
            (Pt::ZERO, area.y + area.height + height.scale(6, 100))
        } else {
            (area.y - height.scale(2, 100), height)
        };
        let strip = fade / STRIPS;
        let edge =
            |at: i64| if head { to + fade - strip * (at + 1) } else { from - fade + strip * at };
        for at in 0..STRIPS {
            self.strip(edge(at), strip, colour, i64::from(opacity) * at / STRIPS);
        }
        self.strip(from, to - from, colour, i64::from(opacity));
    }

    fn strip(&mut self, y: Pt, height: Pt, colour: Colour, opacity: i64) {
        let opacity = u8::try_from(opacity.clamp(0, 100)).unwrap_or(100);
        if opacity > 0 {
            let rect = Rect { x: Pt::ZERO, y, width: self.page.width, height };
            self.page.items.push(Item::Veil { rect, colour, opacity });
        }
    }
}

/// Contrast of two luminances, in tenths.
fn contrast(one: u8, other: u8) -> u32 {
    // Luminance from 0 to 1, with 0.05 for the light that any surface throws back, is 12.75 of 255.
    let lit = |light: u8| u32::from(light) * 100 + 1275;
    let (light, dark) = (lit(one.max(other)), lit(one.min(other)));
    light * 10 / dark
}

/// How much of the picture must be hidden for the contrast to be enough.
fn opacity(light: u8, paper: bool) -> u8 {
    let enough = |opacity: u32| {
        let veil = if paper { 3 } else { 255 };
        let mixed = (u32::from(light) * (100 - opacity) + veil * opacity) / 100;
        let mixed = u8::try_from(mixed).unwrap_or(255);
        contrast(mixed, if paper { 255 } else { 3 }) >= ENOUGH
    };
    // Mixing is done with what is shown, which is darker than the mean of the light: a little more.
    let least = (0..=90).find(|opacity| enough(*opacity)).unwrap_or(90);
    u8::try_from((least + 8).min(90)).unwrap_or(90)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert_eq!(contrast(0, 255), 210);
        assert_eq!(contrast(255, 255), 10);
        // The grey #777 has a luminance of 0.184 and a contrast of 4.48 with white.
        assert_eq!(contrast(47, 255), 44);
    }

    #[test]
    fn a_veil_is_as_dense_as_it_has_to_be() {
        for light in 0..=255_u8 {
            let paper = light < LIGHT;
            let hidden = u32::from(opacity(light, paper));
            let veil = if paper { 3 } else { 255 };
            let mixed = (u32::from(light) * (100 - hidden) + veil * hidden) / 100;
            let words = if paper { 255 } else { 3 };
            assert!(contrast(u8::try_from(mixed).unwrap(), words) >= ENOUGH, "{light}");
        }
    }
}
