//! Every rule by name, with its clause and its words.

use crate::article::RuleId;
use crate::diagnostics::Language;

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct RuleRow {
    /// Its name, stable.
    pub id: RuleId,
    /// Where it comes from.
    pub clause: &'static str,
    /// What it did, in Chinese.
    pub zh: &'static str,
    /// What it did, in English.
    pub en: &'static str,
}

macro_rules! rules {
    ($($id:literal $clause:literal $zh:literal $en:literal)*) => {
        /// The rules, in the order they run.
        pub const RULES: &[RuleRow] =
            &[$(RuleRow { id: RuleId($id), clause: $clause, zh: $zh, en: $en }),*];
    };
}

rules! {
    "plain::lines" "layout" "换行与空行" "line ends and blank lines"
    "plain::edges" "layout" "行首行尾的空白" "white space around lines"
    "markdown::markup" "CommonMark" "Markdown 标记" "Markdown markup"
    "markdown::entity" "CommonMark" "实体还原为字符" "entities made characters"
    "markdown::line-end" "CommonMark" "西文换行处改为空格" "line ends between Western words made spaces"
    "markdown::front-matter" "house" "文章开头的字段" "fields at the head of the article"
    "html::markup" "HTML" "网页标记" "markup of the page"
    "html::entity" "HTML" "实体还原为字符" "entities made characters"
    "html::space" "HTML" "网页中的空白" "white space of the page"
    "html::line-end" "HTML" "代码中的换行标记" "line breaks in code"
    "html::rule" "HTML" "分隔线" "rules between parts"
    "html::repair" "HTML" "补上网页缺失的文字" "characters the page left out"
    "html::unix-time" "house" "时间戳改为日期" "a time stamp made a date"
    "aozora::notation" "Aozora Bunko" "青空文库标记" "Aozora Bunko notation"
    "aozora::gaiji" "Aozora Bunko" "外字注换成字" "described characters made characters"
    "plain::joined" "layout" "硬换行接成段落" "hard-wrapped lines joined"
    "docx::lines" "layout" "段落之间的换行" "line ends between paragraphs"
    "docx::numbering" "ECMA-376" "自动编号写成文字" "automatic numbers written out"
    "docx::properties" "ECMA-376" "取自文件属性" "taken from the file's properties"
    "html::copied" "HTML" "正文里也有的字段" "fields that stand in the text too"
    "boilerplate::page" "house" "正文以外的网页内容" "what is on the page beside the main text"
    "boilerplate::masthead" "house" "网站的主办单位栏" "the site's masthead line"
    "boilerplate::headlines" "house" "其他文章的标题列表" "a list of other articles' headlines"
    "boilerplate::navigation" "house" "网站导航" "site navigation"
    "boilerplate::copyright" "house" "网站的版权声明" "the site's copyright line"
    "boilerplate::promotion" "house" "公众号、往期等推广" "promotion of accounts and back issues"
    "boilerplate::script" "house" "网页脚本残片" "scraps of the page's script"
    "structure::counter" "house" "点击数" "the click counter"
    "structure::label" "house" "“来源：”“文/”等标签" "labels such as 来源： and 文/"
    "structure::repeated" "house" "重复的署名" "names that were said already"
    "structure::moved" "house" "移到它在版面上的位置" "moved to its place in the edition"
    "punctuation::invisible" "N1" "看不见的字符" "invisible characters"
    "punctuation::width" "N2" "全角字母和数字改半角" "full-width letters and digits made half-width"
    "punctuation::compatibility" "N3" "兼容字形改通用字形" "compatibility forms made nominal"
    "punctuation::quotes" "N4" "引号配对" "quotes paired"
    "punctuation::ellipsis" "N5" "省略号改……" "ellipses made ……"
    "punctuation::dash" "N6" "破折号改——" "dashes made ——"
    "punctuation::range" "N6b" "范围号、书名号改全角" "range and title marks made full-width"
    "punctuation::years" "N6c" "数字间的连接号改—" "dashes between numbers made —"
    "punctuation::brackets" "N7p" "括号改全角" "brackets made full-width"
    "punctuation::marks" "N7" "半角标点改全角" "half-width marks made full-width"
    "punctuation::spaces" "N8" "多余的空格" "superfluous spaces"
    "punctuation::repeats" "N9" "重复的标点" "repeated marks"
}

/// What a rule did, in words; its bare name when it has no row.
#[must_use]
pub fn words(id: RuleId, language: Language) -> &'static str {
    let row = RULES.iter().find(|row| row.id == id);
    match (row, language) {
        (Some(row), Language::Chinese) => row.zh,
        (Some(row), Language::English) => row.en,
        (None, _) => id.0,
    }
}
