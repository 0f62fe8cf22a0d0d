//! Contents, landmarks and pages (EPUB 3.3 §7), and the same for older readers (NCX).

use super::breaks;
use super::chapter::Chapter;
use super::content::escape;
use super::{MASTHEAD, identifier};
use crate::issue::{Issue, Labels};
use crate::page::PageStart;
use std::fmt::Write;

/// What is to be reached.
pub(super) struct Navigation<'a> {
    pub(super) issue: &'a Issue,
    pub(super) chapters: &'a [Chapter],
    /// The pages, each with the document of its article that its mark is in.
    pub(super) pages: &'a [(PageStart, usize)],
}

/// A line of the contents, with its depth.
struct Point {
    depth: usize,
    title: String,
    /// Where it leads; a section leads nowhere of its own.
    target: Option<String>,
}

impl Navigation<'_> {
    /// Sections, articles and their headings.
    fn points(&self) -> Vec<Point> {
        let labels = Labels::of(&self.issue.language);
        let target = Some("cover.xhtml".to_owned());
        let mut out = vec![Point { depth: 0, title: labels.cover.to_owned(), target }];
        let mut chapters = self.chapters.iter();
        for section in &self.issue.sections {
            let named = section.name.as_ref().filter(|_| !section.articles.is_empty());
            out.extend(named.map(|name| Point { depth: 0, title: name.clone(), target: None }));
            let depth = usize::from(named.is_some());
            for article in &section.articles {
                let Some(chapter) = chapters.next() else { continue };
                let target = Some(chapter.path().to_owned());
                out.push(Point { depth, title: article.title().to_owned(), target });
                for (nested, heading) in chapter.nested() {
                    let target = Some(chapter.place(heading.part, &heading.id));
                    let (depth, title) = (depth + 1 + nested, heading.title.clone());
                    out.push(Point { depth, title, target });
                }
            }
        }
        if self.issue.has_masthead() {
            let target = Some(MASTHEAD.to_owned());
            out.push(Point { depth: 0, title: labels.masthead.to_owned(), target });
        }
        out
    }

    /// The navigation document.
    pub(super) fn document(&self) -> String {
        let Labels { contents, cover, .. } = Labels::of(&self.issue.language);
        let language = &self.issue.language;
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
             <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
             lang=\"{language}\" xml:lang=\"{language}\">\n<head>\n<title>{contents}</title>\n\
             <link rel=\"stylesheet\" type=\"text/css\" href=\"stylesheet.css\"/>\n</head>\n<body>\n\
             <nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" aria-labelledby=\"toc-title\">\n\
             <h1 id=\"toc-title\">{contents}</h1>\n"
        );
        list(&self.points(), &mut out);
        let note = self.issue.left_out_note();
        let note = note.map(|note| format!("<p class=\"left-out\">{}</p>\n", escaped(&note)));
        let note = note.unwrap_or_default();
        let first = self.chapters.first().map_or("cover.xhtml", Chapter::path);
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "</nav>\n{note}<nav epub:type=\"landmarks\" hidden=\"hidden\" aria-label=\"landmarks\">\n<ol>\n\
             <li><a epub:type=\"cover\" href=\"cover.xhtml\">{cover}</a></li>\n\
             <li><a epub:type=\"toc\" href=\"nav.xhtml#toc\">{contents}</a></li>\n\
             <li><a epub:type=\"bodymatter\" href=\"{first}\">{}</a></li>\n",
            escaped(&self.issue.edition_title())
        );
        if self.issue.has_masthead() {
            let label = Labels::of(&self.issue.language).masthead;
            let _ =
                writeln!(out, "<li><a epub:type=\"colophon\" href=\"{MASTHEAD}\">{label}</a></li>");
        }
        out.push_str("</ol>\n</nav>\n");
        if !self.pages.is_empty() {
            out.push_str("<nav epub:type=\"page-list\" role=\"doc-pagelist\" hidden=\"hidden\" aria-label=\"pages\">\n<ol>\n");
            for (page, document) in self.pages {
                let place = self.address(page, *document);
                let _ = writeln!(out, "<li><a href=\"{place}\">{}</a></li>", page.label);
            }
            out.push_str("</ol>\n</nav>\n");
        }
        out.push_str("</body>\n</html>\n");
        out
    }

    fn address(&self, page: &PageStart, document: usize) -> String {
        let chapter = self.chapters.get(page.article);
        chapter.map_or_else(String::new, |c| c.place(document, &breaks::id(&page.label)))
    }

    /// The NCX of EPUB 2.
    pub(super) fn ncx(&self) -> String {
        let points = self.points();
        let depth = points.iter().map(|point| point.depth).max().unwrap_or(0) + 1;
        let id = identifier(self.issue);
        let highest =
            self.pages.iter().filter_map(|(page, _)| page.label.parse::<u32>().ok()).max();
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <ncx version=\"2005-1\" xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" xml:lang=\"{}\">\n<head>\n\
             <meta name=\"dtb:uid\" content=\"urn:uuid:{id}\"/>\n<meta name=\"dtb:depth\" content=\"{depth}\"/>\n\
             <meta name=\"dtb:totalPageCount\" content=\"{}\"/>\n<meta name=\"dtb:maxPageNumber\" content=\"{}\"/>\n\
             </head>\n<docTitle><text>{}</text></docTitle>\n<navMap>\n",
            self.issue.language,
            self.pages.len(),
            highest.unwrap_or(0),
            escaped(&self.issue.edition_title())
        );
        let mut open = 0;
        // Points that lead to one place have one place in the order of reading.
        let (mut order, mut last) = (0, None);
        for (at, point) in points.iter().enumerate() {
            while open > point.depth {
                out.push_str("</navPoint>\n");
                open -= 1;
            }
            // A section leads to its first article.
            let next = points.iter().skip(at).find_map(|point| point.target.as_deref());
            order += usize::from(last != Some(next));
            last = Some(next);
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "<navPoint id=\"point-{}\" playOrder=\"{order}\"><navLabel><text>{}</text></navLabel>\
                 <content src=\"{}\"/>",
                at + 1,
                escaped(&point.title),
                next.unwrap_or("cover.xhtml"),
            );
            open += 1;
        }
        out.push_str(&"</navPoint>\n".repeat(open));
        out.push_str("</navMap>\n</ncx>\n");
        out
    }
}

/// Points as lists in one another.
fn list(points: &[Point], out: &mut String) {
    let mut open = 0;
    for point in points {
        let wanted = point.depth + 1;
        if wanted > open {
            out.push_str("<ol>\n");
            open += 1;
        } else {
            out.push_str("</li>\n");
            while open > wanted {
                out.push_str("</ol>\n</li>\n");
                open -= 1;
            }
        }
        let title = escaped(&point.title);
        // Writing to a string cannot fail.
        let _ = match &point.target {
            Some(target) => write!(out, "<li><a href=\"{target}\">{title}</a>"),
            None => write!(out, "<li><span>{title}</span>"),
        };
    }
    for _ in 0..open {
        out.push_str("</li>\n</ol>\n");
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(text, &mut out);
    // A line of contents has words: where a title has none, its place is shown all the same.
    if out.trim().is_empty() { "—".to_owned() } else { out }
}
