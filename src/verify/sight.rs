//! Whether text of a PDF page can be seen: where it stands, how large it is, whether it is painted
//! (ISO 32000-1 §8.3.4, §9.3, §9.4).
//!
//! In: the operators of a content as they come. Out: whether text that is shown now begins on the
//! page, in a size that leaves ink. What stands over it is not looked at.

use hayro_syntax::object::Rect;

/// Text rendering modes that show nothing (§9.3.6): neither filled nor stroked.
const UNPAINTED: [f64; 2] = [3.0, 7.0];

/// The least height and width of an em that can be seen, in points.
const LEAST: f64 = 0.5;

/// The least room of a picture, in square points: a picture of one pixel is a quarter of a point.
const LEAST_PICTURE: f64 = 0.01;

/// How far beyond the edge of a page text may begin, in points: rounding, not a place.
const EDGE: f64 = 1.0;

/// A transformation: a, b, c, d, e, f of §8.3.3.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matrix([f64; 6]);

impl Matrix {
    const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Six numbers as a matrix.
    pub(super) fn of(numbers: &[f64]) -> Self {
        numbers.try_into().map_or(Self::SAME, Self)
    }

    /// This transformation and then another.
    fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Self([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }
}

/// What is saved and restored with the graphics state.
#[derive(Debug, Clone, Copy)]
struct State {
    to_page: Matrix,
    size: f64,
    /// Horizontal scaling; 1 is none.
    across: f64,
    leading: f64,
    unpainted: bool,
}

/// The graphics state, as far as it says whether text is seen.
#[derive(Debug, Clone)]
pub(super) struct Sight {
    page: Rect,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
}

impl Sight {
    /// Before the first operator of a page with such a box.
    pub(super) fn of(page: Rect) -> Self {
        let to_page = Matrix::SAME;
        let state = State { to_page, size: 0.0, across: 1.0, leading: 0.0, unpainted: false };
        Self { page, state, saved: Vec::new(), text: Matrix::SAME, line: Matrix::SAME }
    }

    /// Before the first operator of a form that is shown now (§8.10.1).
    pub(super) fn inside(&self, form: Matrix) -> Self {
        let to_page = form.then(self.state.to_page);
        Self { state: State { to_page, ..self.state }, saved: Vec::new(), ..self.clone() }
    }

    /// Follows an operator with its numbers.
    pub(super) fn follow(&mut self, operator: &[u8], numbers: &[f64]) {
        match (operator, numbers) {
            (b"q", _) => self.saved.push(self.state),
            (b"Q", _) => self.state = self.saved.pop().unwrap_or(self.state),
            (b"cm", numbers) => {
                self.state.to_page = Matrix::of(numbers).then(self.state.to_page);
            }
            (b"BT", _) => (self.text, self.line) = (Matrix::SAME, Matrix::SAME),
            (b"Tm", numbers) => (self.text, self.line) = (Matrix::of(numbers), Matrix::of(numbers)),
            (b"Td", [x, y]) => self.next_line(*x, *y),
            (b"TD", [x, y]) => {
                self.state.leading = -y;
                self.next_line(*x, *y);
            }
            (b"T*" | b"'" | b"\"", _) => self.next_line(0.0, -self.state.leading),
            (b"TL", [leading]) => self.state.leading = *leading,
            (b"Tf", [size]) => self.state.size = *size,
            (b"Tz", [percent]) => self.state.across = percent / 100.0,
            (b"Tr", [mode]) => self.state.unpainted = UNPAINTED.contains(mode),
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::moved(x, y).then(self.line);
        self.text = self.line;
    }

    /// Whether a picture that is shown now, which fills the unit square (§8.9.5), takes up room.
    pub(super) fn has_room(&self) -> bool {
        let Matrix([a, b, c, d, ..]) = self.state.to_page;
        (a * d - b * c).abs() >= LEAST_PICTURE
    }

    /// Whether text that is shown now can be seen.
    pub(super) fn sees(&self) -> bool {
        let State { to_page, size, across, unpainted, .. } = self.state;
        let Matrix([a, b, c, d, x, y]) = self.text.then(to_page);
        let (wide, high) = ((size * across * a.hypot(b)).abs(), (size * c.hypot(d)).abs());
        let Rect { x0, y0, x1, y1 } = self.page;
        let inside = (x0 - EDGE..=x1 + EDGE).contains(&x) && (y0 - EDGE..=y1 + EDGE).contains(&y);
        !unpainted && wide >= LEAST && high >= LEAST && inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether text is seen after some operators on a page of 100 × 200.
    fn sees(operators: &[(&str, &[f64])]) -> bool {
        let mut sight = Sight::of(Rect { x0: 0.0, y0: 0.0, x1: 100.0, y1: 200.0 });
        operators.iter().for_each(|(name, numbers)| sight.follow(name.as_bytes(), numbers));
        sight.sees()
    }

    #[test]
    fn text_is_seen_on_the_page_and_painted() {
        let at = |x, y| [1.0, 0.0, 0.0, 1.0, x, y];
        let set: (&str, &[f64]) = ("Tf", &[10.0]);
        assert!(sees(&[set, ("Tm", &at(10.0, 20.0))]));
        assert!(!sees(&[("Tm", &at(10.0, 20.0))]), "no size");
        assert!(!sees(&[("Tf", &[0.1]), ("Tm", &at(10.0, 20.0))]));
        assert!(!sees(&[set, ("Tm", &at(101.5, 20.0))]), "beyond the edge");
        assert!(!sees(&[set, ("Tm", &at(10.0, 20.0)), ("Td", &[0.0, -30.0])]));
        assert!(!sees(&[set, ("Tz", &[0.0])]) && !sees(&[set, ("Tr", &[3.0])]));
        assert!(!sees(&[set, ("cm", &[0.01, 0.0, 0.0, 0.01, 5.0, 5.0])]));
        assert!(sees(&[set, ("q", &[]), ("Tr", &[7.0]), ("Q", &[])]));
        // A form in its place.
        let page = Rect { x0: 0.0, y0: 0.0, x1: 100.0, y1: 200.0 };
        let mut sight = Sight::of(page).inside(Matrix::of(&at(-50.0, 0.0)));
        sight.follow(b"Tf", &[10.0]);
        assert!(!sight.sees());
        sight.follow(b"Td", &[60.0, 10.0]);
        assert!(sight.sees() && sight.has_room());
        // A quarter turn, as for vertical lines of a form.
        assert!(sees(&[set, ("cm", &[0.0, 1.0, -1.0, 0.0, 90.0, 0.0]), ("Tm", &at(150.0, 10.0))]));
    }
}
