//! One line → its class, by a table; the first row that fits wins.
//!
//! Every row has its guards (length, forbidden marks), because a paragraph may begin with the
//! words of a label: `本刊记者在现场看到，…` is no byline.

use regex::Regex;
use std::sync::LazyLock;

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// 主题.
    Title,
    /// 副题.
    Subtitle,
    /// 第一章 (1), 第一节 (2): above all numbers.
    Chapter(u8),
    /// A heading of this level on its own line.
    Heading(u8),
    /// A heading of this level, up to the first 。, and its paragraph.
    RunIn(u8),
    /// A numbered paragraph of this level.
    Item(u8),
    /// A short line without a number that may be a heading.
    MaybeHeading,
    /// 署名.
    Byline,
    /// 作者单位、作者简介.
    Affiliation,
    /// Date, source, clicks: the line under a title on a web page.
    Dateline,
    /// 来源.
    Source,
    /// 导读.
    Lede,
    /// 编者按.
    EditorNote,
    /// 责任编辑.
    Editor,
    /// 版权声明.
    Copyright,
    /// Links of the page.
    Navigation,
    /// The site's own masthead.
    Masthead,
    /// The label of a list of other articles' headlines.
    HeadlinesLabel,
    /// Account and back-issue promotion.
    Promotion,
    /// Script or style that was not meant to be seen.
    Script,
    /// 图题.
    Caption,
    /// 注释.
    Note,
    /// A pause.
    Break,
    /// A paragraph that opens with 电头.
    BodyDateline,
    /// 正文.
    Body,
}

/// Which part of the article a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// Before the first paragraph.
    Head,
    /// After it.
    Body,
}

/// A row: the class, the pattern, the most characters the line may have, and marks it may not.
struct Row {
    class: Class,
    pattern: Regex,
    most: usize,
    without: &'static str,
}

