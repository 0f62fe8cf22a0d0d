//! The script of Chinese characters.

use encoding_rs::{BIG5, GBK};
use std::sync::LazyLock;

/// The block of characters that both standards draw on, and one bit for each.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

static TRADITIONAL: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let code = |c: char, encoding: &'static encoding_rs::Encoding| {
        let mut buffer = [0; 4];
        let (bytes, _, lost) = encoding.encode(c.encode_utf8(&mut buffer));
        match (lost, &*bytes) {
            (false, [lead, trail]) => Some((*lead, *trail)),
            _ => None,
        }
    };
    (FIRST..=LAST)
        .filter_map(char::from_u32)
        .map(|c| {
            // GB/T 2312 has the characters of Simplified texts, the first level of Big5 the common
            // ones of Traditional texts.
            let simplified =
                code(c, GBK).is_some_and(|(a, b)| (0xB0..=0xF7).contains(&a) && b >= 0xA1);
            let common = code(c, BIG5).is_some_and(|(a, _)| (0xA4..=0xC6).contains(&a));
            // Of the standard list of 2013, and in no Simplified set before.
            common && !simplified && c != '瞭'
        })
        .collect()
});

/// Whether a character is written in Traditional texts only.
#[must_use]
pub fn is_traditional(c: char) -> bool {
    let at = u32::from(c).checked_sub(FIRST).and_then(|at| usize::try_from(at).ok());
    at.and_then(|at| TRADITIONAL.get(at)).copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::is_traditional;

    #[test]
    fn scripts_are_told_apart() {
        for c in "國說門開東車".chars() {
            assert!(is_traditional(c), "{c}");
        }
        for c in "国说门开的人一乾著瞭".chars() {
            assert!(!is_traditional(c), "{c}");
        }
    }
}
