//! An issue as Dublin Core (ISO 15836), in the XML that libraries exchange it in.

use crate::issue::Issue;
use quick_xml::escape::escape;
use std::fmt::Write;

/// The issue's description: what it is, who wrote it, and each article as a part of it.
#[must_use]
pub fn dublin_core(issue: &Issue) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\">\n",
    );
    for (name, value) in elements(issue) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  <{name}>{}</{name}>", escape(value.trim()));
    }
    out.push_str("</metadata>\n");
    out
}

/// Elements and their values, in order; none without a value.
fn elements(issue: &Issue) -> Vec<(&'static str, String)> {
    let credit = |key: &str| issue.masthead.iter().find(|credit| credit.key == key);
    let publisher = credit("publisher").or_else(|| credit("sponsor"));
    let name = [issue.edition_title(), issue.year_and_number()].join(" ");
    let mut out = vec![("dc:title", name)];
    let creators = issue.authors().into_iter().map(|author| ("dc:creator", author));
    out.extend(creators);
    out.extend(publisher.map(|credit| ("dc:publisher", credit.values.join("、"))));
    out.extend(issue.edition_date().map(|date| ("dc:date", date)));
    out.push(("dc:language", issue.language.clone()));
    out.extend(issue.issn.map(|issn| ("dc:identifier", format!("urn:issn:{issn}"))));
    out.extend(issue.cn.as_ref().map(|cn| ("dc:identifier", cn.to_string())));
    out.extend(issue.description.clone().map(|text| ("dc:description", text)));
    out.extend(issue.rights.clone().map(|text| ("dc:rights", text)));
    out.extend(issue.source().map(|source| ("dc:source", source.to_owned())));
    out.extend(issue.title.clone().map(|title| ("dcterms:isPartOf", title)));
    for section in &issue.sections {
        out.extend(section.name.clone().map(|name| ("dc:subject", name)));
    }
    for article in issue.articles() {
        let authors = article.metadata.author_names().join("、");
        let by = if authors.is_empty() { authors } else { format!("／{authors}") };
        out.push(("dcterms:hasPart", format!("{}{by}", article.title())));
    }
    for kind in ["application/pdf", "application/epub+zip"] {
        out.push(("dc:format", kind.to_owned()));
    }
    out.push(("dc:type", "Text".to_owned()));
    out.retain(|(_, value)| !value.trim().is_empty());
    out
}
