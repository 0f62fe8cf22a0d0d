//! The drawn cover: the design's elements, filled with the issue's data.

use super::super::Desk;
use super::super::blocks::look;
use super::super::paragraph::{Form, SetParagraph, set};
use super::super::place::{fill, lines};
use super::super::shape::Shaper;
use super::super::strand::{Look, Strand};
use super::Parts;
use crate::article::{Article, Block};
use crate::issue::{Issue, Labels};
use crate::length::Pt;
use crate::page::{Layout, Mark, NodeId, OutlineEntry, Page, Structure, StructureRole};
use crate::template::{Align, CoverElement, CoverKind, Ink, MmBox, StyleId};

/// Draws the cover as the first page.
pub(in super::super) fn cover(
    issue: &Issue,
    desk: &Desk<'_>,
    shaper: &Shaper<'_>,
    parts: Parts,
    layout: &mut Layout,
) {
    let geometry = &desk.template.geometry;
    let mut page = Page { width: geometry.width, height: geometry.height, ..Page::default() };
    let mut artist = Artist {
        issue,
        desk,
        shaper,
        page: &mut page,
        structure: &mut layout.structure,
        node: parts.cover,
    };
    artist.draw_all(&desk.template.cover);
    layout.pages.push(page);
    layout.outline.push(OutlineEntry {
        level: 0,
        title: Labels::of(&issue.language).cover.to_owned(),
        page: 0,
        y: Pt::ZERO,
        node: parts.cover,
    });
}

/// Draws a design's elements on a page.
pub(super) struct Artist<'a> {
    pub(super) issue: &'a Issue,
    pub(super) desk: &'a Desk<'a>,
    pub(super) shaper: &'a Shaper<'a>,
    pub(super) page: &'a mut Page,
    pub(super) structure: &'a mut Structure,
    /// What the words on it belong to.
    pub(super) node: NodeId,
}

