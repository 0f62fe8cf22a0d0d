//! What a length is and how it rounds; the only place that says so.
//!
//! In: numbers with a unit, as people write them. Out: integers. One point is 65 536 units, sums
//! are 64 bits wide, so a position depends on no machine, compiler or thread count. An [`Em`] is
//! a length that waits for its size; [`Rows`] count lines of the baseline grid.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// Units in one point, and in one em.
const UNIT: i64 = 65_536;

/// Micrometres in one inch.
const INCH: i64 = 25_400;

/// A length in 1/65 536 of a PostScript point (1/72 inch).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Pt(i64);

impl Pt {
    /// No length.
    pub const ZERO: Self = Self(0);

    /// A length of whole points.
    #[must_use]
    pub const fn new(points: i64) -> Self {
        Self(points * UNIT)
    }

    /// A length of `units` / 65 536 pt.
    #[must_use]
    pub const fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// A length of `millis` / 1000 pt, rounded to the nearest unit.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(div_round(millis * UNIT, 1000))
    }

    /// The length in units of 1/65 536 pt.
    #[must_use]
    pub const fn units(self) -> i64 {
        self.0
    }

    /// The length in thousandths of a point, rounded; what is shown to people and files.
    #[must_use]
    pub const fn millis(self) -> i64 {
        div_round(self.0 * 1000, UNIT)
    }

    /// The length in points as a float, for formats that want one; never for layout.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "edge")]
    pub fn to_f32(self) -> f32 {
        self.millis() as f32 / 1000.0
    }

    /// `self · numerator / denominator`, rounded to the nearest unit. `denominator` must not be 0;
    /// if it is, the result is zero.
    #[must_use]
    pub const fn scale(self, numerator: i64, denominator: i64) -> Self {
        if denominator == 0 {
            return Self::ZERO;
        }
        Self(div_round(self.0 * numerator, denominator))
    }

    /// How many ems of `size` this is.
    #[must_use]
    pub const fn in_em(self, size: Self) -> Em {
        if size.0 == 0 {
            return Em::ZERO;
        }
        Em(div_round(self.0 * UNIT, size.0))
    }

    /// The larger of two lengths.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Ord::max(self, other)
    }

    /// The smaller of two lengths.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Ord::min(self, other)
    }
}

/// A length in 1/65 536 of the type size it is used with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Em(i64);

impl Em {
    /// No length.
    pub const ZERO: Self = Self(0);
    /// The size itself.
    pub const ONE: Self = Self(UNIT);
    /// Half the size: 半角.
    pub const HALF: Self = Self(UNIT / 2);
    /// A quarter of the size: 四分.
    pub const QUARTER: Self = Self(UNIT / 4);
    /// An eighth of the size: 八分.
    pub const EIGHTH: Self = Self(UNIT / 8);
    /// A third of the size: 三分.
    pub const THIRD: Self = Self(UNIT / 3);

    /// `millis` / 1000 of the size.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(div_round(millis * UNIT, 1000))
    }

    /// The length in thousandths of an em, rounded.
    #[must_use]
    pub const fn millis(self) -> i64 {
        div_round(self.0 * 1000, UNIT)
    }

    /// The length at a type size.
    #[must_use]
    pub const fn at(self, size: Pt) -> Pt {
        Pt(div_round(self.0 * size.0, UNIT))
    }
}

/// A length in micrometres, as trim sizes and margins are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Mm(i64);

impl Mm {
    /// A length of `micrometres` / 1000 mm.
    #[must_use]
    pub const fn from_micrometres(micrometres: i64) -> Self {
        Self(micrometres)
    }

    /// The same length in points.
    #[must_use]
    pub const fn pt(self) -> Pt {
        Pt(div_round(self.0 * 72 * UNIT, INCH))
    }
}

/// A count of lines of the baseline grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Rows(pub i64);

impl Rows {
    /// The height of these rows at a line pitch.
    #[must_use]
    pub const fn at(self, pitch: Pt) -> Pt {
        Pt(self.0 * pitch.0)
    }

    /// The fewest rows of `pitch` that hold `height`.
    #[must_use]
    pub const fn holding(height: Pt, pitch: Pt) -> Self {
        if pitch.0 <= 0 || height.0 <= 0 {
            return Self(0);
        }
        Self((height.0 + pitch.0 - 1) / pitch.0)
    }
}

/// A rectangle, from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rect {
    /// From the left edge of the page.
    pub x: Pt,
    /// From its top.
    pub y: Pt,
    /// Width.
    pub width: Pt,
    /// Height.
    pub height: Pt,
}

