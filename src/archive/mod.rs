//! Files of an issue → a `BagIt` 1.0 bag (RFC 8493), and the issue as Dublin Core.
//!
//! In: what is to be kept, by its path in the bag. Out: the same with a declaration, manifests in
//! two hashes, and what the bag says about itself. Nothing here reads or writes: `press` gathers
//! what is kept and puts the bag on the disk.

mod dublin_core;

pub use dublin_core::dublin_core;

use rayon::prelude::*;
use sha2::{Digest, Sha256, Sha512};
use std::fmt::Write;

/// A file of a bag: its path from the bag's folder, and what is in it.
pub type BagFile = (String, Vec<u8>);

/// The files beside the payload of a bag, all of which it has.
pub const TAGS: [&str; 6] = [
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "manifest-sha512.txt",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha512.txt",
];

/// Files that systems put into folders by themselves.
pub const SYSTEMS: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini"];

/// What a bag says of who made it: label and value (RFC 8493 §2.2.2).
pub const AGENT: (&str, &str) =
    ("Bag-Software-Agent", concat!("qikan ", env!("CARGO_PKG_VERSION")));

/// Whether a line about a bag says that this program made it, in whatever version.
#[must_use]
pub fn is_agent((label, value): (&str, &str)) -> bool {
    label == AGENT.0 && value.split(' ').next() == AGENT.1.split(' ').next()
}

/// The folder of what is kept (RFC 8493 §2.1.2).
const PAYLOAD: &str = "data";

/// The declaration (RFC 8493 §2.1.1).
const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// Makes a bag of files, and of what is said about them: label and value (RFC 8493 §2.2.2).
#[must_use]
pub fn bag(payload: Vec<BagFile>, info: &[(&str, String)]) -> Vec<BagFile> {
    let mut payload: Vec<BagFile> =
        payload.into_iter().map(|(path, bytes)| (format!("{PAYLOAD}/{path}"), bytes)).collect();
    payload.sort();
    let octets: usize = payload.iter().map(|(_, bytes)| bytes.len()).sum();
    let oxum = format!("{octets}.{}", payload.len());
    let mut about = String::new();
    for (label, value) in info.iter().filter(|(_, value)| !value.trim().is_empty()) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(about, "{label}: {value}");
    }
    let _ = writeln!(about, "Payload-Oxum: {oxum}");
    let mut tags = vec![
        ("bagit.txt".to_owned(), DECLARATION.as_bytes().to_vec()),
        ("bag-info.txt".to_owned(), about.into_bytes()),
    ];
    tags.extend(manifests("manifest", &payload));
    let of_tags = manifests("tagmanifest", &tags);
    tags.extend(of_tags);
    tags.extend(payload);
    tags
}

/// A hash: the name of its manifest, and how it is taken, in hexadecimal.
type Hash = (&'static str, fn(&[u8]) -> String);

/// What a bag is hashed by.
const HASHES: [Hash; 2] = [
    ("sha256", |bytes| hex(&Sha256::digest(bytes))),
    ("sha512", |bytes| hex(&Sha512::digest(bytes))),
];

/// The manifests of files, one a hash (RFC 8493 §2.1.3).
fn manifests(kind: &str, files: &[BagFile]) -> Vec<BagFile> {
    let manifest = |(name, hash): Hash| {
        let hashes: Vec<String> = files.par_iter().map(|(_, bytes)| hash(bytes)).collect();
        let lines = files.iter().zip(hashes);
        let text = lines.map(|((path, _), hash)| format!("{hash}  {}\n", escaped(path)));
        (format!("{kind}-{name}.txt"), text.collect::<String>().into_bytes())
    };
    HASHES.into_iter().map(manifest).collect()
}

/// A path as a line of a manifest may have it (RFC 8493 §2.1.3).
#[must_use]
pub fn escaped(path: &str) -> String {
    path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The SHA-256 of something, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bag_has_its_declaration_its_manifests_and_its_payload() {
        let info = [("Title", "两\n行".to_owned()), ("Empty", String::new())];
        let made = bag(vec![("b%.txt".into(), b"abc".to_vec()), ("a".into(), vec![])], &info);
        let text = |name: &str| {
            let found = made.iter().find(|(path, _)| path == name);
            String::from_utf8(found.unwrap().1.clone()).unwrap()
        };
        assert_eq!(text("bagit.txt"), DECLARATION);
        assert_eq!(text("bag-info.txt"), "Title: 两 行\nPayload-Oxum: 3.2\n");
        // The hashes are those FIPS 180-4 gives for nothing and for “abc”.
        assert_eq!(
            text("manifest-sha256.txt"),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  data/a\n\
             ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  data/b%25.txt\n"
        );
        assert!(text("manifest-sha512.txt").contains("2a9ac94fa54ca49f  data/b%25.txt\n"));
        for name in ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "manifest-sha512.txt"] {
            assert!(text("tagmanifest-sha512.txt").contains(&format!("  {name}\n")));
        }
        assert_eq!(text("data/b%.txt"), "abc");
    }
}
