//! What a table holds: its columns with kind, unit and meaning, and the key of its rows.
//!
//! One description serves the writer of the CSV, `datapackage.json` and the data dictionary, so that the
//! three cannot drift apart.

use std::collections::BTreeSet;

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A whole number.
    Integer,
    /// A number that may have a fraction.
    Number,
    /// Words, in UTF-8.
    Text,
    /// A calendar year.
    Year,
}

/// One column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// ASCII snake_case of at most 32 characters, the unit as suffix: `income_yuan`, `share_urban`.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// The unit of a value, such as `yuan`, `persons`, `share`; empty where there is none.
    pub unit: &'static str,
    /// What a value says, in one sentence.
    pub meaning: &'static str,
}

impl Column {
    /// A column of whole numbers.
    pub const fn integer(name: &'static str, unit: &'static str, meaning: &'static str) -> Column {
        Column { name, kind: Kind::Integer, unit, meaning }
    }

    /// A column of numbers.
    pub const fn number(name: &'static str, unit: &'static str, meaning: &'static str) -> Column {
        Column { name, kind: Kind::Number, unit, meaning }
    }

    /// A column of words.
    pub const fn text(name: &'static str, meaning: &'static str) -> Column {
        Column { name, kind: Kind::Text, unit: "", meaning }
    }

    /// A column of calendar years.
    pub const fn year(name: &'static str, meaning: &'static str) -> Column {
        Column { name, kind: Kind::Year, unit: "", meaning }
    }
}

/// A table: one kind of row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableSpec {
    /// The name of the file without `.csv`.
    pub name: &'static str,
    /// A short heading.
    pub title: &'static str,
    /// What one row is, and what a reader must know before using it.
    pub description: &'static str,
    /// The columns in the order of the file.
    pub columns: &'static [Column],
    /// The columns that together name a row; no two rows share them, and none of them is ever empty.
    pub key: &'static [&'static str],
}

impl TableSpec {
    /// The name of the file.
    pub fn file(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// Everything in which this description breaks the rules of the tables; empty is right.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if let Some(why) = wrong_name(self.name) {
            problems.push(format!("table `{}`: its name {why}", self.name));
        }
        if self.title.is_empty() || self.description.is_empty() {
            problems.push(format!("table `{}`: title or description is empty", self.name));
        }
        if self.columns.len() < 2 {
            // A missing value in a table of one column is an empty line, which readers skip.
            problems.push(format!("table `{}` has fewer than two columns", self.name));
        }
        let mut seen = BTreeSet::new();
        for column in self.columns {
            let place = format!("table `{}`, column `{}`", self.name, column.name);
            if let Some(why) = wrong_name(column.name) {
                problems.push(format!("{place}: its name {why}"));
            }
            if !seen.insert(column.name) {
                problems.push(format!("{place}: there are two of this name"));
            }
            if column.meaning.is_empty() {
                problems.push(format!("{place}: its meaning is empty"));
            }
        }
        if self.key.is_empty() {
            problems.push(format!("table `{}` has no key", self.name));
        }
        for name in self.key {
            if !seen.contains(name) {
                problems
                    .push(format!("table `{}`: its key names `{name}`, which is not a column", self.name));
            }
        }
        problems
    }
}

/// Everything wrong with a set of tables that share one folder; empty is right. One test calls it for
/// all tables of the program.
#[cfg(test)]
pub(crate) fn problems(specs: &[&TableSpec]) -> Vec<String> {
    let mut problems: Vec<String> = specs.iter().flat_map(|spec| spec.problems()).collect();
    let mut seen = BTreeSet::new();
    for spec in specs {
        if !seen.insert(spec.name) {
            problems.push(format!("there are two tables `{}`", spec.name));
        }
    }
    problems
}

/// The longest name Stata takes.
const LONGEST_NAME: usize = 32;

/// Words that Stata or R keep for themselves.
const RESERVED: [&str; 20] = [
    "break", "byte", "double", "else", "false", "float", "for", "function", "if", "in", "int", "long",
    "next", "null", "repeat", "strl", "true", "using", "while", "with",
];

/// Why a name cannot be used in pandas, R and Stata alike, if it cannot.
fn wrong_name(name: &str) -> Option<&'static str> {
    let string_type = name.strip_prefix("str").is_some_and(|rest| {
        // str1, str2, ... are types in Stata.
        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit())
    });
    if name.is_empty() {
        Some("is empty")
    } else if name.len() > LONGEST_NAME {
        Some("is longer than 32 characters")
    } else if !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        Some("is not ASCII snake_case")
    } else if !name.as_bytes()[0].is_ascii_lowercase() {
        Some("does not begin with a letter")
    } else if RESERVED.contains(&name) || string_type {
        Some("is a reserved word of Stata or R")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: TableSpec = TableSpec {
        name: "nodes",
        title: "Nodes",
        description: "One row a node and year.",
        columns: &[
            Column::text("run", "Which run."),
            Column::year("year", "The year."),
            Column::number("income_yuan", "yuan", "Income per head."),
        ],
        key: &["run", "year"],
    };

    #[test]
    fn a_good_table_has_no_problem() {
        assert_eq!(GOOD.problems(), Vec::<String>::new());
        assert_eq!(GOOD.file(), "nodes.csv");
    }

    #[test]
    fn names_that_some_reader_cannot_take_are_refused() {
        for name in [
            "",
            "_income",
            "1st",
            "Income",
            "income yuan",
            "income-yuan",
            "收入",
            "in",
            "using",
            "long",
            "str12",
            "a_name_that_is_longer_than_stata_takes",
        ] {
            assert!(wrong_name(name).is_some(), "`{name}` should be refused");
        }
        for name in ["a", "income_yuan", "share_urban", "string", "str_a", "inside"] {
            assert!(wrong_name(name).is_none(), "`{name}` should be taken");
        }
        assert!(wrong_name(&"a".repeat(32)).is_none());
        assert!(wrong_name(&"a".repeat(33)).is_some());
    }

    #[test]
    fn every_mistake_in_a_description_is_named() {
        const BAD: TableSpec = TableSpec {
            name: "if",
            title: "",
            description: "",
            columns: &[Column::text("run", ""), Column::text("run", "Twice.")],
            key: &["node"],
        };
        let text = BAD.problems().join("\n");
        for part in [
            "table `if`: its name",
            "title or description",
            "meaning is empty",
            "two of this name",
            "key names `node`",
        ] {
            assert!(text.contains(part), "no word of {part} in:\n{text}");
        }
        assert!(problems(&[&GOOD, &GOOD]).join("\n").contains("two tables `nodes`"));
    }
}
