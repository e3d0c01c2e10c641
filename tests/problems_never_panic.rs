//! Whatever is given as a scenario, an override or a table is answered with a message, never a panic,
//! and a text that has no problems can be read.

use std::collections::BTreeMap;

use proptest::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;
use shanhai::inside::diagnose;
use shanhai::inside::table::{Column, Kind, Table};
use shanhai::scenario::Problems;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(dead_code, reason = "the fields are there to be filled")]
struct Small {
    a: i32,
    #[schemars(range(min = 0.0, max = 1.0))]
    b: Option<f64>,
    c: Vec<Inner>,
    d: BTreeMap<String, Choice>,
    e: [u8; 2],
    f: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are there to be filled")]
struct Inner {
    a: bool,
    c: Option<Box<Inner>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "the fields are there to be filled")]
enum Choice {
    /// The first.
    One,
    Two(u8),
    Three {
        a: i64,
    },
}

static COLUMNS: [Column; 5] = [
    Column::required("a", Kind::Persons, "persons"),
    Column::required("b", Kind::SHARE, "a share"),
    Column::optional("c", Kind::Words(&["one", "two"]), "a word"),
    Column::optional("d", Kind::Tags, "tags"),
    Column::optional("e", Kind::Text, "text"),
];

/// Texts made of the pieces that mean something to a TOML parser, in any order.
fn almost_toml() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
        "\"a b\"",
        "'",
        "\"",
        "\"\"\"",
        "'''",
        "=",
        " = ",
        ".",
        ",",
        "\n",
        "\r\n",
        "\r",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "#",
        "\\",
        "1",
        "-0.5",
        "1e999",
        "nan",
        "true",
        "2020-01-01",
        "0x1F",
        "“浙”",
        "，",
        "\u{feff}",
        "a = 1\n",
        "[c]\n",
        "[[c]]\n",
        "a = true\n",
        "c.a = 1\n",
        "e = [1, 2]\n",
        "d.x = \"one\"\n",
        "d.x = { two = 3 }\n",
        "\u{0}",
        "\t",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// The same for an override.
fn almost_override() -> impl Strategy<Value = String> {
    (
        prop::sample::select(vec![
            "a", "b", "c[0].a", "c[1]", "c", "d.x", "e[0]", "e[9]", "f", "", "\"a\"", "c[0",
        ]),
        almost_toml(),
        any::<bool>(),
    )
        .prop_map(
            |(path, value, sign)| if sign { format!("{path}={value}") } else { format!("{path}{value}") },
        )
}

/// The same for a table.
fn almost_csv() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        &b"a"[..],
        &b"b"[..],
        &b"c"[..],
        &b","[..],
        &b",,"[..],
        &b"\n"[..],
        &b"\r\n"[..],
        &b"\r"[..],
        &b"\""[..],
        &b"\"\""[..],
        &b"1"[..],
        &b"-3"[..],
        &b"0.5"[..],
        &b" "[..],
        &b"\xff"[..],
        &b"\xe6\xb5\x99"[..],
        &b";"[..],
        &b"a,b,c,d,e\n"[..],
        &b"1,0.5,one,x;y,text\n"[..],
        &b"\xef\xbb\xbf"[..],
        &b"\0"[..],
        &b"NA"[..],
        &b"1,234"[..],
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn read(text: &str, overrides: &[String]) {
    if overrides.is_empty() && diagnose::check(text, "small.toml", &diagnose::schema_of::<Small>()).is_empty()
    {
        let result = diagnose::examine::<Small>(text, "small.toml", &[]);
        assert!(
            result.is_ok(),
            "the types refuse what the check lets through: {}",
            result.unwrap_err().render(false)
        );
    }
    match diagnose::examine::<Small>(text, "small.toml", overrides) {
        Ok(small) => {
            for path in ["a", "c[0].c.a", "d.\"x y\"", "e[1]"] {
                let _ = (small.spans.locate(path).line_column(), small.spans.locate_key(path).text());
            }
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            assert!(problems.render(false).contains("problem"));
            assert!(!problems.render(true).is_empty());
        }
    }
}

fn read_table(bytes: &[u8]) {
    let mut problems = Problems::new();
    let table = Table::parse("small.csv", bytes, &COLUMNS, &mut problems);
    for row in table.rows() {
        for column in &COLUMNS {
            let place = table.place(row, column.name);
            assert!(place.line_column().is_some());
            assert!(table.persons(row, column.name) >= 0);
            assert!(table.number(row, column.name).is_none_or(f64::is_finite));
            let _ = (table.text(row, column.name), table.tags(row, column.name).count());
            if problems.is_empty() && column.name == "e" && !place.text().contains('"') && table.has("e") {
                assert_eq!(place.text(), table.text(row, "e"), "the place of a field is the field");
            }
        }
    }
    let _ = problems.render(false);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_checked(text in any::<String>()) {
        read(&text, &[]);
    }

    #[test]
    fn any_almost_scenario_is_checked(text in almost_toml()) {
        read(&text, &[]);
    }

    #[test]
    fn any_override_is_checked(text in almost_toml(), sets in prop::collection::vec(almost_override(), 0..4)) {
        read(&text, &sets);
        read("a = 1\nc = [{ a = true }]\ne = [1, 2]", &sets);
    }

    #[test]
    fn any_bytes_are_read_as_a_table(bytes in any::<Vec<u8>>()) {
        read_table(&bytes);
    }

    #[test]
    fn any_almost_table_is_read(bytes in almost_csv()) {
        read_table(&bytes);
    }
}
