//! `qikan fonts`: the faces there are, and which of them has the characters of a text.

use super::Terminal;
use super::args::FontsArgs;
use crate::diagnostics::{Language, Level};
use crate::fonts::{FaceOrigin, Library, Role};
use crate::press::{Covered, Report, add_faces, coverage};
use std::fmt::Write;

/// Lists the faces, or the characters of a text that the chosen faces lack; the exit code.
pub(super) fn run(args: &FontsArgs, terminal: &Terminal, library: &Library) -> u8 {
    let mut report = Report::default();
    let mut library = library.clone();
    add_faces(&args.font_path, &mut library, &mut report);
    let out = match &args.coverage {
        None => list(&library, terminal.language),
        Some(path) => {
            let covered = coverage(path, &library, &mut report);
            if report.sink.any(Level::Error) && covered.is_empty() {
                String::new()
            } else {
                lookup(&covered, terminal.language)
            }
        }
    };
    terminal.print(&out);
    report.sink.found().iter().for_each(|finding| terminal.tell(finding, &report));
    report.exit(false)
}

fn list(library: &Library, language: Language) -> String {
    let mut out = String::new();
    for id in library.ids() {
        let face = library.face(id);
        let role = library.role_of(id);
        let role =
            Role::NAMES.iter().find(|(_, own)| Some(*own) == role).map_or("–", |(name, _)| name);
        let origin = match (library.origin(id), language) {
            (FaceOrigin::Bundled, Language::Chinese) => "自带",
            (FaceOrigin::User, Language::Chinese) => "自备",
            (FaceOrigin::System, Language::Chinese) => "系统",
            (FaceOrigin::Bundled, Language::English) => "bundled",
            (FaceOrigin::User, Language::English) => "own",
            (FaceOrigin::System, Language::English) => "system",
        };
        let embedding = match (face.embedding(), language) {
            (0, Language::Chinese) => "可嵌入",
            (_, Language::Chinese) => "可嵌入（预览或编辑）",
            (0, Language::English) => "may be embedded",
            (_, Language::English) => "may be embedded (preview or editing)",
        };
        let (name, family, count) = (face.name(), face.family(), face.count());
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{role:<13}{origin}  {name}  ({family})  {count}  {embedding}");
    }
    out
}

fn lookup(covered: &[Covered], language: Language) -> String {
    let mut out = String::new();
    for Covered { c, face, line, column } in covered {
        let face = match (face, language) {
            (Some(face), _) => face.as_str(),
            (None, Language::Chinese) => "没有字体",
            (None, Language::English) => "no face",
        };
        let _ = writeln!(out, "{c}  U+{:04X}  {line}:{column}  {face}", u32::from(*c));
    }
    if covered.is_empty() {
        out.push_str(match language {
            Language::Chinese => "每个字都有字体。\n",
            Language::English => "the chosen faces have every character.\n",
        });
    }
    out
}
