//! Whatever goes wrong: every edition is whole or is not there, and the old one stays.

use crate::command::{ESSAY, TITLE, qikan, stderr};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn put(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

fn names(folder: &Path) -> BTreeSet<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return BTreeSet::new() };
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// An issue of three articles, of which one may be bad.
fn issue(bad: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let manifest =
        "[issue]\ntitle = '刊'\nyear = 2024\nnumber = '1'\n[design]\ntemplate = 'magazine'\n";
    put(
        folder.path(),
        &[
            ("qikan.toml", manifest),
            ("articles/1.md", "# 甲\n\n甲文。\n"),
            ("articles/3.md", "# 丙\n\n丙文，\u{E000}。\n"),
        ],
    );
    std::fs::write(folder.path().join("articles/2.txt"), bad).unwrap();
    folder
}

#[test]
fn one_bad_article_does_not_hide_what_is_wrong_with_the_others() {
    for bad in [b"\x89PNG\r\n\x1a\n\0\0\0\0".as_slice(), b""] {
        let folder = issue(bad);
        let output = qikan(folder.path(), &["build"]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(4), "{said}");
        assert!(said.contains("articles/2.txt"), "{said}");
        assert!(
            said.contains("fonts::missing-glyph") && said.contains("articles/3.md:3:4"),
            "{said}"
        );
        assert!(!folder.path().join("dist").exists(), "nothing is written");
    }
}

