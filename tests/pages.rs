//! Saved pages against what a person found in them: `html-zh/expected.json` of the corpus.

use qikan::article::{Article, Block};
use qikan::copyedit::{Policies, Policy, copyedit};
use qikan::diagnostics::Sink;
use qikan::ingest::{Input, ingest};
use qikan::source::Sources;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

fn read(path: &Path) -> Article {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let input = Input { name, bytes: std::fs::read(path).unwrap(), ..Input::default() };
    let mut sink = Sink::default();
    let article = ingest(&input, "zh-Hans", &mut Sources::default(), &mut sink).unwrap();
    // What marks become is tested elsewhere.
    copyedit(article, Policies::new(Policy::Full, Policy::Off), &mut sink)
}

/// What an article says, a block a line.
fn said(article: &Article) -> String {
    let mut out = String::new();
    for block in article.all_blocks() {
        out.push_str(&block.plain());
        out.push('\n');
    }
    out
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// How well two texts agree, character by character: the harmonic mean of what was found of the
/// expected and what of the found was expected.
fn agreement(found: &str, expected: &str) -> f64 {
    let mut counts: HashMap<char, i64> = HashMap::new();
    expected.chars().for_each(|c| *counts.entry(c).or_default() += 1);
    let mut common = 0;
    for c in found.chars() {
        let left = counts.entry(c).or_default();
        common += i64::from(*left > 0);
        *left -= 1;
    }
    2.0 * common as f64 / (found.chars().count() + expected.chars().count()).max(1) as f64
}

#[test]
fn pages_are_read_as_a_person_reads_them() {
    let Some(corpora) = std::env::var_os("QIKAN_CORPORA") else { return };
    let folder = Path::new(&corpora).join("html-zh");
    let expected = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: Vec<Value> = serde_json::from_str(&expected).unwrap();
    let mut agreements = Vec::new();
    let mut faults = Vec::new();
    for page in &expected {
        let file = page["file"].as_str().unwrap();
        let article = read(&folder.join(file));
        let said = said(&article);
        let agreement = agreement(&solid(&said), &solid(page["body"].as_str().unwrap()));
        agreements.push(agreement);
        if agreement < 0.90 {
            faults.push(format!("{file}: body {agreement:.3}"));
        }
        if solid(article.title()) != solid(page["title"].as_str().unwrap()) {
            faults.push(format!("{file}: title {} != {}", article.title(), page["title"]));
        }
        if let Some(author) = page["author"].as_str().filter(|a| !a.is_empty()) {
            let found = article.metadata.author_names().concat();
            if solid(&found) != author.replace([',', '、', ' '], "") {
                let found = article.metadata.author_names();
                faults.push(format!("{file}: author {found:?} != {author}"));
            }
        }
        if let Some(date) = page["date"].as_str() {
            let digits = |s: &str| -> Vec<u32> {
                s.split(|c: char| !c.is_ascii_digit())
                    .filter_map(|n| n.parse().ok())
                    .take(3)
                    .collect()
            };
            let found = article.metadata.date.as_ref().map(|date| date.iso()).unwrap_or_default();
            if digits(&found) != digits(date) {
                faults.push(format!("{file}: date {found} != {date}"));
            }
        }
        for absent in page["must_not_contain"].as_array().into_iter().flatten() {
            let absent = absent.as_str().unwrap();
            if said.contains(absent) {
                faults.push(format!("{file}: contains {absent}"));
            }
        }
        if let Some(images) = page["images_in_body"].as_u64() {
            let mut article = article.clone();
            let mut found = 0;
            article
                .all_blocks_mut()
                .for_each(|block: &mut Block| block.each_image_mut(&mut |_| found += 1));
            if found != images {
                faults.push(format!("{file}: images {found} != {images}"));
            }
        }
    }
    let mean = agreements.iter().sum::<f64>() / agreements.len() as f64;
    let least = agreements.iter().copied().fold(1.0, f64::min);
    println!("{} pages, mean {mean:.4}, least {least:.4}", agreements.len());
    assert!(
        mean >= 0.98 && faults.is_empty(),
        "mean {mean:.4}, least {least:.4}\n{}",
        faults.join("\n")
    );
}
