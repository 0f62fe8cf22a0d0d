//! How far the rules may go: all of them, a kind of them, or one by its name.

use crate::article::RuleId;

/// How far the text may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// Nothing is changed.
    Off,
    /// Only what cannot change meaning: invisible characters, widths, compatibility forms, spaces.
    Safe,
    /// All rules.
    #[default]
    Full,
}

impl Policy {
    /// The policy of a name in the issue file.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "safe" => Some(Self::Safe),
            "full" => Some(Self::Full),
            _ => None,
        }
    }
}

/// Rules that can be set by name in the issue file, and their ids.
pub const NAMED: &[(&str, RuleId)] = &[
    ("masthead", RuleId("boilerplate::masthead")),
    ("headlines", RuleId("boilerplate::headlines")),
    ("navigation", RuleId("boilerplate::navigation")),
    ("copyright", RuleId("boilerplate::copyright")),
    ("promotion", RuleId("boilerplate::promotion")),
    ("script", RuleId("boilerplate::script")),
    ("invisible", RuleId("punctuation::invisible")),
    ("width", RuleId("punctuation::width")),
    ("compatibility", RuleId("punctuation::compatibility")),
    ("quotes", RuleId("punctuation::quotes")),
    ("ellipsis", RuleId("punctuation::ellipsis")),
    ("dash", RuleId("punctuation::dash")),
    ("range", RuleId("punctuation::range")),
    ("years", RuleId("punctuation::years")),
    ("brackets", RuleId("punctuation::brackets")),
    ("marks", RuleId("punctuation::marks")),
    ("spaces", RuleId("punctuation::spaces")),
    ("repeats", RuleId("punctuation::repeats")),
];

/// How far each rule may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policies {
    /// Titles, fields and headings; page scraps are taken out by `full` only.
    pub structure: Policy,
    /// Characters and marks.
    pub punctuation: Policy,
    /// What was said of single rules, in the order of [`NAMED`].
    named: [Option<Policy>; NAMED.len()],
}

impl From<Policy> for Policies {
    fn from(policy: Policy) -> Self {
        Self::new(policy, policy)
    }
}

impl Policies {
    /// A policy for each kind.
    #[must_use]
    pub const fn new(structure: Policy, punctuation: Policy) -> Self {
        Self { structure, punctuation, named: [None; NAMED.len()] }
    }

    /// Sets one rule; whether there is one of that name.
    pub fn set(&mut self, name: &str, policy: Policy) -> bool {
        let at = NAMED.iter().position(|(known, _)| *known == name);
        let slot = at.and_then(|at| self.named.get_mut(at));
        slot.map(|slot| *slot = Some(policy)).is_some()
    }

    /// Whether a rule runs; `safe` says that it cannot change meaning.
    pub(super) fn allows(&self, rule: &str, safe: bool) -> bool {
        let at = NAMED.iter().position(|(_, id)| id.0 == rule);
        let named = at.and_then(|at| self.named.get(at).copied().flatten());
        let kind =
            if rule.starts_with("punctuation::") { self.punctuation } else { self.structure };
        match named.unwrap_or(kind) {
            Policy::Off => false,
            Policy::Safe => safe,
            Policy::Full => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_may_be_set_by_its_name() {
        let mut policies = Policies::from(Policy::Full);
        assert!(policies.allows("punctuation::dash", false));
        assert!(policies.set("dash", Policy::Off) && !policies.set("dahs", Policy::Off));
        assert!(!policies.allows("punctuation::dash", false));
        let mut policies = Policies::from(Policy::Safe);
        assert!(policies.allows("punctuation::spaces", true));
        assert!(!policies.allows("punctuation::marks", false));
        assert!(policies.set("marks", Policy::Full));
        assert!(policies.allows("punctuation::marks", false));
    }
}
