//! Blocks → XHTML.

use super::addresses::Addresses;
use super::chapter::Chapter;
use crate::article::{
    Apart, Block, Cell, CellAlign, Figure, Heading, List, Note, Paragraph, Role, Table,
};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Writes the documents of an article one after the other.
pub(super) struct Writer<'a> {
    pub(super) chapter: &'a Chapter,
    /// Which article it is, from 0.
    pub(super) article: usize,
    pub(super) addresses: &'a Addresses,
    pub(super) vertical: bool,
    /// The document being written.
    pub(super) part: usize,
    /// Notes called in it.
    pub(super) called: BTreeSet<usize>,
    pub(super) out: String,
    /// Headings written so far.
    heading: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn of(
        chapter: &'a Chapter,
        article: usize,
        addresses: &'a Addresses,
        vertical: bool,
    ) -> Self {
        let (out, called) = (String::new(), BTreeSet::new());
        Self { chapter, article, addresses, vertical, part: 0, called, out, heading: 0 }
    }

    /// The words of a document.
    pub(super) fn part<'b>(
        &mut self,
        part: usize,
        blocks: &[Block],
        notes: impl Iterator<Item = (usize, &'b Note)>,
    ) -> String {
        self.part = part;
        self.called.clear();
        blocks.iter().for_each(|block| self.block(block));
        notes.for_each(|(at, note)| self.note(at, note));
        std::mem::take(&mut self.out)
    }

    pub(super) fn add(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(h) => {
                self.heading(h);
                self.add("\n");
            }
            Block::Paragraph(p) => self.paragraph(p),
            Block::Break { marks } => {
                self.add("<p class=\"break\">");
                self.text(marks.as_str());
                self.add("</p>\n");
            }
            Block::List(list) => self.list(list),
            Block::Quote { apart, blocks } => {
                let (open, close) = match apart {
                    Apart::Quotation => ("<blockquote>\n", "</blockquote>\n"),
                    Apart::Sidebar => ("<aside class=\"sidebar\">\n", "</aside>\n"),
                    Apart::PullQuote => (
                        "<aside epub:type=\"pullquote\" role=\"doc-pullquote\" class=\"pull-quote\">\n",
                        "</aside>\n",
                    ),
                };
                self.add(open);
                blocks.iter().for_each(|block| self.block(block));
                self.add(close);
            }
            Block::Code { text, .. } => {
                self.add("<pre><code>");
                escape(text.as_str(), &mut self.out);
                self.add("</code></pre>\n");
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
        }
    }

    fn list(&mut self, list: &List) {
        let tag = if list.start.is_some() { "ol" } else { "ul" };
        let start = list.start.filter(|start| *start != 1);
        let start = start.map_or(String::new(), |start| format!(" start=\"{start}\""));
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "<{tag}{start}>");
        for item in &list.items {
            self.add("<li>");
            if let Some(done) = item.done {
                let mark = if done { "☑ " } else { "☐ " };
                let _ = write!(self.out, "<span class=\"task\">{mark}</span>");
            }
            item.blocks.iter().for_each(|block| self.block(block));
            self.add("</li>\n");
        }
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn table(&mut self, table: &Table) {
        self.add("<table>\n");
        if !table.caption.is_empty() {
            self.add("<caption>");
            self.inlines(&table.caption);
            self.add("</caption>\n");
        }
        let (head, body) = table.rows.split_at(table.head.min(table.rows.len()));
        for (tag, rows) in [("thead", head), ("tbody", body)] {
            if rows.is_empty() {
                continue;
            }
            // Writing to a string cannot fail.
            let _ = writeln!(self.out, "<{tag}>");
            for row in rows {
                self.add("<tr>");
                row.cells.iter().for_each(|cell| self.cell(cell, tag));
                self.add("</tr>\n");
            }
            let _ = writeln!(self.out, "</{tag}>");
        }
        self.add("</table>\n");
    }

    fn cell(&mut self, cell: &Cell, part: &str) {
        let tag = if cell.heading { "th" } else { "td" };
        // Writing to a string cannot fail.
        let _ = write!(self.out, "<{tag}");
        for (name, span) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
            if span > 1 {
                let _ = write!(self.out, " {name}=\"{span}\"");
            }
        }
        if cell.heading {
            self.add(if part == "thead" { " scope=\"col\"" } else { " scope=\"row\"" });
        }
        self.add(match cell.align {
            Some(CellAlign::Centre) => " class=\"centre\"",
            Some(CellAlign::Right) => " class=\"right\"",
            Some(CellAlign::Left) | None => "",
        });
        self.add(">");
        match cell.blocks.as_slice() {
            [Block::Paragraph(Paragraph { run_in: None, inlines, .. })] => self.inlines(inlines),
            blocks => blocks.iter().for_each(|block| self.block(block)),
        }
        let _ = write!(self.out, "</{tag}>");
    }

    /// A note with its number, which leads back to where it was called.
    fn note(&mut self, at: usize, note: &Note) {
        let number = at + 1;
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.out,
            "<aside epub:type=\"footnote\" role=\"doc-footnote\" class=\"footnote\" \
             id=\"note-{number}\">"
        );
        let back = match self.called.contains(&at) {
            true => format!("<a role=\"doc-backlink\" href=\"#call-{number}\">〔{number}〕</a>"),
            false => format!("〔{number}〕"),
        };
        let _ = write!(self.out, "<p class=\"note-number\">{back}</p>");
        note.blocks.iter().for_each(|block| self.block(block));
        self.add("</aside>\n");
    }

    fn heading(&mut self, h: &Heading) {
        let level = self.chapter.levels.get(self.heading).copied().unwrap_or(2);
        let id = self.chapter.headings.get(self.heading).map_or("", |heading| &heading.id);
        // Writing to a string cannot fail.
        let _ = write!(self.out, "<h{level} id=\"{id}\">");
        self.heading += 1;
        self.inlines(&h.inlines);
        let _ = write!(self.out, "</h{level}>");
    }

    fn paragraph(&mut self, p: &Paragraph) {
        let class = match p.role {
            Role::Body if p.is_verse() => " class=\"verse\"",
            Role::Body => "",
            Role::Centred => " class=\"centred\"",
            Role::Right => " class=\"right\"",
            Role::EditorNote => " class=\"editor-note\"",
            Role::AuthorNote => " class=\"author-note\"",
            Role::Note => " class=\"note\"",
            Role::Caption => " class=\"caption\"",
        };
        let run_in = p.run_in.as_ref();
        if let Some(h) = run_in {
            self.add("<div class=\"run-in\">");
            self.heading(h);
        }
        // Writing to a string cannot fail.
        let _ = write!(self.out, "<p{class}>");
        self.inlines(&p.inlines);
        self.add(if run_in.is_some() { "</p></div>\n" } else { "</p>\n" });
    }

    /// Pictures and their caption.
    fn figure(&mut self, figure: &Figure) {
        self.add("<figure>\n");
        figure.images.iter().for_each(|image| self.image(image));
        if !figure.caption.is_empty() {
            self.add("<figcaption>");
            self.inlines(&figure.caption);
            self.add("</figcaption>\n");
        }
        self.add("</figure>\n");
    }
}

/// Adds text to XML.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // XML 1.0 §2.2 has no place for these; the coverage check has reported them.
            '\u{FFFE}' | '\u{FFFF}' | '\0'..='\u{8}' | '\u{B}'..='\u{C}' | '\u{E}'..='\u{1F}' => {}
            c => out.push(c),
        }
    }
}
