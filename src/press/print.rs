//! The editions for a printer: the pages inside, and the cover on one sheet.
//!
//! In: an issue, its layout, what the printer asked for. Out: two files, and findings about what a
//! press would not print well.

use super::{Made, Order};
use crate::bindery::{Binding, Imposition, Leaves, Side, impose};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::fonts::Library;
use crate::issue::{Edition, Issue, Print};
use crate::length::{Mm, Pt, Rect};
use crate::page::{Item, Layout};
use crate::pdf::{Placed, Printing, Sheet};
use crate::template::{Part, Template};
use std::collections::BTreeMap;

/// What the sheets are made of.
pub(super) struct Press<'a> {
    pub(super) order: &'a Order,
    pub(super) issue: &'a Issue,
    pub(super) layout: &'a Layout,
    pub(super) template: &'a Template,
    pub(super) library: &'a Library,
}

/// How the file of the pages inside ends.
pub(super) const PRINT: &str = "-print.pdf";
/// How the file of the cover's sheet ends.
pub(super) const COVER: &str = "-cover.pdf";

/// How far the slug line stands from the bleed.
const SLUG: Pt = Mm::from_micrometres(1_500).pt();

impl Press<'_> {
    fn rules(&self) -> &Print {
        &self.order.manifest.print
    }

    /// Makes both files; the cover only where there is one.
    pub(super) fn make(&self, sink: &mut Sink) -> Result<Vec<Made>, Box<Diagnostic>> {
        let rules = self.rules();
        let binding = Binding {
            signature: rules.signature,
            imposition: match rules.imposition.as_str() {
                "saddle" => Imposition::Saddle,
                "perfect" => Imposition::Perfect,
                _ => Imposition::None,
            },
            paper: rules.paper,
            right_bound: self.template.geometry.vertical,
        };
        let has = |part: Part| self.template.parts.contains(&part);
        let (cover, back) = (has(Part::Cover), has(Part::BackCover));
        let blank: Vec<bool> = self.layout.pages.iter().map(|page| page.items.is_empty()).collect();
        let leaves = Leaves::of(&blank, cover, back, binding.signature);
        if leaves.blanks > 0 {
            let finding = Diagnostic::new(Code::PrintBlanks);
            let finding = finding.with("blanks", leaves.blanks.to_string());
            sink.push(finding.with("pages", leaves.inside.len().to_string()));
        }
        self.report_colours(sink);
        let stem = self.issue.file_stem();
        let mut out = Vec::new();
        if !leaves.inside.is_empty() {
            let sheets = self.inside(&leaves, &binding);
            out.push(self.print(sheets, format!("{stem}{PRINT}"), sink)?);
        }
        if let Some(sides) = leaves.cover {
            let sheets = self.cover(sides, leaves.spine(&binding), binding.right_bound);
            out.push(self.print(sheets, format!("{stem}{COVER}"), sink)?);
        }
        Ok(out)
    }

    fn size(&self) -> (Pt, Pt) {
        (self.template.geometry.width, self.template.geometry.height)
    }

    /// A page each, or two side by side.
    fn inside(&self, leaves: &Leaves, binding: &Binding) -> Sheets<'_> {
        let mut sheets = Sheets::of(self);
        let (width, _) = self.size();
        if binding.imposition == Imposition::None {
            for side in &leaves.inside {
                let label = side.and_then(|at| self.layout.pages.get(at)).map(|p| p.label.clone());
                sheets.sheet(&[(*side, Pt::ZERO, Pt::ZERO)], width, &label.unwrap_or_default());
            }
            return sheets;
        }
        for (at, spread) in impose(leaves, binding).into_iter().enumerate() {
            let [left, right] = spread.sides;
            let places = [(left, Pt::ZERO, spread.creep), (right, width, Pt::ZERO - spread.creep)];
            let name = format!("{}{}", at / 2 + 1, if at % 2 == 0 { "A" } else { "B" });
            sheets.sheet(&places, width * 2, &name);
            if let Some(sheet) = sheets.sheets.last_mut() {
                sheet.folds = vec![width];
            }
        }
        sheets
    }

    /// Outside: back, spine, front; inside: what stands behind them. From the other side in books
    /// bound at the right.
    fn cover(&self, sides: [Side; 4], spine: Pt, right_bound: bool) -> Sheets<'_> {
        let [front, second, third, back] = sides;
        let mut sheets = Sheets::of(self);
        let (width, _) = self.size();
        let (left, right) = (Pt::ZERO, width + spine);
        let (first, last) = if right_bound { (front, back) } else { (back, front) };
        let whole = width * 2 + spine;
        let folds = if spine > Pt::ZERO { vec![width, right] } else { vec![width] };
        sheets.sheet(&[(first, left, Pt::ZERO), (last, right, Pt::ZERO)], whole, "");
        if spine > Pt::ZERO {
            sheets.spine(spine, width);
        }
        if second.is_some() || third.is_some() {
            let (first, last) = if right_bound { (third, second) } else { (second, third) };
            sheets.sheet(&[(first, left, Pt::ZERO), (last, right, Pt::ZERO)], whole, "");
        }
        for sheet in &mut sheets.sheets {
            sheet.folds.clone_from(&folds);
        }
        sheets
    }

    fn print(
        &self,
        sheets: Sheets<'_>,
        name: String,
        sink: &mut Sink,
    ) -> Result<Made, Box<Diagnostic>> {
        let rules = self.rules();
        let printing = Printing {
            profile: self.order.profile.as_deref(),
            condition: rules.condition.as_deref(),
            bleed: rules.bleed,
            marks: rules.marks,
            sheets: sheets.sheets,
        };
        let printed = crate::pdf::print(&sheets.layout, self.library, &printing);
        let printed = printed.map_err(|error| {
            let own = self.rules().profile.as_ref();
            if let (crate::pdf::PdfError::Profile(_), Some(path)) = (&error, own) {
                let finding = Diagnostic::new(Code::PrintProfile).with("key", "print.profile");
                return Box::new(finding.with("path", path));
            }
            let finding = Diagnostic::new(Code::ExportFailed).with("edition", "print");
            Box::new(finding.with("reason", error))
        })?;
        for (picture, ink) in printed.inks {
            self.report_ink(&picture, ink, sink);
        }
        Ok(Made { edition: Edition::Print, name, bytes: printed.bytes, ..Made::default() })
    }

    /// Colours of the design with more ink than a press lays down.
    fn report_colours(&self, sink: &mut Sink) {
        let mut colours = BTreeMap::new();
        for item in self.layout.pages.iter().flat_map(|page| &page.items) {
            let colour = match item {
                Item::Text(run) => run.colour,
                Item::Fill { colour, .. }
                | Item::Veil { colour, .. }
                | Item::Polygon { colour, .. } => *colour,
                Item::Picture { .. } => continue,
            };
            let ink: u32 = colour.cmyk.iter().map(|ink| u32::from(*ink)).sum();
            colours.insert(colour, ink);
        }
        for (colour, ink) in colours {
            let [c, m, y, k] = colour.cmyk;
            self.report_ink(&format!("C{c} M{m} Y{y} K{k}"), ink, sink);
        }
    }

    fn report_ink(&self, what: &str, ink: u32, sink: &mut Sink) {
        let limit = self.rules().ink_limit;
        if ink > limit {
            let finding = Diagnostic::new(Code::PrintInk).with("what", what);
            sink.push(finding.with("ink", ink.to_string()).with("limit", limit.to_string()));
        }
    }
}

