//! What holds for every paragraph, tried on random text and, when `QIKAN_CORPORA` names a corpus,
//! on every line of its laws.

use super::cases::LIBRARY;
use super::classes::Class;
use super::paragraph::{Form, SetParagraph, set};
use super::shape::Shaper;
use super::strand::{Look, Strand};
use crate::colour::Colour;
use crate::fonts::Voice;
use crate::length::{Em, Pt};
use crate::page::Mark;
use crate::template::{Align, Punctuation, PunctuationStyle};
use proptest::prelude::*;

const SIZE: Pt = Pt::new(10);

fn rules(kinsoku: u8) -> Punctuation {
    Punctuation {
        style: PunctuationStyle::Quanjiao,
        kinsoku,
        trim_line_start: true,
        gap: Em::QUARTER,
        gap_adjusts: true,
        hanging: false,
    }
}

fn run(text: &str, measure: i64, indent: i64, align: Align, rules: &Punctuation) -> SetParagraph {
    let look = Look::new(Voice::Song, SIZE, Colour::INK);
    let shaper = Shaper::new(&LIBRARY, "zh-Hans", rules.style);
    let form = Form {
        measure: SIZE * measure,
        indent: SIZE * indent,
        align,
        size: SIZE,
        punctuation: rules,
    };
    set(&Strand::of(text, look, Mark::Artefact), &shaper, &form)
}

/// The text of each line.
fn lines(set: &SetParagraph) -> Vec<String> {
    let text = |line: &super::paragraph::SetLine| {
        set.runs[line.runs.clone()].iter().map(|run| &set.text[run.text.clone()]).collect()
    };
    set.lines.iter().map(text).collect()
}

/// Checks one set paragraph: nothing lost or doubled, no line over its measure, lines but the
/// last filled, no forbidden mark at an edge.
fn check(text: &str, set: &SetParagraph, measure: i64, level: u8) -> Result<(), String> {
    let lines = lines(set);
    if lines.concat() != text {
        return Err(format!("{text:?} became {lines:?}"));
    }
    for (at, line) in set.lines.iter().enumerate() {
        let last = at + 1 == set.lines.len();
        if line.excess > Pt::ZERO {
            return Err(format!("{:?} is {} over {measure}", lines[at], line.excess));
        }
        if !last && line.end < SIZE * measure && lines[at].chars().count() > 4 {
            return Err(format!("{:?} ends at {} of {measure}", lines[at], line.end));
        }
    }
    edges(&lines, level)
}

/// Checks that no forbidden mark stands at the edge of a line.
fn edges(lines: &[String], level: u8) -> Result<(), String> {
    for pair in lines.windows(2) {
        let last = pair[0].trim_end().chars().next_back();
        let first = pair[1].chars().next();
        let class =
            |c: Option<char>| c.map(|c| super::classes::class_of(c, Some('一'), Some('一')));
        let not_first = matches!(
            class(first),
            Some(Class::Close | Class::Comma | Class::Stop | Class::Exclaim | Class::Middle)
        );
        if level > 0 && (not_first || class(last) == Some(Class::Open)) {
            return Err(format!("{:?}|{:?}", pair[0], pair[1]));
        }
    }
    Ok(())
}

/// Chinese text with marks no closer than text has them.
fn chinese() -> impl Strategy<Value = String> {
    let han = "[一二三四五六七八九十天地人和社会治理法]{2,9}";
    let piece = prop_oneof![
        6 => han.prop_map(|h| h),
        3 => (han, "[，。、；：！？]").prop_map(|(h, m)| h + &m),
        1 => han.prop_map(|h| format!("“{h}”")),
        1 => han.prop_map(|h| format!("《{h}》，")),
        1 => han.prop_map(|h| format!("（{h}）")),
        1 => "[A-Za-z]{1,7}",
        1 => "[0-9]{1,4}",
        1 => Just("——".to_owned()),
        1 => Just("……".to_owned()),
    ];
    proptest::collection::vec(piece, 1..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn justified_lines_are_full_and_hold_every_character(
        text in chinese(), measure in 12i64..40, indent in 0i64..3, level in 0u8..4,
    ) {
        let set = run(&text, measure, indent, Align::Justify, &rules(level));
        prop_assert_eq!(check(&text, &set, measure, level), Ok(()));
    }

    #[test]
    fn any_text_at_any_measure_is_set_whole(text in "\\PC{0,60}", measure in 1i64..30) {
        for align in [Align::Justify, Align::Left, Align::Centre] {
            let set = run(&text, measure, 0, align, &rules(2));
            prop_assert_eq!(lines(&set).concat(), text.clone());
        }
    }
}

#[test]
fn every_line_of_the_laws_is_set_by_the_rules() {
    #[expect(clippy::disallowed_methods, reason = "the corpus is named by the environment")]
    let Some(corpora) = std::env::var_os("QIKAN_CORPORA") else { return };
    let folder = std::path::Path::new(&corpora).join("law-md");
    let (mut count, mut overfull) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        #[expect(clippy::disallowed_methods, reason = "a test reads its corpus")]
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let set = run(line, 21, 2, Align::Justify, &rules(2));
            count += line.chars().count();
            if let Err(error) = check(line, &set, 21, 2) {
                overfull.push(error);
            }
        }
    }
    assert!(count > 800_000, "{count} characters");
    assert!(
        overfull.is_empty(),
        "{} lines: {:#?}",
        overfull.len(),
        &overfull[..overfull.len().min(5)]
    );
}

