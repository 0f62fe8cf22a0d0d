//! What the header of a JPEG says: how many channels it really has.
//!
//! Decoders tell what they make of a file, not what is in it; a file that goes into the PDF byte
//! for byte is described as it is (ISO/IEC 10918-1 §B.2.2, ISO 32000-1 §7.4.8).

/// The channels of a JPEG of eight bits a channel; nothing for any other file.
#[must_use]
pub fn channels(bytes: &[u8]) -> Option<u8> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        // Any number of fill bytes may stand before a marker.
        let start = rest.iter().position(|byte| *byte != 0xFF)?;
        let (marker, after) = rest.get(start..)?.split_first()?;
        let length = u16::from_be_bytes([*after.first()?, *after.get(1)?]);
        let segment = after.get(2..usize::from(length))?;
        if start == 0 {
            return None;
        }
        match marker {
            // Start of frame, but for the tables that share the range.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                return match segment {
                    [8, _, _, _, _, channels, ..] => Some(*channels),
                    _ => None,
                };
            }
            _ => rest = after.get(usize::from(length)..)?,
        }
    }
}

/// Whether the channels of a JPEG are written upside down, as Adobe's programs write four inks
/// (Adobe Technical Note 5116).
#[must_use]
pub fn is_inverted(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1 << 16)).unwrap_or_default();
    let marked = |part: &[u8]| part.starts_with(&[0xFF, 0xEE]) && part.get(4..9) == Some(b"Adobe");
    head.windows(9).any(marked)
}

#[cfg(test)]
mod tests {
    use super::channels;

    #[test]
    fn the_frame_says_how_many() {
        let frame = |count: u8| {
            let mut out = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, 0xC2, 0, 8];
            out.extend([8, 0, 1, 0, 1, count]);
            out
        };
        assert_eq!(channels(&frame(3)), Some(3));
        assert_eq!(channels(&frame(4)), Some(4));
        assert_eq!(channels(&[0xFF, 0xD8, 0xFF, 0xC0, 0, 8, 12, 0, 1, 0, 1, 3]), None, "12 bits");
        for cut in 0..frame(3).len() {
            assert_eq!(channels(&frame(3)[..cut]), None);
        }
        assert_eq!(channels(b"\x89PNG"), None);
    }
}
