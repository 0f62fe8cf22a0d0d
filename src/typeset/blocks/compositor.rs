//! Blocks set one after the other.

use super::figure::object;
use super::weave::{Loom, woven};
use super::{Entry, Ornament, Slab, look};
use crate::article::{Article, Block, Heading, Image, Inline, Paragraph, Picture, Role};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::issue::Labels;
use crate::length::{Em, Pt, Rows};
use crate::page::{Mark, NodeId, Structure, StructureRole};
use crate::source::{FileId, Span};
use crate::template::{Align, NotePlace, Punctuation, PunctuationStyle, Style, StyleId};
use crate::typeset::Desk;
use crate::typeset::paragraph::{Form, SetLine, SetParagraph, set};
use crate::typeset::shape::Shaper;
use crate::typeset::strand::{Look, Strand};

/// Code is set as it is: no squeezing, no gaps, no prohibitions.
const VERBATIM: Punctuation = Punctuation {
    style: PunctuationStyle::Plain,
    kinsoku: 0,
    trim_line_start: false,
    gap: Em::ZERO,
    gap_adjusts: false,
    hanging: false,
};

/// Sets block after block.
pub(super) struct Compositor<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) shaper: &'a Shaper<'a>,
    pub(super) structure: &'a mut Structure,
    sink: &'a mut Sink,
    /// The article.
    pub(super) node: NodeId,
    file: FileId,
    pub(super) pictures: &'a [Picture],
    pub(super) slabs: Vec<Slab>,
    /// Notes for the foot of a column.
    pub(super) foot_notes: Vec<Slab>,
    /// Whether what is set spans all columns.
    pub(super) across: bool,
    /// How far lists and quotations have moved the text to the right.
    pub(super) left: Pt,
    /// The style paragraphs take inside a quotation.
    pub(super) quoted: Option<StyleId>,
    /// The number or bullet of the list item that begins.
    pub(super) marker: Option<(String, NodeId)>,
    /// How the lines of the next paragraph stand, where its author said so.
    align: Option<Align>,
    /// Whether the block that is set goes on after one that interrupts its paragraph.
    goes_on: bool,
    /// Whether the next paragraph of the body is the article's first.
    initial: bool,
    /// Where the block that is set stands in its file.
    place: Option<Span>,
    /// Links to notes, and which note each leads to.
    pub(super) references: Vec<(NodeId, usize)>,
    /// Whether passages in Latin letters are in another language than the article.
    marks_passages: bool,
    /// The levels of the headings that are open, as written and as they nest.
    levels: Vec<(u8, u8)>,
}

/// How far the gaps of a line may be opened before an editor is told, in thousandths of an em.
const LOOSE: i64 = 125;

impl<'a> Compositor<'a> {
    pub(super) fn new(
        desk: &'a Desk<'a>,
        shaper: &'a Shaper<'a>,
        structure: &'a mut Structure,
        sink: &'a mut Sink,
        node: NodeId,
    ) -> Self {
        Self {
            desk,
            shaper,
            structure,
            sink,
            node,
            file: FileId::default(),
            pictures: &[],
            slabs: Vec::new(),
            foot_notes: Vec::new(),
            across: false,
            left: Pt::ZERO,
            quoted: None,
            marker: None,
            align: None,
            goes_on: false,
            initial: false,
            place: None,
            references: Vec::new(),
            marks_passages: false,
            levels: vec![(0, 1)],
        }
    }

    /// Sets an article from its title to its end.
    ///
    /// Its slabs, and those of the notes that stand at the foot of a column.
    pub(super) fn article(
        mut self,
        article: &'a Article,
        opens: Option<(&str, NodeId)>,
    ) -> (Vec<Slab>, Vec<Slab>) {
        self.file = article.file;
        self.pictures = &article.pictures;
        self.marks_passages =
            ["zh", "ja", "ko"].iter().any(|own| article.language.starts_with(own));
        self.across = self.desk.template.geometry.columns > 1;
        if let Some((section, node)) = opens {
            let look = look(self.desk.template, StyleId::Opener);
            self.set(StyleId::Opener, &[Strand::of(section, look, Mark::Node(node))]);
        }
        self.title_block(article);
        self.across = false;
        self.initial = true;
        let between = self.between_wide_tables(&article.blocks);
        for (at, block) in article.blocks.iter().enumerate() {
            self.goes_on = goes_on(&article.blocks, at);
            self.across = between.contains(&at)
                || at == 0 && matches!(block, Block::Figure(figure) if self.is_opening(figure));
            self.block(block);
            self.across = false;
            if matches!(article.blocks.get(at + 1), Some(Block::Table(_)))
                && let (Block::Paragraph(_), Some(slab)) = (block, self.slabs.last_mut())
            {
                // A line that names or announces the table below it is not left behind.
                slab.keep |= slab.set.lines.len() == 1;
            }
        }
        self.goes_on = false;
        let body = self.slabs.len();
        match self.desk.template.notes {
            NotePlace::Foot => self.foot_notes(&article.notes),
            NotePlace::End => self.end_notes(&article.notes),
        }
        self.end(article, body);
        join_panels(&mut self.slabs);
        (self.slabs, self.foot_notes)
    }

