//! `{漢字|かん|じ}`: a word and its readings, one for all or one for each character.

use std::ops::Range;

/// A word with one reading, as byte ranges of the text it was found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) base: Range<usize>,
    pub(super) reading: Range<usize>,
}

/// The first ruby of a text at `from` or after it: all of it, and its words with their readings.
pub(super) fn find(text: &str, mut from: usize) -> Option<(Range<usize>, Vec<Reading>)> {
    while let Some(open) = text.get(from..)?.find('{').map(|at| from + at) {
        if let Some(close) = text.get(open..)?.find('}').map(|at| open + at)
            && let Some(readings) = read(text, open + 1..close)
        {
            return Some((open..close + 1, readings));
        }
        from = open + 1;
    }
    None
}

/// What stands between the braces, when it is a word and its readings.
fn read(text: &str, inner: Range<usize>) -> Option<Vec<Reading>> {
    let mut parts = Vec::new();
    let mut at = inner.start;
    for part in text.get(inner)?.split('|') {
        parts.push(at..at + part.len());
        at += part.len() + 1;
    }
    let (base, readings) = parts.split_first()?;
    let word = text.get(base.clone())?;
    let plain = |part: &Range<usize>| {
        !part.is_empty() && text.get(part.clone()).is_some_and(|s| !s.contains(['{', '\n', '*']))
    };
    let eastern = !word.is_empty() && word.chars().all(|c| u32::from(c) >= 0x2E80);
    if !eastern || readings.is_empty() || !readings.iter().all(plain) {
        return None;
    }
    if let [reading] = readings {
        return Some(vec![Reading { base: base.clone(), reading: reading.clone() }]);
    }
    let characters: Vec<_> = word
        .char_indices()
        .map(|(at, c)| base.start + at..base.start + at + c.len_utf8())
        .collect();
    (characters.len() == readings.len()).then(|| {
        let pairs = characters.into_iter().zip(readings);
        pairs.map(|(base, reading)| Reading { base, reading: reading.clone() }).collect()
    })
}
