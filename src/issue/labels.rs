//! What the parts of an edition are called, by language.

/// Names of an edition's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    /// 封面.
    pub cover: &'static str,
    /// 目录.
    pub contents: &'static str,
    /// 版权页.
    pub masthead: &'static str,
    /// 封底.
    pub back_cover: &'static str,
    /// 摘要, before a summary.
    pub summary: &'static str,
    /// 关键词, before keywords.
    pub keywords: &'static str,
    /// 注释, above notes at the end.
    pub notes: &'static str,
    /// 责任编辑, before a name.
    pub editor: &'static str,
    /// The year and number of an issue; `{year}`, `{number}` and `{total}` are filled in.
    pub number: &'static str,
    /// The number among all issues.
    pub total: &'static str,
    /// Under the contents of an edition that had to do without articles; `{names}` is filled in.
    pub left_out: &'static str,
    /// When an article was received or published, before a date.
    pub date: &'static str,
}

const TABLE: &[(&str, Labels)] = &[
    (
        "zh-Hans",
        Labels {
            cover: "封面",
            contents: "目录",
            masthead: "版权页",
            back_cover: "封底",
            summary: "摘要",
            keywords: "关键词",
            notes: "注释",
            editor: "责任编辑",
            number: "第{number}期",
            total: "总第{total}期",
            left_out: "未能收入：{names}",
            date: "出版日期",
        },
    ),
    (
        "zh-Hant",
        Labels {
            cover: "封面",
            contents: "目錄",
            masthead: "版權頁",
            back_cover: "封底",
            summary: "摘要",
            keywords: "關鍵詞",
            notes: "註釋",
            editor: "責任編輯",
            number: "第{number}期",
            total: "總第{total}期",
            left_out: "未能收入：{names}",
            date: "出版日期",
        },
    ),
    (
        "ja",
        Labels {
            cover: "表紙",
            contents: "目次",
            masthead: "奥付",
            back_cover: "裏表紙",
            summary: "要旨",
            keywords: "キーワード",
            notes: "注",
            editor: "編集",
            number: "第{number}号",
            total: "通巻{total}号",
            left_out: "収録できなかった記事：{names}",
            date: "発行日",
        },
    ),
    (
        "ko",
        Labels {
            cover: "표지",
            contents: "차례",
            masthead: "판권",
            back_cover: "뒤표지",
            summary: "초록",
            keywords: "주제어",
            notes: "주",
            editor: "편집",
            number: "제{number}호",
            total: "통권 {total}호",
            left_out: "수록하지 못한 글: {names}",
            date: "발행일",
        },
    ),
    (
        "en",
        Labels {
            cover: "Cover",
            contents: "Contents",
            masthead: "Masthead",
            back_cover: "Back cover",
            summary: "Abstract",
            keywords: "Keywords",
            notes: "Notes",
            editor: "Editor",
            number: "No. {number}",
            total: "Issue {total}",
            left_out: "Left out: {names}",
            date: "Date",
        },
    ),
];

impl Labels {
    /// The names in a language, by its BCP 47 tag; Chinese where it is not in the table.
    #[must_use]
    pub fn of(language: &str) -> Self {
        // 繁體 of a region is labelled as 繁體.
        let own = |tag: &str| {
            let rest = language.strip_prefix(tag);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let row = TABLE.iter().find(|(tag, _)| own(tag));
        row.map_or(TABLE[0].1, |(_, labels)| *labels)
    }
}
