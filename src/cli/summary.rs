//! What a build did, as an editor's note.

use crate::copyedit::words;
use crate::diagnostics::Language;
use crate::press::{RuleTally, Tally};
use std::fmt::Write;
use std::path::PathBuf;

/// The summary: counts, what was taken out, what was changed, and the files.
pub(super) fn summary(
    tally: &Tally,
    written: &[PathBuf],
    verbose: bool,
    language: Language,
) -> String {
    let Tally { articles, pages, .. } = tally;
    let pages = match language {
        Language::Chinese => format!("{articles} 篇文章，{pages} 页；"),
        Language::English => format!("{articles} article(s), {pages} pages; "),
    };
    pages + &note(tally, written, verbose, language)
}

/// The editor's note: what was kept, what was taken out, what was changed, and the files.
pub(super) fn note(
    tally: &Tally,
    written: &[PathBuf],
    verbose: bool,
    language: Language,
) -> String {
    let mut out = String::new();
    let Tally { characters, kept, rules, .. } = tally;
    // Writing to a string cannot fail.
    let _ = match language {
        Language::Chinese => writeln!(out, "原文 {characters} 字，其中 {kept} 字原样保留。"),
        Language::English => {
            writeln!(out, "{characters} characters read, {kept} kept as they are.")
        }
    };
    let (removed, changed): (Vec<&RuleTally>, Vec<&RuleTally>) =
        rules.iter().partition(|rule| rule.removed);
    let (took_out, altered) = match language {
        Language::Chinese => ("删去", "改动"),
        Language::English => ("Removed", "Changed"),
    };
    list(took_out, &removed, verbose, language, &mut out);
    list(altered, &changed, verbose, language, &mut out);
    for path in written {
        let _ = writeln!(out, "→ {}", path.display());
    }
    out
}

fn list(heading: &str, rules: &[&RuleTally], verbose: bool, language: Language, out: &mut String) {
    if rules.is_empty() {
        return;
    }
    let _ = writeln!(out, "{heading}:");
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
        let sample = if sample.is_empty() { sample } else { format!("  {sample}") };
        let _ = writeln!(out, "  {what}  {times}{sample}");
    }
}
