//! Promise: what the library shows is some dozens of items. Each has one path: a module that is public in `src/lib.rs`
//! defines it or names it in a `pub use`; the files of a module are not public themselves.

use std::path::{Path, PathBuf};

/// Most items that a reader of the documentation is shown.
const MOST: usize = 95;

/// The names that the modules below a file show, by path. `here` is the path of its module, empty for the library.
fn shown(file: &Path, here: &str) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut hidden = false;
    for line in code.lines() {
        let words = line.trim_start();
        // What a macro of the file defines is indented; what stands in an `impl` too, and is no item.
        let kinds = ["struct ", "enum ", "trait ", "const ", "static ", "type ", "union "];
        let at_top = line.starts_with("pub ");
        let definition = words.strip_prefix("pub ").filter(|rest| {
            kinds.iter().any(|kind| rest.starts_with(kind)) || (at_top && rest.starts_with("fn "))
        });
        if let Some(definition) = definition.filter(|_| !hidden) {
            let name = definition.split([' ', '(', '<', ':', ';']).nth(1).unwrap_or_default();
            found.push(format!("{here}{name}"));
        }
        if let Some(name) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            let folder = file.parent().expect("a folder");
            let file: PathBuf = [folder.join(name).join("mod.rs"), folder.join(format!("{name}.rs"))]
                .into_iter()
                .find(|file| file.is_file())
                .unwrap_or_else(|| panic!("no file of the module {name}"));
            if !hidden {
                found.extend(shown(&file, &format!("{here}{name}::")));
            }
        }
        hidden = words == "#[doc(hidden)]" || (hidden && words.starts_with("#["));
    }
    for used in code.split("\npub use ").skip(1) {
        let list = used.split(';').next().unwrap_or_default();
        assert!(!list.contains('*'), "`pub use {list}` in {} shows whatever is there", file.display());
        let names = list.rsplit_once('{').map_or(list, |(_, names)| names.trim_end_matches('}'));
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            found.push(format!("{here}{}", name.rsplit([' ', ':']).next().unwrap_or(name)));
        }
    }
    found
}

#[test]
fn the_library_shows_some_dozens_of_items() {
    let shown = shown(&crate::program::root().join("src/lib.rs"), "");
    for name in [
        "Error",
        "run::Session",
        "scenario::ScenarioSource",
        "policy::Policies",
        "experiment::compare::Request",
    ] {
        assert!(shown.iter().any(|item| item == name), "{name} is not shown: {shown:#?}");
    }
    assert!(!shown.iter().any(|item| item.starts_with("inside::") || item.starts_with("cli::")));
    let count = shown.len();
    assert!(count > 60 && count <= MOST, "{count} items are shown, at most {MOST} are promised: {shown:#?}");
}
