//! Styled text → clusters: what is never broken, with its glyphs and its width.
//!
//! Han takes a look-up in the face's map and the cell of its class; only Western words, ——,
//! combining marks and variation sequences go to the shaper. Clusters are flat arrays.

use super::cells::{Ink, cell, upright_cell};
use super::classes::Class;
use super::clusters::{Clusters, Hyphen, ShapedGlyph};
use super::hyphenation;
use super::region::Region;
use super::ruby;
use super::strand::Strand;
use super::units::{Unit, classify, combine, connector, strand_ems};
use super::words::PARTICLES;
use crate::fonts::{FaceId, Library, Reader, Voice};
use crate::length::{Em, Pt};
use crate::template::PunctuationStyle;
use harfrust::{Buffer, Direction, Language, Script, ShapeOptions, ShaperFont, shape};
use std::cell::RefCell;
use std::collections::HashMap;

/// The fewest characters of what may be an address, which parts after its strokes and stops.
const ADDRESS: usize = 16;

/// How far ink reaches to the left and to the right, in font units.
type Extent = Option<(i64, i64)>;

/// What shaping needs beside the text.
#[derive(Debug)]
pub(super) struct Shaper<'a> {
    library: &'a Library,
    readers: Vec<Option<Reader<'a>>>,
    language: Option<Language>,
    style: PunctuationStyle,
    pub(super) region: Region,
    /// 直排.
    pub(super) vertical: bool,
    /// Whether the language has forms of its own beside those of 简体, for which faces are drawn.
    regional: bool,
    /// Glyphs of characters in such a language.
    locals: RefCell<HashMap<(FaceId, char), u16>>,
    /// Glyphs of characters in vertical text.
    uprights: RefCell<HashMap<(FaceId, char), u16>>,
    /// Where the ink of marks is, in font units.
    inks: RefCell<HashMap<(FaceId, u16), Extent>>,
}

impl<'a> Shaper<'a> {
    pub(super) fn new(library: &'a Library, language: &str, style: PunctuationStyle) -> Self {
        let readers = library.ids().map(|id| library.face(id).reader()).collect();
        // Shapers know zh-Hans as such; a bare primary tag is enough for —— and locl.
        let (region, inks) = (Region::of(language), RefCell::default());
        let (vertical, uprights) = (false, RefCell::default());
        let regional = !matches!(region, Region::China | Region::West);
        let (language, locals) = (Language::new(language), RefCell::default());
        Self {
            library,
            readers,
            language,
            style,
            region,
            vertical,
            regional,
            locals,
            uprights,
            inks,
        }
    }

    /// The same for vertical text, or as it is.
    pub(super) fn upright(self, vertical: bool) -> Self {
        Self { vertical, ..self }
    }

    /// The clusters of a strand.
    pub(super) fn shape(&self, strand: &Strand) -> Clusters {
        let mut out = Clusters {
            sizes: strand.pieces.iter().map(|piece| piece.look.size).collect(),
            rises: strand.pieces.iter().map(|piece| piece.look.rise).collect(),
            ..Clusters::default()
        };
        let mut units = classify(strand, self.region);
        if self.vertical {
            combine(&mut units);
        }
        let mut at = 0;
        while at < units.len() {
            at = self.next(strand, &units, at, &mut out);
        }
        for glyph in out.glyphs.iter_mut().filter(|glyph| glyph.id == 0) {
            (glyph.face, glyph.id) = self.missing(glyph.face);
        }
        out.finish(strand.text.len());
        if self.vertical {
            out.stand();
        }
        if !strand.rubies.is_empty() {
            ruby::annotate(strand, self, &mut out);
        }
        out
    }

    /// Shapes the unit at a place, or the whole Western word there, and says where the next is.
    fn next(&self, strand: &Strand, units: &[Unit], at: usize, out: &mut Clusters) -> usize {
        let unit = units[at];
        let look = strand.pieces[unit.piece].look;
        let (han, latin) = self.library.voice(look.voice);
        if let Some(object) = look.object {
            let along = if self.vertical { object.height } else { object.width };
            out.push(Class::Han, unit.start, unit.piece, along.units());
            return at + 1;
        }
        if unit.combined {
            self.number(strand, unit, look.size, latin, out);
            return at + 1;
        }
        if unit.class.is_western() {
            let same = |u: &&Unit| u.class.is_western() && u.piece == unit.piece;
            let end = at + units[at..].iter().take_while(same).count();
            self.word(strand, &units[at..end], latin, out);
            return end;
        }
        if unit.class == Class::Long || unit.attached {
            self.sequence(strand, unit, han, out);
        } else if unit.class == Class::Space {
            self.space(unit, look.size, latin, out);
        } else {
            let wanted = if unit.c.is_ascii() { latin } else { han };
            self.single(unit, look.size, wanted, out);
        }
        at + 1
    }

