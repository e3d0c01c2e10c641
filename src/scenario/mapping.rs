//! Which columns of somebody's tables hold what, in which unit: what a mapping file says, as types. `mapping_file` reads it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::source::Place;

/// Where a column comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Columns that are added up, with what each is multiplied by (below 0 it is taken off); texts are put together.
    pub parts: Vec<(String, f64)>,
    /// What stands in every row instead.
    pub value: Option<String>,
    /// Words of the table and what they stand for.
    pub words: BTreeMap<String, String>,
    /// Units of the model's column in one of the table's.
    pub times: f64,
    /// Where the mapping says so.
    pub place: Place,
}

/// How one table is to be read.
#[derive(Clone, Debug, Default)]
pub struct TableMapping {
    /// Sheet of a workbook; the first unless given.
    pub sheet: Option<String>,
    /// Line of the names, from 1; the first unless given.
    pub header_row: Option<usize>,
    /// Columns and the values of the rows that are read; all rows unless given.
    pub keep: Vec<(String, Vec<String>)>,
    /// Origins of columns by the names of the model.
    pub columns: BTreeMap<String, Origin>,
}

/// What a mapping file says.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    /// Tables by the option that names their file, without its dashes: `census`, `gdp`.
    pub tables: BTreeMap<String, Arc<TableMapping>>,
    /// Whether codes are any text, and the hierarchy stands in columns.
    pub text_codes: bool,
    /// Urban residents from which a unit is a city and not a county with a seat.
    pub city_urban_residents: Option<f64>,
}

/// A column that a mapping may name: the table, a short word for it, the columns of the model.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The table.
    pub table: &'static str,
    /// The word.
    pub word: &'static str,
    /// Columns of the model; only the first is filled.
    pub column: &'static str,
}

impl Mapping {
    /// Puts another mapping over this one: a table that both name is the other's.
    pub(crate) fn put(&mut self, over: Mapping) {
        self.tables.extend(over.tables);
        self.text_codes |= over.text_codes;
        self.city_urban_residents = over.city_urban_residents.or(self.city_urban_residents);
    }

    /// How a table is read.
    pub fn table(&self, name: &str) -> Option<Arc<TableMapping>> {
        self.tables.get(name).cloned()
    }
}
