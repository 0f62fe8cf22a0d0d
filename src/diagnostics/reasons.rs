//! Why something failed, in Chinese, where a system or a library says it in English.
//!
//! Whoever reads a file knows the reason only as a sentence of the system's or a library's. The
//! common ones are a table here; what is not in it stays as it came, for a reason in English is
//! better than none.

use super::Language;

/// What is said, and the same in Chinese. What is longer stands before what it contains.
const REASONS: &[(&str, &str)] = &[
    // Systems.
    ("No such file or directory", "文件不存在"),
    ("Permission denied", "没有权限"),
    ("Operation not permitted", "没有权限"),
    ("Is a directory", "这是一个文件夹"),
    ("Not a directory", "路径中间有一段不是文件夹"),
    ("Directory not empty", "文件夹不是空的"),
    ("File exists", "已有同名的文件"),
    ("File name too long", "文件名太长"),
    ("No space left on device", "磁盘已满"),
    ("Disk quota exceeded", "磁盘配额已用完"),
    ("Read-only file system", "磁盘是只读的"),
    ("Too many open files", "打开的文件太多"),
    ("Input/output error", "磁盘读写出错"),
    ("Text file busy", "文件正在使用"),
    ("Device or resource busy", "文件正在使用"),
    ("Too many levels of symbolic links", "链接绕成了圈"),
    ("stream did not contain valid UTF-8", "不是 UTF-8 文字"),
    ("not a regular file", "不是普通文件"),
    // Archives: Word files and EPUBs.
    ("invalid Zip archive: Could not find EOCD", "不是 .docx、.epub 一类的压缩包，或文件不完整"),
    ("unsupported Zip archive: Password required to decrypt file", "文件加了密码"),
    ("invalid Zip archive", "压缩包已损坏"),
    ("unsupported Zip archive", "压缩包用了不支持的方式"),
    ("specified file not found in archive", "压缩包里缺文件"),
    ("cannot be unpacked", "已损坏，解不开"),
    ("PDF: object", "PDF 里的对象"),
    ("Invalid checksum", "校验不符，内容已损坏"),
    ("corrupt deflate stream", "压缩的内容已损坏"),
    ("unexpected end of file", "文件不完整，中途断了"),
    ("unexpected EOF", "文件不完整，中途断了"),
    ("failed to fill whole buffer", "文件不完整，中途断了"),
    // TOML.
    ("string values must be quoted", "文字要放在英文引号 \"\" 里"),
    ("missing value for key", "等号后面没有值"),
    ("key with no value", "名字后面没有等号和值"),
    ("missing assignment between key-value pairs", "名字后面没有等号"),
    ("missing comma between array elements", "方括号里的各项之间缺逗号"),
    ("missing comma between key-value pairs", "花括号里的各项之间缺逗号"),
    ("missing opening quote", "缺开头的引号"),
    ("extra comma", "多了一个逗号"),
    ("extra `=`", "多了一个等号"),
    ("duplicate key", "同一个名字写了两次"),
    ("unclosed array table", "表头缺“]]”"),
    ("unclosed array", "缺“]”"),
    ("unclosed inline table", "缺“}”"),
    ("unclosed table", "表头缺“]”"),
    ("invalid basic string", "引号里的文字没有写完，或写法不对"),
    ("invalid literal string", "引号里的文字没有写完，或写法不对"),
    ("invalid multi-line basic string", "三个引号里的文字没有写完"),
    ("invalid date-time", "日期的写法不对，应像 2021-04-26"),
    ("invalid date", "日期的写法不对，应像 2021-04-26"),
    ("missing escaped value", "引号里的反斜线 \\ 要写两遍，路径请用 /"),
    ("a folder has this name", "已有同名的文件夹"),
    ("something that is no archive has this name", "已有同名的文件或文件夹，而它不是归档包"),
    ("invalid unquoted key", "名字里有不能用的字；请用英文名字"),
    ("invalid key-value pair", "这一行不是“名字 = 值”"),
    ("invalid table", "表头的写法不对"),
    ("invalid value", "值的写法不对"),
    ("unexpected content", "这里多了东西"),
    ("unexpected key or value", "这里多了东西"),
    ("unexpected leading zero", "数字不能以 0 开头"),
    ("invalid type:", "类型不对："),
    ("missing field", "缺少"),
    ("string \"", "文字 \""),
    ("integer `", "整数 `"),
    ("floating point `", "小数 `"),
    ("boolean `", "是非值 `"),
    (", expected i64", "，应为整数"),
    (", expected u8", "，应为整数"),
    (", expected f64", "，应为数字"),
    (", expected a string", "，应为引号里的文字"),
    (", expected a boolean", "，应为 true 或 false"),
    (", expected a sequence", "，应为方括号里的一列"),
    (", expected ", "，应为 "),
    // Parts of pictures.
    ("Format error decoding Gif: Unexpected End of File", "GIF 不完整，中途断了"),
    ("Format error decoding ", "内容有错："),
    // Editions and faces.
    ("neither PDF nor EPUB nor archive", "既不是 PDF、EPUB，也不是归档包"),
    ("no structure of articles", "没有文章的结构"),
    ("no end of image", "图片不完整，后面缺了"),
    ("embedding is forbidden by its licence bits", "字体的授权不许嵌入"),
    ("more than 255 faces", "字体超过 255 种"),
    ("tables that do not agree", "字体里的几张表互相矛盾"),
    ("outlines (glyf or CFF)", "没有字形轮廓"),
];

