//! The documentation holds what the program prints: `ACCEPT=1 cargo test docs::` writes it again.

use std::fs;
use std::path::Path;

/// Files with marked regions, and what each must contain.
const FILES: [(&str, &[&str]); 2] = [
    (
        "docs/odd.md",
        &[
            "parameters",
            "trust",
            "levers",
            "phases",
            "sectors",
            "policies",
            "switches",
            "drivers",
            "accounts",
            "purposes",
            "factors",
            "output-tables",
            "bands",
        ],
    ),
    ("results/README.md", &["data-dictionary", "indicators"]),
];

#[test]
fn marked_regions_equal_what_the_program_prints() {
    let accept = std::env::var_os("ACCEPT").is_some();
    for (name, regions) in FILES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("could not read {name}: {e}"));
        for region in regions {
            for marker in [format!("<!-- begin:{region} -->"), format!("<!-- end:{region} -->")] {
                assert!(text.lines().any(|line| line == marker), "{name} has no line {marker}");
            }
        }
        let (fresh, unknown) = super::printed_tables::refresh(&text);
        assert!(unknown.is_empty(), "{name} marks regions that nothing fills: {unknown:?}");
        if accept {
            fs::write(&path, &fresh).unwrap_or_else(|e| panic!("could not write {name}: {e}"));
            continue;
        }
        let wrong = text.lines().zip(fresh.lines()).enumerate().find(|(_, (is, should))| is != should);
        if let Some((i, (is, should))) = wrong {
            panic!(
                "{name}, line {}: the file says\n  {is}\nand the program prints\n  {should}\n\
                 Look at the change, then accept it with: ACCEPT=1 cargo test docs::",
                i + 1
            );
        }
        assert_eq!(text, fresh, "{name} ends early or late; accept with: ACCEPT=1 cargo test docs::");
    }
}

/// The agents of the backtest are the closed form of the same law, by unit, but for luck, ages of movers and ten steps of a
/// year: what `docs/evidence.md` shows must say so.
#[test]
fn the_score_of_agents_is_within_two_hundredths_of_the_closed_form() {
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/evidence.md")).expect("the page");
    let r = |heading: &str| -> f64 {
        let table = page.split(heading).nth(1).expect(heading);
        let row = table.lines().find(|line| line.starts_with("| units | 2142 |")).expect("a row of units");
        row.split('|').nth(3).expect("r").trim().parse().expect("a number")
    };
    let (agents, closed) = (r("**Agent run**"), r("**Closed form**"));
    // Both are printed with three digits.
    assert!((agents - closed).abs() < 0.0205, "{agents} and {closed}");
    assert!(agents > 0.5, "{agents}");
}
