#!/usr/bin/env python3
"""Reads the text of a PDF's articles from its structure tree with poppler, and holds it against the EPUB's.

usage: struct-text.py EDITION.pdf EDITION.epub

White space is layout. The EPUB says the same words in other elements: numbers of notes and of list items are
left out of both.
"""
import html, re, subprocess, sys, zipfile

pdf, epub = sys.argv[1:3]
solid = lambda text: re.sub(r"\s+", "", text)

out = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, check=True).stdout.decode("utf-8")
found, article, skip, unread = [], None, None, None
for line in out.split("\n"):
    if unread is not None:
        # Text may have a line end of its own.
        unread += "\n" + line
        line = unread
    depth = len(line) - len(line.lstrip(" "))
    word = line.strip()
    if word.startswith('"') and not (word.endswith('"') and len(word) > 1):
        unread = line
        continue
    unread = None
    if skip is not None and depth <= skip:
        skip = None
    if word.startswith('"'):
        if article is not None and skip is None:
            found.append(word[1:-1])
        continue
    if article is not None and depth <= article:
        article = None
    if re.match(r"Art\b", word):
        article = depth
    elif skip is None and re.match(r"(Lbl|Reference)\b", word):
        skip = depth
found = solid("".join(found))

book = zipfile.ZipFile(epub)
chapters = sorted(name for name in book.namelist() if "/article-" in name and name.endswith(".xhtml"))
expected = ""
for name in chapters:
    page = book.read(name).decode("utf-8").split("<body")[1].split(">", 1)[1]
    page = re.sub(r'<a [^>]*(noteref|backlink)[^>]*>.*?</a>', "", page, flags=re.S)
    page = re.sub(r'<p class="note-number">.*?</p>', "", page)
    page = re.sub(r"<(rp)>.*?</\1>", "", page)
    expected += solid(html.unescape(re.sub(r"<[^>]*>", "", page)))
if found != expected:
    at = next((i for i, (a, b) in enumerate(zip(found, expected)) if a != b), min(len(found), len(expected)))
    sys.exit(f"structure tree: differs at {at}: {found[at-20:at+40]!r}, expected {expected[at-20:at+40]!r}")
print(f"structure tree: {len(found)} characters in {len(chapters)} articles, the same as in the EPUB")