/// Sheets, and the layout of the pages on them.
struct Sheets<'a> {
    press: &'a Press<'a>,
    layout: Layout,
    sheets: Vec<Sheet>,
}

impl<'a> Sheets<'a> {
    fn of(press: &'a Press<'a>) -> Self {
        let (properties, structure) =
            (press.layout.properties.clone(), press.layout.structure.clone());
        let layout = Layout { properties, structure, ..Layout::default() };
        Self { press, layout, sheets: Vec::new() }
    }

    /// Adds a sheet with pages at their places from its left edge, each moved by its creep. Where
    /// two meet, each ends at the fold.
    fn sheet(&mut self, places: &[(Side, Pt, Pt)], width: Pt, name: &str) {
        let (page_width, height) = self.press.size();
        let rules = self.press.rules();
        let (bleed, marks) = (rules.bleed, rules.marks);
        let mut sheet = Sheet { width, height, ..Sheet::default() };
        for (side, at, creep) in places {
            let Some(side) = side else { continue };
            let page = self.layout.adopt(self.press.layout, *side);
            let (first, last) = (*at == Pt::ZERO, *at + page_width == width);
            let from = if first { Pt::ZERO - bleed } else { Pt::ZERO - *creep };
            let to = page_width + if last { bleed } else { Pt::ZERO - *creep };
            let clip =
                Rect { x: from, y: Pt::ZERO - bleed, width: to - from, height: height + bleed * 2 };
            let (turn, x) = (Some(*side), *at + *creep);
            sheet.placed.push(Placed { page, turn, x, y: Pt::ZERO, clip });
        }
        if marks {
            let Press { issue, template, library, .. } = *self.press;
            let line = crate::typeset::slug(issue, template, library, name);
            let clip = Rect { x: Pt::ZERO, y: Pt::ZERO, width: line.width, height: line.height };
            let (x, y) = (Mm::from_micrometres(12_000).pt(), height + bleed + SLUG);
            self.layout.pages.push(line);
            let page = self.layout.pages.len() - 1;
            sheet.placed.push(Placed { page, turn: None, x, y, clip });
        }
        self.sheets.push(sheet);
    }

    /// Lays the spine over the fold of the last sheet.
    fn spine(&mut self, width: Pt, x: Pt) {
        let Press { issue, template, library, .. } = *self.press;
        let page = crate::typeset::spine(issue, template, library, width);
        let bleed = self.press.rules().bleed;
        let clip =
            Rect { x: Pt::ZERO, y: Pt::ZERO - bleed, width, height: page.height + bleed * 2 };
        self.layout.pages.push(page);
        let page = self.layout.pages.len() - 1;
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.placed.push(Placed { page, turn: None, x, y: Pt::ZERO, clip });
        }
    }
}
