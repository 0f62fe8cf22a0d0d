//! Rules that hold for every text: over the example, and over a whole corpus when
//! `QIKAN_CORPORA` names one.

use qikan::article::{Block, Ledger};
use qikan::copyedit::{Policy, copyedit, punctuation};
use qikan::diagnostics::{Code, Sink};
use qikan::ingest::{Input, decode, ingest};
use qikan::manuscript::markdown;
use qikan::source::Sources;
use std::path::{Path, PathBuf};

/// Texts to try: the example's, and every text file of the corpus.
fn texts() -> Vec<(PathBuf, Vec<u8>)> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
            if path.is_dir() {
                walk(&path, out);
            } else if ["txt", "md", "html", "htm", "docx"].contains(&ending) {
                out.push(path);
            }
        }
    }
    let mut paths = vec![PathBuf::from(crate::command::ESSAY)];
    if let Some(corpora) = std::env::var_os("QIKAN_CORPORA") {
        walk(Path::new(&corpora), &mut paths);
        assert!(paths.len() > 100, "the corpus is there");
    }
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

fn is_word(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "docx")
}

#[test]
fn the_ledger_gives_back_every_source() {
    for (path, bytes) in texts() {
        let mut sources = Sources::default();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let input =
            Input { name, bytes, folder: path.parent().map(Path::to_owned), ..Input::default() };
        let article = match ingest(&input, "zh-Hans", &mut sources, &mut Sink::default()) {
            Ok(article) => article,
            Err(finding) if finding.code == Code::InputUnsupported => continue,
            Err(finding) => panic!("{}: {finding:?}", path.display()),
        };
        let article = copyedit(article, Policy::Full.into(), &mut Sink::default());
        let ledger = Ledger::of(&article, &sources);
        let source = sources.text(article.file);
        assert_eq!(ledger.gap(source.len()), None, "{}", path.display());
        assert!(ledger.undo() == source, "{}", path.display());
    }
}

#[test]
fn normalising_twice_is_normalising_once() {
    for (path, bytes) in texts() {
        let mut sources = Sources::default();
        // As text, marks of pages and manuscripts are tried too.
        let name = if is_word(&path) { "a.docx" } else { "a.txt" };
        let input = Input { name: name.to_owned(), bytes, ..Input::default() };
        let mut article = ingest(&input, "zh-Hans", &mut sources, &mut Sink::default()).unwrap();
        let all = |blocks: &[Block]| -> Vec<String> { blocks.iter().map(Block::plain).collect() };
        punctuation::normalise(&mut article, &Policy::Full.into(), &mut Sink::default());
        let once = all(&article.blocks);
        punctuation::normalise(&mut article, &Policy::Full.into(), &mut Sink::default());
        for (a, b) in once.iter().zip(all(&article.blocks)) {
            assert_eq!(*a, b, "{}", path.display());
        }
    }
}

#[test]
fn importing_a_manuscript_again_changes_nothing() {
    let mut faults = Vec::new();
    for (path, bytes) in texts() {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let folder = path.parent().map(Path::to_owned);
        let read = |name: String, bytes, folder| {
            let input = Input { name, bytes, folder, ..Input::default() };
            ingest(&input, "zh-Hans", &mut Sources::default(), &mut Sink::default())
        };
        let Ok(article) = read(name.clone(), bytes, folder) else { continue };
        let article = copyedit(article, Policy::Full.into(), &mut Sink::default());
        let once = markdown(&article);
        let stem = name.rsplit_once('.').unwrap().0;
        let again = read(format!("{stem}.md"), once.clone().into_bytes(), None).unwrap();
        let again = copyedit(again, Policy::Full.into(), &mut Sink::default());
        let twice = markdown(&again);
        if once != twice {
            let (a, b) = once
                .lines()
                .zip(twice.lines())
                .find(|(a, b)| a != b)
                .unwrap_or(("(length)", "(length)"));
            faults.push(format!("{}:\n  {a}\n  {b}", path.display()));
        }
    }
    assert!(faults.is_empty(), "{} files\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_text_decodes() {
    for (path, bytes) in texts().into_iter().filter(|(path, _)| !is_word(path)) {
        assert!(decode(&bytes).is_ok(), "{}", path.display());
    }
}
