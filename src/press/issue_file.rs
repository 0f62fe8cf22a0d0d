//! The issue file as text: where in it stands what is found wrong with its keys.
//!
//! Whoever finds a key wrong knows its name only, for the table it was read from has settings laid
//! over it and no places. Here the name becomes the line an editor has to change.

use super::Report;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::source::{FileId, Span};
use crate::template::key_spans;

/// Its name.
pub(super) const MANIFEST: &str = "qikan.toml";

/// An issue file, and what stands over it.
#[derive(Debug, Clone, Default)]
pub struct IssueFile {
    /// Its path, for messages.
    pub path: String,
    /// What it says.
    pub text: String,
    /// Settings, `KEY=VALUE`, whose values are not the file's.
    pub set: Vec<String>,
}

impl IssueFile {
    /// Gives a finding about a key its place, where the file says what the finding is about.
    pub(super) fn locate(&self, finding: &mut Diagnostic, file: FileId) {
        if let Some(span) = self.place(finding) {
            finding.place = Some(Place::Span(Span::new(file, span)));
        }
    }

    /// Locates what a report has been told since it had `told` findings.
    pub(super) fn locate_since(&self, told: usize, report: &mut Report) {
        if report.sink.found().iter().skip(told).any(|finding| self.place(finding).is_some()) {
            let file = report.sources.add(self.path.clone(), self.text.clone());
            let new = report.sink.found_mut().iter_mut().skip(told);
            new.for_each(|finding| self.locate(finding, file));
        }
    }

    fn place(&self, finding: &Diagnostic) -> Option<std::ops::Range<usize>> {
        let find = |wanted| finding.particulars.iter().find(|(name, _)| *name == wanted);
        let unplaced = !matches!(finding.place, Some(Place::Span(_)));
        let (_, key) = find("at").or_else(|| find("key")).filter(|_| unplaced)?;
        // A setting may be for a part of the key, or for all of what it is a part of.
        let set = self.set.iter().filter_map(|setting| setting.split('=').next());
        if set.map(str::trim).any(|set| set.starts_with(key.as_str()) || key.starts_with(set)) {
            return None;
        }
        // An unknown key is wrong itself, a known one has a wrong value.
        match finding.code {
            Code::ManifestUnknownKey => key_spans(&self.text, key).map(|(own, _)| own),
            _ => key_spans(&self.text, key).map(|(_, value)| value),
        }
    }
}
