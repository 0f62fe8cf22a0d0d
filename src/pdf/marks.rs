//! Crop, registration and fold marks around a sheet (ISO 12647-1, as printers draw them).
//!
//! Marks are in all inks, a quarter point wide, and begin where the bleed ends.

use super::printing::Sheet;
use crate::length::{Mm, Pt};
use std::fmt::Write;

/// How long a mark is.
const LENGTH: Pt = Mm::from_micrometres(5_000).pt();

/// The content that draws the marks of a sheet whose trimmed corner is `outer` from that of the
/// paper.
pub(super) fn marks(sheet: &Sheet, outer: Pt, bleed: Pt) -> String {
    let mut out = String::from("q 1 1 1 1 K 0.25 w\n");
    let (left, right) = (outer, outer + sheet.width);
    let (foot, top) = (outer, outer + sheet.height);
    let gap = bleed.max(Mm::from_micrometres(2_000).pt());
    let mut line = |from: (Pt, Pt), to: (Pt, Pt)| {
        let [a, b, c, d] = [from.0, from.1, to.0, to.1].map(Pt::to_f32);
        let _ = writeln!(out, "{a} {b} m {c} {d} l S");
    };
    for x in [left, right] {
        line((x, foot - gap), (x, foot - gap - LENGTH));
        line((x, top + gap), (x, top + gap + LENGTH));
    }
    for y in [foot, top] {
        line((left - gap, y), (left - gap - LENGTH, y));
        line((right + gap, y), (right + gap + LENGTH, y));
    }
    let (centre, middle) = ((left + right) / 2, (foot + top) / 2);
    let away = gap + LENGTH / 2;
    for (x, y) in
        [(centre, foot - away), (centre, top + away), (left - away, middle), (right + away, middle)]
    {
        let arm = LENGTH / 2;
        line((x - arm, y), (x + arm, y));
        line((x, y - arm), (x, y + arm));
    }
    out.push_str("[2 2] 0 d\n");
    for fold in &sheet.folds {
        let x = (outer + *fold).to_f32();
        for (from, to) in [(foot - gap, foot - gap - LENGTH), (top + gap, top + gap + LENGTH)] {
            let _ = writeln!(out, "{x} {} m {x} {} l S", from.to_f32(), to.to_f32());
        }
    }
    out.push_str("Q\n");
    out
}
