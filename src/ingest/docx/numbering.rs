//! The numbers Word writes before paragraphs: counted here, as Word counts them when it shows
//! them.

use super::xml::Element;
use std::collections::HashMap;

/// The number of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Number {
    /// A bullet.
    Bullet,
    /// `1.`, `2.`, …: an item of a numbered list.
    Item(u64),
    /// A number in words of its own: 一、, （一）, 第一章.
    Words(String),
}

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    text: String,
    start: u64,
}

/// The lists of a file and how far each has come.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Of each list, the definition it follows and the numbers it begins with.
    lists: HashMap<String, (String, HashMap<usize, u64>)>,
    levels: HashMap<(String, usize), Level>,
    counts: HashMap<String, [Option<u64>; 9]>,
    begun: HashMap<(String, usize), bool>,
}

impl Numbering {
    pub(super) fn read(root: Option<&Element>) -> Self {
        let mut out = Self::default();
        for element in root.into_iter().flat_map(Element::elements) {
            match element.name.as_str() {
                "w:abstractNum" => out.definition(element),
                "w:num" => out.list(element),
                _ => {}
            }
        }
        out
    }

    fn definition(&mut self, element: &Element) {
        let Some(id) = element.attribute("w:abstractNumId") else { return };
        for level in element.elements().filter(|level| level.name == "w:lvl") {
            let at = level.attribute("w:ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
            let word = |name| level.value(name).unwrap_or_default().to_owned();
            let start = level.value("w:start").and_then(|start| start.parse().ok());
            let start = start.filter(|start: &u64| *start < 100_000_000).unwrap_or(1);
            let level = Level { format: word("w:numFmt"), text: word("w:lvlText"), start };
            self.levels.insert((id.to_owned(), at), level);
        }
    }

    fn list(&mut self, element: &Element) {
        let id = element.attribute("w:numId");
        let (Some(id), Some(follows)) = (id, element.value("w:abstractNumId")) else { return };
        let overrides = element.elements().filter(|e| e.name == "w:lvlOverride");
        let starts = overrides.filter_map(|one| {
            let at = one.attribute("w:ilvl")?.parse().ok()?;
            Some((at, one.value("w:startOverride")?.parse().ok()?))
        });
        self.lists.insert(id.to_owned(), (follows.to_owned(), starts.collect()));
    }

    /// The number of the next paragraph of a list.
    pub(super) fn next(&mut self, list: &str, level: usize) -> Option<Number> {
        let level = level.min(8);
        let (definition, starts) = self.lists.get(list)?.clone();
        let own = self.levels.get(&(definition.clone(), level))?.clone();
        let counts = self.counts.entry(definition.clone()).or_default();
        let restarts = starts.get(&level).copied();
        let begun = self.begun.entry((list.to_owned(), level)).or_insert(false);
        let count = match (restarts.filter(|_| !*begun), counts.get(level).copied().flatten()) {
            (Some(start), _) => start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => own.start,
        };
        *begun = true;
        if let Some(slot) = counts.get_mut(level) {
            *slot = Some(count);
        }
        counts.iter_mut().skip(level + 1).for_each(|deeper| *deeper = None);
        let counts = *counts;
        match own.format.as_str() {
            "bullet" => Some(Number::Bullet),
            "none" => None,
            "decimal" if is_plain(&own.text, level) => Some(Number::Item(count)),
            _ if own.text.is_empty() => None,
            _ => Some(Number::Words(self.words(&definition, &own, level, &counts))),
        }
    }

    /// `第%1章` with the numbers in.
    fn words(
        &self,
        definition: &str,
        own: &Level,
        level: usize,
        counts: &[Option<u64>; 9],
    ) -> String {
        let mut out = String::new();
        let mut rest = own.text.chars().peekable();
        while let Some(c) = rest.next() {
            let digit = rest.peek().and_then(|d| d.to_digit(10)).filter(|d| c == '%' && *d > 0);
            let Some(digit) = digit else {
                out.push(c);
                continue;
            };
            rest.next();
            let at = usize::try_from(digit).unwrap_or(1) - 1;
            let other = self.levels.get(&(definition.to_owned(), at));
            let format =
                if at == level { &own.format } else { other.map_or(&own.format, |l| &l.format) };
            let count = counts.get(at).copied().flatten();
            out.push_str(&written(format, count.or(other.map(|l| l.start)).unwrap_or(1)));
        }
        out
    }
}

/// Whether a number stands alone before its point.
fn is_plain(text: &str, level: usize) -> bool {
    let number = format!("%{}", level + 1);
    text.strip_prefix(&number).is_some_and(|end| matches!(end, "." | ")" | "" | "．"))
}

/// A number as its format writes it (ECMA-376-1 §17.18.59).
fn written(format: &str, number: u64) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "ideographDigital"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographTraditional"
        | "chineseLegalSimplified" => han(number),
        "upperLetter" => letters(number, 'A'),
        "lowerLetter" => letters(number, 'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&number) => {
            let circled = u32::try_from(number).ok().and_then(|n| char::from_u32(0x245F + n));
            circled.map_or_else(|| number.to_string(), String::from)
        }
        "decimalZero" if number < 10 => format!("0{number}"),
        _ => number.to_string(),
    }
}

