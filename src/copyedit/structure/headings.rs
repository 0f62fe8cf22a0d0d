//! Lines of the body → headings and paragraphs.
//!
//! A number is a heading's when it stands in a series. A line without a number is one when its
//! author marked it, or when several of its kind each open a part of the text.

use super::classify::{Class, numbering, run_in_end};
use super::entry::{Entry, Line, after, unmarked};
use super::series::in_series;
use crate::article::{Block, Confidence, Heading, Inline, Paragraph, Role, Text};
use crate::diagnostics::{Code, Diagnostic, Sink};

/// The most characters of a heading without a number.
const SHORT: usize = 30;

/// The fewest characters of a paragraph that a heading without a number and weight may open.
const LONG: usize = 40;

/// Turns classified entries into blocks.
pub(super) fn settle(entries: Vec<(Class, Entry)>, sink: &mut Sink) -> Vec<Block> {
    let marked = entries.iter().any(|(_, entry)| matches!(entry.block, Block::Heading(_)));
    let numbers: Vec<_> = entries.iter().map(|(class, entry)| number(*class, entry)).collect();
    let series = in_series(&numbers);
    let shift = if marked { 0 } else { chapters(&entries) };
    let plain = if marked { vec![false; entries.len()] } else { unnumbered(&entries) };
    let below = entries.iter().zip(&series).filter_map(|((class, _), series)| match class {
        Class::Heading(level) | Class::RunIn(level) if *series => Some(level + shift),
        _ => None,
    });
    let together = lengths(&numbers, &series);
    let plain_level = (below.max().unwrap_or(shift) + 1).min(5);
    let mut out = Vec::with_capacity(entries.len());
    for (at, (class, entry)) in entries.into_iter().enumerate() {
        let level = |level: u8| (level + shift).min(5);
        let block = match class {
            Class::Chapter(level) if !marked => {
                heading(level.min(shift), Confidence::Certain, entry.block)
            }
            Class::Heading(number) if series[at] => {
                heading(level(number), sure_of(together[at]), entry.block)
            }
            Class::RunIn(number) if series[at] => {
                run_in(number, level(number), sure_of(together[at]), entry)
            }
            Class::Heading(_) | Class::RunIn(_) => {
                report_lone(&entry, sink);
                entry.block
            }
            _ if plain[at] => {
                let strong = entry.line.as_ref().is_some_and(|line| line.strong);
                if !strong {
                    report_doubtful(&entry, sink);
                }
                let sure = if strong { Confidence::Likely } else { Confidence::Doubtful };
                heading(plain_level, sure, entry.block)
            }
            class => with_role(class, entry.block),
        };
        out.push(block);
    }
    out
}

fn number(class: Class, entry: &Entry) -> Option<(u8, u32)> {
    if matches!(entry.block, Block::Heading(_)) {
        return numbering(&entry.block.plain()).map(|(level, number, _)| (level, number));
    }
    match class {
        Class::Heading(_) | Class::RunIn(_) | Class::Item(_) => {
            numbering(entry.as_str()).map(|(level, number, _)| (level, number))
        }
        _ => None,
    }
}

/// How many levels of 章 and 节 stand above numbered headings.
fn chapters(entries: &[(Class, Entry)]) -> u8 {
    let level = |class: &Class| match class {
        Class::Chapter(level) => *level,
        _ => 0,
    };
    entries.iter().map(|(class, _)| level(class)).max().unwrap_or(0)
}

/// For each line of a series, how many lines of its level the series has.
fn lengths(numbers: &[Option<(u8, u32)>], series: &[bool]) -> Vec<usize> {
    let level = |at: usize| numbers[at].filter(|_| series[at]).map(|(level, _)| level);
    let mut counts = std::collections::BTreeMap::new();
    for level in (0..numbers.len()).filter_map(level) {
        *counts.entry(level).or_insert(0) += 1;
    }
    let count = |at| level(at).and_then(|level| counts.get(&level).copied()).unwrap_or(0);
    (0..numbers.len()).map(count).collect()
}

const fn sure_of(series: usize) -> Confidence {
    if series > 1 { Confidence::Certain } else { Confidence::Likely }
}

fn heading(level: u8, confidence: Confidence, block: Block) -> Block {
    match block {
        Block::Paragraph(paragraph) => Block::Heading(Heading {
            level: level.max(1),
            confidence,
            inlines: unmarked(paragraph.inlines),
        }),
        block => block,
    }
}

/// Which lines without a number are headings: short ones that are strong or centred and strong,
/// or at least two short ones each of which opens a part with long paragraphs.
fn unnumbered(entries: &[(Class, Entry)]) -> Vec<bool> {
    let strong = candidates(entries, |line| line.strong, 1);
    if strong.contains(&true) {
        return strong;
    }
    let plain = candidates(entries, |line| !line.centred, LONG);
    let enough = plain.iter().filter(|is| **is).count() >= 2;
    // Where most lines are short, short lines are verse or a list.
    let short = entries.iter().filter(|(class, _)| *class == Class::MaybeHeading).count();
    let sparse = short * 4 <= entries.len();
    if enough && sparse { plain } else { vec![false; entries.len()] }
}

