//! A page of the layout → a PNG: the cover as reading systems want it.
//!
//! Outlines are read from the same faces and placed at the same positions as in the PDF.

use crate::colour::Colour;
use crate::fonts::{Library, OutlinePen};
use crate::length::Pt;
use crate::page::{GlyphRun, Item, Page, Picture, Turn};
use tiny_skia::{
    Color, FillRule, FilterQuality, Paint, PathBuilder, Pixmap, PixmapPaint, PremultipliedColorU8,
    Rect, Transform,
};

/// Draws a page `width` pixels wide.
pub(super) fn draw(
    page: &Page,
    pictures: &[Picture],
    library: &Library,
    width: u32,
) -> Result<Vec<u8>, String> {
    let height = page.height.scale(i64::from(width), page.width.units()).units();
    let height = u32::try_from(height).map_err(|error| error.to_string())?;
    let mut canvas = Pixmap::new(width, height).ok_or("size")?;
    canvas.fill(Color::WHITE);
    let scale = f32::from(u16::try_from(width).unwrap_or(u16::MAX)) / page.width.to_f32();
    for item in &page.items {
        match item {
            Item::Fill { rect, colour, .. } => fill(rect, *colour, 100, scale, &mut canvas),
            Item::Veil { rect, colour, opacity } => {
                fill(rect, *colour, *opacity, scale, &mut canvas);
            }
            Item::Text(run) => text(page, run, library, scale, &mut canvas),
            Item::Picture { picture, rect, .. } => {
                if let Some(picture) = pictures.get(*picture) {
                    place(picture, rect, scale, &mut canvas)?;
                }
            }
            Item::Polygon { points, colour, .. } => polygon(points, *colour, scale, &mut canvas),
        }
    }
    encode(&canvas)
}

fn paint(colour: Colour, opacity: u8) -> Paint<'static> {
    let mut paint = Paint::default();
    let [r, g, b] = colour.rgb;
    let alpha = u16::from(opacity.min(100)) * 255 / 100;
    paint.set_color_rgba8(r, g, b, u8::try_from(alpha).unwrap_or(255));
    paint.anti_alias = true;
    paint
}

fn fill(rect: &crate::length::Rect, colour: Colour, opacity: u8, scale: f32, canvas: &mut Pixmap) {
    let [x, y, width, height] = [rect.x, rect.y, rect.width, rect.height].map(Pt::to_f32);
    if let Some(area) = Rect::from_xywh(x, y, width, height) {
        let transform = Transform::from_scale(scale, scale);
        canvas.fill_rect(area, &paint(colour, opacity), transform, None);
    }
}

fn polygon(points: &[(Pt, Pt)], colour: Colour, scale: f32, canvas: &mut Pixmap) {
    let mut path = PathBuilder::new();
    for (at, (x, y)) in points.iter().enumerate() {
        match at {
            0 => path.move_to(x.to_f32(), y.to_f32()),
            _ => path.line_to(x.to_f32(), y.to_f32()),
        }
    }
    path.close();
    if let Some(path) = path.finish() {
        let transform = Transform::from_scale(scale, scale);
        canvas.fill_path(&path, &paint(colour, 100), FillRule::Winding, transform, None);
    }
}

/// Puts a picture in its place, pixels scaled.
fn place(
    picture: &Picture,
    rect: &crate::length::Rect,
    scale: f32,
    canvas: &mut Pixmap,
) -> Result<(), String> {
    use image::ImageDecoder;
    let broken = |error: image::ImageError| error.to_string();
    let reader = image::ImageReader::new(std::io::Cursor::new(&*picture.bytes));
    let reader = reader.with_guessed_format().map_err(|error| error.to_string())?;
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let turned = decoder.orientation().map_err(broken)?;
    let mut pixels = image::DynamicImage::from_decoder(decoder).map_err(broken)?;
    pixels.apply_orientation(turned);
    let pixels = pixels.to_rgba8();
    let mut own = Pixmap::new(pixels.width(), pixels.height()).ok_or("size")?;
    for (to, from) in own.pixels_mut().iter_mut().zip(pixels.pixels()) {
        let [r, g, b, a] = from.0;
        let mix = |c: u8| u8::try_from(u16::from(c) * u16::from(a) / 255).unwrap_or(255);
        let pixel = PremultipliedColorU8::from_rgba(mix(r), mix(g), mix(b), a);
        *to = pixel.unwrap_or(*to);
    }
    let across = rect.width.to_f32() * scale / own.width().max(1) as f32;
    let down = rect.height.to_f32() * scale / own.height().max(1) as f32;
    let (x, y) = (rect.x.to_f32() * scale, rect.y.to_f32() * scale);
    let transform = Transform::from_row(across, 0.0, 0.0, down, x, y);
    let paint = PixmapPaint { quality: FilterQuality::Bicubic, ..PixmapPaint::default() };
    canvas.draw_pixmap(0, 0, own.as_ref(), &paint, transform, None);
    Ok(())
}

fn text(page: &Page, run: &GlyphRun, library: &Library, scale: f32, canvas: &mut Pixmap) {
    let face = library.face(run.face);
    let em = run.size.to_f32() / f32::from(face.metrics().units_per_em);
    for glyph in page.glyphs_of(run) {
        let mut pen = Pen(PathBuilder::new());
        face.outline(glyph.id, &mut pen);
        let Some(path) = pen.0.finish() else { continue };
        let along = Pt::from_units(i64::from(glyph.x));
        let half = face.advance(glyph.id) as f32 * em / 2.0;
        let (x, y) = (run.x.to_f32(), run.baseline.to_f32());
        let transform = match run.turn {
            Turn::Level => Transform::from_row(em, 0.0, 0.0, -em, x + along.to_f32(), y),
            // The em box hangs from the pen, its middle on the line (0.88 em above the baseline).
            Turn::Upright => {
                let down = y + along.to_f32() + run.size.to_f32() * 0.88;
                Transform::from_row(em, 0.0, 0.0, -em, x - half, down)
            }
            Turn::Rotated => Transform::from_row(0.0, em, em, 0.0, x, y + along.to_f32()),
        };
        let transform = transform.post_scale(scale, scale);
        let paint = paint(run.colour, 100);
        canvas.fill_path(&path, &paint, FillRule::Winding, transform, None);
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
