//! Half-width and scraped punctuation → what a Chinese sentence has: rules N0 to N9.
//!
//! A paragraph's texts are laid side by side in a [`Draft`], so that a rule sees across bold and
//! links. Each rule is one function over the draft; their order matters and stands here once.
//! What N0 protects (addresses, times, code, English sentences) no later rule touches.

mod draft;
mod forms;
mod marks;
mod pairs;
mod protect;
mod spaces;

use super::Policies;
use super::quotations::{Quotation, quotations};
use crate::article::{Article, Text, Words};
use crate::diagnostics::{Code, Diagnostic, Sink};
use draft::Draft;

/// One rule over a paragraph.
type Step = fn(&mut Draft);

/// The rules by name, in the order they run, with whether the `safe` policy runs them. N0 has no
/// name: it only keeps others away. It runs again after N2, as １６：１６ is a time only then; N7p
/// runs before the dashes, which look at the marks beside them.
const ORDER: &[(Step, &str, bool)] = &[
    (protect::protect, "", true),                               // N0
    (forms::invisible, "punctuation::invisible", true),         // N1
    (forms::width, "punctuation::width", true),                 // N2
    (protect::protect, "", true),                               // N0
    (forms::compatibility, "punctuation::compatibility", true), // N3
    (pairs::quotes, "punctuation::quotes", false),              // N4
    (pairs::brackets, "punctuation::brackets", false),          // N7p
    (marks::ellipsis, "punctuation::ellipsis", false),          // N5
    (marks::years, "punctuation::years", false),                // N6c
    (marks::dash, "punctuation::dash", false),                  // N6
    (marks::range, "punctuation::range", false),                // N6b
    (marks::marks, "punctuation::marks", false),                // N7
    (spaces::spaces, "punctuation::spaces", true),              // N8
    (marks::repeats, "punctuation::repeats", false),            // N9
];

/// Runs the rules over every block and every worded field of the metadata.
pub fn normalise(article: &mut Article, policies: &Policies, sink: &mut Sink) {
    for text in article.metadata.words_mut() {
        let mut words = [Words { text, verbatim: false }];
        run(&mut words, policies, Quotation::default());
        report_unbalanced(&words, Quotation::default(), sink);
    }
    let mut quotations = quotations(article).into_iter();
    for block in article.all_blocks_mut() {
        block.each_words_mut(&mut |words| {
            let quotation = quotations.next().unwrap_or_default();
            run(words, policies, quotation);
            report_unbalanced(words, quotation, sink);
        });
    }
}

/// How often the rules run over a paragraph at most. A mark that one rule makes may be the
/// neighbour another one looks for; no text we know needs a third round.
const ROUNDS: usize = 4;

