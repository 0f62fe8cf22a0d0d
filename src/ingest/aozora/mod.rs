//! Text in the notation of Aozora Bunko → paragraphs with readings, emphasis and headings.
//!
//! `漢字《かんじ》` and `｜一人《ひとり》` are readings; `［＃……］` are notes on the words before
//! them or the lines after them; `※［＃……］` stands for a character that the old encodings lack.
//! Notes that lay out the page are taken out, and the ledger says so; one that is not understood
//! stays as it is written.

mod gaiji;
mod jisx0213;
mod notes;

use super::stem;
use crate::article::{
    Apart, Article, Block, Heading, Inline, Paragraph, Removal, Role, RuleId, Style, Text,
};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::source::{FileId, Span};
use notes::Note;
use std::ops::Range;

const NOTATION: RuleId = RuleId("aozora::notation");
const GAIJI: RuleId = RuleId("aozora::gaiji");
const LINES: RuleId = RuleId("plain::lines");

/// Whether a text is in this notation: kana between `《》`, which Chinese has for titles.
pub(super) fn is_aozora(text: &str) -> bool {
    let readings = text.match_indices('《').take(200).filter(|(at, mark)| {
        let inner = text.get(at + mark.len()..).unwrap_or_default();
        let inner = inner.find('》').and_then(|end| inner.get(..end)).unwrap_or_default();
        !inner.is_empty() && inner.chars().all(is_kana)
    });
    readings.count() >= 3
        || text.contains("［＃") && text.chars().filter(|c| is_kana(*c)).count() > 20
}

const fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '・' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ')
}

/// Reads a decoded text.
pub(super) fn read(text: &str, file: FileId, name: &str, sink: &mut Sink) -> Article {
    let mut article = Article::new(file, stem(name), "ja");
    let mut reader = Reader { file, sink, quoted: None, blocks: Vec::new() };
    let mut at = 0;
    let legend = legend(text);
    for line in text.split_inclusive('\n') {
        let body = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        let start = at
            + (line.len()
                - line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').len());
        if !body.is_empty() && !legend.contains(&start) {
            reader.line(body, start);
        }
        at += line.len();
    }
    reader.end_quote();
    article.blocks = reader.blocks;
    title(&mut article);
    article.removed = between(&article, text);
    article
}

/// The table of signs between two rows of dashes at the head of a file.
fn legend(text: &str) -> Range<usize> {
    let Some(start) = text.find("\n-----").filter(|at| *at < 2000) else { return 0..0 };
    let after = text.get(start + 1..).unwrap_or_default();
    let first = after.find('\n').map_or(after.len(), |end| end + 1);
    match after.get(first..).and_then(|rest| rest.find("-----").map(|at| (rest, at))) {
        Some((rest, at)) => {
            let line = rest.get(at..).and_then(|r| r.find('\n')).unwrap_or(rest.len() - at);
            start..start + 1 + first + at + line
        }
        None => 0..0,
    }
}

/// The first line is the title, the second the author, when a blank line follows them.
fn title(article: &mut Article) {
    let short = |block: &Block| {
        let line = block.plain();
        matches!(block, Block::Paragraph(_)) && line.chars().count() <= 40 && !line.ends_with('。')
    };
    let count = article.blocks.iter().take(3).take_while(|block| short(block)).count();
    let mut fields = article.blocks.drain(..count).collect::<Vec<_>>().into_iter().map(|block| {
        let mut out = Text::default();
        block.texts().into_iter().for_each(|text| out.append(text));
        out
    });
    article.metadata.title = fields.next();
    let (second, third) = (fields.next(), fields.next());
    let (subtitle, author) = match (second, third) {
        (Some(subtitle), Some(author)) => (Some(subtitle), Some(author)),
        (author, _) => (None, author),
    };
    article.metadata.subtitle = subtitle;
    article.metadata.authors.extend(author.map(crate::article::Author::from));
}

/// Everything that is in no text.
fn between(article: &Article, text: &str) -> Vec<Removal> {
    let mut spans: Vec<Span> =
        article.texts().flat_map(|text| text.runs().iter().map(|run| run.span)).collect();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut out = Vec::new();
    let mut push = |range: Range<usize>| {
        let blank = text.get(range.clone()).is_some_and(|part| part.trim().is_empty());
        let rule = if blank { LINES } else { NOTATION };
        if !range.is_empty() {
            out.push(Removal { span: Span::new(article.file, range), rule });
        }
    };
    let mut at = 0;
    for span in spans {
        if at < span.start {
            push(at..span.start);
        }
        at = at.max(span.end);
    }
    push(at..text.len());
    out
}

struct Reader<'a> {
    file: FileId,
    sink: &'a mut Sink,
    /// Paragraphs of an indented part that is open.
    quoted: Option<Vec<Block>>,
    blocks: Vec<Block>,
}