#[test]
fn an_edition_can_be_made_without_its_bad_articles() {
    let folder = issue(b"\x89PNG\r\n\x1a\n\0\0\0\0");
    let output = qikan(folder.path(), &["build", "--keep-going"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.matches("press::left-out").count(), 2, "{said}");
    for name in ["articles/2.txt", "articles/3.md"] {
        assert!(said.contains(&format!("“{name}” has errors and was left out")), "{said}");
    }
    let made = folder.path().join("dist/刊-2024-1.pdf");
    let pages = crate::pdf_text::pages(&std::fs::read(made).unwrap());
    let text: String = pages.concat();
    assert!(text.contains("甲文") && !text.contains("丙文"), "{text}");
    // Whoever opens the edition sees in its contents that it is not whole.
    assert!(text.contains("未能收入：2.txt、3.md"), "{text}");
    let book = std::fs::read(folder.path().join("dist/刊-2024-1.epub")).unwrap();
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let contents = std::io::read_to_string(book.by_name("OEBPS/nav.xhtml").unwrap()).unwrap();
    assert!(contents.contains("未能收入：2.txt、3.md"), "{contents}");
    // Where nothing is wrong, it is a build like any other; where all is, there is none.
    put(
        folder.path(),
        &[("articles/2.txt", "乙\n\n乙文。\n"), ("articles/3.md", "# 丙\n\n丙文。\n")],
    );
    assert_eq!(qikan(folder.path(), &["build", "--keep-going"]).status.code(), Some(0));
    std::fs::remove_dir_all(folder.path().join("dist")).unwrap();
    std::fs::remove_file(folder.path().join("articles/1.md")).unwrap();
    put(folder.path(), &[("articles/2.txt", ""), ("articles/3.md", "")]);
    assert_eq!(qikan(folder.path(), &["build", "--keep-going"]).status.code(), Some(4));
    assert!(!folder.path().join("dist").exists());
}

#[test]
fn what_stands_in_the_way_stays_and_nothing_else_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join(format!("out/{TITLE}.pdf"));
    std::fs::create_dir_all(&pdf).unwrap();
    let output = qikan(folder.path(), &["build", ESSAY, "-o", "out"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("press::write") && said.contains(&format!("{TITLE}.pdf")), "{said}");
    assert_eq!(names(&folder.path().join("out")), BTreeSet::from([format!("{TITLE}.pdf")]));
    // A file where the folder should be.
    put(folder.path(), &[("file", "旧")]);
    let output = qikan(folder.path(), &["build", ESSAY, "-o", "file/out"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(std::fs::read_to_string(folder.path().join("file")).unwrap(), "旧");
    // A file system that takes nothing.
    let output = qikan(folder.path(), &["build", ESSAY, "-o", "/proc/qikan"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
}

#[test]
fn a_reader_of_the_old_file_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), &[("灯.md", "# 灯\n\n第一稿。\n")]);
    let build = || qikan(folder.path(), &["build", "-q", "-e", "epub", "灯.md"]).status.success();
    assert!(build());
    let path = folder.path().join("灯.epub");
    let old = std::fs::read(&path).unwrap();
    let mut open = std::fs::File::open(&path).unwrap();
    put(folder.path(), &[("灯.md", "# 灯\n\n第二稿，长一些。\n")]);
    assert!(build());
    let mut seen = Vec::new();
    std::io::Read::read_to_end(&mut open, &mut seen).unwrap();
    assert!(seen == old && std::fs::read(&path).unwrap() != old);
}

/// Two versions of an issue, and every file each of them makes.
struct Versions {
    folder: tempfile::TempDir,
    whole: [Vec<(String, Vec<u8>)>; 2],
    /// How long a build takes.
    time: Duration,
}

fn versions() -> Versions {
    let folder = tempfile::tempdir().unwrap();
    for (version, text) in [("1", "第一稿。"), ("2", "第二稿，长一些。")] {
        let text = format!("# 灯\n\n{}\n", text.repeat(200));
        put(folder.path(), &[(&format!("{version}/灯.md"), &text)]);
    }
    let mut time = Duration::ZERO;
    let mut whole = |version: &str| -> Vec<(String, Vec<u8>)> {
        let started = Instant::now();
        let out = folder.path().join(format!("made-{version}"));
        let mut command = build(folder.path(), version, &out);
        assert!(command.status().unwrap().success());
        time = started.elapsed();
        let read = |name: String| (name.clone(), std::fs::read(out.join(name)).unwrap());
        names(&out).into_iter().map(read).collect()
    };
    let whole = [whole("1"), whole("2")];
    Versions { folder, whole, time }
}

fn build(folder: &Path, version: &str, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qikan"));
    command.current_dir(folder).args(["build", "-q", "-o", out.to_str().unwrap()]);
    command.arg(format!("{version}/灯.md")).stdin(Stdio::null()).stderr(Stdio::null());
    command
}

impl Versions {
    /// Every file of a folder is one of the two versions, whole.
    fn check(&self, out: &Path) {
        for name in names(out).iter().filter(|name| !name.starts_with(".qikan-")) {
            let bytes = std::fs::read(out.join(name)).unwrap();
            let known = self.whole.iter().flatten();
            assert!(known.into_iter().any(|(own, whole)| own == name && *whole == bytes), "{name}");
        }
    }
}

#[test]
fn a_build_killed_at_any_moment_leaves_whole_files() {
    let versions = versions();
    let out: PathBuf = versions.folder.path().join("out");
    assert!(build(versions.folder.path(), "1", &out).status().unwrap().success());
    let mut killed = 0;
    for turn in 0..50_u32 {
        let version = if turn % 2 == 0 { "2" } else { "1" };
        let mut child = build(versions.folder.path(), version, &out).spawn().unwrap();
        // The moments are spread over the whole build; most is done at its end.
        let part = f64::from(turn * 37 % 50) / 50.0;
        std::thread::sleep(versions.time.mul_f64(part.sqrt() * 1.1));
        killed += u32::from(child.kill().is_ok() && !child.wait().unwrap().success());
        versions.check(&out);
        assert_eq!(names(&out).iter().filter(|name| name.starts_with("灯")).count(), 2);
    }
    assert!(killed >= 10, "only {killed} builds were still running");
    // What they left is taken away once it is old.
    let hour_ago = std::time::SystemTime::now() - Duration::from_secs(2 * 3600);
    std::fs::write(out.join(".qikan-left"), "半").unwrap();
    for name in names(&out).iter().filter(|name| name.starts_with(".qikan-")) {
        std::fs::File::options()
            .append(true)
            .open(out.join(name))
            .unwrap()
            .set_modified(hour_ago)
            .unwrap();
    }
    assert!(build(versions.folder.path(), "1", &out).status().unwrap().success());
    assert!(names(&out).iter().all(|name| !name.starts_with('.')), "{:?}", names(&out));
    versions.check(&out);
}

/// What is not its own is never opened, whatever stands in the folder.
#[cfg(unix)]
#[test]
fn a_folder_may_hold_anything() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), &[("灯.md", "# 灯\n\n文。\n"), ("out/.qikan-mine", "半")]);
    for name in ["管", ".qikan-管"] {
        let path = folder.path().join("out").join(name);
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }
    assert!(qikan(folder.path(), &["build", "-q", "灯.md", "-o", "out"]).status.success());
    assert_eq!(names(&folder.path().join("out")).len(), 5, "nothing young is taken away");
}

