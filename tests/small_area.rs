//! A study area of a few counties cut out of the shipped Zhejiang tables: small enough for many runs.

use std::path::{Path, PathBuf};

/// A city district and two mountain counties, each with its villages.
const COUNTIES: [&str; 3] = ["331102", "331121", "331122"];

/// A scenario of the area in a folder of its own.
pub fn scenario(folder: &Path, name: &str, more: &str) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/zhejiang/2020");
    let text = std::fs::read_to_string(source.join("nodes.csv")).unwrap();
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let column = header.split(',').position(|name| name == "newcomers_other").unwrap();
    let mut from_outside = 0_u64;
    let mut nodes = format!("{header}\n");
    for line in lines.filter(|line| COUNTIES.contains(&&line[..6])) {
        nodes += &format!("{line}\n");
        from_outside += line.split(',').nth(column).unwrap().parse::<u64>().unwrap();
    }
    assert!(nodes.lines().count() >= 6, "{nodes}");
    std::fs::write(folder.join("nodes.csv"), nodes).unwrap();
    std::fs::write(
        folder.join("outside.csv"),
        format!("id,name,longitude,latitude,registered_in_area\noutside,outside,111.7,33.4,{from_outside}\n"),
    )
    .unwrap();
    let path = folder.join(format!("{name}.toml"));
    let toml = format!(
        "title = \"Small area\"\n\n[run]\nyears = 2\npersons_per_agent = 400\n\n[world]\nnodes = \
         \"nodes.csv\"\noutside = \"outside.csv\"\n{more}"
    );
    std::fs::write(&path, toml).unwrap();
    path
}

/// Text of a file of results.
pub fn read(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// Rows of a table under its header.
pub fn rows(folder: &Path, file: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}
