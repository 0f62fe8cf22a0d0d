//! Pages onto sheets, so that they stand in order when the sheets are folded and bound.

use super::{Binding, Imposition, Leaves, Side, Spread};
use crate::length::Pt;

/// Sheets, front and back in turn; nothing where the printer imposes.
///
/// Sheets that lie further inside have their pages moved towards the fold by what the sheets
/// around them take (creep).
#[must_use]
pub fn impose(leaves: &Leaves, binding: &Binding) -> Vec<Spread> {
    let size = match binding.imposition {
        Imposition::None => return Vec::new(),
        Imposition::Saddle => leaves.inside.len().max(1),
        Imposition::Perfect => binding.signature.max(4),
    };
    leaves.inside.chunks(size).flat_map(|pages| nested(pages, binding)).collect()
}

/// Sheets in one another: the outermost has the first page and the last.
fn nested(pages: &[Side], binding: &Binding) -> Vec<Spread> {
    let page = |at: usize| pages.get(at).copied().flatten();
    let mut out = Vec::new();
    for sheet in 0..pages.len() / 4 {
        let (first, last) = (sheet * 2, pages.len() - 1 - sheet * 2);
        let creep = binding.paper * i64::try_from(sheet).unwrap_or(0);
        for (left, right) in [(last, first), (first + 1, last - 1)] {
            let sides = [page(left), page(right)];
            let sides = if binding.right_bound { [sides[1], sides[0]] } else { sides };
            out.push(Spread { sides, creep: creep.max(Pt::ZERO) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imposed(pages: usize, imposition: Imposition, right_bound: bool) -> Vec<[Side; 2]> {
        let binding =
            Binding { signature: 4, imposition, paper: Pt::from_millis(300), right_bound };
        let leaves = Leaves::of(&vec![false; pages], false, false, binding.signature);
        impose(&leaves, &binding).iter().map(|spread| spread.sides).collect()
    }

    #[test]
    fn a_stitched_booklet_folds_into_order() {
        let sheets = imposed(8, Imposition::Saddle, false);
        let expected = [[7, 0], [1, 6], [5, 2], [3, 4]].map(|pair| pair.map(Some));
        assert_eq!(sheets, expected);
        let sheets = imposed(4, Imposition::Saddle, true);
        assert_eq!(sheets, [[Some(0), Some(3)], [Some(2), Some(1)]]);
    }

    #[test]
    fn signatures_follow_each_other() {
        let sheets = imposed(7, Imposition::Perfect, false);
        assert_eq!(
            sheets,
            [[Some(3), Some(0)], [Some(1), Some(2)], [None, Some(4)], [Some(5), Some(6)],]
        );
        assert!(imposed(8, Imposition::None, false).is_empty());
    }

    #[test]
    fn inner_sheets_are_moved_to_the_fold() {
        let binding = Binding {
            signature: 4,
            imposition: Imposition::Saddle,
            paper: Pt::from_millis(300),
            right_bound: false,
        };
        let spreads = impose(&Leaves::of(&[false; 12], false, false, 4), &binding);
        let creep: Vec<Pt> = spreads.iter().map(|spread| spread.creep).collect();
        let step = Pt::from_millis(300);
        assert_eq!(creep, [Pt::ZERO, Pt::ZERO, step, step, step * 2, step * 2]);
    }
}
