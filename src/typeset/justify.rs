//! A line's slack → the space after each of its clusters, in the order of the rules.
//!
//! Squeezing: step after step, equal shares inside a step, each to its limit. Stretching: word
//! spaces and gaps to their limit, then letterspacing, equally. Shares are integers that add up
//! to the slack exactly.

use super::linebreak::Line;
use super::spacing::{Glue, SQUEEZE, Spacing};

/// Writes the final space after each cluster of a line into `space`, the last one's left 0.
/// `fill` stretches the line to its measure; squeezing is done whenever the line is too wide.
pub(super) fn justify(line: &Line, spacing: &Spacing, fill: bool, space: &mut [i64]) {
    let inside = line.start..line.end - 1;
    for at in inside.clone() {
        space[at] = spacing.width[at];
    }
    if line.slack < 0 {
        squeeze(-line.slack, inside, spacing, space);
    } else if fill {
        stretch(line.slack, inside, spacing, space);
    }
}

fn squeeze(need: i64, inside: std::ops::Range<usize>, spacing: &Spacing, space: &mut [i64]) {
    let mut rest = need;
    for kind in SQUEEZE {
        let of_kind = |at: &usize| spacing.glue[*at] == kind;
        let places: Vec<usize> = inside.clone().filter(of_kind).collect();
        let available: i64 = places.iter().map(|at| spacing.give[*at]).sum();
        let used = rest.min(available);
        share(used, available, &places, |at| spacing.give[at], |at, part| space[at] -= part);
        rest -= used;
        if rest == 0 {
            break;
        }
    }
}

fn stretch(slack: i64, inside: std::ops::Range<usize>, spacing: &Spacing, space: &mut [i64]) {
    let mut rest = slack;
    for kind in [Glue::Word, Glue::Gap] {
        let of_kind = |at: &usize| spacing.glue[*at] == kind;
        let places: Vec<usize> = inside.clone().filter(of_kind).collect();
        let available: i64 = places.iter().map(|at| spacing.take[*at]).sum();
        let used = rest.min(available);
        share(used, available, &places, |at| spacing.take[at], |at, part| space[at] += part);
        rest -= used;
    }
    let open = |at: &usize| spacing.glue[*at] != Glue::Locked;
    let places: Vec<usize> = inside.filter(open).collect();
    let count = i64::try_from(places.len()).unwrap_or(0);
    share(rest, count, &places, |_| 1, |at, part| space[at] += part);
}

/// Gives each place its share of `amount` by weight; the shares add up to `amount`.
fn share(
    amount: i64,
    total: i64,
    places: &[usize],
    weight: impl Fn(usize) -> i64,
    mut give: impl FnMut(usize, i64),
) {
    if amount == 0 || total == 0 {
        return;
    }
    let (mut seen, mut given) = (0i128, 0i128);
    for &at in places {
        seen += i128::from(weight(at));
        let due = i128::from(amount) * seen / i128::from(total);
        give(at, i64::try_from(due - given).unwrap_or(0));
        given = due;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up() {
        for amount in [1, 7, 100, 65_537] {
            let mut parts = [0; 6];
            share(amount, 6, &[0, 1, 2, 3, 4, 5], |_| 1, |at, part| parts[at] = part);
            assert_eq!(parts.iter().sum::<i64>(), amount);
            assert!(parts.iter().max().unwrap() - parts.iter().min().unwrap() <= 1);
        }
    }
}
