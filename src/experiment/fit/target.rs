//! A target: a cell of a table that a run prints, and what it should be.
//!
//! `share_urban@2030=0.75~0.005` is an indicator of the area, `indicators.output_per_head@2030[scope=tier,scope_id=village]=60000`
//! one of another group, `nodes.residents@2030[node=331121v]=500000` a column of another table. Behind the tilde stands the
//! standard error; where it is not known, a tenth of the value counts as one.

use crate::message::Message;
use crate::nearest::nearest;
use crate::observe::TABLES;
use crate::observe::indicators::INDICATORS;
use crate::output::table::{Kind, TableSpec};
use crate::{Error, Result, messages};

/// The table of indicators, where a name may stand for a row.
const NUMBERS: &str = "indicators";
const YEAR: &str = "year";

/// A number that a run prints and what it should be.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// As it was asked.
    pub text: String,
    /// The table that it stands in.
    pub table: &'static TableSpec,
    /// The column.
    pub column: &'static str,
    /// Columns and values that name the row.
    pub row: Vec<(&'static str, String)>,
    /// What it should be, in the unit of the cell.
    pub value: f64,
    /// Its standard error in the same unit, where it is known.
    pub error: Option<f64>,
    /// Unit of the cell.
    pub unit: &'static str,
}

impl Target {
    /// Reads `TABLE.NAME@YEAR[COLUMN=VALUE,...]=VALUE~ERROR`.
    ///
    /// # Errors
    /// [`Error::Usage`] with what is no such thing.
    pub(crate) fn read(text: &str) -> Result<Target> {
        let wrong =
            |expected: Message| Error::Usage { found: messages::option_asked("--target", text), expected };
        let form = || wrong(messages::form_of_target());
        let (place, number) = text.rsplit_once('=').ok_or_else(form)?;
        let (value, error) = number.split_once('~').map_or((number, None), |(v, e)| (v, Some(e)));
        let finite = |t: &str| t.trim().parse::<f64>().ok().filter(|v| v.is_finite()).ok_or_else(form);
        let value = finite(value)?;
        let error = error.map(finite).transpose()?;
        if error.is_some_and(|e| e <= 0.0) {
            return Err(wrong(messages::error_above_zero()));
        }
        let (place, asked) = match place.trim().strip_suffix(']') {
            Some(place) => place.split_once('[').ok_or_else(form)?,
            None => (place.trim(), ""),
        };
        let (name, year) = place.rsplit_once('@').map_or((place, None), |(name, year)| (name, Some(year)));
        let (table, name) = name.split_once('.').unwrap_or((NUMBERS, name));
        let names = || TABLES.iter().map(|table| table.name).collect::<Vec<_>>().join(messages::comma());
        let Some(table) = TABLES.iter().find(|t| t.name == table.trim()) else {
            return Err(wrong(messages::tables_of_a_run(names())));
        };
        let known = |column: &str| {
            let found = table.columns.iter().find(|c| c.name == column.trim());
            found.map(|c| c.name).ok_or_else(|| wrong(names_near(table, column)))
        };
        let mut row = Vec::new();
        for part in asked.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (column, value) = part.split_once('=').ok_or_else(form)?;
            row.push((known(column)?, value.trim().to_owned()));
        }
        let name = name.trim();
        let own =
            table.columns.iter().find(|c| c.name == name && c.kind != Kind::Text && c.kind != Kind::Year);
        let (column, unit) = match (own, INDICATORS.iter().find(|i| i.0 == name)) {
            (Some(column), _) => (column.name, column.unit),
            (None, Some(&(indicator, unit, _))) if table.name == NUMBERS => {
                row.push(("indicator", indicator.to_owned()));
                ("value", unit)
            }
            _ => return Err(wrong(names_near(table, name))),
        };
        if table.name == NUMBERS && !row.iter().any(|(c, _)| *c == "scope") {
            row.extend([("scope", "area".to_owned()), ("scope_id", "all".to_owned())]);
        }
        match (year, table.columns.iter().any(|c| c.name == YEAR)) {
            (Some(year), true) => {
                let year: i32 = year.trim().parse().map_err(|_| form())?;
                row.push((YEAR, year.to_string()));
            }
            (None, false) => {}
            _ => return Err(form()),
        }
        Ok(Target { text: text.to_owned(), table, column, row, value, error, unit })
    }

    /// Where it stands: the text in front of the value.
    pub(crate) fn place(&self) -> &str {
        self.text.rsplit_once('=').map_or(self.text.as_str(), |(place, _)| place)
    }

    /// What counts as one error.
    pub(crate) fn scale(&self) -> f64 {
        let tenth = self.value.abs() / 10.0;
        self.error.unwrap_or(if tenth > 0.0 { tenth } else { 1.0 })
    }

    /// How far a printed number is from it, in errors.
    pub(crate) fn distance(&self, printed: f64) -> f64 {
        (self.value - printed) / self.scale()
    }

    /// Its year, where its table has years.
    pub(crate) fn year(&self) -> Option<i32> {
        self.row.iter().find(|(column, _)| *column == YEAR).and_then(|(_, year)| year.parse().ok())
    }

    /// Refuses a year in which no run prints anything, and the base year, which no run changes.
    ///
    /// # Errors
    /// [`Error::Usage`] with the years.
    pub(crate) fn must_be_in(&self, first: i32, last: i32) -> Result<()> {
        match self.year() {
            Some(year) if year < first || year > last => Err(Error::Usage {
                found: messages::option_asked("--target", &self.text),
                expected: messages::a_year_of_the_run(first, last),
            }),
            _ => Ok(()),
        }
    }

    /// Its cell in a table of a run.
    ///
    /// # Errors
    /// [`Error::Data`] if not exactly one row answers, or its cell holds no number.
    pub(crate) fn cell(&self, csv: &[u8]) -> Result<f64> {
        let wrong = |found: Message, expected: Message| Error::Data {
            what: messages::option_asked("--target", &self.text),
            found,
            expected,
        };
        let mut reader = csv::Reader::from_reader(csv);
        let head: Vec<String> = match reader.headers() {
            Ok(head) => head.iter().map(str::to_owned).collect(),
            Err(e) => return Err(wrong(messages::as_is(e), messages::a_table_of_the_run())),
        };
        let at = |name: &str| head.iter().position(|column| column == name);
        let asked: Vec<(Option<usize>, &str)> =
            self.row.iter().map(|(column, value)| (at(column), value.as_str())).collect();
        let (mut found, mut cell) = (0, String::new());
        for row in reader.records() {
            let row = row.map_err(|e| wrong(messages::as_is(e), messages::a_table_of_the_run()))?;
            if asked.iter().all(|(column, value)| column.and_then(|c| row.get(c)) == Some(*value)) {
                found += 1;
                cell = at(self.column).and_then(|c| row.get(c)).unwrap_or_default().to_owned();
            }
        }
        if found != 1 {
            let key: Vec<&str> = self.table.key.iter().copied().filter(|k| *k != "run").collect();
            return Err(wrong(
                messages::rows_answer(found),
                messages::one_row_by(key.join(messages::comma())),
            ));
        }
        cell.parse::<f64>()
            .ok()
            .filter(|v| v.is_finite())
            .ok_or_else(|| wrong(messages::cell_holds_no_number(), messages::a_cell_always_filled()))
    }
}

