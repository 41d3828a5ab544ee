//! Whatever bytes a file has: it is a scenario, or it is told what is wrong with it,
//! with places that lie in the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use lifeboat::scenario::Reader;
use lifeboat::scenario::syntax::{RenderStyle, Source};

fuzz_target!(|bytes: &[u8]| {
    // Small limits: what is large is slow, and finds nothing that is not in the small.
    let reader = Reader {
        orgs_max: 2_000,
        alerts_max: 100_000,
        struck_max: 100_000,
        ..Reader::default()
    };
    let Ok(source) = Source::from_bytes("fuzz.yaml", bytes.to_vec(), &reader.limits) else {
        return;
    };
    match reader.read_text("fuzz.yaml", source.text()) {
        Ok(scenario) => assert!(!scenario.warnings.has_errors()),
        Err(found) => {
            assert!(found.has_errors());
            let lines = source.text().lines().count() + 1;
            assert!(found.records().all(|it| it.line <= lines));
            assert!(!found.render(RenderStyle::default()).is_empty());
        }
    }
});
