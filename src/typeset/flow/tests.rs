//! Where lines go: the rows of the acceptance table for pages (WO1, HD3, MC1, MC2, FN1).

use super::*;
use crate::diagnostics::Sink;
use crate::page::NodeId;
use crate::typeset::blocks::{Entry, Slab};
use crate::typeset::paragraph::{SetLine, SetParagraph};

fn slab(lines: usize, keep: bool) -> Slab {
    let line = SetLine::default();
    let set = SetParagraph { lines: vec![line; lines], ..SetParagraph::default() };
    let leading = Pt::new(12);
    Slab { rows: Rows(1), keep, leading, ..Slab::plain(set, Pt::new(10), Pt::new(100)) }
}

fn galley(slabs: Vec<Slab>) -> Galley {
    Galley {
        slabs,
        notes: Vec::new(),
        title: String::new(),
        authors: String::new(),
        source: None,
        section: None,
        node: NodeId(0),
        pictures: Vec::new(),
    }
}

fn template(columns: i64, lines: i64) -> Template {
    let none = toml::Table::new();
    let mut template = Template::resolve("article", &none, None, &mut Sink::default()).unwrap();
    template.geometry.columns = columns;
    template.geometry.lines = lines;
    template.geometry.pitch = Pt::new(12);
    template
}

/// Lines of each slab by page and column.
fn columns(slabs: Vec<Slab>, count: i64, lines: i64) -> Vec<Vec<usize>> {
    let slab_count = slabs.len();
    let body = pages_of(&galley(slabs), &template(count, lines));
    let count = usize::try_from(count).unwrap();
    let last = body.lines.iter().map(|line| line.page * count + line.column).max().unwrap();
    let mut out = vec![vec![0; slab_count]; last + 1];
    for line in body.lines {
        out[line.page * count + line.column][line.slab] += 1;
    }
    out
}

#[test]
fn no_line_stands_alone() {
    let run =
        |first, second, lines| columns(vec![slab(first, false), slab(second, false)], 1, lines);
    assert_eq!(run(6, 5, 10), [[6, 3], [0, 2]]);
    assert_eq!(run(6, 5, 8), [[6, 2], [0, 3]]);
    assert_eq!(run(6, 3, 8), [[6, 0], [0, 3]]);
    assert_eq!(run(7, 4, 8), [[7, 0], [0, 4]]);
}

#[test]
fn a_heading_keeps_two_lines() {
    let slabs = || vec![slab(6, false), slab(1, true), slab(5, false)];
    assert_eq!(columns(slabs(), 1, 8), [[6, 0, 0], [0, 1, 5]]);
    assert_eq!(columns(slabs(), 1, 9), [[6, 1, 2], [0, 0, 3]]);
}

/// One line below a heading is not two: what comes after it begins there, too.
#[test]
fn a_heading_keeps_a_line_and_what_follows_it() {
    let entry = Entry { level: 1, title: String::new(), node: NodeId(0) };
    let heading = || Slab { entry: Some(entry.clone()), ..slab(1, true) };
    let slabs = || vec![slab(6, false), heading(), slab(1, false), slab(5, false)];
    assert_eq!(columns(slabs(), 1, 9), [[6, 0, 0, 0], [0, 1, 1, 5]]);
    assert_eq!(columns(slabs(), 1, 10), [[6, 1, 1, 2], [0, 0, 0, 3]]);
    // The next heading is not of it.
    let slabs = || vec![slab(6, false), heading(), slab(1, false), heading(), slab(5, false)];
    assert_eq!(columns(slabs(), 1, 8), [[6, 1, 1, 0, 0], [0, 0, 0, 1, 5]]);
}

#[test]
fn the_last_columns_are_of_one_length() {
    let lengths = |total: usize, count, lines| -> Vec<usize> {
        columns(vec![slab(total, false)], count, lines).into_iter().map(|c| c[0]).collect()
    };
    assert_eq!(lengths(40, 3, 41), [14, 14, 12]);
    assert_eq!(lengths(42, 3, 41), [14, 14, 14]);
    assert_eq!(lengths(100, 3, 20), [20, 20, 20, 14, 14, 12]);
    assert_eq!(lengths(7, 2, 20), [4, 3]);
}

#[test]
fn what_spans_the_columns_parts_them() {
    let across = |lines| Slab { across: true, ..slab(lines, false) };
    let slabs = vec![across(3), slab(8, false), across(2), slab(6, false)];
    let body = pages_of(&galley(slabs), &template(2, 30));
    let rows = |slab: usize, column: usize| -> Vec<i64> {
        let lines = body.lines.iter().filter(|l| l.slab == slab && l.column == column);
        lines.map(|line| line.row.0).collect()
    };
    assert_eq!(rows(0, 0), [0, 1, 2]);
    assert_eq!((rows(1, 0), rows(1, 1)), (vec![3, 4, 5, 6], vec![3, 4, 5, 6]));
    assert_eq!(rows(2, 0), [7, 8]);
    assert_eq!((rows(3, 0), rows(3, 1)), (vec![9, 10, 11], vec![9, 10, 11]));
    assert_eq!(body.last_page, 0);
}

