//! What the package says of the edition: Dublin Core, its periodical, its accessibility (EPUB 3.3
//! §5.5, EPUB Accessibility 1.1 §2).

use super::content::escape;
use super::{day, identifier};
use crate::article::{Article, Block, Inline};
use crate::issue::Issue;
use std::fmt::Write;

/// What is written: elements one after the other, each with its refinements.
struct Metadata {
    out: String,
    /// Elements with an identifier so far.
    named: usize,
}

impl Metadata {
    /// A Dublin Core element.
    fn dc(&mut self, name: &str, value: &str) {
        let _ = write!(self.out, "    <dc:{name}>");
        escape(value, &mut self.out);
        let _ = writeln!(self.out, "</dc:{name}>");
    }

    /// A Dublin Core element with what is said about it: property, scheme, value.
    fn refined(&mut self, name: &str, value: &str, more: &[(&str, &str, &str)]) {
        self.named += 1;
        let id = format!("{name}-{}", self.named);
        let _ = write!(self.out, "    <dc:{name} id=\"{id}\">");
        escape(value, &mut self.out);
        let _ = writeln!(self.out, "</dc:{name}>");
        for (property, scheme, value) in more {
            self.refine(&id, property, scheme, value);
        }
    }

    fn refine(&mut self, id: &str, property: &str, scheme: &str, value: &str) {
        let scheme =
            if scheme.is_empty() { String::new() } else { format!(" scheme=\"{scheme}\"") };
        let _ = write!(self.out, "    <meta refines=\"#{id}\" property=\"{property}\"{scheme}>");
        escape(value, &mut self.out);
        self.out.push_str("</meta>\n");
    }

    fn meta(&mut self, property: &str, value: &str) {
        let _ = write!(self.out, "    <meta property=\"{property}\">");
        escape(value, &mut self.out);
        self.out.push_str("</meta>\n");
    }
}