#[expect(clippy::expect_used, reason = "the patterns are literals, and a test compiles them all")]
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    use Class as C;
    const LONG: usize = usize::MAX;
    // A line that begins with a date, or with a known label before one.
    const DATE: &str = r"^(?:(?:来源|稿源|作者|发布时间|发布日期|时间|日期|编辑|责任编辑)\s*[:：].*)?(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{4}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日)";
    let table: &[(Class, &str, usize, &'static str)] = &[
        (C::Script, r"^[\s\p{P}\p{S}]*[{}][\s\p{P}\p{S}]*$", LONG, ""),
        (C::Script, r"^(?:var |function\s*\(|\$\(|document\.|window\.|//<!\[CDATA)", LONG, "。"),
        (
            C::Navigation,
            r"^(?:当前位置|您现在的位置|您的位置|首页\s*[>》»|]|上一篇|下一篇|相关阅读|相关链接|分享到|打印本页|关闭窗口|返回顶部|返回首页)",
            80,
            "。",
        ),
        (
            C::Masthead,
            r"^(?:主管|主办|指导|协办|承办|出品|主管主办|指导协办|主办单位|主管单位)[:：].*(?:主管|主办|协办|承办|出品|指导)[^。]*[:：]",
            200,
            "。",
        ),
        (C::HeadlinesLabel, r"^.{0,6}(?:导读|要闻|推荐阅读|热点新闻|热门文章|头条)[:：]$", 12, ""),
        (
            C::HeadlinesLabel,
            r"^[—－\-·【\[]*(?:(?:相关|相關|延伸|推荐|扩展|更多)(?:阅读|閱讀|新闻|新聞|报道|報導|文章|推荐|内容|精彩)|大家都在看|猜你喜欢|热门(?:推荐|文章)|往期(?:回顾|精彩|推荐)|精彩推荐|喜欢此内容的人还喜欢)[】\]]?\s*[:：]?[—－\-·]*$",
            16,
            "",
        ),
        (
            C::Promotion,
            r"^(?:请|欢迎|扫码|扫描二维码|长按)?.{0,6}关注.{0,24}(?:公众号|微信号|微博|视频号|订阅号)",
            40,
            "。",
        ),
        (
            C::Promotion,
            r"^(?:扫一扫|小礼物走一走|共享此文章|点击(?:上方|下方|进入|以在|分享|蓝字)|长按识别|长按二维码|扫描(?:下方|上方)?二维码)",
            40,
            "。",
        ),
        (
            C::Promotion,
            r"^.{0,8}(?:往期回顾|往期精彩|往期推荐|精彩推荐|往期杂志|电子杂志)$",
            14,
            "",
        ),
        (
            C::Copyright,
            r"^(?:版权所有|©|Copyright|(?:本[网站刊].{0,30})?未经.{0,16}(?:许可|授权).{0,12}转载|本[网站刊].{0,12}转载)",
            80,
            "",
        ),
        (
            C::Copyright,
            r"^[（(【*]*(?:免责声明|特别声明|版权声明|郑重声明|声明)\s*[】]?[:：].*(?:不代表|转载|版权|侵权|仅供|投资建议|授权|原创)",
            400,
            "",
        ),
        (
            C::Copyright,
            r"^[（(]?(?:转载请注明|本文(?:来自|系).{0,24}(?:APP|客户端|原创|独家|公众号))",
            60,
            "",
        ),
        (C::Editor, r"^[（(【\[]?\s*(?:责任编辑|责编|编辑|审核|校对|美编)\s*[:：]", 40, "。；"),
        (C::Dateline, DATE, 59, "，。；"),
        (C::Source, r"^[（(【\[]?(?:来源\s*[:：]|(?:原载|摘自)\s*[:：《])", 50, "，。；"),
        (
            C::Lede,
            r"^[【\[（(]?(?:导读|导语|摘要|内容提要|核心提示)[】\]）)]?\s*[:：】\]]",
            LONG,
            "",
        ),
        (C::EditorNote, r"^[【\[（(]?(?:编者按|编者的话|按语)[】\]）)]?\s*[:：】\]]?", LONG, ""),
        (
            C::Affiliation,
            r"^[（(](?:作者系|作者为|作者是|本文作者|作者单位|执笔)[^。]*。?[）)]$",
            120,
            "",
        ),
        (C::Affiliation, r"^(?:作者系|作者为|作者单位|作者简介|本文作者系)", 60, "。；"),
        (C::Byline, r"^(?:文|图|图文|文图|撰文|摄影)\s*[/／丨|]\s*\S", 40, "，。；"),
        (
            C::Byline,
            r"^(?:作者|撰文|口述|整理|撰稿|文字|采写|采访|执笔|供稿|通讯员)\s*[:：/／]\s*\S",
            40,
            "，。；",
        ),
        (C::Byline, r"^[□■●◎○◆◇]\s*\p{Han}{1,4}(?:[\s、]+\p{Han}{1,4})*$", 40, "，。；"),
        (
            C::Byline,
            r"^(?:本刊|本报|新华社|特约)(?:特约)?(?:记者|通讯员|评论员)(?:[\s:：、]+\p{Han}{2,4})+$",
            30,
            "，。；",
        ),
        (
            C::BodyDateline,
            r"^(?:本刊讯|本报讯|本报[^，。]{1,20}讯|新华社[^，。]{1,24}电)",
            LONG,
            "",
        ),
        (C::Break, r"^(?:[*＊※◇◆☆★·•]\s*){3,}$|^[—－\-_]{3,}$|^(?:◇\s*){2,}$", 30, ""),
        (
            C::Caption,
            r"^(?:图\s*[0-9０-９一二三四五六七八九十]+(?:[-－—.][0-9]+)?[\s:：　]|▲)",
            60,
            "",
        ),
        (C::Note, r"^(?:注\s*[:：]|注释|参考文献|\[\d{1,3}\])", LONG, ""),
    ];
    let compile = |pattern: &str| Regex::new(pattern).expect("a pattern of the table");
    let row = |&(class, pattern, most, without): &(Class, &str, usize, &'static str)| Row {
        class,
        pattern: compile(pattern),
        most,
        without,
    };
    table.iter().map(row).collect()
});

/// The class of one line, without white space around it.
#[must_use]
pub fn classify(line: &str, zone: Zone) -> Class {
    let length = line.chars().count();
    let fits = |row: &&Row| {
        length <= row.most
            && !line.contains(|c| row.without.contains(c))
            && row.pattern.is_match(line)
    };
    if let Some(row) = ROWS.iter().find(fits) {
        return row.class;
    }
    if zone == Zone::Head && is_subtitle(line, length) {
        return Class::Subtitle;
    }
    if let Some((level, _, rest)) = numbering(line) {
        return numbered(level, rest);
    }
    if let Some(level) = chapter(line) {
        return Class::Chapter(level);
    }
    let open_end = !line.ends_with(['。', '；', '，', '：', '.', ';', ',', ':', '！', '？']);
    match zone {
        Zone::Head if length <= 40 && open_end && !line.contains('。') => Class::Title,
        Zone::Body if length <= 20 && open_end => Class::MaybeHeading,
        _ => Class::Body,
    }
}