impl Artist<'_> {
    pub(super) fn draw_all(&mut self, elements: &[CoverElement]) {
        for element in elements {
            self.draw(element);
        }
    }

    fn draw(&mut self, element: &CoverElement) {
        let area = element.area;
        match &element.kind {
            CoverKind::Block { ink } => {
                let colour = self.desk.template.colour(*ink);
                self.page.items.push(fill(area.x, area.y, area.width, area.height, colour));
            }
            CoverKind::Text { text, style } => {
                let text = self.filled(text);
                self.text(&text, *style, area);
            }
            CoverKind::Parts { style } => self.parts(*style, area),
            CoverKind::Skyline { ink } => self.skyline(*ink, area),
            CoverKind::Seal { text, style, ink } => {
                let text = self.filled(text);
                self.seal(&text, *style, *ink, area);
            }
        }
    }

    /// Puts the issue's data in place of `{title}` and the like.
    fn filled(&self, text: &str) -> String {
        let date = self.issue.edition_date().map(|date| date.replace('-', " · "));
        text.replace("{title}", &self.issue.edition_title())
            .replace("{author}", &self.issue.authors().join("　"))
            .replace("{source}", self.issue.source().unwrap_or_default())
            .replace("{date}", &date.unwrap_or_default())
    }

    /// Text in a box, in the largest size up to the style's that fits it.
    fn text(&mut self, text: &str, style: StyleId, area: MmBox) {
        if text.is_empty() {
            return;
        }
        let rules = *self.desk.template.style(style);
        let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
        let fitted = |tenths: i64| {
            let size = rules.size.scale(tenths, 10);
            let leading = rules.leading.scale(tenths, 10);
            let look = Look { size, ..look(self.desk.template, style) };
            let set = self.set(text, look, Mark::Node(node), rules.align, area.width);
            let count = i64::try_from(set.lines.len()).unwrap_or(1);
            (leading * (count - 1) + size <= area.height).then_some((set, size, leading))
        };
        let sizes: Vec<_> = (3..=10).rev().filter_map(fitted).collect();
        // A little smaller is better than a line that ends inside a phrase.
        let whole = sizes.iter().take(3).find(|(set, ..)| set.ends_at_marks());
        if let Some((set, size, leading)) = whole.or(sizes.first()) {
            lines(set, area.x, area.y, *leading, *size, self.page);
        }
    }

    fn set(&self, text: &str, look: Look, mark: Mark, align: Align, measure: Pt) -> SetParagraph {
        let form = Form {
            measure,
            indent: Pt::ZERO,
            align,
            size: look.size,
            punctuation: &self.desk.template.punctuation,
        };
        set(&Strand::of(text, look, mark), self.shaper, &form)
    }

    /// Headings of the highest level, one a line, as many as the box holds.
    fn parts(&mut self, style: StyleId, area: MmBox) {
        let rules = *self.desk.template.style(style);
        let headings = || self.issue.articles().flat_map(Article::headings);
        let top = headings().map(|heading| heading.level).min();
        let headings = headings().filter(|heading| Some(heading.level) == top).map(|heading| {
            crate::article::plain(&heading.inlines).trim_end_matches('。').to_owned()
        });
        let mut y = area.y;
        for heading in headings.collect::<Vec<_>>() {
            let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
            let look = look(self.desk.template, style);
            let set = self.set(&heading, look, Mark::Node(node), rules.align, area.width);
            let height = rules.leading * i64::try_from(set.lines.len()).unwrap_or(1);
            if y + height > area.y + area.height {
                return;
            }
            lines(&set, area.x, y, rules.leading, rules.size, self.page);
            y += height + rules.leading / 3;
        }
    }

    /// One bar a sentence, standing on the foot of the box; its height is the sentence's length.
    fn skyline(&mut self, ink: Ink, area: MmBox) {
        let lengths = rhythm(self.issue);
        let (Some(longest), Ok(count)) = (lengths.iter().max(), i64::try_from(lengths.len()))
        else {
            return;
        };
        let template = self.desk.template;
        let light = match ink {
            Ink::Paper => blend(template.accent, template.colour(ink)),
            ink => template.colour(ink).tint(22),
        };
        let step = area.width / count;
        let bar = step.scale(6, 10);
        for (at, length) in (0i64..).zip(&lengths) {
            let height = area.height.scale(*length, (*longest).max(1));
            let x = area.x + step * at + (step - bar) / 2;
            let y = area.y + area.height - height;
            self.page.items.push(fill(x, y, bar, height, light));
        }
    }

    /// Up to four characters in a square, read from the right column down.
    fn seal(&mut self, text: &str, style: StyleId, ink: Ink, area: MmBox) {
        let chars: Vec<char> = text.chars().collect();
        if !(2..=4).contains(&chars.len()) || chars.iter().any(|c| c.is_ascii()) {
            return;
        }
        let template = self.desk.template;
        let colour = template.colour(ink);
        self.page.items.push(fill(area.x, area.y, area.width, area.height, colour));
        let inner = area.width.scale(8, 10);
        let margin = (area.width - inner) / 2;
        let cell = inner / 2;
        let size = template.style(style).size.min(cell.scale(92, 100));
        let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
        let rows = if chars.len() == 2 { 1 } else { 2 };
        for (at, c) in (0i64..).zip(&chars) {
            let (column, row) = (1 - at / rows, at % rows);
            let look = Look { size, ..look(template, style) };
            let set = self.set(&c.to_string(), look, Mark::Node(node), Align::Centre, cell);
            let top = area.y + (area.height - cell * rows) / 2 + cell * row + (cell - size) / 2;
            lines(&set, area.x + margin + cell * column, top, size, size, self.page);
        }
    }
}

/// Lengths of the sentences of an issue; of its clauses where there are few.
fn rhythm(issue: &Issue) -> Vec<i64> {
    let text: String = issue.articles().flat_map(|a| a.blocks.iter().map(Block::plain)).collect();
    let lengths = |marks: &[char]| -> Vec<i64> {
        text.split(|c| marks.contains(&c))
            .map(|part| i64::try_from(part.chars().count()).unwrap_or(0))
            .filter(|length| *length > 1)
            .take(120)
            .collect()
    };
    let sentences = lengths(&['。', '！', '？', '.']);
    if sentences.len() >= 12 {
        sentences
    } else {
        lengths(&['。', '！', '？', '，', '；', '、', ' '])
    }
}

/// A colour one sixth of the way to another.
fn blend(from: crate::colour::Colour, to: crate::colour::Colour) -> crate::colour::Colour {
    let mix = |a: u8, b: u8| {
        let mixed = (u16::from(a) * 5 + u16::from(b)) / 6;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    let rgb = [0, 1, 2].map(|at| mix(from.rgb[at], to.rgb[at]));
    let cmyk = [0, 1, 2, 3].map(|at| mix(from.cmyk[at], to.cmyk[at]));
    crate::colour::Colour { rgb, cmyk }
}