    /// The width of what is set: a column, or all of them.
    pub(super) fn measure(&self) -> Pt {
        let geometry = &self.desk.template.geometry;
        if self.across { geometry.along() } else { geometry.measure() }
    }

    /// Inlines as strands, in the form this design gives references to notes.
    pub(super) fn woven(&mut self, inlines: &[Inline], look: Look, node: NodeId) -> Vec<Strand> {
        let (pictures, template) = (self.pictures, self.desk.template);
        let object = |image: &Image, look: Look| object(image, look, pictures, template);
        let loom = Loom {
            notes: template.notes,
            object: &object,
            marks_passages: self.marks_passages,
            structure: &mut *self.structure,
            references: &mut self.references,
        };
        woven(inlines, look, node, loom)
    }

    /// What `set` sets belongs to a node of its own, which is what it returns.
    pub(super) fn inside(&mut self, role: StructureRole, set: impl FnOnce(&mut Self)) -> NodeId {
        let own = self.structure.add(role, Some(self.node));
        let around = std::mem::replace(&mut self.node, own);
        set(self);
        self.node = around;
        own
    }

    /// The level of a heading in the structure, where none is left out (ISO 14289-1 §7.4.2).
    fn nested_level(&mut self, written: u8) -> u8 {
        while self.levels.last().is_some_and(|(open, _)| *open >= written) {
            self.levels.pop();
        }
        let nested = self.levels.last().map_or(1, |(_, nested)| *nested).saturating_add(1).min(6);
        self.levels.push((written, nested));
        nested
    }

    /// Sets a line or paragraph of one look.
    pub(super) fn line(&mut self, style: StyleId, role: StructureRole, text: &str) -> NodeId {
        let node = self.structure.add(role, Some(self.node));
        let strand = Strand::of(text, look(self.desk.template, style), Mark::Node(node));
        self.set(style, &[strand]);
        node
    }