    /// A number in one cell, narrowed until it fits (CLREQ 纵中横).
    fn number(&self, strand: &Strand, unit: Unit, size: Pt, wanted: FaceId, out: &mut Clusters) {
        let text = &strand.text[unit.start..unit.end];
        let shaped = self.run(text, wanted, Script::LATIN, Direction::LeftToRight);
        let advance = |size: Pt| -> i64 {
            shaped.iter().map(|glyph| self.scaled(wanted, glyph.advance, size)).sum()
        };
        let (em, wide) = (Em::ONE.at(size).units(), advance(size));
        let size = if wide > em { size.scale(em, wide) } else { size };
        out.combined.push((out.len(), size));
        out.push(Class::Han, unit.start, unit.piece, em);
        // Across the column, from its middle.
        let mut x = -advance(size) / 2;
        for glyph in &shaped {
            out.glyphs.push(ShapedGlyph { id: glyph.id, face: wanted, x });
            x += self.scaled(wanted, glyph.advance, size);
        }
    }

    /// The glyph of a character in the language of the text, which a face may draw in another way
    /// (OpenType `locl`).
    fn local_glyph(&self, c: char, face: FaceId, id: u16) -> u16 {
        if !self.regional {
            return id;
        }
        *self.locals.borrow_mut().entry((face, c)).or_insert_with(|| {
            let mut buffer = [0; 4];
            let text = c.encode_utf8(&mut buffer);
            let shaped = self.run(text, face, Script::HAN, Direction::LeftToRight);
            shaped.first().map_or(id, |glyph| glyph.id)
        })
    }