#[test]
fn builds_at_once_do_not_disturb_each_other() {
    let versions = versions();
    let out = versions.folder.path().join("out");
    let start = |version| build(versions.folder.path(), version, &out).spawn().unwrap();
    let children: Vec<_> = ["1", "2", "1", "2"].into_iter().map(start).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    versions.check(&out);
    assert_eq!(names(&out).len(), 2, "{:?}", names(&out));
}

#[test]
fn many_issues_are_made_in_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let count = 12;
    let mut inputs = Vec::new();
    for at in 0..count {
        let name = format!("{at:02}");
        put(
            folder.path(),
            &[
                (
                    &format!("{name}/qikan.toml"),
                    &format!("[issue]\ntitle = '刊'\nnumber = '{at}'\n"),
                ),
                (&format!("{name}/文.md"), &format!("# 第{at}篇\n\n文。\n")),
            ],
        );
        inputs.push(name);
    }
    std::fs::write(folder.path().join("05/文.md"), [0xFF, 0xFF, 0xFE, 0x80]).unwrap();
    for threads in ["1", "4"] {
        let mut args = vec!["build", "-e", "epub", "-j", threads];
        args.extend(inputs.iter().map(String::as_str));
        let output = qikan(folder.path(), &args);
        let said = String::from_utf8(output.stdout.clone()).unwrap();
        assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
        assert!(said.contains("12 issues, 11 made.\n  00  1 article, "), "{said}");
        assert!(said.contains("\n  05  not made: 1 error, 0 warnings\n"), "{said}");
        assert!(said.contains("\n11 articles, "), "{said}");
        let order: Vec<&str> = said.lines().filter(|line| line.starts_with('→')).collect();
        assert_eq!(order.len(), 11);
        assert!(order.is_sorted(), "{order:?}");
        for at in (0..count).filter(|at| *at != 5) {
            let made = folder.path().join(format!("{at:02}/dist/刊-{at}.epub"));
            std::fs::remove_file(made).unwrap();
        }
    }
}

#[test]
fn no_issue_takes_the_file_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let issue_file = "[issue]\ntitle = '刊'\nnumber = '1'\n";
    for name in ["a", "b", "c"] {
        let number = if name == "c" { issue_file.replace('1', "2") } else { issue_file.into() };
        let text = format!("# 文{name}\n\n文。\n");
        put(
            folder.path(),
            &[(&format!("{name}/qikan.toml"), &number), (&format!("{name}/文.md"), &text)],
        );
    }
    for threads in ["1", "4"] {
        let args = ["build", "-e", "epub", "-j", threads, "-o", "out", "a", "b", "c"];
        let output = qikan(folder.path(), &args);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("press::name-taken"), "{said}");
        assert!(said.contains("“out/刊-1.epub” is a file of another issue of this run, “a”"));
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(told.contains("3 issues, 2 made.\n"), "{told}");
        assert!(told.contains("\n  b  not made: 1 error, "), "{told}");
        assert_eq!(told.matches('→').count(), 2, "{told}");
        let against = qikan(folder.path(), &["verify", "out/刊-1.epub", "--against", "a/文.md"]);
        assert_eq!(against.status.code(), Some(0), "{}", stderr(&against));
        let both = BTreeSet::from(["刊-1.epub".to_owned(), "刊-2.epub".to_owned()]);
        assert_eq!(names(&folder.path().join("out")), both);
    }
}