/// The elements of the package's metadata.
pub(super) fn metadata(issue: &Issue) -> String {
    let mut own = Metadata { out: String::new(), named: 0 };
    let id = identifier(issue);
    let _ = writeln!(own.out, "    <dc:identifier id=\"epub-id-1\">urn:uuid:{id}</dc:identifier>");
    if let Some(issn) = issue.issn {
        own.dc("identifier", &format!("urn:issn:{issn}"));
    }
    titles(issue, &mut own);
    people(issue, &mut own);
    own.dc("language", &issue.language);
    for credit in &issue.masthead {
        if credit.key == "publisher" {
            credit.values.iter().for_each(|name| own.dc("publisher", name));
        }
    }
    // Without a date the package still must say when it was modified; it then says a fixed day.
    let date = issue.edition_date();
    if let Some(date) = &date {
        own.dc("date", date);
    }
    let modified = date.as_deref().and_then(day).unwrap_or_default();
    own.meta("dcterms:modified", &modified.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    for (name, text) in [("description", &issue.description), ("rights", &issue.rights)] {
        if let Some(text) = text {
            own.dc(name, text);
        }
    }
    if let Some(source) = issue.source() {
        own.dc("source", source);
    }
    subjects(issue).iter().for_each(|subject| own.dc("subject", subject));
    series(issue, &mut own);
    own.meta("pageBreakSource", &format!("{}.pdf", issue.file_stem()));
    accessibility(issue, &mut own);
    own.out.push_str("    <meta name=\"cover\" content=\"cover-image\"/>\n  ");
    own.out
}

/// The issue's title, and that of its periodical.
fn titles(issue: &Issue, own: &mut Metadata) {
    let number = issue.year_and_number();
    match &issue.title {
        Some(title) if !number.is_empty() => {
            let main = format!("{title} {number}");
            own.refined("title", &main, &[("title-type", "", "main"), ("display-seq", "", "1")]);
            let more = [("title-type", "", "collection"), ("display-seq", "", "2")];
            own.refined("title", title, &more);
        }
        _ => own.refined("title", &issue.edition_title(), &[("title-type", "", "main")]),
    }
}

/// Authors, then those who made the issue (MARC relators).
fn people(issue: &Issue, own: &mut Metadata) {
    let role = |code: &'static str| ("role", "marc:relators", code);
    for (name, at) in issue.authors().iter().zip(1..) {
        own.refined("creator", name, &[role("aut"), ("display-seq", "", &format!("{at}"))]);
    }
    let mut named: Vec<&str> = Vec::new();
    let editors = issue.articles().filter_map(|article| article.metadata.editor.as_ref());
    let editors = editors.map(|editor| (editor.as_str(), "edt"));
    let credits = issue.masthead.iter().flat_map(|credit| {
        let code = match credit.key {
            "editor-in-chief" | "deputy-editor" | "editors" => "edt",
            "design" => "bkd",
            _ => "",
        };
        credit
            .values
            .iter()
            .filter(move |_| !code.is_empty())
            .map(move |name| (name.as_str(), code))
    });
    for (name, code) in credits.chain(editors) {
        if !named.contains(&name) {
            named.push(name);
            own.refined("contributor", name, &[role(code)]);
        }
    }
}

/// Sections and keywords, each once.
fn subjects(issue: &Issue) -> Vec<String> {
    let sections = issue.sections.iter().filter_map(|section| section.name.clone());
    let words = issue.articles().flat_map(|article| &article.metadata.keywords);
    let mut out: Vec<String> = Vec::new();
    for subject in sections.chain(words.map(|word| word.as_str().to_owned())) {
        if !out.contains(&subject) {
            out.push(subject);
        }
    }
    out
}

/// The periodical as a collection, and the issue's place in it.
fn series(issue: &Issue, own: &mut Metadata) {
    let Some(title) = &issue.title else { return };
    own.out.push_str("    <meta property=\"belongs-to-collection\" id=\"series\">");
    escape(title, &mut own.out);
    own.out.push_str("</meta>\n");
    own.refine("series", "collection-type", "", "series");
    let plain = |number: &&String| number.chars().all(|c| c.is_ascii_digit());
    let number = issue.total.map(|total| total.to_string());
    let own_number = || issue.number.as_ref().filter(plain).cloned();
    if let Some(number) = number.or_else(own_number) {
        own.refine("series", "group-position", "", &number);
    }
    if let Some(issn) = issue.issn {
        own.refine("series", "dcterms:identifier", "", &format!("urn:issn:{issn}"));
    }
}

/// What readers of all kinds find; what it conforms to only where that is so.
fn accessibility(issue: &Issue, own: &mut Metadata) {
    let pictures = issue.articles().any(|article| !article.pictures.is_empty());
    let described = issue.articles().all(all_described);
    let readings = issue.articles().any(has_readings);
    own.meta("schema:accessMode", "textual");
    if pictures {
        own.meta("schema:accessMode", "visual");
        own.meta("schema:accessModeSufficient", "textual,visual");
    }
    if described {
        own.meta("schema:accessModeSufficient", "textual");
    }
    let features = [
        ("tableOfContents", true),
        ("readingOrder", true),
        ("structuralNavigation", true),
        ("pageNavigation", true),
        ("pageBreakMarkers", true),
        ("displayTransformability", true),
        ("alternativeText", pictures && described),
        ("rubyAnnotations", readings),
    ];
    for (feature, _) in features.iter().filter(|(_, has)| *has) {
        own.meta("schema:accessibilityFeature", feature);
    }
    own.meta("schema:accessibilityHazard", "none");
    let summary = match (issue.language.starts_with("zh"), described) {
        (true, true) => {
            "目录、标题、页码和注释都可以跳转；图片都有文字说明；字号、字体和颜色由读者决定。"
        }
        (true, false) => {
            "目录、标题、页码和注释都可以跳转；有的图片没有文字说明；字号、字体和颜色由读者决定。"
        }
        (false, true) => {
            "Contents, headings, pages and notes can be reached; every picture is described; size, face and colour are the reader’s."
        }
        (false, false) => {
            "Contents, headings, pages and notes can be reached; some pictures are not described; size, face and colour are the reader’s."
        }
    };
    own.meta("schema:accessibilitySummary", summary);
    if described {
        own.meta("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA");
    }
}

/// Whether every picture of an article says what it shows, or that it is decoration.
fn all_described(article: &Article) -> bool {
    let mut all = true;
    if !article.pictures.is_empty() {
        article.clone().all_blocks_mut().for_each(|block| {
            block
                .each_image_mut(&mut |image| all &= image.picture.is_none() || image.alt.is_some());
        });
    }
    all
}

fn has_readings(article: &Article) -> bool {
    let ruby =
        |inlines: &[Inline]| inlines.iter().any(|inline| matches!(inline, Inline::Ruby { .. }));
    let mut found = false;
    article.blocks.iter().for_each(|block: &Block| {
        block.each_piece(&mut |piece| {
            if let crate::article::Piece::Inlines(inlines) = piece {
                found |= ruby(inlines);
            }
        });
    });
    found
}