/// What a table has that is nearest to a name.
fn names_near(table: &TableSpec, name: &str) -> Message {
    let columns = table.columns.iter().map(|c| c.name);
    let indicators = INDICATORS.iter().filter(|_| table.name == NUMBERS).map(|i| i.0);
    match nearest(name, columns.chain(indicators)) {
        Some(near) => messages::did_you_mean(near),
        None => messages::no_such_number(name, table.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_alone_is_an_indicator_of_the_area_and_a_column_is_named_with_its_row() {
        let one = Target::read("share_urban@2030=0.75~0.005").unwrap();
        assert_eq!((one.table.name, one.column, one.unit), ("indicators", "value", "share"));
        assert_eq!((one.value, one.error, one.scale(), one.year()), (0.75, Some(0.005), 0.005, Some(2030)));
        let words: Vec<String> = one.row.iter().map(|(c, v)| format!("{c}={v}")).collect();
        assert_eq!(words, ["indicator=share_urban", "scope=area", "scope_id=all", "year=2030"]);
        let two = Target::read("nodes.residents@2022[node=a_urban]=500").unwrap();
        assert_eq!((two.table.name, two.column, two.scale()), ("nodes", "residents", 50.0));
        assert_eq!(two.place(), "nodes.residents@2022[node=a_urban]");
        let csv = b"run,year,node,residents\nr,2022,a_urban,480\nr,2022,b,7\nr,2021,a_urban,1\n";
        assert_eq!(two.cell(csv).unwrap(), 480.0);
        let twice = b"year,node,residents\n2022,a_urban,480\n2022,a_urban,481\n";
        assert!(two.cell(twice).unwrap_err().to_string().contains("2 rows"));
        assert!(two.cell(b"year,node,residents\n2022,b,480\n").unwrap_err().to_string().contains("0 rows"));
        assert!(
            two.cell(b"year,node,residents\n2022,a_urban,\n").unwrap_err().to_string().contains("number")
        );
    }

    #[test]
    fn what_is_no_target_is_explained_with_the_nearest_name() {
        let said = |text: &str| Target::read(text).unwrap_err().to_string();
        for text in [
            "share_urban",
            "share_urban=0.75",
            "share_urban@x=1",
            "share_urban@2030=a",
            "places.longitude@2030=1",
        ] {
            assert!(said(text).contains("share_urban@2030=0.75~0.005"), "{}", said(text));
        }
        assert!(said("share_urbann@2030=1").contains("`share_urban`"), "{}", said("share_urbann@2030=1"));
        assert!(said("nodes.resident@2030=1").contains("`residents`"));
        assert!(said("node.residents@2030=1").contains("nodes"));
        assert!(said("nodes.residents@2030[nodee=a]=1").contains("`node`"));
        assert!(said("share_urban@2030=1~0").contains("above zero"));
        let late = Target::read("share_urban@2050=1").unwrap().must_be_in(2020, 2035).unwrap_err();
        assert!(late.to_string().contains("2020 to 2035"), "{late}");
    }
}
