//! Pages → what a printer binds: the leaves inside, the cover on one sheet, sheets with two pages
//! side by side.
//!
//! In: how many pages an edition has and which of them is the back cover. Out: pages in the order
//! they are printed, blanks filled in. Only numbers and places; what stands on a page is nobody's
//! business here.

mod imposition;

pub use imposition::impose;

use crate::length::Pt;

/// How pages are brought onto sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Imposition {
    /// A page a sheet: the printer imposes.
    #[default]
    None,
    /// 骑马订: all sheets in one another, stitched through the fold.
    Saddle,
    /// 胶订: signatures one behind the other.
    Perfect,
}

/// What a printer needs to know of the binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// How many pages are folded from one sheet: 4, 8 or 16.
    pub signature: usize,
    /// How pages are brought onto sheets.
    pub imposition: Imposition,
    /// How thick a leaf is.
    pub paper: Pt,
    /// Whether the spine is at the right of the front cover, as in vertical books.
    pub right_bound: bool,
}

/// A side of paper: a page of the edition, from 0, or a blank.
pub type Side = Option<usize>;

/// An edition in the order of its leaves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leaves {
    /// Front cover, its inside, the inside of the back cover, the back cover.
    pub cover: Option<[Side; 4]>,
    /// The pages between, whole signatures of them.
    pub inside: Vec<Side>,
    /// How many blanks stand at the end, to fill the last signature.
    pub blanks: usize,
}

impl Leaves {
    /// Orders pages, of each of which it is known whether it is blank; the first is a front cover,
    /// where there is one, and the last a back cover. What stands behind the front cover is printed
    /// on its inside; a blank before the back cover is the inside of that.
    #[must_use]
    pub fn of(blank: &[bool], has_cover: bool, has_back: bool, signature: usize) -> Self {
        let (pages, signature) = (blank.len(), signature.max(4));
        let has_cover = has_cover && pages > 0;
        let first = if has_cover { 2.min(pages) } else { 0 };
        let back = (has_cover && has_back && pages > 2).then(|| pages - 1);
        let mut end = back.unwrap_or(pages);
        while back.is_some() && end > first && blank.get(end - 1) == Some(&true) {
            end -= 1;
        }
        let mut inside: Vec<Side> = (first..end).map(Some).collect();
        let blanks = inside.len().next_multiple_of(signature) - inside.len();
        inside.extend(std::iter::repeat_n(None, blanks));
        let second = (pages > 1 && back != Some(1)).then_some(1);
        let cover = has_cover.then_some([Some(0), second, None, back]);
        Self { cover, inside, blanks }
    }

    /// How thick the pages inside are, bound.
    #[must_use]
    pub fn spine(&self, binding: &Binding) -> Pt {
        match binding.imposition {
            Imposition::Saddle => Pt::ZERO,
            Imposition::None | Imposition::Perfect => {
                binding.paper * i64::try_from(self.inside.len() / 2).unwrap_or(0)
            }
        }
    }
}

/// What stands side by side on one side of a sheet, left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The pages.
    pub sides: [Side; 2],
    /// How far both are moved towards the fold, for the leaves outside them.
    pub creep: Pt,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cover_has_four_sides_and_the_rest_fills_signatures() {
        let leaves = Leaves::of(&[false; 12], true, true, 4);
        assert_eq!(leaves.cover, Some([Some(0), Some(1), None, Some(11)]));
        assert_eq!(leaves.inside.len(), 12);
        assert_eq!((leaves.inside[0], leaves.inside[8], leaves.blanks), (Some(2), Some(10), 3));
        let mut blank = [false; 12];
        blank[10] = true;
        assert_eq!(Leaves::of(&blank, true, true, 4).inside.len(), 8, "behind the last page");
    }

    #[test]
    fn without_a_cover_all_pages_are_inside() {
        let leaves = Leaves::of(&[false; 7], false, false, 8);
        assert_eq!((leaves.cover, leaves.inside.len(), leaves.blanks), (None, 8, 1));
        assert_eq!(Leaves::of(&[], true, true, 4), Leaves::default());
        let single = Leaves::of(&[false], true, true, 4);
        assert_eq!(single.cover, Some([Some(0), None, None, None]));
    }

    #[test]
    fn a_spine_is_as_thick_as_its_leaves() {
        let binding = Binding {
            signature: 4,
            imposition: Imposition::None,
            paper: Pt::from_millis(283),
            right_bound: false,
        };
        let leaves = Leaves::of(&[false; 104], true, true, 4);
        assert_eq!(leaves.inside.len(), 104);
        assert_eq!(leaves.spine(&binding), Pt::from_millis(283) * 52);
        let saddle = Binding { imposition: Imposition::Saddle, ..binding };
        assert_eq!(leaves.spine(&saddle), Pt::ZERO);
    }
}
