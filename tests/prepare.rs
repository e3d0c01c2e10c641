//! What `shanhai prepare` promises: the shipped tables follow from the shipped sources byte for byte, county
//! sums are those of the census, every constraint of docs/data-format.md holds, and wrong input is explained.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Parser;
use shanhai::prepare::{Args, Report, prepare};

/// The folders of tables in the repository.
const FOLDERS: [&str; 5] = ["zhejiang/2020", "zhejiang/2010", "henan/2020", "henan/2010", "china/2010"];

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    args: Args,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The command in a folder's prepare.sh, with its paths made absolute.
fn command(folder: &str) -> Args {
    let text = std::fs::read_to_string(root().join("scenarios").join(folder).join("prepare.sh")).unwrap();
    let words: Vec<String> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.trim_end_matches('\\').split_whitespace())
        .map(|word| match word.starts_with("scenarios/") {
            true => root().join(word).to_string_lossy().into_owned(),
            false => word.to_string(),
        })
        .collect();
    assert_eq!(words[..2], ["shanhai", "prepare"], "{folder}/prepare.sh begins with the command");
    Command::try_parse_from(&words[1..]).unwrap_or_else(|e| panic!("{folder}: {e}")).args
}

/// Prepares a folder's tables elsewhere.
fn prepared(folder: &str) -> (tempfile::TempDir, Report) {
    let mut request = command(folder).request().unwrap();
    let out = tempfile::tempdir().unwrap();
    request.out = out.path().to_path_buf();
    (out, prepare(&request).unwrap_or_else(|e| panic!("{folder}: {e}")))
}

const TABLES: [&str; 4] = ["nodes.csv", "outside.csv", "prefectures.csv", "provenance.md"];

#[test]
fn shipped_tables_follow_from_shipped_sources() {
    for folder in FOLDERS {
        let (out, _) = prepared(folder);
        let shipped = root().join("scenarios").join(folder);
        // Accepting new tables is a decision: SHANHAI_ACCEPT=1 writes them, and the change is then reviewed.
        if std::env::var_os("SHANHAI_ACCEPT").is_some() {
            for table in TABLES.iter().filter(|t| out.path().join(t).exists()) {
                std::fs::copy(out.path().join(table), shipped.join(table)).unwrap();
            }
        }
        for table in TABLES {
            let (new, old) = (std::fs::read(out.path().join(table)), std::fs::read(shipped.join(table)));
            assert!(
                new.as_ref().ok() == old.as_ref().ok(),
                "{folder}/{table} differs from what prepare writes; SHANHAI_ACCEPT=1 accepts the new table"
            );
        }
    }
}
