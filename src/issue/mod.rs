//! A number of a periodical as data, and its manifest. A model: it runs nothing.

mod identifiers;
mod labels;
mod manifest;
mod masthead;

pub use identifiers::{Cn, Issn, NumberError, add_on};
pub use labels::Labels;
pub use manifest::{
    BookFonts, Ebook, Edition, Manifest, Print, SectionPlan, parse_setting, rule_names,
};
pub use masthead::{Credit, MastheadRow};

use crate::article::{Article, CoverPicture};

/// A number of a periodical, or one article made up as one.
#[derive(Debug, Clone, Default)]
pub struct Issue {
    /// 刊名; `None` for a single article without one.
    pub title: Option<String>,
    /// Year.
    pub year: Option<u16>,
    /// 期号, such as `4` or `9-10`.
    pub number: Option<String>,
    /// 卷, where the periodical counts them.
    pub volume: Option<String>,
    /// Cover date, `2021-04-26`.
    pub date: Option<String>,
    /// 总期号.
    pub total: Option<u32>,
    /// ISSN.
    pub issn: Option<Issn>,
    /// CN.
    pub cn: Option<Cn>,
    /// What it is about.
    pub description: Option<String>,
    /// Who may do what with it.
    pub rights: Option<String>,
    /// The number of its first body page; 1 when not given.
    pub first_page: Option<u32>,
    /// 版权页.
    pub masthead: Vec<Credit>,
    /// The cover's picture; without one a cover is drawn.
    pub cover: Option<CoverPicture>,
    /// What the cover announces.
    pub headlines: Vec<String>,
    /// The file names of articles that this edition had to do without; its contents name them.
    pub left_out: Vec<String>,
    /// BCP 47 language.
    pub language: String,
    /// 栏目, in order.
    pub sections: Vec<Section>,
}

/// 栏目.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its name; `None` for articles that stand alone.
    pub name: Option<String>,
    /// Its articles, in order.
    pub articles: Vec<Article>,
}

impl Issue {
    /// All articles, in order.
    pub fn articles(&self) -> impl Iterator<Item = &Article> {
        self.sections.iter().flat_map(|section| &section.articles)
    }

    /// The title of the edition: the periodical's, or the one article's.
    #[must_use]
    pub fn edition_title(&self) -> String {
        match (&self.title, self.articles().next()) {
            (Some(title), _) => title.clone(),
            (None, Some(article)) => article.title().to_owned(),
            (None, None) => String::new(),
        }
    }

    /// Every author once, in order of appearance.
    #[must_use]
    pub fn authors(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for name in self.articles().flat_map(|article| article.metadata.author_names()) {
            if !out.iter().any(|known| known == name) {
                out.push(name.to_owned());
            }
        }
        out
    }

    /// The date of the edition, `2021-04-26`: the cover date, or the one article's.
    #[must_use]
    pub fn edition_date(&self) -> Option<String> {
        let article = || self.articles().find_map(|a| a.metadata.date.as_ref());
        self.date.clone().or_else(|| article().map(crate::article::Date::iso))
    }

    /// Year and number as they are printed: `2021年第4期`; a double issue has –.
    #[must_use]
    pub fn year_and_number(&self) -> String {
        let chinese = self.language != "en" && self.language != "ko";
        let year = self.year.map(|year| match self.language.as_str() {
            "en" => format!("{year} "),
            "ko" => format!("{year}년 "),
            _ => format!("{year}年"),
        });
        let number = self.printed_number().map(|number| {
            let plain = number.starts_with(|c: char| c.is_ascii_digit());
            let form = Labels::of(&self.language).number;
            if plain { form.replace("{number}", &number) } else { number }
        });
        let out: String = [year, number].into_iter().flatten().collect();
        if chinese { out } else { out.trim().to_owned() }
    }

    /// 期号 as printed: of a double issue with a –, `9–10`.
    #[must_use]
    pub fn printed_number(&self) -> Option<String> {
        let double = |c: char| matches!(c, '-' | '—' | '～' | '~' | '/');
        self.number.as_ref().map(|number| number.trim().replace(double, "–"))
    }

    /// The month of the edition, 1 to 12.
    #[must_use]
    pub fn month(&self) -> Option<u8> {
        self.edition_date()?.split('-').nth(1)?.parse().ok()
    }

    /// What the contents say of articles that are not in the edition; nothing where all are.
    #[must_use]
    pub fn left_out_note(&self) -> Option<String> {
        let chinese = self.language != "en" && self.language != "ko";
        let names = self.left_out.join(if chinese { "、" } else { ", " });
        let form = Labels::of(&self.language).left_out;
        (!names.is_empty()).then(|| form.replace("{names}", &names))
    }

    /// The one source of all articles, when they share it.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        let mut sources = self.articles().map(|a| a.metadata.source.as_ref().map(|s| s.as_str()));
        let first = sources.next()??;
        sources.all(|source| source == Some(first)).then_some(first)
    }

    /// The name of the edition's files, without ending: title, year and number. What file systems
    /// refuse is replaced; Chinese stays.
    #[must_use]
    pub fn file_stem(&self) -> String {
        let mut stem = self.edition_title();
        if self.title.is_some() {
            for part in [self.year.map(|year| year.to_string()), self.number.clone()] {
                stem.extend(part.into_iter().flat_map(|part| ["-".to_owned(), part]));
            }
        }
        let refused = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
        let stem: String = stem.chars().map(|c| if refused(c) { '-' } else { c }).collect();
        let stem = stem.trim_matches([' ', '.']);
        // Most file systems take 255 bytes; the ending and a temporary mark need room.
        let cut =
            stem.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= 200);
        let stem = &stem[..cut.last().unwrap_or(0)];
        if stem.is_empty() { "qikan".to_owned() } else { stem.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(title: &str) -> Issue {
        Issue {
            title: Some(title.to_owned()),
            year: Some(2021),
            number: Some("9-10".to_owned()),
            language: "zh-Hans".to_owned(),
            ..Issue::default()
        }
    }

    #[test]
    fn a_double_issue_has_a_dash() {
        assert_eq!(issue("楚天法治").year_and_number(), "2021年第9–10期");
        let special = Issue { number: Some("增刊".to_owned()), ..issue("") };
        assert_eq!(special.year_and_number(), "2021年增刊");
    }

    #[test]
    fn files_are_named_after_the_issue() {
        assert_eq!(issue("楚天法治").file_stem(), "楚天法治-2021-9-10");
        assert_eq!(issue("甲/乙:丙?").file_stem(), "甲-乙-丙--2021-9-10");
        assert!(issue(&"长".repeat(300)).file_stem().len() <= 200);
        assert_eq!(Issue { title: None, ..issue("") }.file_stem(), "qikan");
    }
}
