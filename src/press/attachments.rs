//! What the archival PDF carries with its pages: each article as it came, as clean Markdown, and
//! what became of every character.

use super::{Order, import};
use crate::issue::Issue;
use crate::pdf::{Attachment, Relation};
use crate::source::Sources;
use std::collections::BTreeSet;

/// Media types by ending.
const MEDIA: &[(&str, &str)] = &[
    ("txt", "text/plain"),
    ("md", "text/markdown"),
    ("markdown", "text/markdown"),
    ("html", "text/html"),
    ("htm", "text/html"),
    ("xhtml", "application/xhtml+xml"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
];

/// The files of every article, in order.
pub(super) fn attachments(order: &Order, issue: &Issue, sources: &Sources) -> Vec<Attachment> {
    let mut names = Names::default();
    let issue_file = Attachment {
        name: names.own("qikan.toml".to_owned()),
        media: "application/toml".to_owned(),
        bytes: super::archive::issue_file(order),
        relation: Relation::Source,
        said: "期刊的设置 · the issue file".to_owned(),
    };
    let mut out = vec![issue_file];
    let inputs = order.sections.iter().flat_map(|(_, inputs)| inputs);
    let kept = super::archive::kept_names(order);
    for ((input, kept), article) in inputs.zip(&kept).zip(issue.articles()) {
        let name = input.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let media = MEDIA.iter().find(|(known, _)| Some(*known) == ending.as_deref());
        let stem = article.name.as_str();
        let markdown = crate::manuscript::markdown(article).into_bytes();
        let ledger = import::ledger_of([(article, kept.path.as_str())], sources).into_bytes();
        let mut add = |name: String, media: &str, bytes, relation, said: &str| {
            let (name, media, said) = (names.own(name), media.to_owned(), said.to_owned());
            out.push(Attachment { name, media, bytes, relation, said });
        };
        let media = media.map_or("application/octet-stream", |(_, media)| media);
        let source = input.bytes.clone();
        add(name.to_owned(), media, source, Relation::Source, "原文 · as it came");
        let clean = "清理后的文稿 · clean text";
        add(format!("{stem}.clean.md"), "text/markdown", markdown, Relation::Alternative, clean);
        let account = "逐字的去向 · what became of every character";
        let media = "application/jsonl";
        add(format!("{stem}.ledger.jsonl"), media, ledger, Relation::Supplement, account);
    }
    out
}

/// Names that are taken.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    /// The name, with a number where it is taken.
    fn own(&mut self, name: String) -> String {
        let (stem, ending) = name.split_once('.').unwrap_or((&name, ""));
        let mut own = name.clone();
        let mut number = 2;
        while !self.0.insert(own.to_lowercase()) {
            own = format!("{stem}-{number}.{ending}");
            number += 1;
        }
        own
    }
}
