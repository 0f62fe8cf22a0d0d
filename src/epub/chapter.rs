//! An article → one XHTML document.

use super::EpubError;
use crate::article::{
    Apart, Article, Block, Cell, CellAlign, Figure, Heading, Image, Inline, List, Note, Paragraph,
    Role, Style, Table, Text,
};
use crate::issue::{Issue, Labels};
use minijinja::{Environment, context};
use std::fmt::Write;

const ARTICLE: &str = include_str!("../../templates/epub/article.xhtml");
const COVER: &str = include_str!("../../templates/epub/cover.xhtml");

/// The cover page.
pub(super) fn cover(issue: &Issue) -> Result<String, EpubError> {
    let language = &issue.language;
    let (label, title) = (Labels::of(language).cover, issue.edition_title());
    render(COVER, context! { language, label, title })
}

fn render(template: &str, values: minijinja::Value) -> Result<String, EpubError> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    Ok(environment.render_str(template, values)?)
}

/// A chapter's place in the package.
#[derive(Debug)]
pub(super) struct Chapter {
    pub(super) path: String,
    /// Headings: id, title, level.
    headings: Vec<(String, String, u8)>,
    /// The levels of their elements, none left out: the title is the first (WCAG 1.3.1).
    levels: Vec<u8>,
}

impl Chapter {
    /// The `number`th article with its pictures where they stand in the package.
    pub(super) fn addressed(article: &Article, number: usize) -> Article {
        let mut article = article.clone();
        let paths: Vec<String> = article
            .pictures
            .iter()
            .zip(1..)
            .map(|(picture, at)| super::picture_path(number, at, picture))
            .collect();
        article.all_blocks_mut().for_each(|block| {
            block.each_image_mut(&mut |image| {
                if let Some(path) = image.picture.and_then(|id| paths.get(id.0)) {
                    image.source.clone_from(path);
                }
            });
        });
        article
    }

    /// The chapter of the `number`th article.
    pub(super) fn of(article: &Article, number: usize) -> Self {
        let mut all = Vec::new();
        let notes = article.notes.iter().flat_map(|note| &note.blocks);
        headings_of(article.blocks.iter().chain(notes), &mut all);
        let headings = all.into_iter().enumerate().map(|(at, heading)| {
            let title = crate::article::plain(&heading.inlines);
            (id(at), title.trim_end_matches('。').to_owned(), heading.level)
        });
        let path = format!("article-{number:03}.xhtml");
        let mut own = Self { path, headings: headings.collect(), levels: Vec::new() };
        let depths = own.nested().into_iter().map(|(depth, ..)| u8::try_from(depth).unwrap_or(4));
        own.levels = depths.map(|depth| depth.min(4) + 2).collect();
        own
    }

    /// The headings as the contents nest them: how deep, id, title.
    pub(super) fn nested(&self) -> Vec<(usize, &str, String)> {
        let mut open: Vec<u8> = Vec::new();
        let mut out = Vec::new();
        for (id, title, level) in &self.headings {
            while open.last().is_some_and(|last| last >= level) {
                open.pop();
            }
            out.push((open.len(), id.as_str(), title.clone()));
            open.push(*level);
        }
        out
    }

