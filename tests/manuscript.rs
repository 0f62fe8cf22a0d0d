//! Markdown that is written reads back to the same article.

use qikan::article::Article;
use qikan::diagnostics::Sink;
use qikan::ingest::{Input, ingest};
use qikan::manuscript::markdown;
use qikan::source::Sources;

fn read(text: &str) -> Article {
    let input = Input { name: "a.md".into(), bytes: text.into(), ..Input::default() };
    ingest(&input, "zh-Hans", &mut Sources::default(), &mut Sink::default()).unwrap()
}

/// What an article says, without where it came from.
fn said(article: &Article) -> serde_json::Value {
    serde_json::to_value(article).unwrap()
}

#[test]
fn what_is_written_reads_back() {
    for text in [
        "---\ntitle: '甲: \"乙\"'\nauthor: [丙, 丁]\ndate: 2021-05-06 10:00\n---\n\n文\n",
        "# 题\n\n## 一\n\n文**粗**，*楷*。~~删~~<u>线</u>H<sub>2</sub>\n\n### 二\n\n文\n",
        "<strong>一、提高认识。</strong>一是学习。\n\n**粗****又粗**\n",
        "1\\. 不是列表\n\n\\- 不是\n\n\\# 不是\n\na \\* b \\_c\\_ \\[x\\](y) \\`z\\` &amp;lt; &lt;b>\n",
        "- 甲\n- 乙\n\n  第二段\n  - 丙\n\n* 另一列\n\n3. 三\n4. 四\n",
        "> 引\n>\n> > 又引\n\n```rust\nlet a = `b`;\n\n```\n\n* * *\n\n``a`b``\n",
        "| 甲 | 乙 |\n|:-:|---|\n| a\\|b | **丙** |\n",
        "甲[^1]乙[^2]\n\n[^1]: 一\n\n    又一段\n\n[^2]: 二\n",
        "---\ntitle: 题\nauthor:\n  - name: 甲\n    affiliation: 乙大学\nkeywords: [一, 二]\nsource-url: http://a.cn/\n---\n\n### 小题\n\n文\n",
        "---\ntitle: ''\n---\n\n## 不是题目\n\n文\n",
        "<div align=\"center\">\n\n国务院\n\n第15号\n\n</div>\n\n正文\n\n<div align=\"right\">\n\n二〇〇五年\n\n</div>\n",
        "<table>\n<caption>\n\n表**题**\n\n</caption>\n<thead>\n<tr>\n<th colspan=\"2\">\n\n甲*乙*\n\n</th>\n</tr>\n</thead>\n<tr>\n<td rowspan=\"2\" align=\"right\">\n\n- 一\n- 二\n\n</td>\n<td>\n\n丙\n\n丁\n\n</td>\n</tr>\n<tr>\n<td>\n\n</td>\n</tr>\n</table>\n\n后\n",
        "<table><tr><td>甲<td>乙</table>\n\n文\n",
        "![甲\\]](a.png \"乙\\\"丙 &amp;amp; 丁\")\n\n![](<b c.png>)\\\n丙**丁**\n\n文![](c.png)字\n\n<img src='d.png' alt=''>\n",
        "<em class=\"dots\">着重</em>号\n",
        "{漢字|かん|じ}与\\{漢|かん}，[链接](<a b.html>)  \n下一行\n",
    ] {
        let once = read(text);
        let written = markdown(&once);
        let twice = read(&written);
        if text.contains("align=") {
            assert!(written.contains("align="), "{written}");
        }
        assert_eq!(said(&once), said(&twice), "{text}\n→\n{written}");
        assert_eq!(written, markdown(&twice));
    }
}
