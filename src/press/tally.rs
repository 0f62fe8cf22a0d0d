//! What a run did, in numbers, for the summary.

use super::ledgers;
use crate::article::{Action, Edit, RuleId};
use crate::issue::Issue;
use crate::source::Sources;
use std::collections::BTreeMap;

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
    /// What each rule did, in the order rules have in the sources.
    pub rules: Vec<RuleTally>,
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
}

impl Tally {
    /// Counts an issue.
    pub fn count(&mut self, issue: &Issue, sources: &Sources) {
        let mut rules: BTreeMap<(RuleId, bool), RuleTally> = BTreeMap::new();
        for ledger in ledgers(issue, sources) {
            self.articles += 1;
            for edit in &ledger.edits {
                let length = edit.old.chars().filter(|c| !c.is_whitespace()).count();
                self.characters += length;
                match edit.rule {
                    None => self.kept += length,
                    Some(rule) => note(&mut rules, rule, edit, length > 0),
                }
            }
        }
        self.rules.extend(rules.into_values());
    }
}

/// White space that only laid out the source is not worth telling.
fn note(rules: &mut BTreeMap<(RuleId, bool), RuleTally>, rule: RuleId, edit: &Edit, visible: bool) {
    let removed = edit.action == Action::Removed;
    if edit.action == Action::Moved && !visible {
        return;
    }
    if !visible && removed && rule.0.starts_with("plain::") {
        return;
    }
    let sample = edit.old.trim().to_owned();
    let entry = RuleTally { rule, removed, times: 0, sample };
    rules.entry((rule, removed)).or_insert(entry).times += 1;
}
