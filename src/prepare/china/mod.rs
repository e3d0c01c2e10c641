//! Any province, any list of provinces or prefectures, or the whole of China on a census: a folder with tables, a
//! baseline, a policy to start from and what stands behind them, from data inside the program or from a folder of files
//! with the same names.

mod data;
mod folder;

pub use data::MEMBERS;
#[cfg(feature = "china")]
pub use data::embedded;
pub(crate) use data::member;
pub use folder::{files, folder_name};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Area, Prepared, Request, Rules, tables};
use crate::messages;
use crate::scenario::files::Files;
use crate::scenario::mapping::Mapping;
use crate::scenario::problem::Problems;
use crate::scenario::table::{Column, Kind, Table};
use crate::{Error, Result};

/// Census years that there are data of.
pub(crate) const YEARS: [i32; 2] = [2020, 2010];

/// Prepares the tables of an area that a text names, from data with the names of [`MEMBERS`].
///
/// # Errors
/// A year without data, a text that names nothing, and everything that is wrong with the data.
pub fn prepared(text: &str, year: i32, data: &Files) -> Result<Prepared> {
    if !YEARS.contains(&year) {
        return Err(Error::Usage {
            found: messages::no_data_of(year),
            expected: messages::censuses_are_of(),
        });
    }
    let file = |name: &str| Some(PathBuf::from(member(name, year)));
    let of_2020 = |name: &str| file(name).filter(|_| year == 2020);
    let request = Request {
        files: data.clone(),
        census: member("census", year).into(),
        year: Some(year),
        centroids: "centroids.csv".into(),
        gdp: of_2020("county_output"),
        gdp_groups: None,
        prefecture_gdp: of_2020("prefecture_output"),
        industries: None,
        province_gdp: Some("province_output.csv".into()),
        origins: Some("origins_2010.csv".into()),
        flows: None,
        registered: of_2020("registered"),
        minimum_wage: Some("minimum_wage_2018.csv".into()),
        prefecture_wage: file("prefecture_wage"),
        income: of_2020("prefecture_income"),
        income_means: [None; 2],
        tags: if year == 2020 {
            vec!["tags_2020.csv".into(), "tags_zhejiang_2020.csv".into(), "tags_henan_2020.csv".into()]
        } else {
            vec!["tags_zhejiang_2010.csv".into(), "tags_henan_2010.csv".into()]
        },
        renames: file("renames").filter(|_| year == 2010),
        joins: None,
        believed: Vec::new(),
        pools: if year == 2020 { pools(data)? } else { BTreeMap::new() },
        area: Area::Named(text.to_owned()),
        outside: None,
        mapping: Mapping::default(),
        changes: Some(super::changes::CODE_CHANGES.into()),
        preset: None,
        out: PathBuf::new(),
        force: false,
        rules: Rules::default(),
    };
    tables(&request)
}

static POOL_COLUMNS: [Column; 2] = [
    Column::required("gb_code", Kind::Code, "code of the unit"),
    Column::optional(
        "pool",
        Kind::Code,
        "code of the prefecture, or of the pool, whose output was divided; empty: published",
    ),
];

/// Pool of each unit whose output was constructed.
fn pools(data: &Files) -> Result<BTreeMap<String, String>> {
    let mut problems = Problems::new();
    let input = data.read(Path::new("county_output_2020.csv"));
    let table = Table::open_input(&input, &POOL_COLUMNS[..], &mut problems);
    problems.check()?;
    let of = |row: usize, column: &str| table.text(row, column).to_owned();
    let stated = table.rows().filter(|&row| !table.is_empty(row, "pool"));
    Ok(stated.map(|row| (of(row, "gb_code"), of(row, "pool"))).collect())
}

/// The data inside the program.
///
/// # Errors
/// It was built without them.
pub(crate) fn inside() -> crate::Result<crate::scenario::files::Files> {
    #[cfg(feature = "china")]
    return data::embedded();
    #[cfg(not(feature = "china"))]
    Err(crate::Error::Usage {
        found: crate::messages::built_without_china(),
        expected: crate::messages::data_or_feature_china(),
    })
}