    /// The glyph of a character in vertical text: Han is the same, marks have forms of their own.
    fn upright_glyph(&self, c: char, face: FaceId, id: u16) -> u16 {
        if matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}') {
            return id;
        }
        let mut uprights = self.uprights.borrow_mut();
        *uprights.entry((face, c)).or_insert_with(|| {
            let mut buffer = [0; 4];
            let text = c.encode_utf8(&mut buffer);
            let shaped = self.run(text, face, Script::HAN, Direction::TopToBottom);
            shaped.first().map_or(id, |glyph| glyph.id)
        })
    }

    /// A space: no body, all of it gives and goes with the boundary after it.
    fn space(&self, unit: Unit, size: Pt, wanted: FaceId, out: &mut Clusters) {
        let glyph = self.glyph(' ', wanted);
        let width = glyph.map(|(face, id)| self.width(face, id, size));
        out.spaces.extend(width.map(|width| (out.len(), width)));
        out.push(Class::Space, unit.start, unit.piece, 0);
        out.glyphs.extend(glyph.map(|(face, id)| ShapedGlyph { id, face, x: 0 }));
    }

    /// A character that needs no shaper.
    fn single(&self, unit: Unit, size: Pt, wanted: FaceId, out: &mut Clusters) {
        let (face, id) = self.glyph(unit.c, wanted).unwrap_or_else(|| self.missing(wanted));
        let units = |em: Em| em.at(size).units();
        let id = self.local_glyph(unit.c, face, id);
        let id = if self.vertical { self.upright_glyph(unit.c, face, id) } else { id };
        // An upright glyph is an em high.
        let advance = if self.vertical { units(Em::ONE) } else { self.width(face, id, size) };
        let is_solid = unit.class.is_ideographic();
        let full = advance * 4 > units(Em::ONE) * 3;
        let inked = full && unit.class.is_mark() && !self.vertical;
        let ink = if inked { self.ink(face, id) } else { None };
        let cell = if self.vertical {
            upright_cell(unit.class, unit.c, self.style, self.region)
        } else {
            cell(unit.class, self.style, self.region, ink)
        };
        let body = match cell {
            None => connector(unit.c).map_or(advance, units),
            Some(_) if is_solid && advance < units(Em::ONE) => advance,
            Some(cell) => units(cell.body),
        };
        if matches!(unit.c, '\u{3041}'..='\u{30FF}') {
            out.kana.push(out.len());
        }
        if PARTICLES.contains(&unit.c) {
            out.particles.push(out.len());
        }
        out.push(unit.class, unit.start, unit.piece, body);
        if let Some(cell) = cell {
            out.blanks(units(cell.lead), units(cell.trail));
        }
        // What is no mark of a full em stands in the middle of its cell.
        let inset = cell.filter(|_| full && unit.class.is_mark()).map(|cell| -units(cell.inset));
        out.glyphs.push(ShapedGlyph { id, face, x: inset.unwrap_or((body - advance) / 2) });
    }

    /// Where the ink of a mark is in its em.
    fn ink(&self, face: FaceId, id: u16) -> Option<Ink> {
        let mut inks = self.inks.borrow_mut();
        let found = inks.entry((face, id)).or_insert_with(|| self.library.face(face).ink(id));
        let upem = i64::from(self.library.face(face).metrics().units_per_em);
        let em = |units: i64| Em::from_millis(units * 1000 / upem.max(1));
        found.map(|(from, to)| Ink { from: em(from), to: em(to) })
    }

    /// ——, …… and characters with marks attached: one cluster, whatever the shaper makes of it.
    fn sequence(&self, strand: &Strand, unit: Unit, wanted: FaceId, out: &mut Clusters) {
        let size = strand.pieces[unit.piece].look.size;
        let face = self.library.covering(unit.c, wanted).unwrap_or(wanted);
        let text = &strand.text[unit.start..unit.end];
        // —— down the line is —— lying: its upright forms are two strokes with a gap.
        if self.vertical && matches!(unit.c, '—' | '⸺') {
            out.lying.push(out.len());
        } else if self.vertical && unit.class == Class::Long {
            return self.long_upright(unit, text, face, size, out);
        }
        let shaped = self.run(text, face, Script::HAN, Direction::LeftToRight);
        let dots = unit.class == Class::Long;
        let width: i64 = shaped.iter().map(|g| self.scaled(face, g.advance, size)).sum();
        let cell = Em::ONE.at(size).units() * strand_ems(text);
        let body = if dots { cell } else { width };
        out.push(unit.class, unit.start, unit.piece, body);
        let mut x = (body - width) / 2;
        for glyph in shaped {
            let offset = self.scaled(face, glyph.offset, size);
            out.glyphs.push(ShapedGlyph { id: glyph.id, face, x: x + offset });
            x += self.scaled(face, glyph.advance, size);
        }
    }

    /// …… down the line: an em for each of its characters.
    fn long_upright(&self, unit: Unit, text: &str, face: FaceId, size: Pt, out: &mut Clusters) {
        let em = Em::ONE.at(size).units();
        out.push(unit.class, unit.start, unit.piece, em * strand_ems(text));
        let mut x = 0;
        for c in text.chars() {
            let id = self.upright_glyph(c, face, self.library.face(face).glyph(c).unwrap_or(0));
            out.glyphs.push(ShapedGlyph { id, face, x });
            x += em;
        }
    }

    /// A Western word: shaped as a whole, one cluster for each the shaper keeps together.
    fn word(&self, strand: &Strand, units: &[Unit], wanted: FaceId, out: &mut Clusters) {
        let size = strand.pieces[units[0].piece].look.size;
        let mut at = 0;
        while at < units.len() {
            let face = self.library.covering(units[at].c, wanted).unwrap_or(wanted);
            let has = |u: &&Unit| self.library.covering(u.c, wanted).unwrap_or(wanted) == face;
            let end = at + units[at..].iter().take_while(has).count().max(1);
            self.stretch(strand, &units[at..end], face, size, out);
            at = end;
        }
    }

    /// A part of a word that one face has.
    fn stretch(&self, strand: &Strand, units: &[Unit], face: FaceId, size: Pt, out: &mut Clusters) {
        let (start, end) = (units[0].start, units[units.len() - 1].end);
        let text = &strand.text[start..end];
        let shaped = self.run(text, face, Script::LATIN, Direction::LeftToRight);
        let first = out.len();
        let long = units.len() >= ADDRESS;
        let mut last = None;
        for glyph in &shaped {
            let text = start + glyph.cluster;
            if last != Some(text) {
                let unit = units.binary_search_by_key(&text, |unit| unit.start).unwrap_or(0);
                let unit = units[unit];
                if unit.c == '-' || long && "/.?&=_~".contains(unit.c) {
                    out.hyphens.push(out.len());
                }
                out.push(unit.class, text, unit.piece, 0);
                last = Some(text);
            }
            let Some(body) = out.body.last_mut() else { continue };
            let x = *body + self.scaled(face, glyph.offset, size);
            if glyph.id == 0 {
                let (face, id) = self.missing(face);
                *body += self.width(face, id, size);
                out.glyphs.push(ShapedGlyph { id, face, x });
                continue;
            }
            *body += self.scaled(face, glyph.advance, size);
            out.glyphs.push(ShapedGlyph { id: glyph.id, face, x });
        }
        let voice = strand.pieces[units[0].piece].look.voice;
        if voice != Voice::Mono {
            self.partings(&strand.text[start..end], start, first, (face, size), out);
        }
    }

    /// Where the words of a shaped stretch may be parted. Western words in Chinese are taken for
    /// English.
    fn partings(
        &self,
        text: &str,
        start: usize,
        first: usize,
        (face, size): (FaceId, Pt),
        out: &mut Clusters,
    ) {
        let points = hyphenation::points(text);
        let Some(id) = self.library.face(face).glyph('-').filter(|_| !points.is_empty()) else {
            return;
        };
        let hyphen =
            Hyphen { glyph: ShapedGlyph { id, face, x: 0 }, width: self.width(face, id, size) };
        for point in points {
            // Inside a ligature no word is parted.
            if let Ok(at) = out.text[first..].binary_search(&(start + point))
                && let Some(before) = (first + at).checked_sub(1)
            {
                out.partings.push((before, hyphen));
            }
        }
    }

    /// The glyphs the shaper makes of a text, for tests.
    #[cfg(test)]
    pub(super) fn shaped_ids(&self, text: &str, face: FaceId) -> Vec<u16> {
        let shaped = self.run(text, face, Script::HAN, Direction::LeftToRight);
        shaped.iter().map(|glyph| glyph.id).collect()
    }

    /// Runs the shaper; advances and offsets in font units.
    fn run(&self, text: &str, face: FaceId, script: Script, direction: Direction) -> Vec<RawGlyph> {
        let font = ShaperFont::new(self.library.face(face).shaping());
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_direction(direction);
        buffer.set_script(Some(script));
        buffer.set_language(self.language.clone());
        if shape(&font, &mut buffer, ShapeOptions::new()).is_err() {
            return Vec::new();
        }
        let pairs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        pairs
            .map(|(info, position)| RawGlyph {
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                cluster: usize::try_from(info.cluster).unwrap_or(0),
                advance: i64::from(position.x_advance),
                offset: i64::from(position.x_offset),
            })
            .collect()
    }

    /// A character's glyph, from the wanted face or the first that has it.
    fn glyph(&self, c: char, wanted: FaceId) -> Option<(FaceId, u16)> {
        let here = self.readers.get(usize::from(wanted.0))?.as_ref()?.glyph(c);
        if let Some(id) = here {
            return Some((wanted, id));
        }
        let face = self.library.covering(c, wanted)?;
        Some((face, self.library.face(face).glyph(c)?))
    }

    /// What stands for a character that no face has, where an editor lets it pass: a blank square,
    /// as in a galley. The empty glyph of a face may not be shown (ISO 19005-2 §6.2.11.8).
    fn missing(&self, wanted: FaceId) -> (FaceId, u16) {
        self.glyph('□', wanted).unwrap_or((wanted, 0))
    }

    fn width(&self, face: FaceId, id: u16, size: Pt) -> i64 {
        let reader = self.readers.get(usize::from(face.0)).and_then(Option::as_ref);
        self.scaled(face, reader.map_or(0, |reader| reader.advance(id)), size)
    }

    /// Font units at a size, rounded once.
    fn scaled(&self, face: FaceId, value: i64, size: Pt) -> i64 {
        let upem = i64::from(self.library.face(face).metrics().units_per_em);
        Pt::from_units(size.units()).scale(value, upem).units()
    }
}

struct RawGlyph {
    id: u16,
    cluster: usize,
    advance: i64,
    offset: i64,
}
