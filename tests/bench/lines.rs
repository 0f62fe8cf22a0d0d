//! How well and how fast lines of Chinese are set: `cargo bench --bench lines`. The laws of the
//! corpus are set when `QIKAN_CORPORA` names it, else a text made up of sentences.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench reads its own files and prints figures"
)]

use divan::Bencher;
use qikan::fonts::{FaceData, Library};
use qikan::length::Em;
use qikan::template::{Punctuation, PunctuationStyle};
use qikan::typeset::{Breaker, Quality, Step, quality};
use std::sync::{Arc, LazyLock};

const RULES: Punctuation = Punctuation {
    style: PunctuationStyle::Quanjiao,
    kinsoku: 2,
    trim_line_start: true,
    gap: Em::QUARTER,
    gap_adjusts: true,
    hanging: false,
};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts");
    let read = |name: &str| {
        let bytes = std::fs::read(format!("{folder}/{name}")).ok()?;
        Some(FaceData::Read(Arc::new(bytes)))
    };
    Library::from_bundle(read).unwrap()
});

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let Some(corpora) = std::env::var_os("QIKAN_CORPORA") else {
        let sentence =
            "第一条为了规范社会治理，保障公民、法人和其他组织的合法权益，根据宪法，制定本法。";
        return (sentence.repeat(3) + "\n").repeat(7_000);
    };
    let folder = std::path::Path::new(&corpora).join("law-md");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
});

fn paragraphs() -> Vec<&'static str> {
    TEXT.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

fn main() {
    let paragraphs = paragraphs();
    let characters: usize = paragraphs.iter().map(|p| p.chars().count()).sum();
    println!("{characters} characters at 21 a line");
    for (name, breaker) in [("best", Breaker::Best), ("first fit", Breaker::FirstFit)] {
        let found = quality(&paragraphs, 21, &RULES, &LIBRARY, breaker, Step::Justify);
        let Quality { lines, loose, worst, lone, squeezed, forced } = found;
        let share = loose as f64 * 100.0 / lines.max(1) as f64;
        println!(
            "{name}: {lines} lines, {loose} over 0.1 em a gap ({share:.2} %), worst {worst}/1000 em, \
             {lone} lone, {forced} forced, squeezed (space · bracket comma gap stop) {squeezed:?}"
        );
    }
    divan::main();
}

/// The laws, as far as each step.
#[divan::bench(args = [Step::Shape, Step::Space, Step::Break, Step::Justify], sample_count = 5)]
fn laws(bencher: Bencher<'_, '_>, until: Step) {
    let paragraphs = paragraphs();
    bencher.bench_local(|| quality(&paragraphs, 21, &RULES, &LIBRARY, Breaker::Best, until));
}

/// One paragraph: time that grows more than its length is a fault.
#[divan::bench(args = [250_000, 500_000, 1_000_000], sample_count = 3)]
fn one_paragraph(bencher: Bencher<'_, '_>, characters: usize) {
    let text: String = TEXT.chars().filter(|c| !c.is_whitespace()).take(characters).collect();
    let text = text.repeat(characters / text.chars().count().max(1));
    bencher.bench_local(|| quality(&[&text], 21, &RULES, &LIBRARY, Breaker::Best, Step::Justify));
}
