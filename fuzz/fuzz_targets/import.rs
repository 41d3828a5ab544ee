//! Whatever bytes exports have: they are a fleet that a scenario can use, or it is said
//! what is wrong with them. Exports stand one behind the other, with a zero between.
#![no_main]

use libfuzzer_sys::fuzz_target;
use lifeboat::scenario::Reader;
use lifeboat::scenario::import::Exports;
use lifeboat::scenario::syntax::{RenderStyle, Source};

fuzz_target!(|bytes: &[u8]| {
    for neutral in [false, true] {
        let mut exports = Exports::new(neutral);
        for (at, part) in bytes.split(|&it| it == 0).enumerate() {
            let name = format!("{at}.json");
            if let Ok(source) = Source::from_bytes(name, part.to_vec(), &Exports::LIMITS) {
                exports.read(&source);
            }
        }
        let imported = exports.fleet();
        for it in imported.complaints.iter().chain(&imported.remarks) {
            assert!(!it.render(RenderStyle::default()).is_empty());
        }
        // With what is wrong left out, too, it is a fleet.
        if !imported.fatal {
            let whole = format!("{}title: Imported\n", imported.text);
            if let Err(found) = Reader::default().read_text("imported.yaml", whole) {
                panic!("{}\n{}", imported.text, found.render(RenderStyle::default()));
            }
        }
    }
});
