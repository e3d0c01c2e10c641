//! `shanhai bench`: one line a scenario, size and number of threads; the last state is the same for all threads.

use std::process::Command;

#[test]
fn bench_writes_a_table_and_a_picture_with_one_hash_for_all_threads() {
    let place = tempfile::tempdir().expect("a folder");
    let (csv, svg) = (place.path().join("bench.csv"), place.path().join("bench.svg"));
    let done = Command::new(env!("CARGO_BIN_EXE_shanhai"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["bench", "scenarios/teaching/two_regions.toml", "scenarios/teaching/mountain_and_coast.toml"])
        .args(["--agents", "2e4", "--threads", "1,2", "--years", "2", "--csv"])
        .arg(&csv)
        .arg("--svg")
        .arg(&svg)
        .output()
        .expect("shanhai runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut table = csv::Reader::from_path(&csv).expect("a table");
    let header = table.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|column| column == name).expect("the column");
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 4);
    for pair in rows.chunks(2) {
        let [one, two] = pair else { panic!("two rows a scenario") };
        assert_eq!(one[at("hash")], two[at("hash")]);
        assert_ne!(one[at("threads")], two[at("threads")]);
        assert!(one[at("move_s")].parse::<f64>().expect("seconds") > 0.0);
    }
    assert_ne!(rows[0][at("hash")], rows[2][at("hash")]);
    assert!(rows[0][at("nodes")] != rows[2][at("nodes")]);
    let picture = std::fs::read_to_string(&svg).expect("a picture");
    assert!(picture.starts_with("<svg") && picture.contains("teaching/two_regions, 2 thread(s)"));
}