    /// The document.
    pub(super) fn render(&self, article: &Article) -> Result<String, EpubError> {
        let metadata = &article.metadata;
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_owned());
        let mut body = String::new();
        let mut heading = 0;
        for block in &article.blocks {
            self.block(block, &mut heading, &mut body);
        }
        self.notes(&article.notes, &mut heading, &mut body);
        render(
            ARTICLE,
            context! {
                language => article.language.as_str(),
                overline => text(&metadata.overline),
                title => article.title(),
                subtitle => text(&metadata.subtitle),
                authors => metadata.byline(),
                source => text(&metadata.source),
                date => metadata.date.as_ref().map(|date| date.text.as_str().to_owned()),
                date_iso => metadata.date.as_ref().map(crate::article::Date::iso),
                summary => text(&metadata.summary),
                editor => text(&metadata.editor),
                body,
            },
        )
    }

    fn block(&self, block: &Block, heading: &mut usize, out: &mut String) {
        match block {
            Block::Heading(h) => {
                self.heading(h, heading, out);
                out.push('\n');
            }
            Block::Paragraph(p) => self.paragraph(p, heading, out),
            Block::Break { marks } => {
                out.push_str("<p class=\"break\">");
                escape(marks.as_str(), out);
                out.push_str("</p>\n");
            }
            Block::List(list) => self.list(list, heading, out),
            Block::Quote { apart, blocks } => {
                let (open, close) = match apart {
                    Apart::Quotation => ("<blockquote>", "</blockquote>"),
                    Apart::Sidebar => ("<aside class=\"sidebar\">", "</aside>"),
                    Apart::PullQuote => (
                        "<aside epub:type=\"pullquote\" role=\"doc-pullquote\" class=\"pull-quote\">",
                        "</aside>",
                    ),
                };
                out.push_str(open);
                out.push('\n');
                blocks.iter().for_each(|block| self.block(block, heading, out));
                out.push_str(close);
                out.push('\n');
            }
            Block::Code { text, .. } => {
                out.push_str("<pre><code>");
                escape(text.as_str(), out);
                out.push_str("</code></pre>\n");
            }
            Block::Table(table) => self.table(table, heading, out),
            Block::Figure(figure) => self::figure(figure, out),
        }
    }

    fn list(&self, list: &List, heading: &mut usize, out: &mut String) {
        let tag = if list.start.is_some() { "ol" } else { "ul" };
        let start = list.start.filter(|start| *start != 1);
        let start = start.map_or(String::new(), |start| format!(" start=\"{start}\""));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "<{tag}{start}>");
        for item in &list.items {
            out.push_str("<li>");
            if let Some(done) = item.done {
                out.push_str(if done { "☑ " } else { "☐ " });
            }
            item.blocks.iter().for_each(|block| self.block(block, heading, out));
            out.push_str("</li>\n");
        }
        let _ = writeln!(out, "</{tag}>");
    }

    fn table(&self, table: &Table, heading: &mut usize, out: &mut String) {
        out.push_str("<table>\n");
        if !table.caption.is_empty() {
            out.push_str("<caption>");
            inlines(&table.caption, out);
            out.push_str("</caption>\n");
        }
        let (head, body) = table.rows.split_at(table.head.min(table.rows.len()));
        for (tag, rows) in [("thead", head), ("tbody", body)] {
            if rows.is_empty() {
                continue;
            }
            // Writing to a string cannot fail.
            let _ = writeln!(out, "<{tag}>");
            for row in rows {
                out.push_str("<tr>");
                row.cells.iter().for_each(|cell| self.cell(cell, tag, heading, out));
                out.push_str("</tr>\n");
            }
            let _ = writeln!(out, "</{tag}>");
        }
        out.push_str("</table>\n");
    }

    fn cell(&self, cell: &Cell, part: &str, heading: &mut usize, out: &mut String) {
        let tag = if cell.heading { "th" } else { "td" };
        // Writing to a string cannot fail.
        let _ = write!(out, "<{tag}");
        for (name, span) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
            if span > 1 {
                let _ = write!(out, " {name}=\"{span}\"");
            }
        }
        if cell.heading {
            out.push_str(if part == "thead" { " scope=\"col\"" } else { " scope=\"row\"" });
        }
        out.push_str(match cell.align {
            Some(CellAlign::Centre) => " class=\"centre\"",
            Some(CellAlign::Right) => " class=\"right\"",
            Some(CellAlign::Left) | None => "",
        });
        out.push('>');
        match cell.blocks.as_slice() {
            [Block::Paragraph(Paragraph { run_in: None, inlines: words, .. })] => {
                inlines(words, out)
            }
            blocks => blocks.iter().for_each(|block| self.block(block, heading, out)),
        }
        let _ = write!(out, "</{tag}>");
    }

    /// Notes, each with its number, which leads nowhere: readers show a note where it is called.
    fn notes(&self, notes: &[Note], heading: &mut usize, out: &mut String) {
        for (at, note) in notes.iter().enumerate() {
            let number = at + 1;
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "<aside epub:type=\"footnote\" role=\"doc-footnote\" class=\"footnote\" \
                 id=\"note-{number}\">"
            );
            let _ = write!(out, "<p class=\"note-number\">〔{number}〕</p>");
            note.blocks.iter().for_each(|block| self.block(block, heading, out));
            out.push_str("</aside>\n");
        }
    }

    fn heading(&self, h: &Heading, heading: &mut usize, out: &mut String) {
        let level = self.levels.get(*heading).copied().unwrap_or(2);
        // Writing to a string cannot fail.
        let _ = write!(out, "<h{level} id=\"{}\">", id(*heading));
        inlines(&h.inlines, out);
        let _ = write!(out, "</h{level}>");
        *heading += 1;
    }

    fn paragraph(&self, p: &Paragraph, heading: &mut usize, out: &mut String) {
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
            out.push_str("<div class=\"run-in\">");
            self.heading(h, heading, out);
        }
        let _ = write!(out, "<p{class}>");
        inlines(&p.inlines, out);
        out.push_str("</p>");
        out.push_str(if run_in.is_some() { "</div>\n" } else { "\n" });
    }
}