/// Division to the nearest integer, halves away from zero.
const fn div_round(numerator: i64, denominator: i64) -> i64 {
    let half = denominator / 2;
    if (numerator < 0) == (denominator < 0) {
        (numerator + half) / denominator
    } else {
        (numerator - half) / denominator
    }
}

/// A length that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a length; write a number and pt or mm, as in 10.5pt")]
pub struct LengthError(pub String);

/// Reads `10.5pt` or `210mm` as points.
///
/// # Errors
/// [`LengthError`] when the number or the unit is missing, or the number is over a million.
pub fn parse_pt(text: &str) -> Result<Pt, LengthError> {
    let bad = || LengthError(text.to_owned());
    let text = text.trim();
    if let Some(number) = text.strip_suffix("pt") {
        return Ok(Pt::from_millis(parse_millis(number).ok_or_else(bad)?));
    }
    let number = text.strip_suffix("mm").ok_or_else(bad)?;
    Ok(Mm::from_micrometres(parse_millis(number).ok_or_else(bad)?).pt())
}

/// Reads a decimal number of up to three places as thousandths.
pub(crate) fn parse_millis(number: &str) -> Option<i64> {
    let number = number.trim();
    let (sign, digits) = number.strip_prefix('-').map_or((1, number), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let decimal = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || fraction.len() > 3 {
        return None;
    }
    if !decimal(whole) || !decimal(fraction) {
        return None;
    }
    let thousandths: i64 = format!("{fraction:0<3}").parse().ok()?;
    Some(sign * (whole.parse::<i64>().ok()? * 1000 + thousandths))
}

impl fmt::Display for Pt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_millis(f, self.millis())
    }
}

impl fmt::Display for Em {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_millis(f, self.millis())
    }
}

fn write_millis(f: &mut fmt::Formatter<'_>, millis: i64) -> fmt::Result {
    let sign = if millis < 0 { "-" } else { "" };
    let millis = millis.abs();
    let text = format!("{sign}{}.{:03}", millis / 1000, millis % 1000);
    f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
}

macro_rules! arithmetic {
    ($($name:ident),*) => {$(
        impl Add for $name { type Output = Self; fn add(self, o: Self) -> Self { Self(self.0 + o.0) } }
        impl Sub for $name { type Output = Self; fn sub(self, o: Self) -> Self { Self(self.0 - o.0) } }
        impl Neg for $name { type Output = Self; fn neg(self) -> Self { Self(-self.0) } }
        impl AddAssign for $name { fn add_assign(&mut self, o: Self) { self.0 += o.0; } }
        impl SubAssign for $name { fn sub_assign(&mut self, o: Self) { self.0 -= o.0; } }
        impl Mul<i64> for $name { type Output = Self; fn mul(self, n: i64) -> Self { Self(self.0 * n) } }
        impl Div<i64> for $name { type Output = Self; fn div(self, n: i64) -> Self { Self(self.0 / n) } }
        impl Sum for $name { fn sum<I: Iterator<Item = Self>>(i: I) -> Self { Self(i.map(|x| x.0).sum()) } }
    )*};
}
arithmetic!(Pt, Em, Mm, Rows);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_as_written() {
        assert_eq!(parse_pt("10.5pt"), Ok(Pt::from_millis(10_500)));
        assert_eq!(parse_pt("25.4mm"), Ok(Pt::new(72)));
        assert_eq!(parse_pt("-3mm").unwrap().millis(), -8504);
        for bad in ["", "10", "pt", "1.2345pt", "1e3pt", "9999999pt", "一pt"] {
            assert!(parse_pt(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn ems_scale_without_drift() {
        let size = Pt::from_millis(10_500);
        assert_eq!(Em::HALF.at(size) + Em::HALF.at(size), size);
        assert_eq!(size.in_em(size), Em::ONE);
        assert_eq!(Em::from_millis(125), Em::EIGHTH);
    }

    #[test]
    fn rows_hold_what_is_higher_than_one() {
        let pitch = Pt::new(18);
        assert_eq!(Rows::holding(Pt::new(18), pitch), Rows(1));
        assert_eq!(Rows::holding(Pt::from_millis(18_001), pitch), Rows(2));
    }

    #[test]
    fn lengths_print_without_trailing_zeros() {
        assert_eq!(Pt::from_millis(10_500).to_string(), "10.5");
        assert_eq!(Pt::from_millis(-250).to_string(), "-0.25");
        assert_eq!(Pt::new(3).to_string(), "3");
    }
}
