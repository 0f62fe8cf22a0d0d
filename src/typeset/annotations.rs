//! What stands beside and between the words of a line, against the rows of the table of
//! typography: dots and lines (ED, PN), readings (RU), marks across parts (PC9), underlines and
//! gaps (CW6).

use super::cases::LIBRARY;
use super::paragraph::{Form, SetParagraph, set};
use super::shape::Shaper;
use super::strand::{Drawn, Look, Rise, Strand};
use super::strokes::Kind;
use crate::colour::Colour;
use crate::fonts::Voice;
use crate::length::{Em, Pt};
use crate::page::{Mark, Turn};
use crate::template::{Align, Punctuation, PunctuationStyle};

const SIZE: Pt = Pt::new(20);
const RULES: Punctuation = Punctuation {
    style: PunctuationStyle::Quanjiao,
    kinsoku: 2,
    trim_line_start: true,
    gap: Em::QUARTER,
    gap_adjusts: true,
    hanging: false,
};

fn plain() -> Look {
    Look::new(Voice::Song, SIZE, Colour::INK)
}

fn drawn(drawn: Drawn) -> Look {
    Look { drawn, ..plain() }
}

fn lay(strand: &Strand, measure: i64, language: &str) -> SetParagraph {
    let form = Form {
        measure: SIZE * measure,
        indent: Pt::ZERO,
        align: Align::Justify,
        size: SIZE,
        punctuation: &RULES,
    };
    set(strand, &Shaper::new(&LIBRARY, language, RULES.style), &form)
}

fn strand(parts: &[(&str, Look)]) -> Strand {
    let mut strand = Strand::default();
    parts.iter().for_each(|(text, look)| strand.push(text, *look, Mark::Artefact));
    strand
}

fn em(length: Pt) -> f64 {
    length.millis() as f64 / SIZE.millis() as f64
}

/// Where each cluster's cell begins, in em.
fn cells(set: &SetParagraph) -> Vec<(String, f64)> {
    set.origins.iter().map(|(_, x, text)| (text.clone(), em(Pt::from_units(*x)))).collect()
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 0.011, "{a} is not {b}");
}

#[test]
fn dots_stand_under_characters_and_not_under_marks() {
    let dots = drawn(Drawn { dots: true, part: 1, ..Drawn::default() });
    for measure in [20, 9] {
        let set =
            lay(&strand(&[("着重，号。～《甲》", dots), ("乙丙丁", plain())]), measure, "zh-Hans");
        let dots: Vec<f64> = set.strokes.iter().map(|stroke| em(stroke.x)).collect();
        let han = cells(&set).into_iter().filter(|(text, _)| "着重号甲".contains(text.as_str()));
        let middles: Vec<f64> = han.map(|(_, x)| x + 0.5).collect();
        assert_eq!(dots.len(), 4);
        dots.iter().zip(middles).for_each(|(dot, middle)| near(*dot, middle));
    }
}

#[test]
fn a_wave_stands_under_titles_and_not_under_the_mark_between() {
    let wavy = drawn(Drawn { wavy: true, part: 1, ..Drawn::default() });
    let set = lay(&strand(&[("读", plain()), ("史记、汉书", wavy)]), 20, "zh-Hans");
    let waves: Vec<_> = set.strokes.iter().filter(|s| s.kind == Kind::Wave).collect();
    assert_eq!(waves.len(), 2);
    near(em(waves[0].x), 1.0);
    near(em(waves[0].length), 2.0);
    near(em(waves[1].x), 4.0);
    near(em(waves[1].length), 2.0);
}

#[test]
fn names_that_touch_are_drawn_apart() {
    let name = |part| drawn(Drawn { under: true, part, ..Drawn::default() });
    let set = lay(&strand(&[("鲁迅", name(1)), ("茅盾", name(2)), ("说", plain())]), 20, "zh-Hans");
    let [first, second] = set.strokes.as_slice() else { panic!("{:?}", set.strokes) };
    near(em(first.x), 0.0);
    near(em(second.x + second.length), 4.0);
    let gap = em(second.x - first.x - first.length);
    assert!((0.10..=0.25).contains(&gap), "{gap}");
}

