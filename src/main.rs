//! The program: the faces it carries, and the command line.

use qikan::fonts::Bundled;
use std::process::ExitCode;

macro_rules! linked {
    ($($file:literal),* $(,)?) => {
        &[$(Bundled { file: $file, bytes: include_bytes!(concat!("../fonts/", $file)) }),*]
    };
}

static FACES: &[Bundled] = linked![
    "NotoSerifSC-Regular.otf",
    "NotoSerifSC-Bold.otf",
    "NotoSansSC-Regular.otf",
    "NotoSansSC-Bold.otf",
    "LXGWWenKai-Regular.ttf",
    "SourceSerifPro-Regular.otf",
    "SourceSerifPro-Bold.otf",
    "SourceSerifPro-It.otf",
    "NotoSansMono-Regular.otf",
];

fn main() -> ExitCode {
    qikan::cli::main(FACES)
}
