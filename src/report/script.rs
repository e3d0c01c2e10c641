//! The scripts of the page, each a module with its own names, as one script.
//!
//! A page that is opened from disk loads no second file, so its modules cannot import each other in the browser.
//! Here each becomes a closed scope that gives what it exports, and each import takes names from a scope before
//! it. The files keep to the forms that this reads: `import { a, b } from "./file.js";`, and `export` before a
//! `const` or a `function` at the start of a line; tests hold them to it.

/// A file of `assets/report`.
struct Module {
    path: &'static str,
    text: &'static str,
}

macro_rules! modules {
    ($($path:literal)*) => {
        [$(Module { path: $path, text: include_str!(concat!("../../assets/report/", $path)) }),*]
    };
}

/// All modules, each after those that it imports.
const MODULES: [Module; 57] = modules! {
    "words/identities.js"
    "words/indicators.js"
    "words/names.js"
    "words/policies.js"
    "words/prefectures.js"
    "words/sentences.js"
    "script/data.js"
    "script/state.js"
    "script/language.js"
    "script/subject.js"
    "script/figures.js"
    "script/numbers.js"
    "script/colours.js"
    "script/elements.js"
    "script/download.js"
    "script/cards.js"
    "script/axes.js"
    "script/indicators.js"
    "script/places.js"
    "script/geography.js"
    "script/flows.js"
    "script/years.js"
    "script/line_chart.js"
    "script/bar_chart.js"
    "script/arms.js"
    "script/header.js"
    "script/tiles.js"
    "script/what_was_run.js"
    "script/winners.js"
    "script/programme_money.js"
    "script/payers.js"
    "script/headline.js"
    "script/by_place.js"
    "script/map_marks.js"
    "script/map_arrows.js"
    "script/map_labels.js"
    "script/map_tools.js"
    "script/map_keys.js"
    "script/map.js"
    "script/flow_changes.js"
    "script/exchange.js"
    "script/explorer.js"
    "script/time.js"
    "script/lorenz.js"
    "script/theil.js"
    "script/scatter.js"
    "script/distribution.js"
    "script/aims.js"
    "script/levers.js"
    "script/costs.js"
    "script/balances.js"
    "script/contributions.js"
    "script/payments.js"
    "script/policy.js"
    "script/audit.js"
    "script/parameters.js"
    "script/page.js"
};

/// Names that a module takes from another.
struct Import<'a> {
    names: Vec<&'a str>,
    from: String,
}

/// A module taken apart.
struct Parts<'a> {
    imports: Vec<Import<'a>>,
    exports: Vec<&'a str>,
    body: String,
}

/// The path that an import of a module means, from `assets/report` on.
fn resolve(importer: &str, specifier: &str) -> String {
    match (specifier.strip_prefix("../"), specifier.strip_prefix("./"), importer.rsplit_once('/')) {
        (Some(path), _, _) => path.to_owned(),
        (None, Some(file), Some((folder, _))) => format!("{folder}/{file}"),
        _ => specifier.to_owned(),
    }
}

/// `import { a, b } from "./file.js";`, however many lines it takes.
fn import<'a>(importer: &str, statement: &'a str) -> Option<Import<'a>> {
    let (names, rest) = statement.strip_prefix("import {")?.split_once('}')?;
    let specifier = rest.split('"').nth(1)?;
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    Some(Import { names, from: resolve(importer, specifier) })
}

/// The name that a declaration gives: `const name = ..` or `function name(..`.
fn declared(declaration: &str) -> Option<&str> {
    let name = declaration.strip_prefix("const ").or_else(|| declaration.strip_prefix("function "))?;
    name.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().filter(|name| !name.is_empty())
}

impl Module {
    fn parts(&self) -> Parts<'_> {
        let mut parts = Parts { imports: Vec::new(), exports: Vec::new(), body: String::new() };
        let mut rest = self.text;
        while let Some((line, after)) = rest.split_once('\n') {
            let mut next = after;
            if line.starts_with("import ") {
                let end = rest.find(";\n").map_or(rest.len(), |end| end + 2);
                parts.imports.extend(import(self.path, &rest[..end]));
                next = &rest[end..];
            } else {
                let declaration = line.strip_prefix("export ").unwrap_or(line);
                if declaration.len() < line.len() {
                    parts.exports.extend(declared(declaration));
                }
                parts.body.push_str(declaration);
                parts.body.push('\n');
            }
            rest = next;
        }
        parts.body.push_str(rest);
        parts
    }
}

/// What the scope of a module is called on the page.
fn scope(path: &str) -> String {
    path.trim_end_matches(".js").replace('/', "_") + "_module"
}

/// All modules as one script that needs nothing but the chart library and the data of the page.
pub(crate) fn script() -> String {
    let mut script = String::from("\"use strict\";\n(() => {\n");
    for module in &MODULES {
        let Parts { imports, exports, body } = module.parts();
        script.push_str(&format!("// {}\nconst {} = (() => {{\n", module.path, scope(module.path)));
        for Import { names, from } in imports {
            script.push_str(&format!("const {{ {} }} = {};\n", names.join(", "), scope(&from)));
        }
        script.push_str(&body);
        script.push_str(&format!("return {{ {} }};\n}})();\n", exports.join(", ")));
    }
    script.push_str("})();\n");
    script
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_import_names_what_a_script_before_exports() {
        let mut exported: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for module in &MODULES {
            let parts = module.parts();
            for Import { names, from } in &parts.imports {
                let there = exported.get(from.as_str());
                let there =
                    there.unwrap_or_else(|| panic!("{}: {from} does not stand before it", module.path));
                for name in names {
                    assert!(there.contains(name), "{}: {from} exports no {name}", module.path);
                }
            }
            let left: Vec<&str> = parts
                .body
                .lines()
                .filter(|line| line.starts_with("import") || line.starts_with("export"))
                .collect();
            assert!(left.is_empty(), "{}: {left:?} is not read", module.path);
            let lines = module.text.lines();
            let (imports, exports) = lines.fold((0, 0), |(imports, exports), line| {
                (
                    imports + usize::from(line.starts_with("import ")),
                    exports + usize::from(line.starts_with("export ")),
                )
            });
            assert_eq!((parts.imports.len(), parts.exports.len()), (imports, exports), "{}", module.path);
            exported.insert(module.path, parts.exports);
        }
    }

    #[test]
    fn every_file_beside_the_page_is_part_of_its_script() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/report");
        for folder in ["words", "script"] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                let path = format!("{folder}/{name}");
                assert!(MODULES.iter().any(|module| module.path == path), "{path} is on no page");
            }
        }
    }

    #[test]
    fn a_module_becomes_a_scope_that_takes_and_gives_names() {
        let text = "// A part.\nimport { one } from \"./first.js\";\nimport {\n  two,\n  three,\n} from \"../words/second.js\";\n\
                    export const four = one + two;\nconst own = three;\nexport function five() {\n  return own;\n}\n";
        let module = Module { path: "script/third.js", text };
        let parts = module.parts();
        let imports: Vec<(String, Vec<&str>)> =
            parts.imports.into_iter().map(|i| (i.from, i.names)).collect();
        let wanted = [
            ("script/first.js".to_owned(), vec!["one"]),
            ("words/second.js".to_owned(), vec!["two", "three"]),
        ];
        assert_eq!(imports, wanted);
        assert_eq!(parts.exports, ["four", "five"]);
        let body =
            "// A part.\nconst four = one + two;\nconst own = three;\nfunction five() {\n  return own;\n}\n";
        assert_eq!(parts.body, body);
        assert_eq!(scope("script/third.js"), "script_third_module");
    }
}
