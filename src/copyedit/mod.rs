//! Named rules, `Article` → `Article`, each logged, each idempotent.
//!
//! Structure first (what is a line for?), then punctuation inside what is kept, because a
//! dateline's colon says something that a sentence's colon does not. Every rule has a row in
//! [`RULES`]; what it did is in the article's texts and removals.

mod findings;
mod policy;
pub mod punctuation;
mod quotations;
mod rules;
pub mod structure;

pub use policy::{NAMED, Policies, Policy};
pub use rules::{RULES, RuleRow, words};

use crate::article::Article;
use crate::diagnostics::Sink;

/// Recognises the parts of an article and cleans its text.
pub fn copyedit(article: Article, policies: Policies, sink: &mut Sink) -> Article {
    let mut article = match policies.structure {
        Policy::Off => article,
        _ => structure::recognise(article, &policies, sink),
    };
    // The rules are those of Chinese (GB/T 15834); other languages keep their own.
    if article.language.starts_with("zh") {
        punctuation::normalise(&mut article, &policies, sink);
    }
    findings::report(&article, sink);
    article
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, Inline, Text};
    use crate::source::FileId;

    /// What is left of some lines under a policy, and the title found.
    fn edited(lines: &[&str], policy: Policy) -> (Option<String>, Vec<String>) {
        let mut article = Article::new(FileId(0), "a", "zh-Hans");
        let mut at = 0;
        for line in lines {
            let text = Text::kept(line, FileId(0), at);
            article.blocks.push(Block::body(vec![Inline::Text(text)]));
            at += line.len() + 1;
        }
        let article = copyedit(article, policy.into(), &mut Sink::default());
        let title = article.metadata.title.as_ref().map(|title| title.as_str().to_owned());
        (title, article.blocks.iter().map(Block::plain).collect())
    }

    #[test]
    fn a_policy_goes_as_far_as_it_says() {
        let lines = ["山村的灯", "文/李明", "那一年,村里通了电。", "上一篇：没有了"];
        let (title, left) = edited(&lines, Policy::Off);
        assert_eq!((title, left.len()), (None, 4), "nothing is changed");
        assert_eq!(left, lines);
        let (title, left) = edited(&lines, Policy::Safe);
        assert_eq!(title.as_deref(), Some("山村的灯"));
        assert_eq!(left, ["那一年,村里通了电。", "上一篇：没有了"], "nothing is taken out");
        let (_, left) = edited(&lines, Policy::Full);
        assert_eq!(left, ["那一年，村里通了电。"]);
    }
}