#[test]
fn a_title_keeps_what_follows() {
    let title = Slab { across: true, ..slab(2, true) };
    let figure = Slab { float: 1, rows: Rows(12), whole: true, ..slab(1, false) };
    let first = galley(vec![slab(10, false)]);
    let second = galley(vec![title, figure, slab(8, false)]);
    let mut template = template(2, 20);
    template.opening = Opening::RunOn;
    let flowed = flow(vec![first, second], &template, 1);
    let page = |slab: usize| flowed.bodies[1].lines.iter().find(|l| l.slab == slab).unwrap().page;
    assert_eq!((page(0), page(1)), (1, 1), "the title goes over with its figure");
}

#[test]
fn a_note_stands_below_the_column_of_its_mark() {
    let noted = Slab { notes: vec![(7, 0)], ..slab(12, false) };
    let galley = Galley { notes: vec![slab(2, false)], ..galley(vec![noted]) };
    let body = pages_of(&galley, &template(1, 10));
    // Ten rows: two lines of notes and their rule take three, so seven lines fit; the eighth has
    // the mark and goes over with its note.
    let pages: Vec<usize> = body.lines.iter().map(|line| line.page).collect();
    assert_eq!(pages, [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    let notes: Vec<_> = body.notes.iter().map(|note| (note.page, note.top, note.first)).collect();
    assert_eq!(notes, [(1, Pt::new(96), true), (1, Pt::new(108), false)]);
}

#[test]
fn a_long_note_goes_on_in_the_next_column() {
    let noted = Slab { notes: vec![(1, 0)], ..slab(6, false) };
    let galley = Galley { notes: vec![slab(14, false)], ..galley(vec![noted]) };
    let body = pages_of(&galley, &template(1, 10));
    let order: Vec<_> = body.notes.iter().map(|note| note.line).collect();
    assert_eq!(order, (0..14).collect::<Vec<_>>());
    assert!(body.notes.iter().any(|note| note.page == 0));
    assert_eq!(body.lines.len(), 6);
    for note in &body.notes {
        let below = body.lines.iter().filter(|line| line.page == note.page);
        assert!(below.map(|l| (l.row + Rows(1)).at(Pt::new(12))).all(|foot| foot <= note.top));
    }
}

#[test]
fn a_figure_waits_for_the_next_column_and_the_text_goes_on() {
    let figure = Slab { float: 1, rows: Rows(6), whole: true, ..slab(1, false) };
    let slabs = vec![slab(7, false), figure, slab(9, false), slab(1, true), slab(8, false)];
    let body = pages_of(&galley(slabs), &template(1, 10));
    let place = |slab: usize| {
        let line = body.lines.iter().find(|line| line.slab == slab).unwrap();
        (line.page, line.row.0)
    };
    assert_eq!(place(2), (0, 7), "text fills the column");
    assert_eq!(place(1), (1, 0), "the figure stands at the head of the next");
}

#[test]
fn the_head_of_a_table_stands_above_each_part() {
    let row = |head: bool| Slab {
        whole: true,
        keep: head,
        head: (!head).then_some(0..1),
        ..slab(1, false)
    };
    let slabs: Vec<_> = (0..15).map(|at| row(at == 0)).collect();
    let body = pages_of(&galley(slabs), &template(1, 10));
    let again: Vec<_> = body.lines.iter().filter(|l| l.again).map(|l| (l.page, l.slab)).collect();
    assert_eq!(again, [(1, 0)]);
    assert_eq!(body.lines.iter().filter(|line| !line.again).count(), 15);
}

#[test]
fn every_line_is_placed_once_and_none_on_another() {
    for (height, count) in (4..24).flat_map(|height| [(height, 1), (height, 2), (height, 3)]) {
        let kinds = |n: usize| Slab {
            across: n % 11 == 5 && count > 1,
            float: usize::from(n % 13 == 3),
            notes: if n % 5 == 2 { vec![(n % 3, n % 4)] } else { Vec::new() },
            ..slab(n % 9 + 1, n.is_multiple_of(7))
        };
        let slabs: Vec<_> = (1..60).map(kinds).collect();
        let all: usize = slabs.iter().map(|slab| slab.set.lines.len()).sum();
        let noted: usize = slabs
            .iter()
            .flat_map(|s| s.notes.iter().filter(|(line, _)| *line < s.set.lines.len()))
            .map(|(_, note)| note % 4 + 1)
            .sum();
        let notes = (1..5).map(|lines| slab(lines, false)).collect();
        let body = pages_of(&Galley { notes, ..galley(slabs) }, &template(count, height));
        let mut places: Vec<_> = body.lines.iter().map(|l| (l.slab, l.line)).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!((places.len(), body.lines.len()), (all, all), "{height} rows, {count} columns");
        assert_eq!(body.notes.len(), noted, "{height} rows, {count} columns");
        let mut rows: Vec<_> = body.lines.iter().map(|l| (l.page, l.column, l.row)).collect();
        rows.sort_unstable();
        let count = rows.len();
        rows.dedup();
        assert_eq!(rows.len(), count, "two lines in one place");
    }
}
