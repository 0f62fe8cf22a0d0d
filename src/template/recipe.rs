//! What a design decides by name rather than by number.

/// Where an article may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// On a new page.
    Page,
    /// On a new right page, left in vertical books.
    Recto,
    /// Below the end of the last one, where there is room for its title and some lines.
    RunOn,
}

impl Opening {
    pub(super) const NAMES: &'static [(&'static str, Self)] =
        &[("page", Self::Page), ("recto", Self::Recto), ("run-on", Self::RunOn)];
}

/// Where notes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotePlace {
    /// 页下注: at the foot of the column of their mark.
    Foot,
    /// After the article.
    End,
}

impl NotePlace {
    pub(super) const NAMES: &'static [(&'static str, Self)] =
        &[("foot", Self::Foot), ("end", Self::End)];
}

/// What stands above an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleBlock {
    /// Title, by-line, lede.
    Feature,
    /// Title, authors, 摘要 and 关键词.
    Paper,
}

impl TitleBlock {
    pub(super) const NAMES: &'static [(&'static str, Self)] =
        &[("feature", Self::Feature), ("paper", Self::Paper)];
}

/// How contents are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentsForm {
    /// Title, leaders, page.
    Leaders,
    /// A large page number first, sections as labels in the margin.
    Figures,
}

impl ContentsForm {
    pub(super) const NAMES: &'static [(&'static str, Self)] =
        &[("leaders", Self::Leaders), ("figures", Self::Figures)];
}

/// A part of an edition beside its articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// 封面.
    Cover,
    /// 封二, where it is needed to bring the first article to its side.
    InsideCover,
    /// 目录.
    Contents,
    /// 版权页, where the issue file has one.
    Masthead,
    /// 封底.
    BackCover,
}

impl Part {
    pub(super) const NAMES: &'static [(&'static str, Self)] = &[
        ("cover", Self::Cover),
        ("inside-cover", Self::InsideCover),
        ("contents", Self::Contents),
        ("masthead", Self::Masthead),
        ("back-cover", Self::BackCover),
    ];
}