/// 一 to 九千九百九十九.
fn han(number: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const UNITS: [(u64, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let mut out = String::new();
    let mut zero = false;
    for (unit, name) in UNITS {
        let digit = number / unit % 10;
        if digit == 0 {
            zero = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut zero) {
            out.push('零');
        }
        // 十二, not 一十二.
        if !(unit == 10 && digit == 1 && out.is_empty()) {
            out.extend(usize::try_from(digit).ok().and_then(|at| DIGITS.get(at)));
        }
        out.push_str(name);
    }
    out
}

fn letters(number: u64, first: char) -> String {
    let (round, at) = (number.saturating_sub(1) / 26, number.saturating_sub(1) % 26);
    let letter = u32::try_from(at).ok().and_then(|at| char::from_u32(u32::from(first) + at));
    let count = usize::try_from(round.min(8)).unwrap_or(0) + 1;
    std::iter::repeat_n(letter.unwrap_or(first), count).collect()
}

fn roman(number: u64) -> String {
    const PARTS: [(u64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let mut left = number;
    let mut out = String::new();
    for (value, name) in PARTS {
        while left >= value {
            out.push_str(name);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_their_format_says() {
        for (format, number, expected) in [
            ("chineseCounting", 1, "一"),
            ("chineseCounting", 10, "十"),
            ("chineseCounting", 12, "十二"),
            ("chineseCounting", 20, "二十"),
            ("chineseCounting", 105, "一百零五"),
            ("chineseCounting", 110, "一百一十"),
            ("upperLetter", 27, "AA"),
            ("lowerRoman", 14, "xiv"),
            ("decimalEnclosedCircle", 3, "③"),
            ("decimal", 7, "7"),
        ] {
            assert_eq!(written(format, number), expected);
        }
    }

    #[test]
    fn lists_count_on_and_begin_anew() {
        let xml = "<w:numbering><w:abstractNum w:abstractNumId='0'>\
            <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>\
            <w:lvlText w:val='第%1章'/></w:lvl>\
            <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/>\
            <w:lvlText w:val='%2.'/></w:lvl></w:abstractNum>\
            <w:num w:numId='5'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
        let root = super::super::xml::parse("a", xml.as_bytes()).unwrap();
        let mut numbering = Numbering::read(Some(&root));
        assert_eq!(numbering.next("5", 0), Some(Number::Words("第一章".to_owned())));
        assert_eq!(numbering.next("5", 1), Some(Number::Item(1)));
        assert_eq!(numbering.next("5", 1), Some(Number::Item(2)));
        assert_eq!(numbering.next("5", 0), Some(Number::Words("第二章".to_owned())));
        assert_eq!(numbering.next("5", 1), Some(Number::Item(1)));
        assert_eq!(numbering.next("9", 0), None);
    }
}
