//! What the publishing systems of Chinese sites call the parts of their pages: tables.

use super::dom::NodeId;
use super::page::Page;

/// How a part is recognised.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mark {
    /// Its `id`.
    Id(&'static str),
    /// How its `id` begins.
    IdStart(&'static str),
    /// One of its classes.
    Class(&'static str),
    /// Its `itemprop`.
    Property(&'static str),
}

use Mark::{Class, Id, IdStart, Property};

/// Elements that hold the main text and nothing else.
pub(super) const BODIES: &[Mark] = &[
    Id("js_content"),            // WeChat
    Class("rich_media_content"), // WeChat
    Id("UCAP-CONTENT"),          // gov.cn
    Class("TRS_Editor"),         // TRS
    Class("trs_editor_view"),    // TRS
    IdStart("vsb_content"),      // VSB
    IdStart("vsb_newscontent"),  // VSB
    Id("zoom"),                  // 大汉, TRS
    Id("Zoom"),                  //
    Id("ozoom"),                 // 方正 digital papers
    Id("founder-content"),       // 方正 digital papers
    Class("founder-content"),    //
    Class("rm_txt_con"),         // people.cn
    Id("rwb_zw"),                // people.cn
    Id("detailContent"),         // xinhuanet
    Id("p-detail"),              // xinhuanet
    Id("artibody"),              // sina
    Id("article_content"),       // csdn, discuz
    Id("content_views"),         // csdn
    Id("cnblogs_post_body"),     // cnblogs
    Id("Cnt-Main-Article-QQ"),   // qq
    Class("content-article"),    // qq
    Class("post_body"),          // 163
    Class("post_text"),          // 163
    Id("endText"),               // 163
    Id("main_content"),          // ifeng
    Class("news_txt"),           // thepaper
    Class("Post-RichText"),      // zhihu
    Class("RichText"),           // zhihu
    Class("show-content-free"),  // jianshu
    Class("entry-content"),      // WordPress
    Class("post-content"),       // blogs
    Class("post-body"),          // Hexo NexT
    Class("page__content"),      // Jekyll
    Class("article-content"),    //
    Class("article_content"),    //
    Class("article-body"),       //
    Class("article__body"),      //
    Class("article__content"),   //
    Id("article-content"),       //
    Property("articleBody"),     // schema.org
    Property("text"),            // schema.org
];

/// Elements that hold the title.
pub(super) const TITLES: &[Mark] = &[
    Id("activity-name"),
    Class("rich_media_title"),
    Property("headline"),
    Class("Post-Title"),
    Class("post-title"),
    Class("entry-title"),
    Class("article-title"),
    Class("article_title"),
    Class("main-title"),
    Class("news_title"),
    Id("artibodyTitle"),
    Id("epContentLeft"),
];

/// Labels of parts that are about the page and not of the article (see [`Page::labels`]).
const ABOUT_THE_PAGE: &[&str] = &[
    "actions",
    "ad",
    "adbox",
    "ads",
    "adv",
    "advert",
    "advertisement",
    "advertise",
    "backlink",
    "banner",
    "bdshare",
    "bdsharebuttonbox",
    "breadcrumb",
    "breadcrumbs",
    "btn",
    "bury",
    "button",
    "buttons",
    "cnzz",
    "comment",
    "commentbox",
    "comments",
    "copyright",
    "correlation",
    "crumb",
    "crumbs",
    "dashang",
    "declare",
    "dianzan",
    "digg",
    "disclaimer",
    "donate",
    "erweima",
    "ewm",
    "favorite",
    "follow",
    "foot",
    "footer",
    "gg",
    "guanggao",
    "guess",
    "hotnews",
    "hotspot",
    "jiathis",
    "like",
    "likes",
    "links",
    "login",
    "luyou",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "navigator",
    "outline",
    "pageturn",
    "paging",
    "pagination",
    "pinglun",
    "popup",
    "praise",
    "prevnext",
    "print",
    "promote",
    "promotion",
    "qrcode",
    "rank",
    "ranking",
    "rec",
    "recommend",
    "recommended",
    "recommendation",
    "recommends",
    "reco",
    "relate",
    "related",
    "relates",
    "relation",
    "relevant",
    "remark",
    "replies",
    "reply",
    "report",
    "reward",
    "rss",
    "search",
    "share",
    "sharebox",
    "sharedaddy",
    "shares",
    "sharing",
    "shengming",
    "sidebar",
    "sns",
    "statement",
    "subscribe",
    "support",
    "tags",
    "tishi",
    "toc",
    "toolbar",
    "toolbox",
    "tools",
    "topbar",
    "tuijian",
    "vote",
    "weixin",
    "wechat",
    "xgyd",
    "xiangguan",
    "zan",
];

/// Labels that a part about the page may have beside others without being one.
const NOT_ABOUT: &[&str] = &["content", "article", "body", "main", "post", "text", "detail"];

impl Mark {
    /// Whether an element bears the mark.
    pub(super) fn is_on(self, page: &Page<'_>, id: NodeId) -> bool {
        let has = |name, test: &dyn Fn(&str) -> bool| page.attribute(id, name).is_some_and(test);
        match self {
            Id(mark) => has("id", &|value| value.trim() == mark),
            IdStart(mark) => has("id", &|value| value.starts_with(mark)),
            Class(mark) => has("class", &|value| value.split_whitespace().any(|c| c == mark)),
            Property(mark) => has("itemprop", &|value| value == mark),
        }
    }
}

/// Whether an element is about the page, by its name and its labels.
pub(super) fn is_about_the_page(page: &Page<'_>, id: NodeId) -> bool {
    match page.name(id) {
        "" | "html" | "body" | "article" | "main" | "p" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "a" | "span" | "strong" | "em" | "b" | "i" | "img" | "pre" | "code" | "td"
        | "tr" | "tbody" | "li" | "br" => return false,
        "nav" | "footer" | "aside" => return true,
        _ => {}
    }
    if page.attribute(id, "role").is_some_and(|r| matches!(r, "navigation" | "complementary")) {
        return true;
    }
    let labels = page.labels(id);
    let has = |list: &[&str]| labels.iter().any(|label| list.contains(&label.as_str()));
    has(ABOUT_THE_PAGE) && !has(NOT_ABOUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_one_word_each() {
        for label in ABOUT_THE_PAGE.iter().chain(NOT_ABOUT) {
            assert!(label.chars().all(|c| c.is_ascii_lowercase()), "{label}");
        }
    }
}
