//! Progress on a terminal: how many articles of an issue are read and which edition is made, or
//! how many issues are done. Nothing in a pipe.

use super::Terminal;
use crate::diagnostics::Language;
use crate::press::{Progress, Step};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;

/// A bar, or none.
pub(super) struct Bar {
    bar: ProgressBar,
    language: Language,
    /// Whether it counts issues, not articles.
    many: bool,
}

impl Bar {
    pub(super) fn new(terminal: &Terminal, issues: usize) -> Self {
        let many = issues > 1;
        let bar = match terminal.watched() {
            true => ProgressBar::new(if many { issues as u64 } else { 0 }),
            false => ProgressBar::hidden(),
        };
        // How many articles there are is not known before they are found.
        bar.set_style(if many { counting() } else { saying() });
        Self { bar, language: terminal.language, many }
    }

    /// Tells it how far an issue is.
    pub(super) fn watch(&self, job: &[PathBuf]) -> Progress {
        let (bar, language) = (self.bar.clone(), self.language);
        if self.many {
            let name = job.first().map(|path| path.display().to_string()).unwrap_or_default();
            return Progress::to(move |step| {
                if matches!(step, Step::Typeset) {
                    bar.set_message(name.clone());
                }
            });
        }
        Progress::to(move |step| {
            if let Step::Article(number, count) = step {
                if bar.length() == Some(0) {
                    bar.set_style(counting());
                }
                bar.set_length(count as u64);
                bar.set_position(number as u64);
            }
            bar.set_message(words(step, language));
        })
    }

    /// Counts one more issue that is done.
    pub(super) fn count(&self) {
        if self.many {
            self.bar.inc(1);
        }
    }

    /// Makes room for what is written meanwhile.
    pub(super) fn aside(&self, write: impl FnOnce()) {
        self.bar.suspend(write);
    }

    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// So many of so many.
fn counting() -> ProgressStyle {
    let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}");
    style.unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Words alone.
fn saying() -> ProgressStyle {
    ProgressStyle::with_template("{msg}").unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn words(step: Step, language: Language) -> String {
    let (chinese, english) = match step {
        Step::Article(..) => ("读入文章", "reading"),
        Step::Typeset => ("排版", "setting the pages"),
        Step::Verify => ("核对", "reading back"),
        Step::Edition(name) => {
            return match language {
                Language::Chinese => format!("生成 {name}"),
                Language::English => format!("making {name}"),
            };
        }
    };
    match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.to_owned(),
    }
}
