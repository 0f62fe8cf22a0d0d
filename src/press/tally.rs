//! What a run did, in numbers, for the summary.

use crate::article::{Action, Article, Edit, Ledger, RuleId};
use crate::fonts::{FaceId, Library};
use crate::issue::Issue;
use crate::page::{Item, Layout, Page};
use crate::source::Sources;
use std::collections::{BTreeMap, BTreeSet};

/// Counts of a run.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Articles.
    pub articles: usize,
    /// Pages of the PDF, cover included.
    pub pages: usize,
    /// Characters of the sources, white space aside.
    pub characters: usize,
    /// Characters that stand as they were.
    pub kept: usize,
    /// Characters in whose place others stand.
    pub changed: usize,
    /// Characters that were taken out.
    pub removed: usize,
    /// Pictures on the pages.
    pub pictures: usize,
    /// Faces on the pages, by name.
    pub faces: BTreeSet<String>,
    /// What each rule did, in the order rules have in the sources.
    pub rules: Vec<RuleTally>,
    /// Whether every single change is kept, for an editor who wants to read them all.
    pub lists: bool,
}

/// What one rule did.
#[derive(Debug, Clone)]
pub struct RuleTally {
    /// The rule.
    pub rule: RuleId,
    /// Whether it took out (or changed).
    pub removed: bool,
    /// How often.
    pub times: usize,
    /// The first thing it took out or changed.
    pub sample: String,
    /// Everything it took out or changed, where that was asked for.
    pub each: Vec<Change>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file with line and column, `a.txt:3:5`.
    pub place: String,
    /// What stood there.
    pub old: String,
    /// What stands there now; nothing where it was taken out.
    pub new: String,
}

impl Tally {
    /// Counts an issue.
    pub fn count(&mut self, issue: &Issue, sources: &Sources) {
        issue.articles().for_each(|article| self.count_article(article, sources));
    }

    /// Counts what stands on the pages.
    pub fn count_layout(&mut self, layout: &Layout, library: &Library) {
        self.pages = layout.pages.len();
        let items = layout.pages.iter().flat_map(|page| &page.items);
        self.pictures = items.filter(|item| matches!(item, Item::Picture { .. })).count();
        let faces = layout.pages.iter().flat_map(Page::runs).map(|run| run.face);
        let faces: BTreeSet<FaceId> = faces.collect();
        self.faces = faces.iter().map(|face| library.face(*face).name().to_owned()).collect();
    }

    /// Adds the counts of another run; what each rule did is told of each by itself.
    pub fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.pages += other.pages;
        self.characters += other.characters;
        self.kept += other.kept;
        self.changed += other.changed;
        self.removed += other.removed;
        self.pictures += other.pictures;
        self.faces.extend(other.faces.iter().cloned());
    }

    /// Counts an article.
    pub fn count_article(&mut self, article: &Article, sources: &Sources) {
        self.articles += 1;
        let known = std::mem::take(&mut self.rules).into_iter();
        let mut rules: Rules = known.map(|one| ((one.rule, one.removed), one)).collect();
        for edit in &Ledger::of(article, sources).edits {
            let length = edit.old.chars().filter(|c| !c.is_whitespace()).count();
            match edit.rule {
                // Tags are no characters of the article.
                Some(rule) if is_markup(rule) => {}
                None => self.kept += length,
                Some(rule) => {
                    match edit.action {
                        Action::Removed => self.removed += length,
                        _ => self.changed += length,
                    }
                    if let Some(own) = note(&mut rules, rule, edit, length > 0)
                        && self.lists
                    {
                        own.each.push(change(edit, sources));
                    }
                }
            }
            if !edit.rule.is_some_and(is_markup) {
                self.characters += length;
            }
        }
        self.rules.extend(rules.into_values());
    }
}

type Rules = BTreeMap<(RuleId, bool), RuleTally>;

/// What only said how the words are laid out.
fn is_markup(rule: RuleId) -> bool {
    rule.0.ends_with("::markup") || rule.0 == "html::space"
}

/// White space that only laid out the source is not worth telling.
fn note<'a>(
    rules: &'a mut Rules,
    rule: RuleId,
    edit: &Edit,
    visible: bool,
) -> Option<&'a mut RuleTally> {
    let removed = edit.action == Action::Removed;
    if edit.action == Action::Moved && !visible {
        return None;
    }
    if !visible && removed && rule.0.starts_with("plain::") {
        return None;
    }
    let sample = edit.old.trim().to_owned();
    let entry = RuleTally { rule, removed, times: 0, sample, each: Vec::new() };
    let own = rules.entry((rule, removed)).or_insert(entry);
    own.times += 1;
    Some(own)
}

fn change(edit: &Edit, sources: &Sources) -> Change {
    let at = sources.position(edit.span);
    let place = format!("{}:{}:{}", sources.name(edit.span.file), at.line, at.column);
    Change { place, old: edit.old.clone(), new: edit.new.clone() }
}