/// Every heading in the order it is written, inside lists, quotations and tables too.
fn headings_of<'a>(blocks: impl IntoIterator<Item = &'a Block>, out: &mut Vec<&'a Heading>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => out.push(heading),
            Block::Paragraph(paragraph) => out.extend(&paragraph.run_in),
            Block::List(list) => {
                list.items.iter().for_each(|item| headings_of(&item.blocks, out));
            }
            Block::Quote { blocks, .. } => headings_of(blocks, out),
            Block::Table(table) => {
                table.cells().for_each(|cell| headings_of(&cell.blocks, out));
            }
            Block::Break { .. } | Block::Code { .. } | Block::Figure(_) => {}
        }
    }
}

fn id(at: usize) -> String {
    format!("part-{}", at + 1)
}

fn inlines(list: &[Inline], out: &mut String) {
    for inline in list {
        match inline {
            Inline::Text(text) => escape(text.as_str(), out),
            Inline::Styled { style, inlines } => styled(*style, inlines, out),
            Inline::Code(text) => {
                out.push_str("<code>");
                escape(text.as_str(), out);
                out.push_str("</code>");
            }
            Inline::Link { target, inlines: children } => link(target, children, out),
            Inline::Ruby { base, reading } => {
                out.push_str("<ruby>");
                escape(base.as_str(), out);
                out.push_str("<rp>（</rp><rt>");
                escape(reading.as_str(), out);
                out.push_str("</rt><rp>）</rp></ruby>");
            }
            Inline::NoteRef { note } => {
                let number = note + 1;
                // Writing to a string cannot fail.
                let _ = write!(
                    out,
                    "<a epub:type=\"noteref\" role=\"doc-noteref\" class=\"noteref\" \
                     href=\"#note-{number}\">〔{number}〕</a>"
                );
            }
            Inline::Image(one) => image(one, out),
            Inline::Break => out.push_str("<br/>"),
        }
    }
}

/// Pictures and their caption.
fn figure(figure: &Figure, out: &mut String) {
    out.push_str("<figure>\n");
    figure.images.iter().for_each(|one| image(one, out));
    if !figure.caption.is_empty() {
        out.push_str("<figcaption>");
        inlines(&figure.caption, out);
        out.push_str("</figcaption>\n");
    }
    out.push_str("</figure>\n");
}

/// A picture; where it could not be had, what it shows is said instead.
fn image(image: &Image, out: &mut String) {
    let alt = image.alt.as_deref().unwrap_or_default();
    if image.picture.is_none() {
        if !alt.is_empty() {
            out.push_str("<span class=\"missing\">［");
            escape(alt, out);
            out.push_str("］</span>");
        }
        return;
    }
    for (name, value) in [("<img src", image.source.as_str()), (" alt", alt)] {
        let mut escaped = String::new();
        escape(value, &mut escaped);
        // Writing to a string cannot fail.
        let _ = write!(out, "{name}=\"{}\"", escaped.replace('"', "&quot;"));
    }
    out.push_str("/>");
}

fn styled(style: Style, children: &[Inline], out: &mut String) {
    let (open, close) = match style {
        Style::Strong => ("strong", "strong"),
        Style::Emphasis => ("em", "em"),
        Style::Dots => ("em class=\"dots\"", "em"),
        Style::Underline => ("u", "u"),
        Style::Wavy => ("u class=\"wavy\"", "u"),
        Style::Deleted => ("del", "del"),
        Style::Subscript => ("sub", "sub"),
        Style::Superscript => ("sup", "sup"),
    };
    // Writing to a string cannot fail.
    let _ = write!(out, "<{open}>");
    inlines(children, out);
    let _ = write!(out, "</{close}>");
}

/// Links to the web stay; others lead nowhere inside a book.
fn link(target: &str, children: &[Inline], out: &mut String) {
    let web = ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
    if !web {
        inlines(children, out);
        return;
    }
    out.push_str("<a href=\"");
    let mut escaped = String::new();
    escape(target, &mut escaped);
    out.push_str(&escaped.replace('"', "&quot;").replace(' ', "%20"));
    out.push_str("\">");
    inlines(children, out);
    out.push_str("</a>");
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
