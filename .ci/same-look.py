#!/usr/bin/env python3
"""Renders every page of PDFs with poppler and with mupdf and says where they differ.

usage: same-look.py EDITION.pdf...

Edges are smoothed differently, so the pictures are compared softened; a glyph or a shape that one of them lacks
shows as a dark spot.
"""
import glob, subprocess, sys, tempfile
from PIL import Image, ImageChops, ImageFilter

bad = False
for pdf in sys.argv[1:]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "60", "-png", pdf, f"{folder}/poppler"], check=True)
        subprocess.run(["mutool", "draw", "-q", "-r", "60", "-o", f"{folder}/mupdf-%04d.png", pdf], check=True)
        one, other = (sorted(glob.glob(f"{folder}/{name}-*.png")) for name in ("poppler", "mupdf"))
        assert len(one) == len(other), f"{pdf}: {len(one)} and {len(other)} pages"
        worst = 0
        for page, (a, b) in enumerate(zip(one, other), 1):
            a, b = (Image.open(name).convert("L") for name in (a, b))
            b = b.resize(a.size)
            soft = [image.filter(ImageFilter.GaussianBlur(2.5)) for image in (a, b)]
            spot = ImageChops.difference(*soft).getextrema()[1]
            worst = max(worst, spot)
            if spot > 40:
                bad = True
                print(f"{pdf}: page {page} differs by {spot} of 255 at its darkest")
        print(f"{pdf}: {len(one)} pages, at most {worst} of 255 apart")
sys.exit(bad)
