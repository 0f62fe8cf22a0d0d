//! 版权页: who makes a periodical, in the order these are printed.

use super::{Issue, Labels};

/// What a line of the masthead says, in the order of 版本记录.
///
/// Key in `[masthead]`, label in Simplified and Traditional Chinese, Japanese, Korean, English.
const ROLES: &[(&str, [&str; 5])] = &[
    ("supervisor", ["主管单位", "主管單位", "監修", "주관", "Supervised by"]),
    ("sponsor", ["主办单位", "主辦單位", "主催", "주최", "Sponsored by"]),
    ("publisher", ["出版单位", "出版單位", "発行", "발행처", "Published by"]),
    (
        "editorial-board",
        ["编辑委员会", "編輯委員會", "編集委員会", "편집위원회", "Editorial board"],
    ),
    ("editor-in-chief", ["主编", "主編", "編集長", "편집장", "Editor-in-chief"]),
    ("deputy-editor", ["副主编", "副主編", "副編集長", "부편집장", "Deputy editor"]),
    ("editors", ["编辑", "編輯", "編集", "편집", "Editors"]),
    ("design", ["设计", "設計", "デザイン", "디자인", "Design"]),
    ("address", ["地址", "地址", "住所", "주소", "Address"]),
    ("telephone", ["电话", "電話", "電話", "전화", "Telephone"]),
    ("email", ["邮箱", "電郵", "メール", "이메일", "Email"]),
    ("website", ["网址", "網址", "サイト", "웹사이트", "Website"]),
    ("printer", ["印刷单位", "印刷單位", "印刷", "인쇄처", "Printed by"]),
    ("distributor", ["发行单位", "發行單位", "発売", "배포처", "Distributed by"]),
    ("distribution", ["发行范围", "發行範圍", "頒布", "배포 범위", "Distribution"]),
    ("postal-code", ["邮发代号", "郵發代號", "郵便番号", "우편 번호", "Postal code"]),
    ("advertising", ["广告许可证", "廣告許可證", "広告", "광고", "Advertising licence"]),
    ("price", ["定价", "定價", "定価", "정가", "Price"]),
    ("notice", ["", "", "", "", ""]),
];

/// One line of the masthead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// Its key in the issue file.
    pub key: &'static str,
    /// What it says, as its owner wrote it; several names are several values.
    pub values: Vec<String>,
}

impl Credit {
    /// Keys of the masthead, in the order they are printed.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        ROLES.iter().map(|(key, _)| *key)
    }

    /// What the line is called in a language; nothing for a notice, which speaks for itself.
    #[must_use]
    pub fn label(&self, language: &str) -> &'static str {
        let at = match language {
            tag if tag.starts_with("zh-Hant") => 1,
            "ja" => 2,
            "ko" => 3,
            "en" => 4,
            _ => 0,
        };
        let row = ROLES.iter().find(|(key, _)| *key == self.key);
        row.map_or("", |(_, labels)| labels[at])
    }
}
/// A line of the masthead as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MastheadRow {
    /// What it is.
    pub label: &'static str,
    /// What it says.
    pub value: String,
}

impl Issue {
    /// Whether it has anything to say on a masthead page.
    #[must_use]
    pub fn has_masthead(&self) -> bool {
        !self.masthead.is_empty() || self.issn.is_some() || self.cn.is_some()
    }

    /// Its year and number, and its number among all.
    #[must_use]
    pub fn numbers(&self) -> Vec<String> {
        let label = Labels::of(&self.language).total;
        let total = self.total.map(|total| label.replace("{total}", &total.to_string()));
        let own = Some(self.year_and_number()).filter(|number| !number.is_empty());
        own.into_iter().chain(total).collect()
    }

    /// The lines of its masthead page: who makes it, when, under which numbers.
    #[must_use]
    pub fn masthead_rows(&self) -> Vec<MastheadRow> {
        let credits = self.masthead.iter().filter(|credit| credit.key != "notice");
        let mut out: Vec<MastheadRow> = credits
            .map(|credit| (credit.label(&self.language), credit.values.join("　")))
            .map(|(label, value)| MastheadRow { label, value })
            .collect();
        let date = self.date.as_deref().map(|date| printed_date(date, &self.language));
        let issn = self.issn.map(|issn| issn.to_string());
        let cn = self.cn.as_ref().map(|cn| cn.to_string().trim_start_matches("CN ").to_owned());
        let label = Labels::of(&self.language).date;
        for (label, value) in [(label, date), ("ISSN", issn), ("CN", cn)] {
            out.extend(value.map(|value| MastheadRow { label, value }));
        }
        out
    }

    /// What else its masthead page says: notices, what the issue is about, its rights.
    pub fn notices(&self) -> impl Iterator<Item = &String> {
        let notices = self.masthead.iter().filter(|credit| credit.key == "notice");
        let notices = notices.flat_map(|credit| &credit.values);
        notices.chain(&self.description).chain(&self.rights)
    }
}

/// `2021-04-26` as it is printed.
fn printed_date(date: &str, language: &str) -> String {
    let mut parts = date.split('-').map(|part| part.trim_start_matches('0'));
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day)) if language.starts_with("zh") || language == "ja" => {
            format!("{year}年{month}月{day}日")
        }
        _ => date.to_owned(),
    }
}
