//! Elements of covers and other drawn pages, filled with the issue's data.

use super::Binder;
use crate::article::Article;
use crate::issue::{Issue, Labels};
use crate::length::{Pt, Rect};
use crate::page::{Item, Mark, NodeId, Page, Structure, StructureRole};
use crate::template::{Align, CoverElement, CoverKind, Ink, MmBox, StyleId};
use crate::typeset::Desk;
use crate::typeset::blocks::look;
use crate::typeset::paragraph::{Form, SetParagraph, set};
use crate::typeset::place::{column, fill, line, lines};
use crate::typeset::shape::Shaper;
use crate::typeset::strand::{Look, Strand};

/// Draws a design's elements on a page.
pub(super) struct Artist<'a> {
    pub(super) binder: &'a Binder<'a>,
    pub(super) page: &'a mut Page,
    pub(super) structure: &'a mut Structure,
    /// What the words on it belong to.
    pub(super) node: NodeId,
    /// The cover's picture, among those of the layout.
    pub(super) picture: Option<usize>,
    /// The colour of what is drawn now, where it is not that of its style.
    pub(super) ink: Option<Ink>,
}

impl Artist<'_> {
    pub(super) fn draw_all(&mut self, elements: &[CoverElement]) {
        for element in elements {
            self.draw(element);
        }
    }

    fn draw(&mut self, element: &CoverElement) {
        let area = element.area;
        self.ink = element.ink;
        match &element.kind {
            CoverKind::Block { ink, tint } => {
                let colour = self.desk().template.colour(*ink).tint(*tint);
                self.page.items.push(fill(area.x, area.y, area.width, area.height, colour));
            }
            CoverKind::Grid { ink } => self.grid(*ink, area),
            CoverKind::Text { text, style } => {
                if let Some(text) = self.filled(text) {
                    self.legible(area);
                    self.text(&text, *style, area);
                }
            }
            CoverKind::Vertical { text, style } => {
                if let Some(text) = self.filled(text) {
                    self.vertical(&text, *style, area);
                }
            }
            CoverKind::Figure { text, style, tint } => {
                if let Some(text) = self.filled(text) {
                    self.figure(&text, *style, *tint, area);
                }
            }
            CoverKind::Headlines { style } => {
                let area = self.quiet(area);
                self.legible(area);
                self.rows(&self.headlines(), *style, area);
            }
            CoverKind::Sections { style } => {
                let names = self.section_names().join("　");
                self.text(&names, *style, area);
            }
            CoverKind::Parts { style } => self.rows(&self.parts(), *style, area),
            CoverKind::Skyline { ink } => self.skyline(*ink, area),
            CoverKind::Seal { text, style, ink } => {
                if let Some(text) = self.filled(text) {
                    self.seal(&text, *style, *ink, area);
                }
            }
            CoverKind::Picture => self.cover_picture(area),
            CoverKind::Barcode { style } => self.barcode(*style, area),
        }
    }

    /// How words of a style look in the colour of the element.
    pub(super) fn look(&self, style: StyleId) -> Look {
        let template = self.binder.desk.template;
        let own = look(template, style);
        Look { colour: self.ink.map_or(own.colour, |ink| template.colour(ink)), ..own }
    }

    fn desk(&self) -> &Desk<'_> {
        self.binder.desk
    }

    /// Puts the issue's data in place of `{title}` and the like; nothing where some of it is
    /// missing.
    fn filled(&self, text: &str) -> Option<String> {
        let issue = self.binder.issue;
        let credit = |key: &str| {
            let found = issue.masthead.iter().find(|credit| credit.key == key);
            found.map(|credit| credit.values.join("　"))
        };
        let total = || {
            let form = Labels::of(&issue.language).total;
            Some(form.replace("{total}", &issue.total?.to_string()))
        };
        let value = |name: &str| match name {
            "title" => Some(issue.edition_title()),
            "author" => Some(issue.authors().join("　")),
            "source" => issue.source().map(str::to_owned),
            "date" => issue.edition_date().map(|date| date.replace('-', " · ")),
            "year" => issue.year.map(|year| year.to_string()),
            "number" => issue.printed_number(),
            "issue" => Some(issue.year_and_number()),
            "total" => total(),
            "issn" => issue.issn.map(|issn| format!("ISSN {issn}")),
            "cn" => issue.cn.as_ref().map(ToString::to_string),
            "headlines" => Some(self.headlines().join("\n")),
            "description" => issue.description.clone(),
            "rights" => issue.rights.clone(),
            other => credit(other),
        };
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}')?;
            out.push_str(before);
            out.push_str(&value(name).filter(|value| !value.is_empty())?);
            rest = after;
        }
        out.push_str(rest);
        Some(out)
    }

    /// What the issue announces: its own headlines, or the titles of its first articles.
    fn headlines(&self) -> Vec<String> {
        let issue = self.binder.issue;
        if !issue.headlines.is_empty() {
            return issue.headlines.clone();
        }
        issue.articles().map(|article| article.title().to_owned()).take(4).collect()
    }

    fn section_names(&self) -> Vec<String> {
        self.binder.issue.sections.iter().filter_map(|section| section.name.clone()).collect()
    }

    /// The headings of the highest level of a single article; the titles of an issue's articles.
    fn parts(&self) -> Vec<String> {
        let issue = self.binder.issue;
        if issue.articles().nth(1).is_some() {
            return issue.articles().map(|article| article.title().to_owned()).collect();
        }
        let headings = || issue.articles().flat_map(Article::headings);
        let top = headings().map(|heading| heading.level).min();
        let headings = headings().filter(|heading| Some(heading.level) == top);
        let title = |inlines| crate::article::plain(inlines).trim_end_matches('。').to_owned();
        headings.map(|heading| title(&heading.inlines)).collect()
    }

    /// Text in a box, in the largest size up to the style's that fits it.
    fn text(&mut self, text: &str, style: StyleId, area: MmBox) {
        if text.is_empty() {
            return;
        }
        let rules = *self.desk().template.style(style);
        let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
        let fitted = |tenths: i64| {
            let size = rules.size.scale(tenths, 10);
            let leading = rules.leading.scale(tenths, 10);
            let look = Look { size, ..self.look(style) };
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

    pub(super) fn set(
        &self,
        text: &str,
        look: Look,
        mark: Mark,
        align: Align,
        measure: Pt,
    ) -> SetParagraph {
        let form = Form {
            measure,
            indent: Pt::ZERO,
            align,
            size: look.size,
            punctuation: &self.desk().template.punctuation,
        };
        set(&Strand::of(text, look, mark), self.binder.level, &form)
    }

    /// One text a line, as many as the box holds.
    fn rows(&mut self, texts: &[String], style: StyleId, area: MmBox) {
        let rules = *self.desk().template.style(style);
        let mut y = area.y;
        for text in texts {
            let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
            let look = self.look(style);
            let set = self.set(text, look, Mark::Node(node), rules.align, area.width);
            let height = rules.leading * i64::try_from(set.lines.len()).unwrap_or(1);
            if y + height > area.y + area.height + rules.leading - rules.size {
                return;
            }
            lines(&set, area.x, y, rules.leading, rules.size, self.page);
            y += height + rules.leading / 3;
        }
    }

    /// Text that runs down, one paragraph a line of its own, from the right edge on; smaller where
    /// the box does not hold it.
    fn vertical(&mut self, text: &str, style: StyleId, area: MmBox) {
        let rules = *self.desk().template.style(style);
        let language = &self.binder.issue.language;
        let desk = self.binder.desk;
        let shaper = Shaper::new(desk.library, language, desk.template.punctuation.style);
        let shaper = shaper.upright(true);
        let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
        let fitted = |tenths: i64| {
            let size = rules.size.scale(tenths, 10);
            let leading = rules.leading.scale(tenths, 10);
            let look = Look { size, ..self.look(style) };
            let form = Form {
                measure: area.height,
                indent: Pt::ZERO,
                align: Align::Left,
                size,
                punctuation: &desk.template.punctuation,
            };
            let one = |line: &str| set(&Strand::of(line, look, Mark::Node(node)), &shaper, &form);
            let sets: Vec<SetParagraph> = text.split('\n').map(one).collect();
            let count = sets.iter().map(|set| set.lines.len()).sum::<usize>();
            let count = i64::try_from(count).unwrap_or(1);
            (leading * (count - 1) + size <= area.width).then_some((sets, size, leading))
        };
        let Some((sets, size, leading)) = (3..=10).rev().find_map(fitted) else { return };
        let mut middle = area.x + area.width - size / 2;
        for set in &sets {
            for at in 0..set.lines.len() {
                column(set, at, middle, area.y, self.page);
                middle -= leading;
            }
        }
    }

    /// Figures as high as their box, cut by the page's edge where they are wider.
    fn figure(&mut self, text: &str, style: StyleId, tint: u8, area: MmBox) {
        let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
        let own = self.look(style);
        // Figures are about 0.72 em high.
        let size = area.height.scale(100, 72);
        let look = Look { size, colour: own.colour.tint(tint), ..own };
        let set = self.set(text, look, Mark::Node(node), Align::Left, area.width * 20);
        line(&set, 0, area.x, area.y + area.height, self.page);
    }

    /// Hairlines from top to bottom, as far apart as columns of vertical text.
    fn grid(&mut self, ink: Ink, area: MmBox) {
        let colour = self.desk().template.colour(ink).tint(35);
        let step = Pt::new(28);
        let mut x = area.x;
        while x <= area.x + area.width {
            self.page.items.push(fill(x, area.y, Pt::from_millis(250), area.height, colour));
            x += step;
        }
    }

    /// The cover's picture, as large as fills the box; what stands over is cut by the page.
    fn cover_picture(&mut self, area: MmBox) {
        let (Some(cover), Some(picture)) = (&self.binder.issue.cover, self.picture) else { return };
        let (wide, high) =
            (i64::from(cover.picture.width.max(1)), i64::from(cover.picture.height.max(1)));
        let width = area.width.max(area.height.scale(wide, high));
        let height = width.scale(high, wide);
        let x = area.x + (area.width - width) / 2;
        let y = area.y + (area.height - height) / 2;
        let rect = Rect { x, y, width, height };
        let node = self.structure.add(StructureRole::Figure, Some(self.node));
        if let Some(node) = self.structure.node_mut(node) {
            node.alt = Some(self.binder.labels().cover.to_owned());
        }
        self.page.items.push(Item::Picture { picture, rect, mark: Mark::Node(node) });
    }

    /// One bar a sentence, standing on the foot of the box; its height is the sentence's length.
    fn skyline(&mut self, ink: Ink, area: MmBox) {
        let lengths = rhythm(self.binder.issue);
        let (Some(longest), Ok(count)) = (lengths.iter().max(), i64::try_from(lengths.len()))
        else {
            return;
        };
        let template = self.binder.desk.template;
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
        let template = self.binder.desk.template;
        let colour = template.colour(ink);
        self.page.items.push(fill(area.x, area.y, area.width, area.height, colour));
        let inner = area.width.scale(8, 10);
        let margin = (area.width - inner) / 2;
        let cell = inner / 2;
        let size = template.style(style).size.min(cell.scale(92, 100));
        let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
        // Two stand below each other in the middle.
        let two = chars.len() == 2;
        let margin = if two { margin + cell / 2 } else { margin };
        for (at, c) in (0i64..).zip(&chars) {
            let (column, row) = (if two { 0 } else { 1 - at / 2 }, at % 2);
            let look = Look { size, ..look(template, style) };
            let set = self.set(&c.to_string(), look, Mark::Node(node), Align::Centre, cell);
            let top = area.y + (area.height - cell * 2) / 2 + cell * row + (cell - size) / 2;
            lines(&set, area.x + margin + cell * column, top, size, size, self.page);
        }
    }
}

/// Sentences that a skyline has at most.
const SENTENCES: usize = 120;

/// Lengths of the first sentences of an issue; of its clauses where there are few.
fn rhythm(issue: &Issue) -> Vec<i64> {
    const ENDS: &[char] = &['。', '！', '？', '.'];
    let mut text = String::new();
    let mut ended = 0;
    for block in issue.articles().flat_map(|article| &article.blocks) {
        let words = block.plain();
        let parts = words.split_inclusive(ENDS).filter(|part| part.ends_with(ENDS));
        ended += parts.filter(|part| part.chars().nth(2).is_some()).count();
        text.push_str(&words);
        if ended > SENTENCES {
            break;
        }
    }
    let lengths = |marks: &[char]| -> Vec<i64> {
        text.split(|c| marks.contains(&c))
            .map(|part| i64::try_from(part.chars().count()).unwrap_or(0))
            .filter(|length| *length > 1)
            .take(SENTENCES)
            .collect()
    };
    let sentences = lengths(ENDS);
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
