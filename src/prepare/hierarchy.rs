//! Which prefecture and province a unit belongs to: by its code of GB/T 2260, or as the columns of the census say.

use std::collections::BTreeMap;

/// The province of a code of GB/T 2260.
pub fn province_of(code: &str) -> String {
    format!("{}0000", &code[..2])
}

/// The prefecture of a code of GB/T 2260: municipalities and units directly under a province are their own.
fn prefecture_of(code: &str) -> String {
    match (&code[..2], &code[2..4]) {
        ("11" | "12" | "31" | "50", _) => province_of(code),
        (_, "90") => code.to_string(),
        _ => format!("{}00", &code[..4]),
    }
}

/// The units above each unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Hierarchy {
    /// Prefecture and province by code, where columns state them.
    stated: Option<BTreeMap<String, [String; 2]>>,
}

impl Hierarchy {
    /// A hierarchy that columns will state.
    pub(crate) fn of_columns() -> Hierarchy {
        Hierarchy { stated: Some(BTreeMap::new()) }
    }

    /// Whether columns state it, and codes are any text.
    pub(crate) fn is_stated(&self) -> bool {
        self.stated.is_some()
    }

    /// States the prefecture and the province of a unit.
    pub(crate) fn state(&mut self, code: &str, prefecture: &str, province: &str) {
        let Some(stated) = &mut self.stated else { return };
        let above = |prefecture: &str| [prefecture.to_owned(), province.to_owned()];
        stated.entry(province.to_owned()).or_insert_with(|| above(province));
        stated.entry(prefecture.to_owned()).or_insert_with(|| above(prefecture));
        stated.insert(code.to_owned(), above(prefecture));
    }

    /// The province of a unit, a prefecture or a province; of a code that nobody knows itself.
    pub(crate) fn province(&self, code: &str) -> String {
        match &self.stated {
            Some(stated) => stated.get(code).map_or_else(|| code.to_owned(), |above| above[1].clone()),
            None => province_of(code),
        }
    }

    /// The prefecture of a unit or a prefecture.
    pub(crate) fn prefecture(&self, code: &str) -> String {
        match &self.stated {
            Some(stated) => stated.get(code).map_or_else(|| code.to_owned(), |above| above[0].clone()),
            None => prefecture_of(code),
        }
    }

    /// The row that holds a unit's prefecture in the census: of municipalities that of the code, which counts their
    /// districts or their counties.
    pub(crate) fn row_above(&self, code: &str) -> String {
        match &self.stated {
            Some(_) => self.prefecture(code),
            None => format!("{}00", &code[..4]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_or_columns_say_what_stands_above_a_unit() {
        let china = Hierarchy::default();
        for (code, prefecture, province) in
            [("330102", "330100", "330000"), ("429004", "429004", "420000"), ("310101", "310000", "310000")]
        {
            assert_eq!(
                (china.prefecture(code).as_str(), china.province(code).as_str()),
                (prefecture, province)
            );
        }
        let mut other = Hierarchy::of_columns();
        other.state("588", "N", "32");
        for (code, prefecture) in [("588", "N"), ("N", "N"), ("32", "32"), ("unknown", "unknown")] {
            assert_eq!(other.prefecture(code), prefecture);
        }
        assert_eq!([other.province("588"), other.province("N")], ["32", "32"]);
    }
}
