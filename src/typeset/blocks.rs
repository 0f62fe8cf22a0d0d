//! An article → its galley: set paragraphs in order, with the rows they take and what keeps them
//! together. Where they go is `flow`'s business.

use super::Desk;
use super::paragraph::{Form, SetParagraph, set};
use super::shape::Shaper;
use super::strand::{Look, Strand};
use crate::article::{Article, Block, Heading, Inline, Paragraph, Role, Text};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::length::{Pt, Rows};
use crate::page::{Mark, NodeId, Structure, StructureRole};
use crate::template::{Align, StyleId, Template};

/// A paragraph on the galley.
#[derive(Debug)]
pub(super) struct Slab {
    pub(super) set: SetParagraph,
    /// From the left edge of the column.
    pub(super) x: Pt,
    /// Type size, for the place of the baseline in its row.
    pub(super) size: Pt,
    /// Rows a line takes.
    pub(super) rows: Rows,
    pub(super) before: Rows,
    pub(super) after: Rows,
    /// Not parted from what comes next.
    pub(super) keep: bool,
    /// What is drawn with it.
    pub(super) ornament: Ornament,
    /// The heading it is or opens with.
    pub(super) entry: Option<Entry>,
}

/// What is drawn with a slab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ornament {
    None,
    /// A short rule in the colour above it, at this edge.
    RuleAbove(Align),
    /// A small square in the colour after its last character: the article ends.
    EndMark,
}

/// A line of the outline.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) level: u8,
    pub(super) title: String,
    pub(super) node: NodeId,
}

/// A set article.
#[derive(Debug)]
pub(super) struct Galley {
    pub(super) slabs: Vec<Slab>,
    pub(super) title: String,
    pub(super) authors: String,
    pub(super) source: Option<String>,
    pub(super) node: NodeId,
}

impl Galley {
    /// Joins the article's structure to the edition's and moves all marks there.
    pub(super) fn attach(&mut self, from: &Structure, to: &mut Structure, parent: NodeId) {
        let mut moved = Vec::new();
        for (_, node) in from.nodes() {
            let above = node.parent.and_then(|p| moved.get(p.0).copied()).unwrap_or(parent);
            moved.push(to.add(node.role, Some(above)));
        }
        let new = |id: NodeId| moved.get(id.0).copied().unwrap_or(parent);
        self.node = new(self.node);
        for slab in &mut self.slabs {
            for run in &mut slab.set.runs {
                if let Mark::Node(id) = run.mark {
                    run.mark = Mark::Node(new(id));
                }
            }
            if let Some(entry) = &mut slab.entry {
                entry.node = new(entry.node);
            }
        }
    }
}

/// Sets an article.
pub(super) fn galley(
    article: &Article,
    desk: &Desk<'_>,
    shaper: &Shaper<'_>,
    structure: &mut Structure,
    sink: &mut Sink,
) -> Galley {
    let node = structure.add(StructureRole::Article, None);
    let mut compositor = Compositor { desk, shaper, structure, sink, node, slabs: Vec::new() };
    compositor.title_block(article);
    for block in &article.blocks {
        compositor.block(block, article);
    }
    compositor.end(article);
    Galley {
        slabs: compositor.slabs,
        title: article.title().to_owned(),
        authors: article.metadata.author_names().join("　"),
        source: article.metadata.source.as_ref().map(|source| source.as_str().to_owned()),
        node,
    }
}

struct Compositor<'a> {
    desk: &'a Desk<'a>,
    shaper: &'a Shaper<'a>,
    structure: &'a mut Structure,
    sink: &'a mut Sink,
    /// The article, or the section of it that is open.
    node: NodeId,
    slabs: Vec<Slab>,
}