/// Short lines that fit, each followed by a paragraph of at least `long` characters.
fn candidates(entries: &[(Class, Entry)], fits: impl Fn(&Line) -> bool, long: usize) -> Vec<bool> {
    let is_candidate = |at: usize| {
        let (class, entry) = &entries[at];
        let length = entry.as_str().chars().count();
        let ended = entry.as_str().ends_with([
            '。', '；', '，', '：', '？', '！', '.', ';', ',', ':', '?', '!', '）', ')', '”', '】',
            '」', '』', '…', '—',
        ]);
        let kind = match class {
            Class::MaybeHeading => true,
            Class::Body => length <= SHORT && long == 1,
            _ => false,
        };
        kind && !ended && length >= 2 && entry.line.as_ref().is_some_and(&fits)
    };
    let opens = |at: usize| match entries.get(at + 1) {
        Some((_, next)) => match &next.block {
            Block::Paragraph(_) => next.block.plain().chars().count() >= long,
            _ => true,
        },
        None => false,
    };
    let is: Vec<bool> = (0..entries.len()).map(|at| is_candidate(at) && opens(at)).collect();
    // Several in a row are a letterhead or a list, not headings of what follows.
    let alone = |at: usize| {
        let beside = [at.checked_sub(1), Some(at + 1)];
        beside.into_iter().flatten().all(|at| !is.get(at).copied().unwrap_or(false))
    };
    (0..is.len()).map(|at| is[at] && alone(at)).collect()
}

fn report_lone(entry: &Entry, sink: &mut Sink) {
    let line = entry.as_str();
    let rest = numbering(line).map_or("", |(_, _, rest)| rest);
    let number = line.strip_suffix(rest).unwrap_or_default();
    let finding = Diagnostic::new(Code::LoneNumber).with("number", number);
    let place = entry.line.as_ref().and_then(|line| line.text.origin(0));
    sink.push(match place {
        Some(span) => finding.at_span(span),
        None => finding,
    });
}

fn report_doubtful(entry: &Entry, sink: &mut Sink) {
    let finding = Diagnostic::new(Code::DoubtfulHeading).with("heading", entry.as_str().trim());
    let place = entry.line.as_ref().and_then(|line| line.text.origin(0));
    sink.push(match place {
        Some(span) => finding.at_span(span),
        None => finding,
    });
}

/// Gives a paragraph the role of its class.
fn with_role(class: Class, block: Block) -> Block {
    let role = match class {
        Class::EditorNote => Role::EditorNote,
        Class::Caption => Role::Caption,
        Class::Note => Role::Note,
        Class::Affiliation => Role::AuthorNote,
        Class::Break => return broken(block),
        _ => return block,
    };
    match block {
        Block::Paragraph(paragraph) => Block::Paragraph(Paragraph { role, ..paragraph }),
        block => block,
    }
}

fn broken(block: Block) -> Block {
    let mut marks = Text::default();
    block.texts().into_iter().for_each(|text| marks.append(text));
    Block::Break { marks }
}

/// Parts a paragraph after the 。 that ends its heading.
fn run_in(number: u8, level: u8, confidence: Confidence, entry: Entry) -> Block {
    let Entry { block: Block::Paragraph(paragraph), line: Some(line) } = entry else {
        return entry.block;
    };
    let value = line.text.as_str();
    let rest = numbering(value).map_or(value, |(_, _, rest)| rest);
    let end = value.len() - rest.len() + run_in_end(number, rest).unwrap_or(0);
    let inlines = vec![Inline::Text(line.text.slice(0..end))];
    let heading = Heading { level, confidence, inlines };
    let inlines = after(paragraph.inlines, &mut end.clone());
    Block::Paragraph(Paragraph { role: Role::Body, run_in: Some(heading), inlines })
}

#[cfg(test)]
mod tests {
    use super::super::classify::{Zone, classify};
    use super::*;
    use crate::article::Style;
    use crate::source::FileId;

    /// The headings of some lines, with how sure they are; a line in asterisks is strong.
    fn headings(lines: &[&str]) -> Vec<(String, Confidence)> {
        let entry = |line: &&str| {
            let bare = line.trim_matches('*');
            let text = vec![Inline::Text(Text::kept(bare, FileId(0), 0))];
            let strong = Inline::Styled { style: Style::Strong, inlines: text.clone() };
            let inlines = if bare == *line { text } else { vec![strong] };
            (classify(bare, Zone::Body), Entry::of(Block::body(inlines)))
        };
        let entries = lines.iter().map(entry).collect();
        let blocks = settle(entries, &mut Sink::default());
        let headings = blocks.iter().filter_map(Block::heading);
        headings.map(|h| (crate::article::plain(&h.inlines), h.confidence)).collect()
    }

    #[test]
    fn a_heading_is_as_sure_as_its_signs() {
        use Confidence as C;
        let text = "各地要加强基层建设，充实一线力量，完善工作机制，推动各项任务落到实处，不断提高治理的水平和能力。";
        let found = headings(&["一、总体要求", text, "二、主要任务", text]);
        assert_eq!(
            found,
            [("一、总体要求".into(), C::Certain), ("二、主要任务".into(), C::Certain)]
        );
        assert_eq!(headings(&["一、总体要求", text]), [("一、总体要求".into(), C::Likely)]);
        assert_eq!(headings(&["*总体要求*", text]), [("总体要求".into(), C::Likely)]);
        let found = headings(&["总体要求", text, text, text, "主要任务", text, text, text]);
        assert_eq!(found, [("总体要求".into(), C::Doubtful), ("主要任务".into(), C::Doubtful)]);
        assert_eq!(headings(&["三、总体要求", text]), [], "a lone 三、");
    }
}
