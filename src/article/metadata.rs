//! What is said about an article rather than in it.

use super::Text;
use serde::Serialize;

/// Fields of an article; each is what the source says, or absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
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
    /// The address it was published at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_url: Option<Text>,
    /// When it was published.
    pub date: Option<Date>,
    /// 栏目 it was published in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<Text>,
    /// 导读.
    pub summary: Option<Text>,
    /// 关键词.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<Text>,
    /// 责任编辑.
    pub editor: Option<Text>,
    /// Its language, where the file says so (BCP 47).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Text>,
    /// Who may do what with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rights: Option<Text>,
}

/// One author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Author {
    /// The name.
    pub name: Text,
    /// 单位.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub affiliation: Option<Text>,
}

impl From<Text> for Author {
    fn from(name: Text) -> Self {
        Self { name, affiliation: None }
    }
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
        self.fields().into_iter().map(|(_, text)| text)
    }

    /// Every text of the metadata with the name of its field, in the order they are read.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, &Text)> {
        let mut out = Vec::new();
        let single = [
            ("overline", self.overline.as_ref()),
            ("title", self.title.as_ref()),
            ("subtitle", self.subtitle.as_ref()),
            ("source", self.source.as_ref()),
            ("source-url", self.source_url.as_ref()),
            ("date", self.date.as_ref().map(|date| &date.text)),
            ("section", self.section.as_ref()),
            ("summary", self.summary.as_ref()),
            ("editor", self.editor.as_ref()),
            ("lang", self.lang.as_ref()),
            ("rights", self.rights.as_ref()),
        ];
        out.extend(single.into_iter().filter_map(|(name, text)| Some((name, text?))));
        for author in &self.authors {
            out.push(("author", &author.name));
            out.extend(author.affiliation.as_ref().map(|text| ("affiliation", text)));
        }
        out.extend(self.keywords.iter().map(|text| ("keywords", text)));
        out
    }

    /// Every text of the metadata, to be changed.
    pub fn texts_mut(&mut self) -> Vec<&mut Text> {
        let mut out: Vec<&mut Text> = Vec::new();
        let Self {
            overline,
            title,
            subtitle,
            authors,
            source,
            source_url,
            date,
            section,
            summary,
            keywords,
            editor,
            lang,
            rights,
        } = self;
        let single =
            [overline, title, subtitle, source, source_url, section, summary, editor, lang, rights];
        out.extend(single.into_iter().flatten());
        out.extend(date.as_mut().map(|date| &mut date.text));
        for author in authors {
            out.push(&mut author.name);
            out.extend(author.affiliation.as_mut());
        }
        out.extend(keywords);
        out
    }

    /// The texts that are words, for rules that change words; dates and addresses are left alone.
    pub fn words_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        let Self {
            overline,
            title,
            subtitle,
            authors,
            source,
            section,
            summary,
            keywords,
            editor,
            rights,
            ..
        } = self;
        let authors = authors.iter_mut().flat_map(|author| {
            std::iter::once(&mut author.name).chain(author.affiliation.as_mut())
        });
        [overline, title, subtitle, source, section, summary, editor, rights]
            .into_iter()
            .flatten()
            .chain(authors)
            .chain(keywords)
    }

    /// The authors' names, in order.
    #[must_use]
    pub fn author_names(&self) -> Vec<&str> {
        self.authors.iter().map(|a| a.name.as_str()).collect()
    }

    /// The authors in a row, each with where they work, as they stand below a title.
    #[must_use]
    pub fn byline(&self) -> String {
        let one = |author: &Author| match &author.affiliation {
            Some(work) => format!("{}（{}）", author.name.as_str(), work.as_str()),
            None => author.name.as_str().to_owned(),
        };
        self.authors.iter().map(one).collect::<Vec<_>>().join("　")
    }
}

impl Date {
    /// The date that `text` begins with, when there is one: `2021-04-26`, `2021/4/26`,
    /// `2021.4.26` or `2021年4月26日`, whatever comes after it.
    #[must_use]
    pub fn read(text: Text) -> Option<Self> {
        let (year, month, day) = calendar(text.as_str())?;
        Some(Self { text, year, month, day })
    }

    /// `2021-04-26`.
    #[must_use]
    pub fn iso(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Year, month and day at the head of a line, when they are a day of the calendar.
fn calendar(line: &str) -> Option<(u16, u8, u8)> {
    let mut numbers = [0u16; 3];
    let mut rest = line;
    for (at, number) in numbers.iter_mut().enumerate() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        let longest = if at == 0 { 4 } else { 2 };
        if digits.is_empty() || digits.len() > longest {
            return None;
        }
        *number = digits.parse().ok()?;
        let mark = |c| matches!(c, '-' | '/' | '.' | '年' | '月');
        rest = match at {
            2 => after,
            _ => after.trim_start().strip_prefix(mark)?.trim_start(),
        };
    }
    let [year, month, day] = numbers;
    let leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if year < 1000 || day == 0 || day > last {
        return None;
    }
    Some((year, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_of_the_calendar() {
        for (line, day) in [
            ("2021-04-26 16:16:21", Some((2021, 4, 26))),
            ("2021年4月6日", Some((2021, 4, 6))),
            ("2021 年 4 月 6 日", Some((2021, 4, 6))),
            ("2024/02/29", Some((2024, 2, 29))),
            ("2017-08-25T00:00:00+08:00", Some((2017, 8, 25))),
            ("2023-02-29", None),
            ("2021-13-01", None),
            ("2021-04", None),
            ("第2021-04-01", None),
        ] {
            assert_eq!(calendar(line), day, "{line}");
        }
    }
}
