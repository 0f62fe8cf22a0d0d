//! The bar code of an ISSN with that of the issue beside it.
//!
//! EAN-13 with a two-digit add-on (ISO/IEC 15420, GB/T 16827) at 100 %: a module of 0.33 mm, bars
//! 22.85 mm high, quiet zones of 11 and 7 modules, the add-on 10 modules further right.

use super::artist::Artist;
use crate::colour::Colour;
use crate::issue::{Issn, add_on};
use crate::length::{Mm, Pt};
use crate::page::{Mark, StructureRole};
use crate::template::{Align, MmBox, StyleId};
use crate::typeset::place::{fill, lines};
use crate::typeset::strand::Look;
use barcoders::sym::ean_supp::EANSUPP;
use barcoders::sym::ean13::EAN13;

/// Micrometres of a module at 100 %.
const MODULE: i64 = 330;
/// Modules before the first bar, after the last, between the two codes, after the second.
const QUIET: (i64, i64, i64, i64) = (11, 7, 10, 5);
/// Micrometres of a bar's height, and how much longer guards are.
const HEIGHT: i64 = 22_850;
const GUARD: i64 = 1_650;

/// Modules of the two codes: dark and light, one after the other.
struct Codes {
    main: Vec<u8>,
    side: Vec<u8>,
    digits: String,
    side_digits: String,
}

fn codes(issn: Issn, number: Option<&str>) -> Option<Codes> {
    let digits = issn.ean();
    let main = EAN13::new(&digits).ok()?.encode();
    let side_digits = number.and_then(add_on).unwrap_or_default();
    let side = EANSUPP::new(&side_digits).map(|code| code.encode()).unwrap_or_default();
    Some(Codes { main, side, digits, side_digits })
}

const fn modules(count: i64) -> Pt {
    Mm::from_micrometres(MODULE * count).pt()
}

/// The size of the whole with its quiet zones, from the digits' foot to the air above the bars.
pub(super) fn size() -> (Pt, Pt) {
    let width = QUIET.0 + 95 + QUIET.2 + 20 + QUIET.3;
    (modules(width), Mm::from_micrometres(HEIGHT + 6_500).pt())
}

impl Artist<'_> {
    /// Draws the codes at the top left of a box, on white.
    pub(super) fn barcode(&mut self, style: StyleId, area: MmBox) {
        let issue = self.binder.issue;
        let codes = issue.issn.and_then(|issn| codes(issn, issue.number.as_deref()));
        let Some(codes) = codes else { return };
        let (width, height) = size();
        self.page.items.push(fill(area.x, area.y, width, height, Colour::PAPER));
        let top = area.y + Mm::from_micrometres(2_000).pt();
        let left = area.x + modules(QUIET.0);
        let bar = Mm::from_micrometres(HEIGHT).pt();
        let guard = bar + Mm::from_micrometres(GUARD).pt();
        // Guards: the first and last three modules and the five in the middle.
        let long = |at: usize| at < 3 || (45..50).contains(&at) || at >= 92;
        self.bars(&codes.main, left, top, &|at| if long(at) { guard } else { bar });
        let beside = left + modules(95 + QUIET.2);
        let lower = top + Mm::from_micrometres(3_000).pt();
        let short = guard - Mm::from_micrometres(3_000).pt();
        self.bars(&codes.side, beside, lower, &|_| short);
        let below = top + bar + Mm::from_micrometres(300).pt();
        let (first, rest) = codes.digits.split_at(1);
        let (second, third) = rest.split_at(6);
        let small = |from: i64, count: i64| (left + modules(from), modules(count));
        self.digits(first, style, small(-9, 7), below);
        self.digits(second, style, small(3, 42), below);
        self.digits(third, style, small(50, 42), below);
        self.digits(&codes.side_digits, style, (beside, modules(20)), area.y);
    }

    fn bars(&mut self, code: &[u8], left: Pt, top: Pt, height: &dyn Fn(usize) -> Pt) {
        let mut at = 0;
        while at < code.len() {
            let dark = code[at] == 1;
            let run = code[at..].iter().take_while(|m| (**m == 1) == dark).count();
            if dark {
                let count = |n: usize| i64::try_from(n).unwrap_or(0);
                let x = left + modules(count(at));
                let black = Colour { rgb: [0, 0, 0], cmyk: [0, 0, 0, 100] };
                self.page.items.push(fill(x, top, modules(count(run)), height(at), black));
            }
            at += run;
        }
    }

    fn digits(&mut self, text: &str, style: StyleId, (x, width): (Pt, Pt), top: Pt) {
        let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
        let size = Pt::from_millis(8_000);
        let look = Look { size, colour: Colour::INK, ..self.look(style) };
        // Each digit stands in the middle of its share.
        let count = i64::try_from(text.len()).unwrap_or(1).max(1);
        for (at, digit) in (0i64..).zip(text.chars()) {
            let text = digit.to_string();
            let set = self.set(&text, look, Mark::Node(node), Align::Centre, width / count);
            lines(&set, x + width / count * at, top, size, size, self.page);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_have_their_modules() {
        let codes = codes(Issn::parse("1234-5679").unwrap(), Some("4")).unwrap();
        assert_eq!((codes.main.len(), codes.side.len()), (95, 20));
        assert_eq!((codes.digits.as_str(), codes.side_digits.as_str()), ("9771234567003", "04"));
        assert_eq!(codes.main[..3], [1, 0, 1]);
        assert_eq!(codes.main[45..50], [0, 1, 0, 1, 0]);
    }
}
