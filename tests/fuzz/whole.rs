//! What holds for every input: no panic, every character accounted for, a manuscript that reads
//! back to itself.

use qikan::article::Ledger;
use qikan::copyedit::{Policy, copyedit};
use qikan::diagnostics::Sink;
use qikan::ingest::{Input, ingest};
use qikan::manuscript::markdown;
use qikan::source::Sources;

/// Reads a file of a name with these bytes, cleans it, and checks what must hold.
pub fn check(name: &str, bytes: &[u8]) {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let input = Input { name: name.to_owned(), bytes: bytes.to_vec(), ..Input::default() };
    let Ok(article) = ingest(&input, "zh-Hans", &mut sources, &mut sink) else { return };
    let article = copyedit(article, Policy::Full.into(), &mut sink);
    let ledger = Ledger::of(&article, &sources);
    let source = sources.text(article.file);
    assert_eq!(ledger.gap(source.len()), None);
    assert!(ledger.undo() == source);
    let written = markdown(&article);
    let input = Input { name: "a.md".to_owned(), bytes: written.into_bytes(), ..Input::default() };
    let _ = ingest(&input, "zh-Hans", &mut Sources::default(), &mut sink);
}