fn is_subtitle(line: &str, length: usize) -> bool {
    let dash = ["——", "--", "—", "——", "──", "－－"].iter().any(|d| line.starts_with(d));
    dash && length <= 40 && !line.ends_with(['。', '！', '？'])
}

/// The level of a numbered line, its number, and the rest of it.
///
/// Levels after GB/T 9704—2012: `一、` (1), `（一）` (2), `1.` (3), `（1）` (4), `①` (5).
#[must_use]
pub(super) fn numbering(line: &str) -> Option<(u8, u32, &str)> {
    let (open, inner) = match line.strip_prefix(['（', '(']) {
        Some(inner) => (true, inner),
        None => (false, line),
    };
    let first = inner.chars().next()?;
    if !open && let Some(number) = circled(first) {
        return Some((5, number, &line[first.len_utf8()..]));
    }
    let end = inner.find(|c| !is_digit(c, first)).unwrap_or(inner.len());
    let (digits, after) = inner.split_at(end);
    let han = !first.is_ascii_digit();
    let number = if han { han_number(digits)? } else { digits.parse().ok()? };
    let mut rest = after.chars();
    let mark = rest.next()?;
    match (open, han, mark) {
        (true, true, '）' | ')') => Some((2, number, rest.as_str())),
        (true, false, '）' | ')') => Some((4, number, rest.as_str())),
        (false, true, '、') => Some((1, number, rest.as_str())),
        (false, false, '.' | '．' | '、') if !rest.as_str().starts_with(digit) && number < 100 => {
            Some((3, number, rest.as_str()))
        }
        _ => None,
    }
}

fn digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_digit(c: char, first: char) -> bool {
    if first.is_ascii_digit() { c.is_ascii_digit() } else { HAN_DIGITS.contains(c) }
}

const HAN_DIGITS: &str = "一二三四五六七八九十";

/// `一` to `九十九`.
fn han_number(digits: &str) -> Option<u32> {
    let value =
        |c: char| HAN_DIGITS.chars().position(|d| d == c).and_then(|n| u32::try_from(n + 1).ok());
    match digits.split_once('十') {
        None => digits.chars().next().filter(|_| digits.chars().count() == 1).and_then(value),
        Some((tens, ones)) => {
            let part = |s: &str, none| if s.is_empty() { Some(none) } else { han_number(s) };
            Some(part(tens, 1)? * 10 + part(ones, 0)?)
        }
    }
}

fn circled(c: char) -> Option<u32> {
    let number = u32::from(c).checked_sub(u32::from('①'))? + 1;
    (number <= 20).then_some(number)
}

/// The level of a line such as `第一章 总则` or `第二节 机构`: 章 is 1, 节 is 2.
fn chapter(line: &str) -> Option<u8> {
    let rest = line.strip_prefix('第')?;
    let number =
        rest.find(|c| !(HAN_DIGITS.contains(c) || matches!(c, '百' | '零' | '〇') || digit(c)))?;
    let mut after = rest.get(number..)?.chars();
    let level = match after.next()? {
        '编' | '章' | '編' => 1,
        '节' | '節' => 2,
        _ => return None,
    };
    let words = after.as_str();
    let parted = words.is_empty() || words.starts_with(char::is_whitespace);
    let short = words.chars().count() <= 30
        && !words.contains(['。', '，', '；', '：', '？', '！', '.', '…']);
    (number > 0 && parted && short && !words.trim_end().ends_with(|c: char| c.is_ascii_digit()))
        .then_some(level)
}

/// A numbered line is a heading, a paragraph that opens with one, or a numbered paragraph.
fn numbered(level: u8, rest: &str) -> Class {
    let length = rest.chars().count();
    let closed = rest.ends_with(['，', '；', '：', '。', ',', ';', ':']);
    if length > 0 && length <= 30 && !rest.contains(['。', '；', ';']) && !closed {
        return Class::Heading(level);
    }
    match run_in_end(level, rest) {
        Some(end) if end < rest.len() => Class::RunIn(level),
        _ => Class::Item(level),
    }
}

