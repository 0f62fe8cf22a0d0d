//! The whole article: head, body, tail.
//!
//! The head ends where the first paragraph begins. A dateline or byline near the top is the best
//! sign of where the title is: the line before it. What stands before the title on a saved page
//! is another part of the page.

use super::classify::{Class, Zone, classify, numbering, run_in_end};
use super::dateline::{self, Dateline};
use super::series::in_series;
use crate::article::{
    Article, Author, Block, Heading, Inline, Paragraph, Removal, Role, RuleId, Text,
};
use crate::copyedit::Policy;
use crate::diagnostics::{Code, Diagnostic, Sink};

/// How many lines from the top a title is looked for.
const HEAD_LINES: usize = 12;

/// Gives every unstructured line of an article its place. Blocks that already have a structure
/// stay as they are.
/// What belongs to the page it was on is taken out by the full policy only.
pub fn recognise(article: Article, policy: Policy, sink: &mut Sink) -> Article {
    if article.metadata.title.is_some() {
        return article;
    }
    let lines: Vec<Text> = article.blocks.iter().filter_map(line).collect();
    if lines.len() != article.blocks.len() {
        return article;
    }
    let mut desk = Desk::new(article, policy, sink);
    desk.sort(lines);
    desk.finish()
}

/// The text of a block that is one plain line.
fn line(block: &Block) -> Option<Text> {
    match block {
        Block::Paragraph(Paragraph { role: Role::Body, run_in: None, inlines }) => {
            match inlines.as_slice() {
                [Inline::Text(text)] => Some(text.clone()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Where an article is taken apart and put together.
struct Desk<'a> {
    article: Article,
    policy: Policy,
    sink: &'a mut Sink,
    body: Vec<(Class, Text)>,
    tail: Vec<Block>,
}

impl<'a> Desk<'a> {
    fn new(mut article: Article, policy: Policy, sink: &'a mut Sink) -> Self {
        article.blocks.clear();
        Self { article, policy, sink, body: Vec::new(), tail: Vec::new() }
    }

    /// Sends every line to where it belongs.
    fn sort(&mut self, lines: Vec<Text>) {
        let title = find_title(&lines);
        let mut in_headlines = false;
        let mut head = true;
        for (at, text) in lines.into_iter().enumerate() {
            let before_title = title.is_some_and(|t| at < t);
            let zone = if head { Zone::Head } else { Zone::Body };
            let class = classify(text.as_str(), zone);
            if title == Some(at) {
                in_headlines = false;
                self.article.metadata.title = Some(text);
            } else if before_title && in_headlines && is_loose(class) && self.policy == Policy::Full
            {
                self.remove(&text, "boilerplate::headlines");
            } else if before_title && title == Some(at + 1) && is_overline(class, &text) {
                self.article.metadata.overline = Some(text);
            } else {
                in_headlines |= class == Class::HeadlinesLabel;
                head &= is_head(class) || before_title;
                self.place(class, text);
            }
        }
    }

    /// Sends one line to where its class belongs.
    fn place(&mut self, class: Class, text: Text) {
        let class = match class {
            page if is_page_part(page) && self.policy != Policy::Full => Class::Body,
            class => class,
        };
        match class {
            Class::Navigation => self.remove(&text, "boilerplate::navigation"),
            Class::Copyright => self.remove(&text, "boilerplate::copyright"),
            Class::Masthead => self.remove(&text, "boilerplate::masthead"),
            Class::HeadlinesLabel => self.remove(&text, "boilerplate::headlines"),
            Class::Promotion => self.remove(&text, "boilerplate::promotion"),
            Class::Script => self.remove(&text, "boilerplate::script"),
            Class::Dateline => self.dateline(&text),
            Class::Source if self.article.metadata.source.is_none() => {
                let value = self.value(&text);
                self.article.metadata.source = Some(value);
            }
            Class::Editor if self.article.metadata.editor.is_none() => {
                let value = self.value(&text);
                self.article.metadata.editor = Some(value);
            }
            Class::Lede if self.article.metadata.summary.is_none() => {
                let value = self.value(&text);
                self.article.metadata.summary = Some(value);
            }
            Class::Byline => self.byline(&text),
            Class::Subtitle if self.can_have_subtitle() => {
                self.article.metadata.subtitle = Some(text);
            }
            Class::Affiliation => self.tail.push(paragraph(Role::AuthorNote, text)),
            class => self.body.push((class, text)),
        }
    }

    fn can_have_subtitle(&self) -> bool {
        let metadata = &self.article.metadata;
        metadata.title.is_some() && metadata.subtitle.is_none() && self.body.is_empty()
    }

    fn remove(&mut self, text: &Text, rule: &'static str) {
        let removal = |run: &crate::article::Run| Removal { span: run.span, rule: RuleId(rule) };
        self.article.removed.extend(text.runs().iter().map(removal));
    }

    fn value(&mut self, text: &Text) -> Text {
        let (value, removed) = dateline::labelled(text);
        self.article.removed.extend(removed);
        value
    }

    fn byline(&mut self, text: &Text) {
        let (names, removed) = dateline::names(text);
        self.article.removed.extend(removed);
        self.article.metadata.authors.extend(names.into_iter().map(Author::from));
    }

    /// A second date, source or editor is no field but text.
    fn dateline(&mut self, text: &Text) {
        let Some(Dateline { date, source, author, editor, removed }) = dateline::dateline(text)
        else {
            self.body.push((Class::Body, text.clone()));
            return;
        };
        let metadata = &mut self.article.metadata;
        let taken = date.is_some() && metadata.date.is_some()
            || source.is_some() && metadata.source.is_some()
            || editor.is_some() && metadata.editor.is_some();
        if taken {
            self.body.push((Class::Body, text.clone()));
            return;
        }
        metadata.date = date.or(metadata.date.take());
        metadata.source = source.or(metadata.source.take());
        metadata.editor = editor.or(metadata.editor.take());
        metadata.authors.extend(author.map(Author::from));
        self.article.removed.extend(removed);
    }

    /// Turns body lines into blocks; numbers count only in a series.
    fn finish(mut self) -> Article {
        let numbers: Vec<_> = self.body.iter().map(|(class, text)| number(*class, text)).collect();
        let series = in_series(&numbers);
        let body = std::mem::take(&mut self.body);
        for ((class, text), in_series) in body.into_iter().zip(series) {
            let block = self.block(class, text, in_series);
            self.article.blocks.push(block);
        }
        self.article.blocks.append(&mut self.tail);
        self.article
    }

    fn block(&mut self, class: Class, text: Text, in_series: bool) -> Block {
        match class {
            Class::Heading(level) if in_series => {
                Block::Heading(Heading { level, inlines: vec![Inline::Text(text)] })
            }
            Class::RunIn(level) if in_series => run_in(level, &text),
            Class::Heading(_) | Class::RunIn(_) => {
                self.report_lone(&text);
                paragraph(Role::Body, text)
            }
            Class::Break => Block::Break { marks: text },
            Class::EditorNote => paragraph(Role::EditorNote, text),
            Class::Caption => paragraph(Role::Caption, text),
            Class::Note => paragraph(Role::Note, text),
            _ => paragraph(Role::Body, text),
        }
    }

    fn report_lone(&mut self, text: &Text) {
        let rest = numbering(text.as_str()).map_or("", |(_, _, rest)| rest);
        let number = text.as_str().strip_suffix(rest).unwrap_or_default();
        let finding = Diagnostic::new(Code::LoneNumber).with("number", number);
        self.sink.push(match text.origin(0) {
            Some(span) => finding.at_span(span),
            None => finding,
        });
    }
}

/// Where the title is: before the first dateline or byline of the head, or the first line.
fn find_title(lines: &[Text]) -> Option<usize> {
    let class = |at: usize| classify(lines[at].as_str(), Zone::Head);
    let head = lines.len().min(HEAD_LINES);
    let sign = (0..head).find(|at| matches!(class(*at), Class::Dateline | Class::Byline));
    let is_title = |at: &usize| matches!(class(*at), Class::Title);
    if let Some(sign) = sign
        && let Some(title) = (0..sign).rev().find(is_title)
    {
        return Some(title);
    }
    let is_page = |at: &usize| is_page_part(class(*at));
    (0..head).filter(|at| !is_page(at)).take(3).find(is_title)
}

/// What belongs to the page rather than the article.
const fn is_page_part(class: Class) -> bool {
    use Class as C;
    matches!(
        class,
        C::Navigation | C::Copyright | C::Masthead | C::HeadlinesLabel | C::Promotion | C::Script
    )
}

/// A line that may be part of a list of headlines: nothing with a field in it.
const fn is_loose(class: Class) -> bool {
    matches!(class, Class::Body | Class::Title | Class::Subtitle | Class::MaybeHeading)
}

/// What may stand in the head.
const fn is_head(class: Class) -> bool {
    use Class as C;
    is_page_part(class)
        || matches!(
            class,
            C::Dateline
                | C::Byline
                | C::Source
                | C::Editor
                | C::Lede
                | C::EditorNote
                | C::Subtitle
                | C::Affiliation
        )
}

/// 引题: a short line right before the title.
fn is_overline(class: Class, text: &Text) -> bool {
    class == Class::Title && text.as_str().chars().count() <= 24
}

fn number(class: Class, text: &Text) -> Option<(u8, u32)> {
    match class {
        Class::Heading(_) | Class::RunIn(_) | Class::Item(_) => {
            numbering(text.as_str()).map(|(level, number, _)| (level, number))
        }
        _ => None,
    }
}

fn paragraph(role: Role, text: Text) -> Block {
    Block::Paragraph(Paragraph { role, run_in: None, inlines: vec![Inline::Text(text)] })
}

/// Parts a paragraph after the 。 that ends its heading.
fn run_in(level: u8, text: &Text) -> Block {
    let line = text.as_str();
    let rest = numbering(line).map_or(line, |(_, _, rest)| rest);
    let end = line.len() - rest.len() + run_in_end(level, rest).unwrap_or(0);
    let heading = Heading { level, inlines: vec![Inline::Text(text.slice(0..end))] };
    let inlines = vec![Inline::Text(text.slice(end..line.len()))];
    Block::Paragraph(Paragraph { role: Role::Body, run_in: Some(heading), inlines })
}
