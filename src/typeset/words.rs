//! Where words end, for titles: a line of a title does not break a word or begin with a particle.

use super::clusters::Clusters;
use super::strand::Strand;
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

/// Particles and conjunctions that no line of a title begins with.
pub(super) const PARTICLES: [char; 12] =
    ['的', '地', '得', '了', '着', '过', '和', '与', '及', '等', '之', '们'];

/// Last characters of names of places and offices, which stay with the name, and words of place
/// and time that stand after others.
const SUFFIXES: [char; 32] = [
    '时', '中', '上', '下', '内', '后', '前', '间', '省', '市', '县', '區', '区', '州', '镇', '乡',
    '村', '旗', '院', '部', '委', '局', '厅', '处', '署', '社', '会', '法', '案', '者', '性', '化',
];

/// Whether two words that follow each other are one. Dictionaries do not know every name and part
/// it after single characters; others of these, such as 在 and 对, belong to what follows.
fn is_one(before: &str, after: &str) -> bool {
    let single = |word: &str| {
        let mut chars = word.chars();
        chars.next().filter(|c| chars.next().is_none() && *c >= '\u{3400}')
    };
    match (single(before), single(after)) {
        (_, Some(after)) if SUFFIXES.contains(&after) => true,
        (Some(before), _) => !PARTICLES.contains(&before) && !SUFFIXES.contains(&before),
        _ => false,
    }
}

/// The clusters after which a word ends, in order.
pub(super) fn word_ends(strand: &Strand, clusters: &Clusters) -> Vec<usize> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let ends: Vec<usize> = segmenter.segment_str(&strand.text).collect();
    let word = |from: usize, to: usize| strand.text.get(from..to).unwrap_or_default();
    let parted = |at: &usize| match (at.checked_sub(1).map(|at| ends[at]), ends.get(at + 1)) {
        (Some(from), Some(to)) => !is_one(word(from, ends[*at]), word(ends[*at], *to)),
        _ => true,
    };
    let kept = (0..ends.len()).filter(parted).map(|at| ends[at]);
    kept.filter_map(|end| clusters.text.binary_search(&end).ok()?.checked_sub(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_whole() {
        for (before, after, one) in [
            ("巴", "东", true),
            ("巴东", "县", true),
            ("四川", "省", true),
            ("关于", "湖北", false),
            ("的", "事", false),
            ("巴", "东县", true),
            ("在", "全国", true),
            ("县", "地质", false),
        ] {
            assert_eq!(is_one(before, after), one, "{before}|{after}");
        }
    }
}
