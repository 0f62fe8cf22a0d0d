//! How long an import takes: `cargo bench`. Each shape is read at three sizes, each twice the one
//! before; time that grows more than that is a fault. The laws of the corpus are read when
//! `QIKAN_CORPORA` names it.

#![expect(clippy::disallowed_methods, reason = "a bench reads its own files")]

use divan::Bencher;
use qikan::copyedit::{Policy, copyedit};
use qikan::diagnostics::Sink;
use qikan::ingest::{Input, ingest};
use qikan::manuscript::markdown;
use qikan::source::Sources;

fn main() {
    divan::main();
}

fn import(name: &str, bytes: &[u8]) -> usize {
    let input = Input { name: name.to_owned(), bytes: bytes.to_vec(), ..Input::default() };
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    match ingest(&input, "zh-Hans", &mut sources, &mut sink) {
        Ok(article) => markdown(&copyedit(article, Policy::Full.into(), &mut sink)).len(),
        Err(_) => 0,
    }
}

fn run(bencher: Bencher<'_, '_>, name: &str, text: &str) {
    bencher.bench_local(|| import(name, text.as_bytes()));
}

const SENTENCE: &str = "春天来了,花开了。山里的“人”说(你好)...";

#[divan::bench(args = [250_000, 500_000, 1_000_000], sample_count = 3)]
fn one_paragraph_of_text(bencher: Bencher<'_, '_>, characters: usize) {
    let text = format!("标题\n{}\n", SENTENCE.repeat(characters / SENTENCE.chars().count()));
    run(bencher, "a.txt", &text);
}

#[divan::bench(args = [250_000, 500_000, 1_000_000], sample_count = 3)]
fn one_paragraph_of_a_page_with_entities(bencher: Bencher<'_, '_>, characters: usize) {
    let text = "春天来了,花开了。山里的&amp;人说你好".repeat(characters / 20);
    run(bencher, "a.html", &format!("<html><body><p>{text}</p></body></html>"));
}

#[divan::bench(args = [250_000, 500_000, 1_000_000], sample_count = 3)]
fn one_paragraph_of_markdown_with_bold(bencher: Bencher<'_, '_>, characters: usize) {
    run(bencher, "a.md", &"春天来了,花开了。山里的**人**说你好。".repeat(characters / 20));
}

#[divan::bench(args = [25_000, 50_000, 100_000], sample_count = 3)]
fn a_table_of_cells(bencher: Bencher<'_, '_>, cells: usize) {
    let row = format!("<tr>{}</tr>", "<td>甲乙</td>".repeat(10));
    let table = row.repeat(cells / 10);
    let text = "第一段文字，说明情况，写到最后。";
    run(
        bencher,
        "a.html",
        &format!("<html><body><p>{text}</p><table>{table}</table></body></html>"),
    );
}

#[divan::bench(args = [25_000, 50_000, 100_000], sample_count = 3)]
fn nested_tags(bencher: Bencher<'_, '_>, tags: usize) {
    let text = format!("{}文字在这里，说明情况。{}", "<div>".repeat(tags), "</div>".repeat(tags));
    run(bencher, "a.html", &format!("<html><body>{text}</body></html>"));
}

#[divan::bench(sample_count = 3)]
fn laws(bencher: Bencher<'_, '_>) {
    let Some(corpora) = std::env::var_os("QIKAN_CORPORA") else { return };
    let folder = std::path::Path::new(&corpora).join("law-md");
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let laws: Vec<Vec<u8>> = entries.filter_map(|one| std::fs::read(one.path()).ok()).collect();
    bencher.bench_local(|| laws.iter().map(|law| import("a.md", law)).sum::<usize>());
}
