//! The data of China: which files there are, and the one compressed file that holds them inside the program.

/// Members of the compressed file, and where the same bytes stand in the repository.
pub const MEMBERS: [(&str, &str); 19] = [
    ("census_2020.csv", "data/census_2020.csv"),
    ("census_2010.csv", "scenarios/china/data/census_2010_counties.csv"),
    ("centroids.csv", "scenarios/china/data/centroids.csv"),
    ("county_output_2020.csv", "data/county_output_2020.csv"),
    ("prefecture_output_2020.csv", "data/prefecture_output_2020.csv"),
    ("province_output.csv", "data/province_output.csv"),
    ("registered_2020.csv", "data/registered_2020.csv"),
    ("minimum_wage_2018.csv", "scenarios/china/data/minimum_wage_2018.csv"),
    ("prefecture_wage_2020.csv", "data/prefecture_wage_2020.csv"),
    ("prefecture_wage_2010.csv", "scenarios/china/data/prefecture_wage_2010.csv"),
    ("prefecture_income_2020.csv", "data/prefecture_income_2020.csv"),
    ("renames_2010.csv", "scenarios/china/data/renames_2010.csv"),
    ("code_changes.csv", "data/code_changes.csv"),
    ("origins_2010.csv", "data/origins_2010.csv"),
    ("tags_2020.csv", "data/tags_2020.csv"),
    ("tags_zhejiang_2020.csv", "scenarios/zhejiang/data/tags_2020.csv"),
    ("tags_zhejiang_2010.csv", "scenarios/zhejiang/data/tags_2010.csv"),
    ("tags_henan_2020.csv", "scenarios/henan/data/tags_2020.csv"),
    ("tags_henan_2010.csv", "scenarios/henan/data/tags_2010.csv"),
];

/// The file of a kind and year.
pub(crate) fn member(kind: &str, year: i32) -> String {
    format!("{kind}_{year}.csv")
}

/// The data inside the program.
///
/// # Errors
/// If the compressed file is damaged.
#[cfg(feature = "china")]
pub fn embedded() -> crate::Result<crate::scenario::files::Files> {
    static ARCHIVE: &[u8] = include_bytes!("../../../data/china.tar.gz");
    unpacked(ARCHIVE).map(crate::scenario::files::Files::memory).map_err(|e| crate::Error::Data {
        what: crate::messages::data_inside_program(),
        found: crate::messages::as_is(e),
        expected: crate::messages::undamaged_archive(),
    })
}

/// Names and bytes of the members of a compressed file.
#[cfg(feature = "china")]
fn unpacked(archive: &[u8]) -> std::io::Result<Vec<(std::path::PathBuf, Vec<u8>)>> {
    use std::io::Read as _;
    let mut members = tar::Archive::new(flate2::read::GzDecoder::new(archive));
    let mut files = Vec::new();
    for entry in members.entries()? {
        let mut entry = entry?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        files.push((entry.path()?.into_owned(), bytes));
    }
    Ok(files)
}

#[cfg(all(test, feature = "china"))]
mod tests {
    use super::*;
    use std::path::{Path, PathBuf};

    fn root() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR"))
    }

    /// Members as files of the repository, in one compressed file without times and owners.
    fn packed() -> Vec<u8> {
        let encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let mut archive = tar::Builder::new(encoder);
        for (name, path) in MEMBERS {
            let bytes = std::fs::read(root().join(path)).unwrap();
            let mut header = tar::Header::new_ustar();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            archive.append_data(&mut header, name, bytes.as_slice()).unwrap();
        }
        archive.into_inner().unwrap().finish().unwrap()
    }

    #[test]
    fn the_compressed_file_holds_the_readable_ones_member_by_member_in_three_megabytes() {
        let path = root().join("data/china.tar.gz");
        if std::env::var_os("ACCEPT").is_some() {
            std::fs::write(&path, packed()).unwrap();
        }
        let archive = std::fs::read(path).unwrap();
        assert!(archive.len() <= 3 << 20, "{} bytes", archive.len());
        let members = unpacked(&archive).unwrap();
        assert_eq!(members.len(), MEMBERS.len());
        for ((name, bytes), (expected, path)) in members.iter().zip(MEMBERS) {
            assert_eq!(name, Path::new(expected));
            let readable = std::fs::read(root().join(path)).unwrap();
            assert!(
                *bytes == readable,
                "{path} is not what data/china.tar.gz holds; ACCEPT=1 packs it again"
            );
        }
        // What the program has inside are the same bytes.
        let inside = embedded().unwrap();
        for (name, bytes) in members {
            assert_eq!(inside.read(&name).bytes().unwrap(), bytes);
        }
    }
}
