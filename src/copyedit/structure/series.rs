//! Which numbered lines belong to a series.
//!
//! A number counts when it follows on: 一 begins a series, and each next number of a level is one
//! more than the last. Below a heading of a higher level a series may begin anew or go on, as
//! documents of governments number （一） to （三十） through all their parts. A lone 三、 is no
//! heading.

/// A numbered line: its level and number.
pub(super) type Numbered = (u8, u32);

/// For each line, whether it stands in a series. Lines without a number are `None`.
pub(super) fn in_series(lines: &[Option<Numbered>]) -> Vec<bool> {
    let mut last = [0u32; 6];
    let mut out = vec![false; lines.len()];
    for (at, line) in lines.iter().enumerate() {
        let Some((level, number)) = *line else { continue };
        let slot = usize::from(level).min(last.len() - 1);
        let follows = number == 1 || number == last[slot] + 1;
        if follows {
            last[slot] = number;
        }
        out[at] = follows;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(numbers: &[Numbered]) -> Vec<bool> {
        in_series(&numbers.iter().copied().map(Some).collect::<Vec<_>>())
    }

    #[test]
    fn a_series_ascends_from_one() {
        assert_eq!(check(&[(1, 1), (1, 2), (1, 3)]), [true, true, true]);
        assert_eq!(check(&[(1, 3)]), [false], "a lone 三、");
        assert_eq!(check(&[(1, 1), (1, 3)]), [true, false]);
    }

    #[test]
    fn lower_levels_begin_anew_or_go_on_under_each_heading() {
        let lines = [(1, 1), (2, 1), (2, 2), (1, 2), (2, 1), (2, 2), (2, 3)];
        assert!(check(&lines).into_iter().all(|follows| follows));
        assert_eq!(check(&[(1, 1), (2, 1), (1, 2), (2, 2)]), [true; 4]);
        assert_eq!(check(&[(1, 1), (2, 1), (1, 2), (2, 3)]), [true, true, true, false]);
    }
}
