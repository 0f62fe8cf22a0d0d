//! Issue files and designs: whatever they say, an answer and no panic.
#![no_main]

use qikan::diagnostics::Sink;
use qikan::issue::Manifest;
use qikan::source::FileId;
use qikan::template::{Design, Template};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut sink = Sink::default();
    if let Ok(table) = Manifest::table(text, FileId(0)) {
        let design = Manifest::of(&table, &mut sink).map(|manifest| manifest.design);
        if let (Ok(named), Ok(values)) = (Design::named("magazine"), design) {
            let _ = Template::of(&named, &values, Some(4), &mut sink);
        }
    }
    let path = Some("template.toml".to_owned());
    let design =
        Design { name: "own".into(), toml: text.into(), css: String::new(), path, file: Some(FileId(0)) };
    let _ = Template::of(&design, &toml::Table::new(), None, &mut sink);
});