/// Where the heading that a paragraph opens with ends: after the first 。, when what stands
/// before it is a clause short enough for a heading. Levels 1 and 2 may be two clauses
/// (`坚持市域统筹，着力构建新体系。`); below, a comma means a sentence.
#[must_use]
pub(super) fn run_in_end(level: u8, rest: &str) -> Option<usize> {
    let end = rest.find('。')?;
    let clause = &rest[..end];
    let has_comma = |c: char| matches!(c, '；' | '：' | ';' | ':');
    let commas = clause.matches(['，', ',']).count();
    let length = clause.chars().count();
    let short = length <= 28 && commas == 0 || length <= 40 && commas == 1 && level <= 2;
    (length > 0 && short && !clause.contains(has_comma)).then_some(end + '。'.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::Class::*;
    use super::*;

    /// The table of recognised lines; all but the head lines are read in the body.
    const LINES: &[(&str, Class)] = &[
        ("一、坚持问题导向", Heading(1)),
        ("（二）完善工作机制", Heading(2)),
        ("(三)强化监督检查", Heading(2)),
        ("3．抓好责任落实", Heading(3)),
        ("（4）建立台账", Heading(4)),
        ("②及时反馈", Heading(5)),
        ("一、提高认识。一是要认真学习文件；二是要结合实际。", RunIn(1)),
        ("（一）夯实基础。各地要加强基层建设，充实力量。", RunIn(2)),
        ("1.本办法自发布之日起施行，由办公室负责解释。", Item(3)),
        ("3.5万名群众参加了活动。", Body),
        ("2021-04-26 16:16:21 来源:本站 点击: 0", Dateline),
        ("2021年4月26日，会议在京召开。", Body),
        ("来源：《半月论坛》2021年第8期", Source),
        ("文/李明", Byline),
        ("作者:王 芳", Byline),
        ("□ 张三 李四", Byline),
        ("本刊记者 赵六", Byline),
        ("本刊记者在现场看到，人们排起了长队。", Body),
        ("（作者系某大学教授）", Affiliation),
        ("导读：本文回顾了三年来的变化。", Lede),
        ("编者按：今年是建馆二十周年。", EditorNote),
        ("（责任编辑：周某）", Editor),
        ("版权所有：某某杂志社 未经授权不得转载", Copyright),
        ("您现在的位置：首页 > 期刊 > 正文", Navigation),
        ("上一篇：没有了", Navigation),
        ("本报北京4月26日讯 今天上午，展览开幕。", BodyDateline),
        ("图1 展厅入口", Caption),
        ("* * *", Break),
        (
            "主管主办:湖北日报传媒集团指导协办:中共湖北省委政法委员会出品:湖北特别关注传媒股份有限公司",
            Masthead,
        ),
        ("法治导读:", HeadlinesLabel),
        ("电子杂志往期回顾", Promotion),
        ("关注楚天法治微信公众号", Promotion),
        ("}); }", Script),
        ("作者系十堰市市委党校2021年春季年轻干部班学员", Affiliation),
        ("一、坚持市域统筹,着力构建集约高效的市域社会治理新体系。一是强化领导体系。", RunIn(1)),
    ];

    #[test]
    fn lines_are_what_the_table_says() {
        for (line, class) in LINES {
            assert_eq!(classify(line, Zone::Body), *class, "{line}");
        }
        assert_eq!(classify("——访老工程师陈某", Zone::Head), Subtitle);
        assert_eq!(classify("山村的第一盏灯", Zone::Head), Title);
    }

    #[test]
    fn sentences_with_dates_and_permissions_are_text() {
        for line in [
            "关于2021年5月1日放假安排的通知",
            "（2021年3月5日在第十三届全国人民代表大会第四次会议上）",
            "湖北省人民政府办公厅 2021年4月26日",
            "２０２１年４月２６日",
            "第十条 未经许可，任何单位和个人不得从事快递业务。",
            "来源于生活的艺术",
        ] {
            let class = classify(line, Zone::Body);
            assert!(matches!(class, Body | MaybeHeading), "{line}: {class:?}");
        }
    }

    #[test]
    fn numbers_are_read() {
        assert_eq!(numbering("十二、总结"), Some((1, 12, "总结")));
        assert_eq!(numbering("（二十三）落实"), Some((2, 23, "落实")));
        assert_eq!(numbering("⑩完"), Some((5, 10, "完")));
        for none in ["十堰市被确定", "2021年", "3.5万名", "一是强化", "（作者系", "一", "1"]
        {
            assert_eq!(numbering(none), None, "{none}");
        }
    }
}
