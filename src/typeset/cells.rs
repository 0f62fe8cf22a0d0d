//! The cell a mark stands in: which part of its em is ink, and which is blank that may go.
//!
//! The class and the region say what a mark may give (CLREQ 标点符号的宽度调整, GB/T 15834 5.1.2),
//! the outline of its glyph whether it can: no blank is taken where the face has ink (PC11). So a
//! face of another region, with ， in the middle of its cell, gives a quarter at each side.

use super::classes::Class;
use super::region::Region;
use crate::length::Em;
use crate::template::PunctuationStyle;

/// The cell of a mark: where its ink is, and the blanks beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    /// Width of the part that always stays.
    pub(super) body: Em,
    /// Blank before it, which a line start or a neighbour takes away.
    pub(super) lead: Em,
    /// Blank after it.
    pub(super) trail: Em,
    /// From the glyph's origin to the body.
    pub(super) inset: Em,
}

impl Cell {
    const fn new(body: Em, lead: Em, trail: Em) -> Self {
        Self { body, lead, trail, inset: lead }
    }

    /// The same ink without the blanks.
    const fn narrow(self) -> Self {
        Self { lead: Em::ZERO, trail: Em::ZERO, ..self }
    }
}

const FULL: Cell = Cell::new(Em::ONE, Em::ZERO, Em::ZERO);
const HALF: Cell = Cell::new(Em::HALF, Em::ZERO, Em::ZERO);
const OPEN: Cell = Cell::new(Em::HALF, Em::HALF, Em::ZERO);
const CLOSE: Cell = Cell::new(Em::HALF, Em::ZERO, Em::HALF);
const CENTRED: Cell = Cell::new(Em::HALF, Em::QUARTER, Em::QUARTER);

/// How far ink may reach into a blank half, as 〗 of some faces does.
const SLACK: Em = Em::from_millis(20);

/// Where the ink of a glyph is, from the origin of its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink {
    /// Its left edge.
    pub(super) from: Em,
    /// Its right edge.
    pub(super) to: Em,
}

/// The cell of a class whose width is the engine's, not the font's. Classes that have none are as
/// wide as their glyphs. `ink` is that of a glyph one em wide; a narrower glyph has none and
/// stands in the middle of the body.
pub(super) fn cell(
    class: Class,
    style: PunctuationStyle,
    region: Region,
    ink: Option<Ink>,
) -> Option<Cell> {
    use PunctuationStyle as P;
    let mainland = region == Region::China;
    Some(match (class, style) {
        (Class::Middle | Class::Slash, _) if mainland => HALF,
        (Class::Middle, P::Quanjiao | P::Kaiming) => CENTRED,
        (Class::Middle | Class::Slash, _) => FULL,
        (Class::Han | Class::Small, _) => FULL,
        // ！？ of Taiwan stand in the middle and keep their em.
        (Class::Exclaim, _) if region == Region::Taiwan => FULL,
        (class, P::Plain) if class.is_mark() => FULL,
        (Class::Stop | Class::Exclaim, P::Kaiming) => whole(class, ink),
        (class, P::Quanjiao) if class.is_mark() => whole(class, ink),
        (class, _) if class.is_mark() => whole(class, ink).narrow(),
        _ => return None,
    })
}

/// The cell of a mark in vertical text, along the line. Brackets, ，、 and 。 have a blank half;
/// ：；！？ stand in the middle and keep their em (CLREQ, GB/T 15834 5.2.1).
pub(super) fn upright_cell(
    class: Class,
    c: char,
    style: PunctuationStyle,
    region: Region,
) -> Option<Cell> {
    let adjusts = !matches!(c, '：' | '；' | '！' | '？' | '‼' | '⁇' | '⁈' | '⁉');
    if class.is_mark() && !adjusts {
        return Some(FULL);
    }
    let pause = matches!(class, Class::Comma | Class::Stop);
    let middle = Ink { from: Em::from_millis(400), to: Em::from_millis(600) };
    let ink = (pause && region == Region::Taiwan).then_some(middle);
    cell(class, style, region, ink)
}

/// The cell of a mark with all its blanks, as far as its ink leaves them blank.
fn whole(class: Class, ink: Option<Ink>) -> Cell {
    let wanted = if class == Class::Open { OPEN } else { CLOSE };
    let Some(ink) = ink else { return wanted };
    let fits =
        |cell: &Cell| ink.from + SLACK >= cell.lead && ink.to <= cell.lead + cell.body + SLACK;
    [wanted, CENTRED].into_iter().find(fits).unwrap_or(FULL)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKS: [Class; 5] =
        [Class::Open, Class::Close, Class::Comma, Class::Stop, Class::Exclaim];

    #[test]
    fn a_mark_is_an_em_with_its_blank() {
        for class in MARKS {
            let cell = cell(class, PunctuationStyle::Quanjiao, Region::China, None).unwrap();
            assert_eq!(cell.body + cell.lead + cell.trail, Em::ONE, "{class:?}");
        }
    }

    #[test]
    fn no_blank_is_taken_where_there_is_ink() {
        let ink = |from, to| Some(Ink { from: Em::from_millis(from), to: Em::from_millis(to) });
        for (class, ink, expected) in [
            (Class::Comma, ink(80, 230), CLOSE),
            (Class::Comma, ink(400, 600), CENTRED),
            (Class::Comma, ink(100, 800), FULL),
            (Class::Open, ink(520, 950), OPEN),
            (Class::Open, ink(300, 700), CENTRED),
            (Class::Open, ink(100, 400), FULL),
            (Class::Close, ink(-10, 515), CLOSE),
        ] {
            let found = cell(class, PunctuationStyle::Quanjiao, Region::China, ink);
            assert_eq!(found, Some(expected), "{class:?} {ink:?}");
        }
    }

    #[test]
    fn regions_differ() {
        let of = |class, region| cell(class, PunctuationStyle::Quanjiao, region, None).unwrap();
        assert_eq!(of(Class::Middle, Region::China), HALF);
        assert_eq!(of(Class::Middle, Region::Taiwan), CENTRED);
        assert_eq!(of(Class::Slash, Region::Taiwan), FULL);
        assert_eq!(of(Class::Exclaim, Region::Taiwan), FULL);
    }
}
