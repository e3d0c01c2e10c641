//! Promise: no bytes in a scenario, a table or a checkpoint make the readers panic.

use std::path::Path;

use crate::program::{random_cases, scenario as path_of};
use proptest::prelude::*;
use shanhai::inside::{CheckpointReader, load};
use shanhai::run::{Clock, Simulation};

fn case(folder: &Path, toml: &[u8], csv: &[u8]) {
    std::fs::write(folder.join("case.toml"), toml).expect("a scenario");
    std::fs::write(folder.join("nodes.csv"), csv).expect("a table");
    match load(&folder.join("case.toml"), &[]) {
        Ok((scenario, area)) => {
            let _ = shanhai::inside::bindings::Size::of(&scenario, &area, 2);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A good file with some bytes replaced, lost or repeated.
fn damaged(good: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), 0..3, prop::collection::vec(any::<u8>(), 0..6), 0..40usize);
    prop::collection::vec(change, 0..4).prop_map(move |changes| {
        let mut bytes = good.to_vec();
        for (at, how, new, length) in changes {
            if bytes.is_empty() {
                break;
            }
            let from = at.index(bytes.len());
            let to = (from + length).min(bytes.len());
            match how {
                0 => drop(bytes.splice(from..to, new)),
                1 => drop(bytes.drain(from..to)),
                _ => {
                    let again = bytes[from..to].to_vec();
                    drop(bytes.splice(to..to, again));
                }
            }
        }
        bytes
    })
}

static TOML: &[u8] = b"title = \"t\"\n[run]\nyears = 3\npersons_per_agent = 1000\n[world]\nnodes = \"nodes.csv\"\npreset = \"china_2020\"\n\
    [model]\nmarket = \"hub\"\n[parameters]\nlocation_elasticity_workers = 1.5\n[drivers.technology]\nindustry = 0.02\n[policy]\n";
static CSV: &[u8] = include_bytes!("../scenarios/teaching/mountain_and_coast_nodes.csv");

proptest! {
    #![proptest_config(ProptestConfig { cases: random_cases(200), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_scenarios_and_tables_are_answered(toml in damaged(TOML), csv in damaged(CSV)) {
        let folder = tempfile::tempdir().expect("a folder");
        case(folder.path(), &toml, CSV);
        case(folder.path(), TOML, &csv);
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let folder = tempfile::tempdir().expect("a folder");
        case(folder.path(), &bytes, CSV);
        case(folder.path(), TOML, &bytes);
        let path = folder.path().join("s.shanhai");
        std::fs::write(&path, &bytes).expect("a file");
        assert!(CheckpointReader::open(&path).is_err());
    }
}

#[test]
fn a_checkpoint_whose_sections_do_not_fit_together_is_refused() {
    use shanhai::inside::CheckpointWriter;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s.shanhai");
    let (read, _) = load(&path_of("teaching/two_regions.toml"), &[]).unwrap_or_else(|e| panic!("{e}"));
    // A sound container with sections of other lengths and kinds than a run writes.
    for sections in [&["geography"][..], &["geography", "world"], &["law", "people_0"]] {
        for words in [&[][..], &[0], &[u64::MAX, 3, 7], &[1; 40]] {
            let mut writer = CheckpointWriter::create(&path, &"header").expect("a checkpoint");
            for name in sections {
                writer.section::<u64>(name, words).expect("a section");
            }
            writer.finish().expect("a checkpoint");
            let mut reader = CheckpointReader::open(&path).expect("a sound container");
            let error =
                Simulation::restore(read.clone(), &mut reader, Clock::STOPPED).err().expect("a refusal");
            assert!(matches!(error, shanhai::Error::Checkpoint { .. }), "{error}");
        }
    }
}
