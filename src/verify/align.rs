//! Where two texts differ.
//!
//! Runs of characters that stand once in each text, in the same order, hold the texts together
//! (the idea of patience diff); each is let grow as far as the texts agree, and what is left
//! between two of them is a difference.

use std::collections::HashMap;
use std::ops::Range;

/// How many characters a run has at least.
const RUN: usize = 8;

/// A part of the first text and what stands for it in the second.
pub(super) type Gap = (Range<usize>, Range<usize>);

/// Every difference, in order; one of the two parts may be empty.
pub(super) fn gaps(wanted: &[char], found: &[char]) -> Vec<Gap> {
    let mut out = Vec::new();
    let (mut at, mut stands) = (0, 0);
    for (first, second) in ascending(runs(wanted, found)) {
        if first < at || second < stands {
            continue;
        }
        let (mut to, mut till) = (first, second);
        while to > at && till > stands && wanted.get(to - 1) == found.get(till - 1) {
            (to, till) = (to - 1, till - 1);
        }
        push((at..to, stands..till), wanted, found, &mut out);
        (at, stands) = (first + RUN, second + RUN);
        while at < wanted.len() && wanted.get(at) == found.get(stands) {
            (at, stands) = (at + 1, stands + 1);
        }
    }
    push((at..wanted.len(), stands..found.len()), wanted, found, &mut out);
    out
}

/// Adds a gap without what its two parts have in common at their ends.
fn push(gap: Gap, wanted: &[char], found: &[char], out: &mut Vec<Gap>) {
    let (mut first, mut second) = gap;
    while !first.is_empty()
        && !second.is_empty()
        && wanted.get(first.start) == found.get(second.start)
    {
        (first.start, second.start) = (first.start + 1, second.start + 1);
    }
    while !first.is_empty()
        && !second.is_empty()
        && wanted.get(first.end - 1) == found.get(second.end - 1)
    {
        (first.end, second.end) = (first.end - 1, second.end - 1);
    }
    if !first.is_empty() || !second.is_empty() {
        out.push((first, second));
    }
}

/// Runs that stand once in each text, by their places in both, in the order of the first.
fn runs(wanted: &[char], found: &[char]) -> Vec<(usize, usize)> {
    let mut places: HashMap<&[char], (usize, usize)> = HashMap::new();
    for (at, run) in found.windows(RUN).enumerate() {
        places.entry(run).and_modify(|(_, times)| *times += 1).or_insert((at, 1));
    }
    let mut own: HashMap<&[char], usize> = HashMap::new();
    wanted.windows(RUN).for_each(|run| *own.entry(run).or_insert(0) += 1);
    let once = |run: &[char]| own.get(run) == Some(&1);
    let pair = |(at, run): (usize, &[char])| match places.get(run) {
        Some((place, 1)) if once(run) => Some((at, *place)),
        _ => None,
    };
    wanted.windows(RUN).enumerate().filter_map(pair).collect()
}

/// The longest choice of pairs whose second places ascend too.
fn ascending(pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    // The pair that ends the best choice of each length, and the pair before each pair.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, place)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *place);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut out: Vec<(usize, usize)> =
        std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(wanted: &str, found: &str) -> Vec<String> {
        let (first, second): (Vec<char>, Vec<char>) =
            (wanted.chars().collect(), found.chars().collect());
        let part = |text: &[char], range: Range<usize>| text[range].iter().collect::<String>();
        gaps(&first, &second)
            .into_iter()
            .map(|(a, b)| format!("{}→{}", part(&first, a), part(&second, b)))
            .collect()
    }

    #[test]
    fn differences_are_as_short_as_they_can_be() {
        let text = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";
        let cases: &[(&str, &[&str])] = &[
            (text, &[]),
            ("甲乙丙丁戊己庚辛壬癸丑寅卯辰巳午未申酉戌亥", &["子→"]),
            ("甲乙丙丁戊己庚辛壬癸子鼠丑寅卯辰巳午未申酉戌亥", &["→鼠"]),
            ("题目甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌", &["→题目", "亥→"]),
            ("甲乙丙丁戊己庚辛壬癸子寅丑卯辰巳午未申酉戌亥", &["丑寅→寅丑"]),
            ("无关", &["甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥→无关"]),
        ];
        for (found, expected) in cases {
            assert_eq!(shown(text, found), *expected, "{found}");
        }
    }

    proptest! {
        /// What is put in the place of its gap gives the other text.
        #[test]
        fn gaps_are_all_there_is(first in "[一二三四]{0,60}", second in "[一二三四]{0,60}") {
            let (wanted, found): (Vec<char>, Vec<char>) =
                (first.chars().collect(), second.chars().collect());
            let mut out: Vec<char> = Vec::new();
            let mut at = 0;
            for (own, other) in gaps(&wanted, &found) {
                out.extend(&wanted[at..own.start]);
                out.extend(&found[other]);
                at = own.end;
            }
            out.extend(&wanted[at..]);
            prop_assert_eq!(out, found);
        }
    }
}