#[test]
fn a_name_over_two_lines_is_drawn_on_both() {
    let name = drawn(Drawn { under: true, part: 1, ..Drawn::default() });
    let set = lay(&strand(&[("一二三", plain()), ("列夫托尔斯泰", name)]), 6, "zh-Hans");
    let lengths: Vec<f64> = set.strokes.iter().map(|stroke| em(stroke.length)).collect();
    assert_eq!((set.lines.len(), lengths.len()), (2, 2));
    near(lengths.iter().sum(), 6.0);
}

#[test]
fn a_line_below_western_words_leaves_the_gaps_alone() {
    let under = drawn(Drawn { under: true, part: 1, ..Drawn::default() });
    let set = lay(&strand(&[("甲", plain()), ("A", under), ("乙", plain())]), 20, "zh-Hans");
    let [stroke] = set.strokes.as_slice() else { panic!("{:?}", set.strokes) };
    assert_eq!(stroke.kind, Kind::Under);
    near(em(stroke.x), 1.25);
    near(em(stroke.x + stroke.length), cells(&set)[2].1 - 0.25);
}

#[test]
fn marks_see_each_other_across_parts() {
    let bold = Look { voice: Voice::SongBold, ..plain() };
    let whole = lay(&strand(&[("他说：“好。”我走", plain())]), 20, "zh-Hans");
    let parts = [("他说：", plain()), ("“好。", bold), ("”我走", plain())];
    assert_eq!(cells(&whole), cells(&lay(&strand(&parts), 20, "zh-Hans")));
}

#[test]
fn raised_words_stay_with_the_word_before() {
    let raised = plain().risen(Rise::Up);
    let parts = [("一二三四五六七八九十", plain()), ("[1]", raised), ("甲乙丙", plain())];
    let set = lay(&strand(&parts), 10, "zh-Hans");
    let first = &set.text[set.runs[set.lines[1].runs.start].text.clone()];
    assert!(first.starts_with('十'), "{first}");
    assert!(set.runs.iter().any(|run| run.rise > Pt::ZERO && run.size < SIZE));
}

/// A strand of words, some with readings.
fn read(words: &[(&str, &str)]) -> Strand {
    let mut strand = Strand::default();
    words.iter().for_each(|(base, reading)| {
        strand.push_ruby((base, Mark::Artefact), (reading, Mark::Artefact), plain());
    });
    strand
}

/// The edges of a reading, in em.
fn extent(set: &SetParagraph, reading: &str, language: &str) -> (f64, f64) {
    let run = set.runs.iter().find(|run| &set.text[run.text.clone()] == reading).unwrap();
    let shaper = Shaper::new(&LIBRARY, language, RULES.style);
    let alone = Look::new(Voice::Song, run.size, Colour::INK);
    let width: i64 = shaper.shape(&Strand::of(reading, alone, Mark::Artefact)).body.iter().sum();
    (em(run.x), em(run.x + Pt::from_units(width)))
}

#[test]
fn a_reading_stands_above_the_middle_of_its_word_at_half_its_size() {
    let set = lay(&read(&[("甲", ""), ("汉", "hàn"), ("乙", "")]), 20, "zh-Hans");
    let run = set.runs.iter().find(|run| run.rise > Pt::ZERO).unwrap();
    assert_eq!(run.size, SIZE / 2);
    // The foot of its em box is the head of its word's.
    near(em(run.rise), 0.88 + 0.06);
    let (from, to) = extent(&set, "hàn", "zh-Hans");
    near(f64::midpoint(from, to), 1.5);
    near(cells(&set)[2].1, 2.0);
}

#[test]
fn two_readings_stay_a_quarter_of_their_em_apart() {
    let set = lay(&read(&[("甲", ""), ("装", "zhuāng"), ("双", "shuāng"), ("乙", "")]), 20, "zh");
    let (_, first) = extent(&set, "zhuāng", "zh");
    let (second, _) = extent(&set, "shuāng", "zh");
    assert!(second - first >= 0.125 - 0.011, "{first} {second}");
}

