//! Where words end, for titles: a line of a title does not break a word or begin with a particle.

use super::clusters::Clusters;
use super::strand::Strand;
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

/// Particles and conjunctions that no line of a title begins with.
pub(super) const PARTICLES: [char; 12] =
    ['的', '地', '得', '了', '着', '过', '和', '与', '及', '等', '之', '们'];

/// The clusters after which a word ends, in order.
pub(super) fn word_ends(strand: &Strand, clusters: &Clusters) -> Vec<usize> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let ends = segmenter.segment_str(&strand.text);
    ends.filter_map(|end| clusters.text.binary_search(&end).ok()?.checked_sub(1)).collect()
}
