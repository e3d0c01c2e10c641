//! The tables described for people: Markdown for `results/README.md` and the documentation.

use super::table::{Kind, TableSpec};

/// Every table with every column, in the order given.
pub fn markdown(specs: &[&TableSpec]) -> String {
    let mut text = String::from(
        "# Tables\n\n\
         UTF-8 CSV with one header row. Missing is the empty field. Numbers have the shortest form that reads \
         back as the same number (in pandas: `float_precision=\"round_trip\"`). Every table is the same bytes on \
         every run of the same version, scenario and seed, for any number of threads; time and machine are in \
         `manifest.json`. `datapackage.json` holds the types, units, keys and checksums for machines.\n\n\
         | file | what it holds |\n|---|---|\n",
    );
    for spec in specs {
        let anchor = spec.file().replace('.', "");
        text += &format!("| [`{}`](#{anchor}) | {} |\n", spec.file(), cell(spec.title));
    }
    for spec in specs {
        let key: Vec<String> = spec.key.iter().map(|name| format!("`{name}`")).collect();
        text += &format!(
            "\n## {}\n\n{}\n\nKey: {}.\n\n| column | kind | unit | meaning |\n|---|---|---|---|\n",
            spec.file(),
            spec.description,
            key.join(", ")
        );
        for column in spec.columns {
            let kind = match column.kind {
                Kind::Integer => "integer",
                Kind::Number => "number",
                Kind::Text => "text",
                Kind::Year => "year",
            };
            text += &format!(
                "| `{}` | {kind} | {} | {} |\n",
                column.name,
                cell(column.unit),
                cell(column.meaning)
            );
        }
    }
    text
}

/// Words that may stand in a cell of a Markdown table.
fn cell(words: &str) -> String {
    words.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::table::Column;

    #[test]
    fn every_table_and_column_is_explained() {
        const TIER_FLOWS: TableSpec = TableSpec {
            name: "tier_flows",
            title: "flows between two tiers in a year",
            description: "The diagonal is never counted.",
            columns: &[
                Column::year("year", "The year."),
                Column::text("factor", "labour | talent."),
                Column::integer("persons", "persons", "Who moved."),
            ],
            key: &["year", "factor"],
        };
        let text = markdown(&[&TIER_FLOWS]);
        for line in [
            "| [`tier_flows.csv`](#tier_flowscsv) | flows between two tiers in a year |",
            "## tier_flows.csv",
            "The diagonal is never counted.",
            "Key: `year`, `factor`.",
            "| `factor` | text |  | labour \\| talent. |",
            "| `persons` | integer | persons | Who moved. |",
        ] {
            assert!(text.lines().any(|l| l == line), "no line {line} in\n{text}");
        }
    }
}
