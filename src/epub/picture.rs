//! A page of the layout → a PNG: the cover as reading systems want it.
//!
//! Outlines are read from the same faces and placed at the same positions as in the PDF.

use crate::colour::Colour;
use crate::fonts::{Library, OutlinePen};
use crate::length::Pt;
use crate::page::{GlyphRun, Item, Page};
use tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Rect, Transform};

/// Draws a page `width` pixels wide.
pub(super) fn draw(page: &Page, library: &Library, width: u32) -> Result<Vec<u8>, String> {
    let height = page.height.scale(i64::from(width), page.width.units()).units();
    let height = u32::try_from(height).map_err(|error| error.to_string())?;
    let mut canvas = Pixmap::new(width, height).ok_or("size")?;
    canvas.fill(Color::WHITE);
    let scale = f32::from(u16::try_from(width).unwrap_or(u16::MAX)) / page.width.to_f32();
    for item in &page.items {
        match item {
            Item::Fill { rect, colour, .. } => {
                let area = Rect::from_xywh(
                    rect.x.to_f32(),
                    rect.y.to_f32(),
                    rect.width.to_f32(),
                    rect.height.to_f32(),
                );
                if let Some(area) = area {
                    let transform = Transform::from_scale(scale, scale);
                    canvas.fill_rect(area, &paint(*colour), transform, None);
                }
            }
            Item::Text(run) => text(page, run, library, scale, &mut canvas),
            // The drawn cover has none.
            Item::Polygon { .. } | Item::Picture { .. } => {}
        }
    }
    encode(&canvas)
}

fn paint(colour: Colour) -> Paint<'static> {
    let mut paint = Paint::default();
    let [r, g, b] = colour.rgb;
    paint.set_color_rgba8(r, g, b, 255);
    paint.anti_alias = true;
    paint
}

fn text(page: &Page, run: &GlyphRun, library: &Library, scale: f32, canvas: &mut Pixmap) {
    let face = library.face(run.face);
    let em = run.size.to_f32() / f32::from(face.metrics().units_per_em);
    for glyph in page.glyphs_of(run) {
        let mut pen = Pen(PathBuilder::new());
        face.outline(glyph.id, &mut pen);
        let Some(path) = pen.0.finish() else { continue };
        let x = (run.x + Pt::from_units(i64::from(glyph.x))).to_f32();
        let transform = Transform::from_row(em, 0.0, 0.0, -em, x, run.baseline.to_f32())
            .post_scale(scale, scale);
        canvas.fill_path(&path, &paint(run.colour), FillRule::Winding, transform, None);
    }
}

/// The canvas as a PNG of RGB pixels; a cover has no transparency.
fn encode(canvas: &Pixmap) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, canvas.width(), canvas.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let pixels: Vec<u8> =
        canvas.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
    let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
    writer.write_image_data(&pixels).map_err(|error| error.to_string())?;
    writer.finish().map_err(|error| error.to_string())?;
    Ok(out)
}

struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(cx, cy, x, y);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.cubic_to(ax, ay, bx, by, x, y);
    }
    fn close(&mut self) {
        self.0.close();
    }
}
