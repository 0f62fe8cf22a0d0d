"""Holds the page list of an EPUB against the pages of the PDF of the same build.

page-list.py PDF EPUB: as many entries as the PDF has pages numbered in figures, in order, each
beginning with the very characters that its page begins with.
"""
import json
import re
import subprocess
import sys
import zipfile
from html import unescape

pdf, epub = sys.argv[1:3]
labels = json.loads(subprocess.check_output(["qpdf", "--json", "--json-key=pagelabels", pdf]))
count = int(re.search(r"Pages:\s+(\d+)", subprocess.check_output(["pdfinfo", pdf], text=True))[1])
ranges = labels["pagelabels"] + [{"index": count}]
numbered = {}
for one, after in zip(ranges, ranges[1:]):
    if one["label"].get("/S") == "/D":
        for page in range(one["index"], after["index"]):
            numbered[str(one["label"].get("/St", 1) + page - one["index"])] = page + 1


def solid(text):
    return "".join(text.split())


def words(markup):
    """The running text: no notes, no calls, no brackets of readings."""
    for made in (r"<aside epub:type=\"footnote\".*?</aside>", r"<a epub:type=\"noteref\".*?</a>",
                 r"<rp>.*?</rp>", r"<[^>]*>"):
        markup = re.sub(made, "", markup, flags=re.S)
    return solid(unescape(markup))


book = zipfile.ZipFile(epub)
navigation = book.read("OEBPS/nav.xhtml").decode()
listed = re.search(r"epub:type=\"page-list\".*?</nav>", navigation, re.S)
entries = re.findall(r"<a href=\"([^#]*)#([^\"]*)\">([^<]*)</a>", listed[0] if listed else "")
if [label for _, _, label in entries] != list(numbered):
    sys.exit(f"{epub}: lists {len(entries)} pages, the PDF numbers {len(numbered)}")
bad = 0
for file, id, label in entries:
    chapter = book.read(f"OEBPS/{file}").decode()
    before, after = chapter.split(f' id="{id}"', 1)
    begins = words(after.split("></span>", 1)[1])[:6]
    # A table that goes on begins its page with its head again.
    table = before.rsplit("<table", 1)
    head = re.search(r"<thead>.*?</thead>", table[1], re.S) if len(table) > 1 else None
    if head and "</table>" not in table[1]:
        begins = words(head[0])[:6]
    page = str(numbered[label])
    printed = solid(subprocess.check_output(
        ["pdftotext", "-raw", "-f", page, "-l", page, pdf, "-"], text=True))
    if not printed.startswith(begins):
        bad += 1
        print(f"page {label} begins with {printed[:12]}, its entry with {begins}")
print(f"{epub}: {len(entries)} pages, as in the PDF")
sys.exit(bad > 0)
