//! Characters that notes describe: by their code point, or by plane, row and cell of JIS X 0213.

use super::jisx0213::TABLE;
use std::collections::HashMap;
use std::sync::LazyLock;

static CELLS: LazyLock<HashMap<(u8, u8, u8), char>> = LazyLock::new(|| {
    let mut out = HashMap::new();
    for line in TABLE.lines() {
        let Some((place, characters)) = line.split_once(' ') else { continue };
        let Some((plane, row)) = place.split_once('-') else { continue };
        let (Ok(plane), Ok(row)) = (plane.parse(), row.parse()) else { continue };
        for (cell, c) in (1..).zip(characters.chars()).filter(|(_, c)| *c != '\u{3000}') {
            out.insert((plane, row, cell), c);
        }
    }
    out
});

/// The character of a note such as `「木＋世」、第3水準1-85-56` or `「口＋世」、U+20B9F、123-4`.
pub(super) fn character(note: &str) -> Option<char> {
    let narrow: String = note
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '－' | '‐' => '-',
            c => c,
        })
        .collect();
    if let Some(hex) = narrow.split("U+").nth(1) {
        let end = hex.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(hex.len());
        return u32::from_str_radix(hex.get(..end)?, 16).ok().and_then(char::from_u32);
    }
    let level = narrow
        .split('、')
        .find(|part| part.starts_with("第3水準") || part.starts_with("第4水準"))?;
    let mut numbers = level.get("第3水準".len()..)?.split('-').map(str::parse::<u8>);
    let place = (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
    CELLS.get(&place).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_both_planes_are_known() {
        // 俠 is 1-14-26 and 𠂉 is 2-1-1 in JIS X 0213.
        assert_eq!(character("「にんべん＋夾」、第3水準1-14-26"), Some('俠'));
        assert_eq!(CELLS.get(&(2, 1, 1)), Some(&'𠂉'));
        assert_eq!(character("小書き平仮名ん、183-7"), None);
    }
}
