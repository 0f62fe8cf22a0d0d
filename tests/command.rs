//! The command as an editor runs it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub(crate) const TITLE: &str = "着力打造市域社会治理现代化“十堰样板”";
pub(crate) const ESSAY: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/examples/governance-essay/articles/seed-essay.txt");

pub(crate) fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qikan"));
    command.current_dir(folder).env_remove("SOURCE_DATE_EPOCH").env("LANG", "en_GB.UTF-8");
    command.env_remove("LC_ALL").args(args).stdin(Stdio::null());
    command
}

pub(crate) fn qikan(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A copy of the example issue.
fn issue() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("articles")).unwrap();
    std::fs::copy(ESSAY, folder.path().join("articles/essay.txt")).unwrap();
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/governance-essay/qikan.toml");
    std::fs::copy(manifest, folder.path().join("qikan.toml")).unwrap();
    folder
}

fn files(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<_> =
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn an_issue_folder_is_built_into_its_dist() {
    let folder = issue();
    let output = qikan(folder.path(), &["build"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let dist = folder.path().join("dist");
    assert_eq!(files(&dist), [format!("{TITLE}.epub"), format!("{TITLE}.pdf")]);
    let said = String::from_utf8(output.stdout).unwrap();
    for word in ["masthead line", "headlines", "click counter", "half-width marks", ".pdf"] {
        assert!(said.contains(word), "{word} in {said}");
    }
}

#[test]
fn a_bare_article_is_built_beside_itself() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(ESSAY, folder.path().join("essay.txt")).unwrap();
    let output =
        qikan(Path::new("/"), &["build", folder.path().join("essay.txt").to_str().unwrap()]);
    assert!(output.status.success(), "{}", stderr(&output));
    let expected = ["essay.txt".to_owned(), format!("{TITLE}.epub"), format!("{TITLE}.pdf")];
    assert_eq!(files(folder.path()), expected);
}

#[test]
fn editions_output_and_quiet_are_obeyed() {
    let folder = issue();
    let args = ["build", "-q", "-e", "pdf", "-o", "out/here", "-j", "1", "."];
    let output = qikan(folder.path(), &args);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
    assert_eq!(files(&folder.path().join("out/here")), [format!("{TITLE}.pdf")]);
    assert!(!folder.path().join("dist").exists());
}

#[test]
fn settings_reach_the_engine() {
    let folder = issue();
    let pages = |set: &[&str]| {
        let mut args = vec!["build", "-q", "-e", "pdf"];
        set.iter().for_each(|s| args.extend(["--set", s]));
        let output = qikan(folder.path(), &args);
        assert!(output.status.success(), "{}", stderr(&output));
        let bytes = std::fs::read(folder.path().join(format!("dist/{TITLE}.pdf"))).unwrap();
        crate::pdf_text::pages(&bytes).len()
    };
    let usual = pages(&[]);
    assert!(pages(&["design.type-area.chars=10", "design.body.indent=0"]) > usual + 3);
}

#[test]
fn an_unknown_key_is_a_warning_that_strict_refuses() {
    let folder = issue();
    let args = ["build", "--set", "design.colums=2"];
    let output = qikan(folder.path(), &args);
    assert!(output.status.success());
    assert!(stderr(&output).contains("warning[manifest::unknown-key]"), "{}", stderr(&output));
    std::fs::remove_dir_all(folder.path().join("dist")).unwrap();
    let output = qikan(folder.path(), &[&args[..], &["--strict"]].concat());
    assert_eq!(output.status.code(), Some(3));
    assert!(!folder.path().join("dist").exists(), "nothing is written");
}

#[test]
fn messages_are_json_when_asked() {
    let folder = issue();
    let output = qikan(folder.path(), &["build", "--message-format", "json", "nowhere.txt"]);
    assert_eq!(output.status.code(), Some(4));
    let object: serde_json::Value = serde_json::from_str(stderr(&output).trim()).unwrap();
    assert_eq!(object["code"], "ingest::missing");
    assert_eq!(object["level"], "error");
    assert_eq!(object["file"], "nowhere.txt");
    assert!(object["hint"].as_str().is_some_and(|hint| !hint.is_empty()));
}

#[test]
fn usage_errors_exit_with_two() {
    let folder = tempfile::tempdir().unwrap();
    for args in [&["bild"][..], &["build", "-e", "mobi"], &["build", "--colour"], &[]] {
        assert_eq!(qikan(folder.path(), args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn standard_input_is_an_article() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_qikan"))
        .current_dir(folder.path())
        .args(["build", "-q", "-e", "epub", "-"])
        .stdin(std::fs::File::open(ESSAY).unwrap())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(files(folder.path()), [format!("{TITLE}.epub")]);
}

#[test]
fn an_old_edition_stays_when_the_new_one_fails() {
    let folder = issue();
    assert!(qikan(folder.path(), &["build", "-q"]).status.success());
    let path: PathBuf = folder.path().join(format!("dist/{TITLE}.pdf"));
    let old = std::fs::read(&path).unwrap();
    std::fs::write(folder.path().join("articles/bad.txt"), b"\x89PNG\r\n\x1a\n").unwrap();
    assert_eq!(qikan(folder.path(), &["build", "-q"]).status.code(), Some(4));
    assert_eq!(std::fs::read(&path).unwrap(), old);
    assert_eq!(files(&folder.path().join("dist")).len(), 2, "no temporary file is left");
}

#[test]
fn every_rule_of_the_issue_file_is_a_rule() {
    let known: Vec<&str> = qikan::copyedit::NAMED.iter().map(|(name, _)| *name).collect();
    assert_eq!(qikan::issue::rule_names(), known);
}

#[test]
fn every_change_is_listed_where_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let text = "题目\n\n作者：李明\n\n一,二.\n三　四,五。\n";
    std::fs::write(folder.path().join("文.txt"), text).unwrap();
    for command in [["build", "-e", "epub"].as_slice(), &["import"]] {
        let all = [command, &["文.txt", "-o", "out"]].concat();
        let brief = String::from_utf8(qikan(folder.path(), &all).stdout).unwrap();
        assert!(!brief.contains("文.txt:5:2"), "{brief}");
        std::fs::remove_dir_all(folder.path().join("out")).unwrap();
        let output = qikan(folder.path(), &[&all[..], &["-v"]].concat());
        let said = String::from_utf8(output.stdout).unwrap();
        for line in
            ["文.txt:3:1  作者：", "文.txt:5:2  , → ，", "文.txt:5:4  . → 。", "文.txt:6:4  , → ，"]
        {
            assert!(said.lines().any(|own| own.trim_start() == line), "{line} in {said}");
        }
        std::fs::remove_dir_all(folder.path().join("out")).unwrap();
    }
}
