//! What a build did, as an editor's note.

use crate::copyedit::words;
use crate::diagnostics::Language;
use crate::press::{Change, RuleTally, Tally};
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Duration;

/// What came of all issues of a run.
#[derive(Debug, Default)]
pub(super) struct Total {
    pub(super) issues: usize,
    /// The names of those that have errors.
    pub(super) failed: Vec<String>,
    pub(super) tally: Tally,
    pub(super) warnings: usize,
    pub(super) written: Vec<PathBuf>,
    pub(super) time: Duration,
}

impl Total {
    /// Adds what came of one issue.
    pub(super) fn add(&mut self, job: &[PathBuf], tally: &Tally, warnings: usize, code: u8) {
        self.tally.add(tally);
        self.warnings += warnings;
        if code != 0 {
            self.failed.extend(job.first().map(|path| path.display().to_string()));
        }
    }
}

/// The summary of one issue: counts, what was taken out, what was changed, and the files.
pub(super) fn summary(total: &Total, verbose: bool, language: Language) -> String {
    counts(total, language) + &note(&total.tally, &total.written, verbose, language)
}

/// The summary of several issues, or of a check.
pub(super) fn total(total: &Total, written: bool, language: Language) -> String {
    let Total { issues, failed, .. } = total;
    let good = issues - failed.len();
    let mut out = String::new();
    if *issues > 1 {
        out = match (language, written) {
            (Language::Chinese, true) => format!("{issues} 期，做好 {good} 期。\n"),
            (Language::Chinese, false) => format!("{issues} 期，{good} 期没有错误。\n"),
            (Language::English, true) => format!("{issues} issues, {good} made.\n"),
            (Language::English, false) => format!("{issues} issues, {good} without errors.\n"),
        };
        for name in failed {
            let _ = match language {
                Language::Chinese => writeln!(out, "有错误：{name}"),
                Language::English => writeln!(out, "errors: {name}"),
            };
        }
    }
    out + &counts(total, language)
}

/// Articles, pages, pictures, faces, warnings and time, in a line.
fn counts(total: &Total, language: Language) -> String {
    let Total { tally, warnings, time, .. } = total;
    let Tally { articles, pages, pictures, .. } = tally;
    let faces = tally.faces.len();
    let time = format!("{:.1}", time.as_secs_f32());
    match language {
        Language::Chinese => format!(
            "{articles} 篇文章，{pages} 页，{pictures} 幅图，{faces} 种字体；{warnings} 条警告；用时 {time} 秒。\n"
        ),
        Language::English => format!(
            "{articles} article(s), {pages} pages, {pictures} picture(s), {faces} faces; {warnings} warning(s); {time} s.\n"
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
    let mut out = String::new();
    let Tally { characters, kept, changed, removed, rules, .. } = tally;
    // Writing to a string cannot fail.
    let _ = match language {
        Language::Chinese => writeln!(
            out,
            "原文 {characters} 字：原样保留 {kept} 字，改动 {changed} 字，删去 {removed} 字。"
        ),
        Language::English => {
            writeln!(
                out,
                "{characters} characters read: {kept} kept, {changed} changed, {removed} removed."
            )
        }
    };
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
    let sign = |c: char| match c {
        '\n' => '⏎',
        c if c.is_control() || c.is_whitespace() => '␣',
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' => '◌',
        c => c,
    };
    text.chars().map(sign).collect()
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
        let sample = if sample.is_empty() || each { String::new() } else { format!("  {sample}") };
        let _ = writeln!(out, "  {what}  {times}{sample}");
        for Change { place, old, new } in rule.each.iter().filter(|_| each) {
            let arrow = if new.is_empty() { "" } else { " → " };
            let _ = writeln!(out, "    {place}  {}{arrow}{}", visible(old), visible(new));
        }
    }
}
