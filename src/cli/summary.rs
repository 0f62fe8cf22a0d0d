//! What a build did, as an editor's note.

use crate::copyedit::words;
use crate::diagnostics::Language;
use crate::press::{Change, RuleTally, Tally};
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Duration;
use unicode_width::UnicodeWidthStr;

/// What came of one issue of many.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// What it was called on the command line.
    pub(super) name: String,
    pub(super) articles: usize,
    pub(super) pages: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// Whether its editions were written, or nothing is wrong with it.
    pub(super) good: bool,
}

/// What came of all issues of a run.
#[derive(Debug, Default)]
pub(super) struct Total {
    pub(super) issues: Vec<Line>,
    pub(super) tally: Tally,
    pub(super) written: Vec<PathBuf>,
    pub(super) time: Duration,
}

impl Total {
    /// Adds what came of one issue.
    pub(super) fn add(&mut self, line: Line, tally: &Tally) {
        self.tally.add(tally);
        self.issues.push(line);
    }

    fn errors(&self) -> usize {
        self.issues.iter().map(|line| line.errors).sum()
    }

    fn warnings(&self) -> usize {
        self.issues.iter().map(|line| line.warnings).sum()
    }
}

/// The summary of one issue: counts, what was taken out, what was changed, and the files.
pub(super) fn summary(total: &Total, verbose: bool, language: Language) -> String {
    counts(total, language) + &note(&total.tally, &total.written, verbose, language)
}

/// The summary of an issue of which nothing was written.
pub(super) fn nothing(total: &Total, language: Language) -> String {
    let faults = faults(total.errors(), total.warnings(), language);
    match language {
        Language::Chinese => format!("没有生成：{faults}。以前的文件没有动。\n"),
        Language::English => {
            format!("Nothing was written: {faults}. Earlier files are as they were.\n")
        }
    }
}

/// The summary of several issues, or of a check.
pub(super) fn total(total: &Total, written: bool, language: Language) -> String {
    let (issues, good) = (total.issues.len(), total.issues.iter().filter(|line| line.good).count());
    let mut out = String::new();
    if issues > 1 {
        out = match (language, written) {
            (Language::Chinese, true) => format!("{issues} 期，做好 {good} 期。\n"),
            (Language::Chinese, false) => format!("{issues} 期，{good} 期没有错误。\n"),
            (Language::English, true) => format!("{issues} issues, {good} made.\n"),
            (Language::English, false) => format!("{issues} issues, {good} without errors.\n"),
        };
        let widest = total.issues.iter().map(|line| line.name.width()).max().unwrap_or(0);
        for line in &total.issues {
            out.push_str(&row(line, widest.min(WIDEST), written, language));
        }
    }
    out.push_str(&counts(total, language));
    if issues > 1 {
        out.push_str(&characters(&total.tally, language));
    }
    out
}

/// The most cells of a terminal that names of issues are filled up to.
const WIDEST: usize = 32;

/// One issue of many.
fn row(line: &Line, wide: usize, written: bool, language: Language) -> String {
    let Line { name, articles, pages, errors, warnings, good } = line;
    let gap = " ".repeat(wide.saturating_sub(name.width()) + 2);
    let faults = faults(*errors, *warnings, language);
    match (good, language) {
        (false, Language::Chinese) if written => format!("  {name}{gap}没有生成：{faults}\n"),
        (false, Language::English) if written => format!("  {name}{gap}not made: {faults}\n"),
        (_, Language::Chinese) => format!("  {name}{gap}{articles} 篇，{pages} 页；{faults}\n"),
        (_, Language::English) => {
            let (articles, pages) = (number(*articles, "article"), number(*pages, "page"));
            format!("  {name}{gap}{articles}, {pages}; {faults}\n")
        }
    }
}

/// So many of something in English.
fn number(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn faults(errors: usize, warnings: usize, language: Language) -> String {
    match language {
        Language::Chinese => format!("{errors} 个错误，{warnings} 条警告"),
        Language::English => {
            format!("{}, {}", number(errors, "error"), number(warnings, "warning"))
        }
    }
}

/// Articles, pages, pictures, faces, faults and time, in a line.
fn counts(total: &Total, language: Language) -> String {
    let Total { tally, time, .. } = total;
    let Tally { articles, pages, pictures, .. } = *tally;
    let faces = tally.faces.len();
    let faults = faults(total.errors(), total.warnings(), language);
    let time = format!("{:.1}", time.as_secs_f32());
    match language {
        Language::Chinese => format!(
            "{articles} 篇文章，{pages} 页，{pictures} 幅图，{faces} 种字体；{faults}；用时 {time} 秒。\n"
        ),
        Language::English => format!(
            "{}, {}, {}, {}; {faults}; {time} s.\n",
            number(articles, "article"),
            number(pages, "page"),
            number(pictures, "picture"),
            number(faces, "font"),
        ),
    }
}

/// What became of the characters, in a line.
fn characters(tally: &Tally, language: Language) -> String {
    let Tally { characters, kept, changed, removed, .. } = tally;
    match language {
        Language::Chinese => format!(
            "原文 {characters} 字：原样保留 {kept} 字，改动 {changed} 字，删去 {removed} 字。\n"
        ),
        Language::English => format!(
            "{characters} characters read: {kept} kept, {changed} changed, {removed} removed.\n"
        ),
    }
}

/// The editor's note: what was kept, what was taken out, what was changed, and the files.
pub(super) fn note(
    tally: &Tally,
    written: &[PathBuf],
    verbose: bool,
    language: Language,
) -> String {
    let mut out = characters(tally, language);
    let rules = &tally.rules;
    let (removed, changed): (Vec<&RuleTally>, Vec<&RuleTally>) =
        rules.iter().partition(|rule| rule.removed);
    let (took_out, altered) = match language {
        Language::Chinese => ("删去：", "改动："),
        Language::English => ("Removed:", "Changed:"),
    };
    list(took_out, &removed, verbose, language, &mut out);
    list(altered, &changed, verbose, language, &mut out);
    for path in written {
        let _ = writeln!(out, "→ {}", path.display());
    }
    out
}

/// Words on one line, with signs for the spaces in them and for what has no look.
fn visible(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\n' => out.push('⏎'),
            ' ' | '\t' | '\r' => out.push('␣'),
            '\u{3000}' => out.push('□'),
            '\u{00AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' => {
                let _ = write!(out, "[U+{:04X}]", u32::from(c));
            }
            c if c.is_control() || c.is_whitespace() => {
                let _ = write!(out, "[U+{:04X}]", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

fn list(heading: &str, rules: &[&RuleTally], verbose: bool, language: Language, out: &mut String) {
    if rules.is_empty() {
        return;
    }
    let _ = writeln!(out, "{heading}");
    for rule in rules {
        let what = words(rule.rule, language);
        let times = match language {
            Language::Chinese => format!("{} 处", rule.times),
            Language::English => format!("{}×", rule.times),
        };
        let long = rule.sample.chars().count() > 24 && !verbose;
        let mut sample: String =
            rule.sample.chars().take(if long { 24 } else { usize::MAX }).collect();
        if long {
            sample.push('…');
        }
        let each = verbose && !rule.each.is_empty();
        let sample = if sample.is_empty() || each {
            String::new()
        } else {
            format!("  {}", visible(&sample))
        };
        let _ = writeln!(out, "  {what}  {times}{sample}");
        for Change { place, old, new } in rule.each.iter().filter(|_| each) {
            let arrow = if new.is_empty() { "" } else { " → " };
            let _ = writeln!(out, "    {place}  {}{arrow}{}", visible(old), visible(new));
        }
    }
}