/// What a reason in YAML's words begins with, and what to say for all of it.
const FIELDS: &[(&str, &str)] = &[
    ("no line ends the fields", "少了结尾的一行 ---"),
    ("simple key expect", "这一行不是“名字: 值”；名字后面要有半角冒号和一个空格，如 title: 题目"),
    (
        "mapping values are not allowed",
        "这一行多了一个冒号，或行首多了空格；值里有冒号时，请放在引号里",
    ),
    ("while scanning a quoted scalar", "引号没有配对"),
    ("invalid indentation in quoted scalar", "引号没有配对"),
    ("while parsing a flow sequence", "方括号没有配对，或各项之间缺逗号"),
    ("while parsing a flow mapping", "花括号没有配对，或各项之间缺逗号"),
    ("while parsing a block mapping", "这一行不是“名字: 值”；值以方括号等符号开头时，请放在引号里"),
    ("while scanning a plain scalar, found a tab", "行首不能用制表符，请改用空格"),
    ("unexpected character", "值不能以这个符号开头，请放在引号里"),
    ("while parsing node, found unknown anchor", "值以 * 或 & 开头时，请放在引号里"),
];

/// What is wrong with fields at the head of an article, in the reader's language.
pub(super) fn of_fields(said: &str, language: Language) -> String {
    let known = FIELDS.iter().find(|(begins, _)| said.starts_with(begins));
    match (known, language) {
        (Some((_, chinese)), Language::Chinese) => (*chinese).to_owned(),
        _ => reason(said, language),
    }
}

/// A kind of file, or several encodings, in the reader's language.
pub(super) fn of_kind(said: &str, language: Language) -> String {
    match (said, language) {
        ("binary", Language::Chinese) => "二进制文件".to_owned(),
        (_, Language::Chinese) => said.replace(", ", "、"),
        (_, Language::English) => said.to_owned(),
    }
}

/// A reason of a system or a library in the reader's language, as far as the table knows it.
#[must_use]
pub fn reason(said: &str, language: Language) -> String {
    match language {
        Language::Chinese => in_chinese(said),
        Language::English => plain(said).to_owned(),
    }
}

/// A reason in Chinese, as far as the table knows it.
fn in_chinese(reason: &str) -> String {
    let plain = plain(reason);
    // A grammar's name for what should stand there helps nobody who does not know the grammar.
    let (said, _) = plain.split_once(", expected ").unwrap_or((plain, ""));
    let known = |(english, _): &&(&str, &str)| said.starts_with(english);
    let grammar = !said.starts_with("invalid type") && REASONS.iter().any(|row| known(&row));
    let mut out = if grammar { said } else { plain }.to_owned();
    for (english, chinese) in REASONS {
        if out.contains(english) {
            out = out.replace(english, chinese);
        }
    }
    out
}

/// Without the number that Rust adds to what the system says, and what others add to that.
fn plain(reason: &str) -> &str {
    let number =
        |rest: &str| rest.split_once(')').is_some_and(|(number, _)| number.parse::<i32>().is_ok());
    match reason.split_once(" (os error ") {
        Some((said, rest)) if number(rest) => said,
        _ => reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_said_in_chinese() {
        let error = std::io::Error::from_raw_os_error(13).to_string();
        assert_eq!(in_chinese(&error), if cfg!(unix) { "没有权限" } else { error.as_str() });
        let error = "x = ".parse::<toml::Table>().unwrap_err();
        assert_eq!(in_chinese(error.message()), "文字要放在英文引号 \"\" 里");
        let yaml = "while parsing a flow sequence, expected ',' or ']'";
        assert_eq!(of_fields(yaml, Language::Chinese), "方括号没有配对，或各项之间缺逗号");
        assert_eq!(of_kind("binary", Language::Chinese), "二进制文件");
        let file = "Permission denied (os error 13) at path \"/a/.qikan-x\"";
        assert_eq!(in_chinese(file), "没有权限");
        assert_eq!(reason(file, Language::English), "Permission denied");
        assert_eq!(in_chinese("something new"), "something new");
    }

    #[test]
    fn no_reason_hides_another() {
        for (number, (english, _)) in REASONS.iter().enumerate() {
            let before = REASONS.iter().take(number);
            let hidden = before.filter(|(other, _)| english.contains(other)).count();
            assert_eq!(hidden, 0, "{english}");
        }
    }
}