/// The Rust book: Chinese with Western words, paths and code. Where no break keeps a rule, it
/// may give way, and the line says so.
#[test]
fn every_line_of_the_rust_book_is_set_by_the_rules() {
    #[expect(clippy::disallowed_methods, reason = "the corpus is named by the environment")]
    let Some(corpora) = std::env::var_os("QIKAN_CORPORA") else { return };
    let folder = std::path::Path::new(&corpora).join("book-trpl-zh-cn/src");
    let (mut lines, mut forced) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        #[expect(clippy::disallowed_methods, reason = "a test reads its corpus")]
        let text = std::fs::read_to_string(path).unwrap();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let set = run(line, 36, 2, Align::Justify, &rules(2));
            lines += set.lines.len();
            forced += set.lines.iter().filter(|line| line.forced).count();
            if set.lines.iter().any(|line| line.forced) {
                continue;
            }
            let own = self::lines(&set);
            assert_eq!(edges(&own, 2), Ok(()));
            let solid = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(solid(&own.concat()), solid(line));
            assert!(set.lines.iter().all(|line| line.excess == Pt::ZERO), "{line}");
        }
    }
    assert!(lines > 10_000 && forced * 20 < lines, "{forced} of {lines} lines");
}

/// What the table of a face says of a Han character is what the shaper says: the look-up may
/// stand in for it. Characters are shaped in rows, as in a text.
/// The glyphs that the face's own `locl` gives 骨, 直 and ， in each language, read with fontTools.
#[test]
fn characters_have_the_forms_of_their_region() {
    let id = LIBRARY.voice(Voice::Song).0;
    for (language, glyphs) in [
        ("zh-Hans", [44686, 27394, 47325]),
        ("zh-Hant", [44687, 27394, 50593]),
        ("zh-Hant-TW", [44687, 27394, 50593]),
        ("zh-Hant-HK", [44685, 27395, 50593]),
        ("ja", [44685, 27393, 47325]),
        ("ko", [44685, 27393, 47325]),
    ] {
        let shaper = Shaper::new(&LIBRARY, language, PunctuationStyle::Quanjiao);
        let look = Look::new(Voice::Song, SIZE, Colour::INK);
        let strand = Strand::of("骨直，", look, Mark::Artefact);
        let shaped: Vec<u16> = shaper.shape(&strand).glyphs.iter().map(|glyph| glyph.id).collect();
        assert_eq!(shaped, glyphs, "{language}");
        assert_eq!(LIBRARY.face(id).glyph('骨'), Some(44686));
    }
}

#[test]
fn looking_up_han_is_shaping_it() {
    let shaper = Shaper::new(&LIBRARY, "zh-Hans", PunctuationStyle::Quanjiao);
    for voice in [Voice::Song, Voice::SongBold, Voice::Hei, Voice::HeiBold, Voice::Kai] {
        let id = LIBRARY.voice(voice).0;
        let face = LIBRARY.face(id);
        let reader = face.reader().unwrap();
        let ranges = [0x4E00..=0x9FFF_u32, 0x3400..=0x4DBF, 0x2_0000..=0x2_A6DF];
        let han: Vec<char> = ranges
            .into_iter()
            .flatten()
            .filter_map(char::from_u32)
            .filter(|c| reader.glyph(*c).is_some())
            .collect();
        assert!(han.len() > 6_000, "{}: {}", face.name(), han.len());
        for row in han.chunks(500) {
            let text: String = row.iter().collect();
            let shaped = shaper.shaped_ids(&text, id);
            let table: Vec<u16> = row.iter().filter_map(|c| reader.glyph(*c)).collect();
            assert_eq!(shaped, table, "{}", face.name());
        }
    }
}