/// What notes say about the line they stand in.
#[derive(Debug, Default)]
struct Line {
    heading: Option<u8>,
    role: Option<Role>,
    begins_quote: bool,
    ends_quote: bool,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, start: usize) {
        let mut about = Line::default();
        let mut row = Row { file: self.file, line, start, inlines: Vec::new(), open: Vec::new() };
        let mut at = 0;
        let mut bar = None;
        while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
            let next = rest.find(['《', '｜', '※', '［']).unwrap_or(rest.len());
            if next > 0 {
                row.words(at..at + next);
                at += next;
                continue;
            }
            at = self.sign(rest, at, &mut row, &mut bar, &mut about);
        }
        let inlines = row.finish();
        if about.begins_quote {
            self.end_quote();
            self.quoted = Some(Vec::new());
        }
        if !inlines.is_empty() {
            let block = match about.heading {
                Some(level) => Block::Heading(Heading::written(level, inlines)),
                None => {
                    let role = about.role.unwrap_or(Role::Body);
                    Block::Paragraph(Paragraph { role, run_in: None, inlines })
                }
            };
            self.quoted.as_mut().unwrap_or(&mut self.blocks).push(block);
        }
        if about.ends_quote {
            self.end_quote();
        }
    }

    fn end_quote(&mut self) {
        if let Some(blocks) = self.quoted.take().filter(|blocks| !blocks.is_empty()) {
            self.blocks.push(Block::Quote { apart: Apart::Quotation, blocks });
        }
    }

    /// A sign of the notation at the head of `rest`; where the line goes on.
    fn sign(
        &mut self,
        rest: &str,
        at: usize,
        row: &mut Row<'_>,
        bar: &mut Option<usize>,
        about: &mut Line,
    ) -> usize {
        let sign = rest.chars().next().map_or(0, char::len_utf8);
        let closed = |open: &str, close: char| {
            let inner = rest.strip_prefix(open)?;
            let end = inner.find(close)?;
            Some((inner.get(..end)?, open.len() + end + close.len_utf8()))
        };
        if let Some((reading, len)) = closed("《", '》')
            && row.reading(bar.take(), reading, at + '《'.len_utf8())
        {
            return at + len;
        }
        if rest.starts_with('｜') && rest.find('《').is_some() {
            *bar = Some(row.mark());
            return at + sign;
        }
        if let Some((note, len)) = closed("※［＃", '］') {
            let span = Span::new(self.file, row.start + at..row.start + at + len);
            match gaiji::character(note) {
                Some(c) => row.replaced(c, span),
                None => {
                    let finding = Diagnostic::new(Code::Gaiji).with("text", note);
                    self.sink.push(finding.at_span(span));
                    row.words(at..at + len);
                }
            }
            return at + len;
        }
        if let Some((note, len)) = closed("［＃", '］') {
            if !self.note(note, row, about) {
                row.words(at..at + len);
            }
            return at + len;
        }
        row.words(at..at + sign);
        at + sign
    }

    /// Does what a note says; whether it was understood.
    fn note(&mut self, note: &str, row: &mut Row<'_>, about: &mut Line) -> bool {
        match notes::read(note) {
            Some(Note::Styled { words, style }) => row.style(words, style),
            Some(Note::Open(style)) => row.open(style),
            Some(Note::Close) => row.close(),
            Some(Note::Heading(level)) => about.heading = Some(level),
            Some(Note::Right) => about.role = Some(Role::Right),
            Some(Note::BeginQuote) => about.begins_quote = true,
            Some(Note::EndQuote) => about.ends_quote = true,
            Some(Note::Layout) => {}
            None => return false,
        }
        true
    }
}

/// A line as it is put together.
struct Row<'a> {
    file: FileId,
    line: &'a str,
    start: usize,
    inlines: Vec<Inline>,
    /// Styles that are open, each with where it began.
    open: Vec<(usize, Style)>,
}

impl Row<'_> {
    fn words(&mut self, range: Range<usize>) {
        let words = self.line.get(range.clone()).unwrap_or_default();
        self.push(Text::kept(words, self.file, self.start + range.start));
    }

    fn push(&mut self, text: Text) {
        match self.inlines.last_mut() {
            Some(Inline::Text(last)) => last.append(&text),
            _ => self.inlines.push(Inline::Text(text)),
        }
    }

    fn replaced(&mut self, c: char, span: Span) {
        let mut text = Text::default();
        text.push(c.encode_utf8(&mut [0; 4]), span, Some(GAIJI));
        self.push(text);
    }

    /// Where the next word will stand: a new text begins.
    fn mark(&mut self) -> usize {
        self.inlines.push(Inline::Text(Text::default()));
        self.inlines.len() - 1
    }

    /// Gives the words before a reading; whether there were any.
    fn reading(&mut self, bar: Option<usize>, reading: &str, at: usize) -> bool {
        let Some(Inline::Text(last)) = self.inlines.last() else { return false };
        let value = last.as_str().to_owned();
        let from = match bar {
            Some(mark) if mark + 1 == self.inlines.len() => 0,
            _ => base_start(&value),
        };
        if from == value.len() || reading.is_empty() {
            return false;
        }
        let (before, base) = (last.slice(0..from), last.slice(from..value.len()));
        self.inlines.pop();
        if !before.is_empty() {
            self.inlines.push(Inline::Text(before));
        }
        let reading = Text::kept(reading, self.file, self.start + at);
        self.inlines.push(Inline::Ruby { base, reading });
        self.inlines.push(Inline::Text(Text::default()));
        true
    }

    /// Marks the last words of the line that read `words`.
    fn style(&mut self, words: &str, style: Style) {
        let found = self.inlines.iter().enumerate().rev().find_map(|(at, inline)| match inline {
            Inline::Text(text) => text.as_str().rfind(words).map(|from| (at, from)),
            _ => None,
        });
        let Some((at, from)) = found else { return };
        let Some(Inline::Text(text)) = self.inlines.get(at).cloned() else { return };
        let end = from + words.len();
        let styled = vec![Inline::Text(text.slice(from..end))];
        let parts = [
            Inline::Text(text.slice(0..from)),
            Inline::Styled { style, inlines: styled },
            Inline::Text(text.slice(end..text.as_str().len())),
        ];
        self.inlines.splice(at..=at, parts);
    }

    fn open(&mut self, style: Style) {
        let mark = self.mark();
        self.open.push((mark, style));
    }

    fn close(&mut self) {
        let Some((from, style)) = self.open.pop() else { return };
        let inlines = self.inlines.split_off(from.min(self.inlines.len()));
        self.inlines.push(Inline::Styled { style, inlines });
    }

    fn finish(mut self) -> Vec<Inline> {
        while !self.open.is_empty() {
            self.close();
        }
        tidy(self.inlines)
    }
}

