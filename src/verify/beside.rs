//! What stands beside a body: title, names and the like, in an order that is the design's, with
//! words and marks of the design's own. All of it is accounted for, marks too.

use super::ArticleRead;
use super::compare::{Difference, shown, solid};
use super::parting::{Piece, is_made_of};
use crate::article::{Article, Metadata, Text};

/// Words that designs put beside a body.
const MADE: &[&str] = &[
    "摘要",
    "要旨",
    "Abstract",
    "关键词",
    "關鍵詞",
    "キーワード",
    "Keywords",
    "收稿日期",
    "来源",
    "作者简介",
    "초록",
    "주제어",
];

/// What stands around the name of an editor, before its plain form.
const EDITOR: &[(&str, &str)] = &[
    ("（责任编辑：", "）"),
    ("（責任編輯：", "）"),
    ("（編集：", "）"),
    ("（편집：", "）"),
    ("（Editor：", "）"),
];

/// What stands around the place where an author works.
const AFFILIATION: &[(&str, &str)] = &[("（", "）")];

/// What stands between keywords.
const KEYWORDS: &str = "；";

/// Something that is said about an article.
struct Said<'a> {
    words: String,
    /// Where it comes from, for what has to be there.
    must: Option<&'a Text>,
    around: &'static [(&'static str, &'static str)],
}

impl<'a> Said<'a> {
    fn must(text: &'a Text) -> Self {
        Self { must: Some(text), ..Self::may(text, &[]) }
    }

    fn may(text: &Text, around: &'static [(&'static str, &'static str)]) -> Self {
        Self { words: solid(text.as_str()), must: None, around }
    }

    /// It with what designs put around it, and as it is.
    fn forms(&self) -> Vec<String> {
        let around = self.around.iter().copied().chain([("", "")]);
        around.map(|(before, after)| format!("{before}{}{after}", self.words)).collect()
    }

    /// Takes it out of a text, with what the design put around it; whether it was there.
    fn taken(&self, from: &mut String) -> bool {
        for whole in self.forms() {
            if let Some(at) = from.find(&whole) {
                from.replace_range(at..at + whole.len(), "\n");
                return true;
            }
        }
        false
    }
}

/// All that may be said about an article.
fn all(metadata: &Metadata) -> Vec<Said<'_>> {
    let Metadata {
        overline,
        title,
        subtitle,
        authors,
        source,
        date,
        summary,
        keywords,
        editor,
        ..
    } = metadata;
    let mut out: Vec<Said<'_>> =
        [overline, title, subtitle, summary].into_iter().flatten().map(Said::must).collect();
    out.extend(authors.iter().map(|author| Said::must(&author.name)));
    let works = authors.iter().filter_map(|author| author.affiliation.as_ref());
    out.extend(works.map(|text| Said::may(text, AFFILIATION)));
    out.extend(editor.iter().map(|text| Said::may(text, EDITOR)));
    let origin = source.iter().chain(date.as_ref().map(|date| &date.text));
    out.extend(origin.chain(keywords).map(|text| Said::may(text, &[])));
    let keywords: Vec<String> = keywords.iter().map(|text| solid(text.as_str())).collect();
    out.push(Said { words: keywords.join(KEYWORDS), must: None, around: &[] });
    out.retain(|said| !said.words.is_empty());
    // The longest first: a name may stand in a title.
    out.sort_by_key(|said| std::cmp::Reverse(said.words.len()));
    out
}

/// Takes from the text beside a body what is said about the article, all of which must be there;
/// what is left.
pub(super) fn beside(
    article: &Article,
    mut beside: String,
    found: &ArticleRead,
    out: &mut Vec<Difference>,
) -> String {
    let all = all(&article.metadata);
    let title = solid(article.title());
    let free: Vec<&str> = MADE.iter().copied().chain([title.as_str()]).collect();
    let pieces = all.iter().map(|said| Piece { forms: said.forms(), must: said.must.is_some() });
    if is_made_of(&beside, &pieces.collect::<Vec<_>>(), &free) {
        return String::new();
    }
    for said in all {
        if !said.taken(&mut beside)
            && let Some(text) = said.must
        {
            out.push(Difference {
                span: text.runs().first().map(|run| run.span),
                place: found.place(0).to_owned(),
                missing: shown(&said.words),
                ..Difference::nowhere(article.title().to_owned())
            });
        }
    }
    for made in MADE.iter().copied().chain([article.title()]) {
        beside = beside.replace(made, "\n");
    }
    beside
}

/// Tells words that belong to nothing.
pub(super) fn surplus(title: &str, rest: &str, found: &ArticleRead, out: &mut Vec<Difference>) {
    if let Some(words) = rest.split(|c: char| c.is_whitespace()).find(|rest| !rest.is_empty()) {
        out.push(Difference {
            place: found.place(0).to_owned(),
            added: shown(words),
            ..Difference::nowhere(title.to_owned())
        });
    }
}
