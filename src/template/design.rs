//! Designs as folders of data: those that come with the program, and an editor's own.
//!
//! In: `template.toml` and `epub.css` as text. Out: one table, with what the design extends below
//! it. An editor's own design says `extends = "magazine"` and only what differs.

use super::{place, raw};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::source::{FileId, Span};

/// The designs that come with the program: name, `template.toml`, `epub.css`.
const DESIGNS: &[(&str, &str, &str)] = &[
    (
        "article",
        include_str!("../../templates/article/template.toml"),
        include_str!("../../templates/article/epub.css"),
    ),
    (
        "magazine",
        include_str!("../../templates/magazine/template.toml"),
        include_str!("../../templates/magazine/epub.css"),
    ),
    (
        "journal",
        include_str!("../../templates/journal/template.toml"),
        include_str!("../../templates/journal/epub.css"),
    ),
    (
        "book",
        include_str!("../../templates/book/template.toml"),
        include_str!("../../templates/book/epub.css"),
    ),
    (
        "classic",
        include_str!("../../templates/classic/template.toml"),
        include_str!("../../templates/classic/epub.css"),
    ),
];

/// A design, not yet checked.
#[derive(Debug, Clone)]
pub struct Design {
    /// Its name.
    pub name: String,
    /// `template.toml`.
    pub toml: String,
    /// `epub.css`; that of the design it extends when empty.
    pub css: String,
    /// The name of its `template.toml`; none for those that come with the program.
    pub path: Option<String>,
    /// The same among the sources, for places.
    pub file: Option<FileId>,
}

impl Design {
    /// The names of the designs that come with the program.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        DESIGNS.iter().map(|(name, ..)| *name).collect()
    }

    /// One of the designs that come with the program.
    ///
    /// # Errors
    /// [`Code::TemplateUnknown`] with the names there are.
    pub fn named(name: &str) -> Result<Self, Box<Diagnostic>> {
        let Some((name, toml, css)) = DESIGNS.iter().find(|(own, ..)| *own == name) else {
            let finding = Diagnostic::new(Code::TemplateUnknown).with("name", name);
            return Err(finding.with("names", Self::names().join(", ")).into());
        };
        let (name, toml, css) = ((*name).to_owned(), (*toml).to_owned(), (*css).to_owned());
        Ok(Self { name, toml, css, path: None, file: None })
    }

    /// The design it extends.
    fn base(&self) -> Result<Option<Self>, Box<Diagnostic>> {
        let table: toml::Table = self.toml.parse().unwrap_or_default();
        match (table.get("extends").and_then(toml::Value::as_str), &self.path) {
            (Some(name), _) => Self::named(name).map(Some),
            (None, Some(_)) => Self::named("article").map(Some),
            (None, None) => Ok(None),
        }
    }

    /// All values, its own laid over those of the design it extends.
    pub(super) fn table(&self, sink: &mut Sink) -> Result<toml::Table, Box<Diagnostic>> {
        let mut own: toml::Table = self.toml.parse().map_err(|error: toml::de::Error| {
            let finding = self.finding(&error.message().replace('\n', ", "));
            Box::new(match (self.file, error.span()) {
                (Some(file), Some(span)) => finding.at_span(Span::new(file, span)),
                _ => finding,
            })
        })?;
        own.remove("extends");
        let Some(base) = self.base()? else { return Ok(own) };
        let mut table = base.table(sink)?;
        raw::overlay(&mut table, &own, "", sink);
        Ok(table)
    }

    /// The style sheet of the EPUB: an editor's own comes after that of the design it extends.
    #[must_use]
    pub fn style_sheet(&self) -> String {
        match self.base() {
            Ok(Some(base)) => format!("{}\n{}", base.style_sheet(), self.css),
            _ => self.css.clone(),
        }
    }

    fn finding(&self, reason: &str) -> Diagnostic {
        Diagnostic::new(Code::TemplateValue).with("name", &self.name).with("reason", reason)
    }

    /// A finding about a value, with its place where it stands in the design's own file. The reason
    /// begins with the key.
    pub(super) fn wrong(&self, reason: &str, over: &toml::Table) -> Box<Diagnostic> {
        let finding = self.finding(reason);
        let key = reason.split([' ', ':']).next().unwrap_or_default();
        let overridden = place::value(over, key).is_some();
        let span = place::span(&self.toml, key).filter(|_| !overridden);
        Box::new(match (self.file, span) {
            (Some(file), Some(span)) => finding.at_span(Span::new(file, span)),
            _ if overridden => finding.with("key", format!("design.{key}")),
            _ => finding,
        })
    }
}
