//! What `<br>` means: the end of a paragraph, of a stanza, or of a line of verse.

use crate::ingest::row::{Kind, Leaf, Styles, blank, is_blank};

/// Whether lines after a `<br>` are indented: then each of them is a paragraph.
pub(super) fn is_indented(leaves: &[Leaf]) -> bool {
    let after = leaves.windows(2).filter_map(|pair| match pair {
        [Leaf { kind: Kind::Break, .. }, Leaf { kind: Kind::Words(text), .. }] => {
            Some(text.as_str())
        }
        _ => None,
    });
    let indented = |line: &str| {
        let lead: String = line.chars().filter(|c| *c != '\n' && *c != '\r').take(8).collect();
        let lead: String = lead.chars().take_while(|c| blank(*c)).collect();
        lead.contains("\u{3000}\u{3000}")
            || lead.matches('\u{A0}').count() >= 2
            || lead.matches('\u{2003}').count() >= 2
    };
    after.filter(|line| indented(line)).count() > 0
}

/// Whether lines are paragraphs rather than verse: they are long, or end as sentences do.
pub(super) fn are_paragraphs(lines: &[&[Leaf]]) -> bool {
    let said: Vec<String> = lines.iter().map(|line| said(line)).filter(|s| !s.is_empty()).collect();
    let long = said.iter().filter(|line| line.chars().count() >= 25).count();
    long * 2 >= said.len()
}

fn said(line: &[Leaf]) -> String {
    let words = line.iter().map(|leaf| match &leaf.kind {
        Kind::Words(text) | Kind::Code(text) | Kind::Ruby { base: text, .. } => text.as_str(),
        _ => "",
    });
    words.collect::<String>().trim().to_owned()
}

/// Lines between blank ones.
pub(super) fn stanzas<'l>(lines: &[&'l [Leaf]]) -> Vec<Vec<&'l [Leaf]>> {
    let mut out: Vec<Vec<&[Leaf]>> = vec![Vec::new()];
    for line in lines {
        let picture = line.iter().any(|leaf| matches!(leaf.kind, Kind::Image(_)));
        if is_blank(line) || picture {
            out.push(Vec::new());
        }
        if let Some(stanza) = out.last_mut().filter(|_| !is_blank(line)) {
            stanza.push(line);
        }
        if picture {
            out.push(Vec::new());
        }
    }
    out
}

/// Lines with breaks between them.
pub(super) fn joined(lines: &[&[Leaf]]) -> Vec<Leaf> {
    let broken = Leaf { kind: Kind::Break, styles: Styles::default(), link: None };
    let lines: Vec<&[Leaf]> = lines.iter().copied().filter(|line| !is_blank(line)).collect();
    lines.join(&broken)
}
