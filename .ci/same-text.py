#!/usr/bin/env python3
"""Reads the text of a PDF with poppler and with mupdf, and holds it against the EPUB's.

usage: same-text.py EDITION.pdf EDITION.epub

White space is layout; running heads and folios stand after the text of their page.
"""
import html, re, subprocess, sys, zipfile

pdf, epub = sys.argv[1:3]
solid = lambda text: re.sub(r"\s+", "", text)
book = zipfile.ZipFile(epub)
chapters = sorted(name for name in book.namelist() if "/article-" in name)
page = lambda name: book.read(name).decode("utf-8").split("<body>")[1]
plain = lambda markup: solid(html.unescape(re.sub(r"<[^>]*>", "", markup)))
expected = "".join(plain(page(name)) for name in chapters)
title = plain(re.search(r"<h1[^>]*>(.*?)</h1>", page(chapters[0]), re.S)[1])
source = plain(re.search(r'class="source">(.*?)<', page(chapters[0]))[1])

readers = {
    "pdftotext": ["pdftotext", "-raw", pdf, "-"],
    "mutool": ["mutool", "draw", "-q", "-F", "txt", "-o", "-", pdf],
}
for name, command in readers.items():
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    found = ""
    for number, content in enumerate(text.split("\f")[2:], 1):
        if not content.strip():
            continue
        head = "" if number == 1 else title if number % 2 else source
        tail = head + str(number)
        content = solid(content)
        assert content.endswith(tail), f"{name}, page {number} ends with {content[-40:]}"
        found += content[: len(content) - len(tail)]
    if found != expected:
        at = next((i for i, (a, b) in enumerate(zip(found, expected)) if a != b), min(len(found), len(expected)))
        sys.exit(f"{name}: differs at {at}: {found[at:at+40]!r}, expected {expected[at:at+40]!r}")
    print(f"{name}: {len(found)} characters, the same in PDF and EPUB, in order")