/// Runs the rules over the texts of one paragraph until they change nothing.
fn run(words: &mut [Words<'_>], policies: &Policies, quotation: Quotation) {
    let allowed =
        |(_, rule, safe): &&(Step, &str, bool)| rule.is_empty() || policies.allows(rule, *safe);
    let order: Vec<_> = ORDER.iter().filter(allowed).collect();
    if order.iter().all(|(_, rule, _)| rule.is_empty()) {
        return;
    }
    let mut draft = Draft::new(words, quotation);
    for _ in 0..ROUNDS {
        let before = draft.text();
        for (rule, ..) in &order {
            rule(&mut draft);
            draft.settle();
        }
        if draft.text() == before {
            break;
        }
    }
    draft.write_back(words);
}

/// Marks that do not pair are for a person to look at. A quotation may run over paragraphs (GB/T
/// 15834 4.8.3.4), so an opening quote alone is a fault only where nothing goes on with it.
fn report_unbalanced(words: &[Words<'_>], quotation: Quotation, sink: &mut Sink) {
    let prose = words.iter().filter(|words| !words.verbatim).map(|words| &*words.text);
    let chars = prose
        .flat_map(|text: &Text| text.as_str().char_indices().map(move |(at, c)| (text, at, c)));
    let quote = pairs::lone_quote(chars.clone(), quotation);
    for (text, at, mark) in pairs::unbalanced(chars).into_iter().chain(quote) {
        let finding = Diagnostic::new(Code::Unbalanced).with("mark", mark);
        sink.push(match text.origin(at) {
            Some(span) => finding.at_span(span),
            None => finding,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::copyedit::Policy;
    use crate::source::FileId;

    /// Input and output of every pair in the table of the rules.
    const PAIRS: &[(&str, &str)] = &[
        ("春天来了,花开了.", "春天来了，花开了。"),
        ("你去哪里?我不知道!", "你去哪里？我不知道！"),
        ("会议时间:2021-04-26 16:16:21", "会议时间：2021-04-26 16:16:21"),
        ("增长3.14%,总额1,234.5万元.", "增长3.14%，总额1,234.5万元。"),
        ("比分是3:2,主队胜.", "比分是3:2，主队胜。"),
        ("详见https://example.org/a,b?x=1:2 。", "详见https://example.org/a,b?x=1:2。"),
        ("见https://example.org/路径?x=1&y=好?再说", "见https://example.org/路径?x=1&y=好？再说"),
        ("见https://example.org/a和/或b?", "见https://example.org/a和/或b？"),
        ("他说:\"好.\"然后走了.", "他说：“好。”然后走了。"),
        ("他问:\"什么叫'慢'?\"", "他问：“什么叫‘慢’？”"),
        ("按下\"V\"键(不是\"v\")", "按下“V”键（不是“v”）"),
        ("He said, \"Let it be.\" 他记住了.", "He said, \"Let it be.\" 他记住了。"),
        ("我不懂...也许吧", "我不懂……也许吧"),
        ("等等。。。", "等等……"),
        ("他来了…", "他来了……"),
        ("北京--我的家", "北京——我的家"),
        ("北京—我的家", "北京——我的家"),
        ("运行`a.sh, b`或加--help参数,即可", "运行`a.sh, b`或加--help参数，即可"),
        ("调用f(x, y)得到结果(见表1)", "调用f(x, y)得到结果（见表1）"),
        ("２０２１年，ＧＤＰ增长８．１％", "2021年，GDP增长8.1%"),
        ("时间１６：１６，地点", "时间16:16，地点"),
        ("\u{3000}\u{3000}第一段\u{a0} 文字", "第一段文字"),
        ("零\u{200b}宽\u{feff}字符", "零宽字符"),
        ("使用 Rust 语言  编写 , 很快", "使用Rust语言编写，很快"),
        ("列夫・托尔斯泰与<<战争与和平>>", "列夫·托尔斯泰与《战争与和平》"),
        ("\u{f967}用\u{2f00}个兼容字", "不用一个兼容字"),
        ("太好了!!!!!真的吗!?", "太好了！！！真的吗？！"),
        ("O'Neil说:\"It's fine\"", "O’Neil说：“It’s fine”"),
        ("气温10~20度", "气温10～20度"),
        ("︽论语︾︐︵节选︶", "《论语》，（节选）"),
        ("屏幕27\"的显示器", "屏幕27\"的显示器"),
        ("3.5版.", "3.5版。"),
        ("1.总则", "1.总则"),
        ("这是“错的“引号", "这是“错的”引号"),
        ("联系abc.def@example.org,谢谢", "联系abc.def@example.org，谢谢"),
        ("刊号CN11-1234/D,ISSN 1234-5679", "刊号CN11-1234/D，ISSN 1234-5679"),
        ("网址http://a.cn/x.html,请看", "网址http://a.cn/x.html，请看"),
        ("2019--2021年", "2019—2021年"),
        ("中国(上海)自由贸易试验区", "中国（上海）自由贸易试验区"),
        ("第一,要快;第二,要准.", "第一，要快；第二，要准。"),
        // Laws part the number of a clause from its words.
        ("第一条 为了保障人民", "第一条 为了保障人民"),
        ("第一百零五条之一\u{3000}本法", "第一百零五条之一\u{3000}本法"),
        ("第一 条件 是", "第一条件是"),
        // Items of a list are parted as Chinese parts them, and stay apart where only a space does.
        ("支持Python 3.8, NumPy 1.20等版本", "支持Python 3.8，NumPy 1.20等版本"),
        ("学过Java, Python, Go等语言", "学过Java，Python，Go等语言"),
        ("他写道：Well, let it be as it is.", "他写道：Well, let it be as it is."),
        ("A.选项一 B.选项二", "A.选项一 B.选项二"),
        // What one rule makes, another looks for.
        ("社区—小格区(楼栋)—居民", "社区——小格区（楼栋）——居民"),
        ("好了,...也许", "好了，……也许"),
        // Depth three is “ again (GB/T 15834 4.8.3.3): a right order stays.
        ("“甲‘乙“丙”丁’戊”", "“甲‘乙“丙”丁’戊”"),
        ("统筹推行“24365”工作体系,见《办法(试行)》", "统筹推行“24365”工作体系，见《办法（试行）》"),
    ];

    fn normalised(text: &str, policy: Policy) -> String {
        let mut text = Text::kept(text, FileId(0), 0);
        run(
            &mut [Words { text: &mut text, verbatim: false }],
            &policy.into(),
            Quotation::default(),
        );
        text.as_str().to_owned()
    }

    #[test]
    fn pairs_are_what_the_table_says() {
        for (input, output) in PAIRS {
            assert_eq!(normalised(input, Policy::Full), *output, "{input}");
        }
    }

    #[test]
    fn twice_is_once() {
        for (input, output) in PAIRS {
            assert_eq!(normalised(output, Policy::Full), *output, "{input}");
        }
    }

    #[test]
    fn the_policies_do_less() {
        assert_eq!(normalised("Ａ 了,花.", Policy::Off), "Ａ 了,花.");
        assert_eq!(normalised("Ａ 了,花.", Policy::Safe), "A了,花.");
    }

    #[test]
    fn a_mark_inside_bold_sees_its_neighbour_outside() {
        let (mut a, mut b) = (Text::kept("他说", FileId(0), 0), Text::kept(":好", FileId(0), 8));
        let words = |text| Words { text, verbatim: false };
        run(&mut [words(&mut a), words(&mut b)], &Policy::Full.into(), Quotation::default());
        assert_eq!((a.as_str(), b.as_str()), ("他说", "：好"));
    }

    #[test]
    fn code_is_left_alone_and_seen() {
        let mut code = Text::kept("f(a, b)", FileId(0), 0);
        let mut after = Text::kept(",即可.", FileId(0), 7);
        run(
            &mut [
                Words { text: &mut code, verbatim: true },
                Words { text: &mut after, verbatim: false },
            ],
            &Policy::Full.into(),
            Quotation::default(),
        );
        assert_eq!((code.as_str(), after.as_str()), ("f(a, b)", "，即可。"));
    }

    #[test]
    fn runs_still_cover_the_source() {
        for (input, _) in PAIRS {
            let mut text = Text::kept(input, FileId(0), 0);
            run(
                &mut [Words { text: &mut text, verbatim: false }],
                &Policy::Full.into(),
                Quotation::default(),
            );
            let mut at = 0;
            for r in text.runs() {
                assert_eq!(r.span.start, at, "{input}");
                at = r.span.end;
            }
            assert_eq!(at, input.len(), "{input}");
            let length: usize = text.runs().iter().map(|r| r.len).sum();
            assert_eq!(length, text.as_str().len());
        }
    }
}
