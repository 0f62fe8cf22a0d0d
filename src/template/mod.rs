//! A design → page geometry and one table of resolved styles.
//!
//! A design is a folder of data: `template.toml` and `epub.css`. The `[design]` table of the issue
//! file is laid over the design's own, so that every value has a default and any can be set. What
//! comes out is complete: later rooms ask it and nothing else.

mod cover;
mod design;
mod element;
mod geometry;
mod place;
mod raw;
mod recipe;
mod style;

pub use cover::{CoverElement, CoverKind, MmBox};
pub use design::Design;
pub use geometry::Geometry;
pub use place::spans as key_spans;
pub use recipe::{ContentsForm, NotePlace, Opening, Part, TitleBlock};
pub use style::{Align, Ink, Panel, Style, StyleId};

use crate::colour::Colour;
use crate::diagnostics::{Diagnostic, Sink};
use crate::length::{Em, Pt};
use raw::RawTemplate;

/// How marks are set (named styles of 标点挤压).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PunctuationStyle {
    /// 全角: full width, neighbours and line ends squeezed.
    Quanjiao,
    /// 开明: marks inside a sentence half width, at its end full.
    Kaiming,
    /// 半角: all half width.
    Banjiao,
    /// As the font has them.
    Plain,
}

/// Rules of the paragraph that a design chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Punctuation {
    /// Width of marks.
    pub style: PunctuationStyle,
    /// Line-start and line-end rules: 0 none, 1 basic, 2 GB/T 15834, 3 strict.
    pub kinsoku: u8,
    /// Whether an opening bracket at a line start loses its blank half.
    pub trim_line_start: bool,
    /// Space between Han and Western text.
    pub gap: Em,
    /// Whether that space gives and takes when a line is filled.
    pub gap_adjusts: bool,
    /// Whether ，、。 may stand outside the measure at a line end (标点悬挂).
    pub hanging: bool,
}

/// A design with all its values.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// The page.
    pub geometry: Geometry,
    /// First-line indent in characters of the body.
    pub indent: i64,
    /// Rows that the first character of an article is high (首字下沉); 0 or 1 for none.
    pub initial: i64,
    /// Whether body lines are set to the full measure.
    pub justify: bool,
    /// Rules of the paragraph.
    pub punctuation: Punctuation,
    /// The one colour of the edition.
    pub accent: Colour,
    /// 朱砂, for seals.
    pub seal: Colour,
    /// Where an article may begin.
    pub opening: Opening,
    /// Where notes stand.
    pub notes: NotePlace,
    /// What stands above an article.
    pub title_block: TitleBlock,
    /// How contents are set.
    pub contents_form: ContentsForm,
    /// The parts of an edition beside its articles.
    pub parts: Vec<Part>,
    /// Whether a section opens with its name over the first of its articles.
    pub openers: bool,
    /// Compositions of a cover without a picture; the number of the issue chooses one.
    pub covers: Vec<Vec<CoverElement>>,
    /// What is laid over a cover's picture.
    pub picture_cover: Vec<CoverElement>,
    /// What is drawn on the inside of the cover.
    pub inside_cover: Vec<CoverElement>,
    /// What is drawn on the back cover.
    pub back_cover: Vec<CoverElement>,
    /// What is drawn on a contents page, under its text.
    pub contents: Vec<CoverElement>,
    /// The style sheet of the EPUB.
    pub css: String,
    styles: Vec<Style>,
}

impl Template {
    /// The names of the designs that come with the program.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        Design::names()
    }

    /// One of the designs that come with the program, with the issue's `[design]` values laid over
    /// it.
    ///
    /// # Errors
    /// A [`Diagnostic`]: no such design, or a value that fits no key.
    pub fn resolve(
        name: &str,
        design: &toml::Table,
        month: Option<u8>,
        sink: &mut Sink,
    ) -> Result<Self, Box<Diagnostic>> {
        Self::of(&Design::named(name)?, design, month, sink)
    }

    /// A design with the issue's `[design]` values laid over it. `month` chooses the season's
    /// colour. Unknown keys go to `sink`.
    ///
    /// # Errors
    /// A [`Diagnostic`] for a value that fits no key, with its place in the design's file.
    pub fn of(
        own: &Design,
        design: &toml::Table,
        month: Option<u8>,
        sink: &mut Sink,
    ) -> Result<Self, Box<Diagnostic>> {
        let mut table = own.table(sink)?;
        let trim = table.get("trim").and_then(toml::Value::as_str).map(str::to_owned);
        raw::overlay(&mut table, design, "design", sink);
        let wrong = |reason: String| own.wrong(&reason, design);
        let raw: RawTemplate =
            table.try_into().map_err(|e: toml::de::Error| wrong(e.message().to_owned()))?;
        raw.resolve(own, trim.as_deref(), month).map_err(wrong)
    }

    /// A style.
    #[must_use]
    pub fn style(&self, id: StyleId) -> &Style {
        &self.styles[id.index()]
    }

    /// The colour an ink stands for in this edition.
    #[must_use]
    pub fn colour(&self, ink: Ink) -> Colour {
        match ink {
            Ink::Ink => Colour::INK,
            Ink::Grey => Colour { rgb: [0x6b, 0x6b, 0x6b], cmyk: [0, 0, 0, 65] },
            Ink::Accent => self.accent,
            Ink::Paper => Colour::PAPER,
            Ink::Seal => self.seal,
        }
    }

    /// The line pitch of the grid.
    #[must_use]
    pub const fn pitch(&self) -> Pt {
        self.geometry.pitch
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Code;

    fn resolve(design: &str) -> (Result<Template, Box<Diagnostic>>, Sink) {
        let mut sink = Sink::default();
        let table = design.parse().unwrap();
        (Template::resolve("article", &table, Some(4), &mut sink), sink)
    }

    #[test]
    fn the_designs_resolve() {
        for name in Template::names() {
            let template = Template::resolve(name, &toml::Table::new(), None, &mut Sink::default());
            let template = template.unwrap();
            let area = template.geometry.type_area(1);
            let measure = template.geometry.measure();
            assert_eq!(measure.units() % template.geometry.chars, 0, "whole characters");
            assert!(area.x + area.width < template.geometry.width);
            assert!(area.y + area.height < template.geometry.height);
        }
    }

    #[test]
    fn the_issue_overrides_the_design() {
        let (template, sink) = resolve("type-area = { chars = 10 }\nbody = { indent = 0 }");
        let template = template.unwrap();
        assert!(sink.found().is_empty());
        assert_eq!((template.geometry.chars, template.indent), (10, 0));
        assert_eq!(template.geometry.lines, 34, "what is not set stays");
    }

    #[test]
    fn an_unknown_key_is_a_warning_and_a_wrong_value_an_error() {
        let (template, sink) = resolve("colums = 2");
        assert!(template.is_ok());
        assert_eq!(sink.found()[0].code, Code::ManifestUnknownKey);
        assert!(sink.found()[0].particulars.contains(&("nearest", "columns".into())));
        for wrong in ["columns = 'two'", "trim = '10 by 10'", "type-area = { chars = 400 }"] {
            assert_eq!(resolve(wrong).0.unwrap_err().code, Code::TemplateValue, "{wrong}");
        }
    }
}
