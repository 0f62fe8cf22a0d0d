//! What the colours of an edition mean: the output intent (ISO 32000-1 §14.11.5).

use super::PdfError;
use lopdf::{Document, ObjectId, Stream, dictionary};
use moxcms::ColorProfile;

/// Where the date of an ICC profile stands (ICC.1:2010 §7.2): twelve bytes.
const DATE: std::ops::Range<usize> = 24..36;

/// The output intent of reading editions: sRGB (ISO 19005-2 §6.2.3).
pub(super) fn srgb(doc: &mut Document) -> Result<ObjectId, PdfError> {
    let wrong = |error: moxcms::CmsError| PdfError::Write(error.to_string());
    let mut profile = ColorProfile::new_srgb().encode().map_err(wrong)?;
    // The profile is the same every day: that of the year sRGB became a standard.
    let date = [1999_u16, 10, 18, 0, 0, 0].map(u16::to_be_bytes);
    if let Some(slot) = profile.get_mut(DATE) {
        slot.copy_from_slice(date.as_flattened());
    }
    let stream = Stream::new(dictionary! { "N" => 3 }, profile);
    let profile = doc.add_object(stream);
    let name = "sRGB IEC61966-2.1";
    Ok(doc.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => super::metadata::text(name),
        "Info" => super::metadata::text(name),
        "DestOutputProfile" => profile,
    }))
}