impl Compositor<'_> {
    /// 引题、主题、副题、署名、导读.
    fn title_block(&mut self, article: &Article) {
        let metadata = &article.metadata;
        let origin = origin_line(article);
        let lines = [
            (StyleId::Overline, metadata.overline.as_ref().map(Text::as_str)),
            (StyleId::Overline, Some(origin.as_str()).filter(|line| !line.is_empty())),
            (StyleId::Title, Some(article.title())),
            (StyleId::Subtitle, metadata.subtitle.as_ref().map(Text::as_str)),
        ];
        for (style, text) in lines {
            let Some(text) = text else { continue };
            let role = match style {
                StyleId::Title => StructureRole::Heading(1),
                _ => StructureRole::Paragraph,
            };
            let node = self.line(style, role, text);
            if style == StyleId::Title
                && let Some(slab) = self.slabs.last_mut()
            {
                slab.entry = Some(Entry { level: 0, title: text.to_owned(), node });
            }
        }
        let authors = metadata.author_names().join("　");
        if !authors.is_empty() {
            self.line(StyleId::Byline, StructureRole::Paragraph, &authors);
        }
        if let Some(summary) = &metadata.summary {
            self.line(StyleId::Lede, StructureRole::Paragraph, summary.as_str());
        }
        for slab in &mut self.slabs {
            slab.keep = true;
        }
        if let Some(last) = self.slabs.last_mut() {
            last.after = last.after.max(Rows(3));
        }
    }

    /// Sets a line or paragraph of one look.
    fn line(&mut self, style: StyleId, role: StructureRole, text: &str) -> NodeId {
        let node = self.structure.add(role, Some(self.node));
        let strand = Strand::of(text, look(self.desk.template, style), Mark::Node(node));
        self.set(style, &strand, None);
        node
    }

    fn block(&mut self, block: &Block, article: &Article) {
        match block {
            Block::Heading(heading) => self.heading(heading, article.file),
            Block::Paragraph(paragraph) => self.paragraph(paragraph, article.file),
            Block::Break { marks } => {
                self.line(StyleId::Break, StructureRole::Paragraph, marks.as_str());
            }
        }
    }

    fn heading(&mut self, heading: &Heading, file: crate::source::FileId) {
        let style = StyleId::heading(heading.level);
        let (strand, node) = self.heading_strand(heading, style);
        self.set(style, &strand, Some(file));
        let entry = entry(heading, node);
        if let Some(slab) = self.slabs.last_mut() {
            slab.keep = true;
            slab.entry = Some(entry);
        }
    }

    fn heading_strand(&mut self, heading: &Heading, style: StyleId) -> (Strand, NodeId) {
        let level = heading.level.saturating_add(1).min(6);
        let node = self.structure.add(StructureRole::Heading(level), Some(self.node));
        let mut strand = Strand::default();
        weave(&heading.inlines, look(self.desk.template, style), Mark::Node(node), &mut strand);
        (strand, node)
    }

    fn paragraph(&mut self, paragraph: &Paragraph, file: crate::source::FileId) {
        let style = match paragraph.role {
            Role::Body => StyleId::Body,
            Role::EditorNote => StyleId::EditorNote,
            Role::AuthorNote => StyleId::AuthorNote,
            Role::Note => StyleId::Note,
            Role::Caption => StyleId::Caption,
        };
        let mut strand = Strand::default();
        let mut opens = None;
        if let Some(heading) = &paragraph.run_in {
            let (run_in, node) = self.heading_strand(heading, StyleId::RunIn);
            strand = run_in;
            opens = Some(entry(heading, node));
        }
        let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
        let body = look(self.desk.template, style);
        weave(&paragraph.inlines, body, Mark::Node(node), &mut strand);
        self.set(style, &strand, Some(file));
        if let Some(slab) = self.slabs.last_mut() {
            slab.entry = opens;
        }
    }

    /// The end mark after the last line of the body, the rule above the author's note, the editor.
    fn end(&mut self, article: &Article) {
        let notes =
            |block: &Block| matches!(block, Block::Paragraph(p) if p.role == Role::AuthorNote);
        let note_count = article.blocks.iter().rev().take_while(|b| notes(b)).count();
        let first_note = self.slabs.len().saturating_sub(note_count);
        if let Some(note) = self.slabs.get_mut(first_note) {
            note.ornament =
                Ornament::RuleAbove(self.desk.template.style(StyleId::AuthorNote).align);
        }
        let has_body = article.blocks.len() > note_count;
        if has_body
            && let Some(last) = first_note.checked_sub(1).and_then(|at| self.slabs.get_mut(at))
        {
            last.ornament = Ornament::EndMark;
        }
        if let Some(editor) = &article.metadata.editor {
            let line = format!("（责任编辑：{}）", editor.as_str());
            self.line(StyleId::AuthorNote, StructureRole::Paragraph, &line);
        }
    }

    /// Sets a strand and puts it on the galley.
    fn set(&mut self, style: StyleId, strand: &Strand, file: Option<crate::source::FileId>) {
        let template = self.desk.template;
        let rules = template.style(style);
        let inset = rules.size * rules.inset;
        let align = match rules.align {
            Align::Justify if !template.justify => Align::Left,
            align => align,
        };
        let form = Form {
            measure: template.geometry.measure() - inset * 2,
            indent: rules.size * rules.indent,
            align,
            size: rules.size,
            punctuation: &template.punctuation,
        };
        let set = set(strand, self.shaper, &form);
        if set.lines.is_empty() {
            return;
        }
        self.report_overfull(&set, file);
        self.slabs.push(Slab {
            set,
            x: inset,
            size: rules.size,
            rows: rules.rows,
            before: rules.before,
            after: rules.after,
            keep: false,
            ornament: Ornament::None,
            entry: None,
        });
    }

    fn report_overfull(&mut self, set: &SetParagraph, file: Option<crate::source::FileId>) {
        for line in set.lines.iter().filter(|line| line.excess > Pt::from_millis(50)) {
            let runs = set.runs.get(line.runs.clone()).unwrap_or_default();
            let text: String =
                runs.iter().filter_map(|run| set.text.get(run.text.clone())).collect();
            let finding = Diagnostic::new(Code::Overfull)
                .with("excess", format!("{} pt", line.excess))
                .with("text", text.chars().take(30).collect::<String>());
            self.sink.push(match file {
                Some(file) => finding.at_span(crate::source::Span::new(file, 0..0)),
                None => finding,
            });
        }
    }
}

/// How text of a style looks in a design.
pub(super) fn look(template: &Template, style: StyleId) -> Look {
    let rules = template.style(style);
    Look { voice: rules.voice, size: rules.size, colour: template.colour(rules.ink) }
}

/// Adds inlines to a strand.
fn weave(inlines: &[Inline], look: Look, mark: Mark, strand: &mut Strand) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => strand.push(text.as_str(), look, mark),
            Inline::Strong(children) => {
                weave(children, Look { voice: look.voice.strong(), ..look }, mark, strand);
            }
        }
    }
}

/// A heading as a line of contents: without the 。 it runs in with.
fn entry(heading: &Heading, node: NodeId) -> Entry {
    let title = crate::article::plain(&heading.inlines);
    let title = title.trim_end_matches('。').to_owned();
    Entry { level: heading.level, title, node }
}

/// Source and date, as they stand above a title.
fn origin_line(article: &Article) -> String {
    let metadata = &article.metadata;
    let source = metadata.source.as_ref().map(Text::as_str);
    let date = metadata.date.as_ref().map(|date| date.text.as_str());
    [source, date].into_iter().flatten().collect::<Vec<_>>().join("　")
}
