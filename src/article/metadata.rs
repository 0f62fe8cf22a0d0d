//! What is said about an article rather than in it.

use super::Text;
use serde::Serialize;

/// Fields of an article; each is what the source says, or absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Metadata {
    /// 引题, above the title.
    pub overline: Option<Text>,
    /// 标题.
    pub title: Option<Text>,
    /// 副题, below the title.
    pub subtitle: Option<Text>,
    /// 作者.
    pub authors: Vec<Author>,
    /// 来源: where it was published first.
    pub source: Option<Text>,
    /// When it was published.
    pub date: Option<Date>,
    /// 导读.
    pub summary: Option<Text>,
    /// 责任编辑.
    pub editor: Option<Text>,
}

/// One author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Author {
    /// The name.
    pub name: Text,
}

/// A date as written, and as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Date {
    /// As written, time included.
    pub text: Text,
    /// Year.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

impl Metadata {
    /// Every text of the metadata.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let Self { overline, title, subtitle, authors, source, date, summary, editor } = self;
        [overline, title, subtitle]
            .into_iter()
            .flatten()
            .chain(authors.iter().map(|a| &a.name))
            .chain([source, summary, editor].into_iter().flatten())
            .chain(date.iter().map(|d| &d.text))
    }

    /// The texts that are words, for rules that change words; dates are left alone.
    pub fn words_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        let Self { overline, title, subtitle, authors, source, summary, editor, .. } = self;
        [overline, title, subtitle, source, summary, editor]
            .into_iter()
            .flatten()
            .chain(authors.iter_mut().map(|a| &mut a.name))
    }

    /// The authors' names, in order.
    #[must_use]
    pub fn author_names(&self) -> Vec<&str> {
        self.authors.iter().map(|a| a.name.as_str()).collect()
    }
}

impl Date {
    /// `2021-04-26`.
    #[must_use]
    pub fn iso(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