/// Without texts that have nothing in them.
fn tidy(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in inlines {
        match (out.last_mut(), inline) {
            (_, Inline::Text(text)) if text.is_empty() => {}
            (Some(Inline::Text(last)), Inline::Text(text)) => last.append(&text),
            (_, inline) => out.push(inline),
        }
    }
    out
}

/// Where the word begins that a reading without a bar belongs to: the run of one kind of
/// character before it.
fn base_start(text: &str) -> usize {
    let kind = |c: char| match c {
        '々'
        | '〆'
        | '〇'
        | 'ヶ'
        | '仝'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => 1,
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => 2,
        'ァ'..='ヺ' | 'ー' => 3,
        c if c.is_alphanumeric() => 4,
        _ => 0,
    };
    let Some(last) = text.chars().next_back().map(kind).filter(|kind| *kind > 0) else {
        return text.len();
    };
    let run = text.chars().rev().take_while(|c| kind(*c) == last);
    text.len() - run.map(char::len_utf8).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Ledger;
    use crate::source::Sources;

    fn article(text: &str) -> Article {
        let mut sources = Sources::default();
        let file = sources.add("a.txt", text);
        let article = read(text, file, "a.txt", &mut Sink::default());
        let ledger = Ledger::of(&article, &sources);
        assert_eq!(ledger.gap(text.len()), None, "{:?}", ledger.edits);
        assert_eq!(ledger.undo(), text);
        article
    }

    fn json(line: &str) -> serde_json::Value {
        let article =
            article(&format!("題\n著者\n\nこの話は昔むかしの長い長いお話である。\n{line}\n"));
        serde_json::to_value(&article.blocks[1..]).unwrap()
    }

    #[test]
    fn readings_belong_to_the_run_before_them_or_to_what_follows_the_bar() {
        let found =
            json("これは、｜茂平《もへい》と親譲《おやゆず》りの東京タワー《とうきょう》だ。");
        let inlines = &found[0]["inlines"];
        assert_eq!(inlines[1]["ruby"]["base"], "茂平");
        assert_eq!(inlines[3]["ruby"]["base"], "親譲");
        assert_eq!(inlines[5]["ruby"]["base"], "タワー");
        let found = json("彼は「《」と書いた。");
        assert_eq!(found[0]["inlines"][0]["text"], "彼は「《」と書いた。");
    }

    #[test]
    fn notes_mark_words_and_lines() {
        let found = json("［＃３字下げ］一［＃「一」は中見出し］");
        assert_eq!((&found[0]["kind"], &found[0]["level"]), (&"heading".into(), &2.into()));
        let found = json("なもし［＃「なもし」に傍点］と言う。");
        assert_eq!(found[0]["inlines"][0]["styled"]["style"], "dots");
        let found = json("［＃地付き］（大正四年九月）");
        assert_eq!(found[0]["role"], "right");
        let found = json("甲［＃読めない注］乙");
        assert_eq!(found[0]["inlines"][0]["text"], "甲［＃読めない注］乙");
    }

    #[test]
    fn characters_outside_the_encoding_come_back() {
        let found =
            json("※［＃「口＋世」、U+20B9F、123-4］る、※［＃「木＋世」、第3水準1-85-56］。");
        let text = found[0]["inlines"][0]["text"].as_str().unwrap();
        assert_eq!(text.chars().next(), Some('\u{20B9F}'));
        assert!(!text.contains('※'), "{text}");
    }

    #[test]
    fn chinese_titles_are_no_readings() {
        assert!(!is_aozora("他读了《红楼梦》《水浒传》《西游记》《三国演义》。"));
        assert!(is_aozora("親譲《おやゆず》りの無鉄砲《むてっぽう》で小供《こども》の時"));
    }
}