    pub(super) fn block(&mut self, block: &Block) {
        self.place = block.texts().first().and_then(|text| text.origin(0)).or(self.place);
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Break { marks } => {
                self.line(StyleId::Break, StructureRole::Paragraph, marks.as_str());
            }
            Block::List(list) => self.list(list),
            Block::Quote { apart, blocks } => self.quote(*apart, blocks),
            Block::Code { text, .. } => self.code(text),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
        }
        self.pictures_of(block);
    }

    fn heading(&mut self, heading: &Heading) {
        let style = StyleId::heading(heading.level);
        let (strand, node) = self.heading_strand(heading, style);
        self.set(style, &[strand]);
        let entry = entry(heading, node);
        if let Some(slab) = self.slabs.last_mut() {
            slab.keep = true;
            slab.entry = Some(entry);
        }
    }

    fn heading_strand(&mut self, heading: &Heading, style: StyleId) -> (Strand, NodeId) {
        let level = self.nested_level(heading.level.max(1));
        let node = self.structure.add(StructureRole::Heading(level), Some(self.node));
        let mut strand = Strand::default();
        let look = look(self.desk.template, style);
        // A heading is one line of words: breaks inside it are spaces.
        for part in self.woven(&heading.inlines, look, node) {
            strand.append(part);
        }
        (strand, node)
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let style = match paragraph.role {
            Role::Body if paragraph.is_verse() => StyleId::Verse,
            Role::Body | Role::Centred | Role::Right => self.quoted.unwrap_or(StyleId::Body),
            Role::EditorNote => StyleId::EditorNote,
            Role::AuthorNote => StyleId::AuthorNote,
            Role::Note => StyleId::Note,
            Role::Caption => StyleId::Caption,
        };
        self.align = match paragraph.role {
            Role::Centred => Some(Align::Centre),
            Role::Right => Some(Align::Right),
            _ => None,
        };
        let run_in = paragraph.run_in.as_ref().map(|heading| {
            let (strand, node) = self.heading_strand(heading, StyleId::RunIn);
            (strand, entry(heading, node))
        });
        let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
        let body = look(self.desk.template, style);
        let mut strands = self.woven(&paragraph.inlines, body, node);
        let opens = run_in.map(|(mut strand, entry)| {
            strand.append(std::mem::take(&mut strands[0]));
            strands[0] = strand;
            entry
        });
        let set = self.set(style, &strands);
        self.align = None;
        if set && let Some(slab) = self.slabs.last_mut() {
            slab.entry = opens;
        }
    }

    /// The end mark after the last line of the body, the rule above the author's note, the editor.
    /// `body` slabs come before the notes.
    fn end(&mut self, article: &Article, body: usize) {
        let notes =
            |block: &Block| matches!(block, Block::Paragraph(p) if p.role == Role::AuthorNote);
        let note_count = article.blocks.iter().rev().take_while(|b| notes(b)).count();
        let first_note = body.saturating_sub(note_count);
        if note_count > 0
            && let Some(note) = self.slabs.get_mut(first_note)
        {
            note.ornament =
                Ornament::RuleAbove(self.desk.template.style(StyleId::AuthorNote).align);
        }
        let has_body = article.blocks.len() > note_count;
        if has_body
            && let Some(last) = first_note.checked_sub(1).and_then(|at| self.slabs.get_mut(at))
            && last.ornament == Ornament::None
        {
            last.ornament = Ornament::EndMark;
        }
        if let Some(editor) = &article.metadata.editor {
            let label = Labels::of(&article.language).editor;
            let line = format!("（{label}：{}）", editor.as_str());
            self.line(StyleId::AuthorNote, StructureRole::Paragraph, &line);
        }
    }

    /// Sets the lines of a paragraph, one strand for each line its author broke, and puts it on
    /// the galley. Whether there was anything to set.
    pub(super) fn set(&mut self, style: StyleId, strands: &[Strand]) -> bool {
        let template = self.desk.template;
        let mut rules = *template.style(style);
        if let Some(align) = self.align {
            rules.align = align;
            rules.indent = 0;
        }
        if self.goes_on {
            rules.indent = 0;
        }
        let mut whole = SetParagraph::default();
        for (at, strand) in strands.iter().enumerate() {
            let mut form = self.form(&rules);
            if style == StyleId::Code {
                form.punctuation = &VERBATIM;
            }
            let large = at == 0 && style == StyleId::Body && std::mem::take(&mut self.initial);
            let large = large.then(|| self.with_initial(strand, &form)).flatten();
            whole.append(large.unwrap_or_else(|| set(strand, self.shaper, &form)));
        }
        self.push(style, whole)
    }

    /// Puts set lines on the galley, with the space a style has around it.
    pub(super) fn push(&mut self, style: StyleId, whole: SetParagraph) -> bool {
        let rules = *self.desk.template.style(style);
        let inset = rules.size * rules.inset;
        if whole.lines.is_empty() {
            return false;
        }
        self.report_overfull(&whole);
        let marker = self.marker.take();
        let marker = marker.map(|(text, node)| self.marker(&text, node, inset + self.left));
        let notes = notes_of(&whole);
        self.slabs.push(Slab {
            across: self.across,
            x: inset + self.left,
            rows: rules.rows,
            leading: rules.leading,
            before: rules.before,
            after: rules.after,
            notes,
            panel: rules.panel,
            marker,
            ..Slab::plain(whole, rules.size, self.measure())
        });
        true
    }

    /// A row of inlines in a narrower measure, for a cell of a table.
    pub(super) fn narrow(
        &mut self,
        inlines: &[Inline],
        style: StyleId,
        node: NodeId,
        measure: Pt,
        align: Align,
    ) -> SetParagraph {
        let rules = self.desk.template.style(style);
        let form = Form { measure, indent: Pt::ZERO, align, ..self.form(rules) };
        let mut whole = SetParagraph::default();
        for strand in self.woven(inlines, look(self.desk.template, style), node) {
            whole.append(set(&strand, self.shaper, &form));
        }
        whole
    }

    fn form(&self, rules: &Style) -> Form<'a> {
        let template = self.desk.template;
        let nested = self.left > Pt::ZERO;
        Form {
            measure: self.measure() - rules.size * rules.inset * 2 - self.left,
            indent: if nested { Pt::ZERO } else { rules.size * rules.indent },
            align: match rules.align {
                Align::Justify if !template.justify => Align::Left,
                align => align,
            },
            size: rules.size,
            punctuation: &template.punctuation,
        }
    }

    /// A number or bullet, which ends a third of an em before the text of its item.
    fn marker(&self, marker: &str, node: NodeId, text: Pt) -> (Pt, SetParagraph) {
        let rules = self.desk.template.style(StyleId::Body);
        let strand = Strand::of(marker, look(self.desk.template, StyleId::Body), Mark::Node(node));
        let form = Form { indent: Pt::ZERO, align: Align::Left, ..self.form(rules) };
        let set = set(&strand, self.shaper, &form);
        let width = set.lines.first().map_or(Pt::ZERO, |line| line.width);
        ((text - width - rules.size.scale(1, 3)).max(Pt::ZERO), set)
    }

    /// A table that has more columns than can be read.
    pub(super) fn report_wide(&mut self, columns: usize, most: i64) {
        let place = self.place.unwrap_or(Span::new(self.file, 0..0));
        let finding = Diagnostic::new(Code::TableWide)
            .with("columns", columns.to_string())
            .with("most", most.to_string());
        self.sink.push(finding.at_span(place));
    }

    /// Lines that could not be set by the rules, with the place of their words.
    fn report_overfull(&mut self, set: &SetParagraph) {
        let wide = |line: &SetLine| line.excess > Pt::from_millis(50);
        let told = |line: &&SetLine| wide(line) || line.forced || line.loose > LOOSE;
        for line in set.lines.iter().filter(told) {
            let runs = set.runs.get(line.runs.clone()).unwrap_or_default();
            let text: String =
                runs.iter().filter_map(|run| set.text.get(run.text.clone())).collect();
            let finding = if wide(line) {
                Diagnostic::new(Code::Overfull)
                    .with("excess", format!("{} pt", line.excess))
                    .with("text", text.chars().take(30).collect::<String>())
            } else if !line.forced {
                let gap = format!("{}.{:02}", line.loose / 1000, line.loose % 1000 / 10);
                let text = text.chars().take(30).collect::<String>();
                Diagnostic::new(Code::Loose).with("gap", gap).with("text", text)
            } else {
                let from = text.char_indices().rev().nth(11).map_or(0, |(at, _)| at);
                Diagnostic::new(Code::Forced).with("text", text.get(from..).unwrap_or_default())
            };
            self.sink.push(finding.at_span(self.place.unwrap_or(Span::new(self.file, 0..0))));
        }
    }
}