#[test]
fn a_reading_may_hang_over_a_neighbour_without_one() {
    let set = lay(&read(&[("甲", ""), ("中", "zhōng"), ("乙", "")]), 20, "zh-Hans");
    near(cells(&set)[1].1, 1.0);
    near(cells(&set)[2].1, 2.0);
}

#[test]
fn no_line_ends_inside_a_word_with_one_reading() {
    let set = lay(&read(&[("一二三四", ""), ("今日", "きょう"), ("五六七八", "")]), 5, "ja");
    let starts: Vec<&str> =
        set.lines.iter().map(|line| &set.text[set.runs[line.runs.start].text.clone()]).collect();
    assert!(starts[1].starts_with("今日"), "{starts:?}");
}

#[test]
fn zhuyin_stands_at_the_right_in_three_tenths() {
    let set = lay(&read(&[("你", "ㄋㄧˇ"), ("好", "")]), 20, "zh-Hant");
    near(cells(&set)[1].1, 1.5);
    let runs: Vec<_> = set.runs.iter().filter(|run| run.size < SIZE).collect();
    assert!(runs.iter().all(|run| em(run.size) == 0.3 && em(run.x) >= 1.0));
    let rise = |text: &str| {
        let run = runs.iter().find(|run| &set.text[run.text.clone()] == text).unwrap();
        (em(run.x), em(run.rise))
    };
    let (first, second, tone) = (rise("ㄋ"), rise("ㄧ"), rise("ˇ"));
    near(first.1 - second.1, 0.3);
    assert!(tone.0 > second.0 && tone.1 > second.1, "upper right of the last symbol");
}

/// A strand set in vertical lines.
fn lay_down(strand: &Strand, measure: i64) -> SetParagraph {
    let form = Form {
        measure: SIZE * measure,
        indent: Pt::ZERO,
        align: Align::Justify,
        size: SIZE,
        punctuation: &RULES,
    };
    set(strand, &Shaper::new(&LIBRARY, "zh-Hans", RULES.style).upright(true), &form)
}

#[test]
fn quotes_of_vertical_text_are_corners() {
    let set = lay_down(&strand(&[("“好”", plain())]), 20);
    let face = LIBRARY.face(LIBRARY.voice(Voice::Song).0);
    let ids: Vec<u16> = set.glyphs.iter().map(|glyph| glyph.id).collect();
    assert_eq!(ids[0], face.glyph('﹃').unwrap());
    assert_eq!(ids[2], face.glyph('﹄').unwrap());
    assert!(set.runs.iter().all(|run| run.turn == Turn::Upright));
}

#[test]
fn western_words_lie_and_short_numbers_stand_in_one_cell() {
    let set = lay_down(&strand(&[("甲GDP乙123丙1949丁", plain())]), 20);
    let turn = |text: &str| {
        set.runs.iter().find(|run| set.text[run.text.clone()].contains(text)).unwrap().turn
    };
    assert_eq!((turn("GDP"), turn("1949")), (Turn::Rotated, Turn::Rotated));
    assert_eq!((turn("123"), turn("甲")), (Turn::Level, Turn::Upright));
    let number = set.runs.iter().find(|run| run.turn == Turn::Level).unwrap();
    assert!(number.size < SIZE, "three digits are narrowed into one em");
    assert_eq!(set.glyphs[number.glyphs.start].x, -set.glyphs[number.glyphs.start].x.abs());
}

#[test]
fn a_reading_of_vertical_text_stands_at_the_right() {
    let mut strand = Strand::default();
    strand.push_ruby(("漢", Mark::Artefact), ("かん", Mark::Artefact), plain());
    let set = lay_down(&strand, 20);
    let run = set.runs.iter().find(|run| run.size < SIZE).unwrap();
    near(em(run.rise), 0.75);
    assert_eq!(run.turn, Turn::Upright);
}