/// What lies behind neighbours is one.
fn join_panels(slabs: &mut [Slab]) {
    for at in 1..slabs.len() {
        let (above, below) = slabs.split_at_mut(at);
        let (Some(above), Some(below)) = (above.last_mut(), below.first_mut()) else { continue };
        let close = above.after == Rows(0) && below.before == Rows(0);
        if above.panel == below.panel && close && above.across == below.across {
            (above.panel_ends.1, below.panel_ends.0) = (false, false);
        }
    }
}

/// References to notes in a set paragraph: the line, and which note it is.
fn notes_of(set: &SetParagraph) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (at, line) in set.lines.iter().enumerate() {
        let runs = set.runs.get(line.runs.clone()).unwrap_or_default();
        let noted = runs.iter().filter_map(|run| run.note.checked_sub(1));
        out.extend(noted.map(|note| (at, usize::from(note))));
    }
    out
}

/// Whether the paragraph at a place goes on with the one before the list, figure or quotation
/// above it: that one has no end of its own (CLREQ 段首缩进, IN2).
fn goes_on(blocks: &[Block], at: usize) -> bool {
    let interrupts = |block: &Block| {
        matches!(
            block,
            Block::List(_) | Block::Figure(_) | Block::Quote { .. } | Block::Code { .. }
        )
    };
    let Some([before, between, own]) = at.checked_sub(2).and_then(|from| blocks.get(from..=at))
    else {
        return false;
    };
    let (Block::Paragraph(before), Block::Paragraph(_)) = (before, own) else { return false };
    let words = crate::article::plain(&before.inlines);
    let open = words.trim_end().ends_with(['，', '、', '；', ',']);
    before.role == Role::Body && interrupts(between) && open
}

/// A heading as a line of contents: without the 。 it runs in with.
fn entry(heading: &Heading, node: NodeId) -> Entry {
    let title = crate::article::plain(&heading.inlines);
    let title = title.trim_end_matches('。').to_owned();
    Entry { level: heading.level, title, node }
}
