//! Promise: the rooms of the library stand on floors, and nobody looks upstairs. `src/lib.rs` lists the modules floor
//! by floor, a blank line between floors; a module imports from floors above its own in that list, never from its
//! own floor or below. There is no list of exceptions. Inside a room the files stand on floors too: no file imports one
//! that imports it again, however many are between them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Floor of each module, in the order of `src/lib.rs`.
fn floors() -> BTreeMap<String, usize> {
    let text = std::fs::read_to_string(root().join("lib.rs")).expect("the library");
    let first = ["\nmod ", "\npub mod "].into_iter().filter_map(|word| text.find(word)).min();
    let start = first.expect("modules");
    let mut floors = BTreeMap::new();
    for (floor, lines) in text[start..].trim().split("\n\n").enumerate() {
        for line in lines.lines().map(|line| line.trim_start_matches("pub ")) {
            if let Some(name) = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) {
                floors.insert(name.to_owned(), floor);
            }
        }
    }
    assert!(floors.len() > 10, "{floors:?}");
    floors
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file below a folder, without those that are modules of tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let room = std::fs::read_to_string(folder.join("mod.rs")).unwrap_or_default();
    let of_tests = |path: &Path| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        ["", "pub(crate) "].iter().any(|seen| room.contains(&format!("#[cfg(test)]\n{seen}mod {name};")))
    };
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") && !of_tests(&path) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The code of a file without its tests and comments.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Modules that a text imports: the first word of each path behind `crate::`, alone or in braces.
fn imports(text: &str) -> Vec<String> {
    let code = code_of(text);
    let paths = code.split("crate::").skip(1).flat_map(expanded);
    paths.filter_map(|path| path.into_iter().next()).collect()
}

#[test]
fn every_module_imports_from_floors_above_it_only() {
    // What stands behind a module of tests is read too, and lists over several lines.
    let code = "use crate::{\n    a::b,\n    c::{d, e},\n};\n#[cfg(test)]\nmod f;\nfn g() { crate::h::i() }";
    assert_eq!(imports(code), ["a", "c", "c", "h"]);
    let floors = floors();
    let mut wrong = Vec::new();
    for path in sources(&root()) {
        let inside = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
        let module = inside.split('/').next().expect("a name").trim_end_matches(".rs").to_owned();
        let Some(&own) = floors.get(&module) else { continue };
        let text = std::fs::read_to_string(&path).expect("a source file");
        for name in imports(&text) {
            let Some(&other) = floors.get(&name) else { continue };
            if name != module && other >= own {
                wrong.push(format!("src/{inside} imports `{name}`"));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "against the order of src/lib.rs:\n{}", wrong.join("\n"));
}

/// The file of a module: `a/b.rs` or `a/b/mod.rs`, by the words of its path from the root of the library.
fn file_of(words: &[&str]) -> Option<String> {
    let path = words.join("/");
    [format!("{path}.rs"), format!("{path}/mod.rs")].into_iter().find(|file| root().join(file).is_file())
}

/// The files of a room that a file of it imports from: paths that begin with `super`, `self` or the room's own name.
fn imports_inside(room: &str, inside: &str, text: &str) -> Vec<String> {
    let code = code_of(text);
    let parts: Vec<&str> = inside.trim_end_matches(".rs").split('/').collect();
    // A module's own path; `mod.rs` is the module of its folder.
    let own: Vec<&str> = if parts.last() == Some(&"mod") { parts[..parts.len() - 1].to_vec() } else { parts };
    let mut found = Vec::new();
    for (start, mut at) in [("super::", own.clone()), ("crate::", Vec::new())] {
        if start == "super::" {
            at.pop();
        }
        for (position, _) in code.match_indices(start) {
            let before = code[..position].chars().last();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let rest: String = code[position + start.len()..].split(';').next().unwrap_or_default().into();
            for words in expanded(&rest) {
                let mut path = at.clone();
                let mut words = words.iter().map(String::as_str).peekable();
                while words.next_if_eq(&"super").is_some() {
                    path.pop();
                }
                path.extend(words);
                if path.first() != Some(&room) {
                    continue;
                }
                // The longest part of the path that is a file: the rest names something in it.
                let file = (1..=path.len()).rev().find_map(|n| file_of(&path[..n]));
                found.extend(file.filter(|file| file != inside));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The paths of `a::{b, c::d}`; what follows a path is cut off.
fn expanded(text: &str) -> Vec<Vec<String>> {
    let word: String = text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let rest = &text[word.len()..];
    if word.is_empty() {
        let Some(list) = rest.strip_prefix('{') else { return vec![Vec::new()] };
        let (mut depth, mut start, mut items) = (0, 0, Vec::new());
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => {
                    items.push(&list[start..at]);
                    break;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    items.push(&list[start..at]);
                    start = at + 1;
                }
                _ => {}
            }
        }
        return items.into_iter().flat_map(|item| expanded(item.trim())).collect();
    }
    match rest.strip_prefix("::") {
        Some(more) => expanded(more)
            .into_iter()
            .map(|mut path| {
                path.insert(0, word.clone());
                path
            })
            .collect(),
        None => vec![vec![word]],
    }
}

#[test]
fn no_file_of_a_room_imports_one_that_imports_it_again() {
    assert_eq!(
        expanded("a::{b, c::{d, e}}"),
        [["a", "b"].to_vec(), ["a", "c", "d"].to_vec(), ["a", "c", "e"].to_vec()]
    );
    let rooms = [
        "capital",
        "config",
        "estimate",
        "experiment",
        "observe",
        "people",
        "policy",
        "report",
        "run",
        "scenario",
        "simulation",
        "verify",
    ];
    let mut read = 0;
    for room in rooms {
        let mut graph = BTreeMap::new();
        for path in sources(&root().join(room)) {
            let inside =
                path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
            let text = std::fs::read_to_string(&path).expect("a source file");
            graph.insert(inside.clone(), imports_inside(room, &inside, &text));
        }
        read += graph.values().flatten().count();
        // Files are taken away as soon as they import nothing that is left; what cannot go stands in a circle.
        while let Some(free) = graph.iter().find(|(_, to)| to.iter().all(|f| !graph.contains_key(f))) {
            let free = free.0.clone();
            graph.remove(&free);
        }
        assert!(graph.is_empty(), "circles in src/{room}: {graph:#?}");
    }
    assert!(read > 300, "only {read} imports were read");
}

#[test]
fn equations_know_no_text_and_only_the_program_knows_the_command_line_the_terminal_and_the_clock() {
    let program = [
        "clap::",
        "indicatif::",
        "ctrlc::",
        "Instant::now",
        "SystemTime::now",
        "stdin()",
        "stdout()",
        "stderr()",
    ];
    let files = ["std::fs", "File::", "std::env", "std::process", "std::thread"];
    let text = ["crate::message", "crate::printable", "crate::output::", "format!("];
    let mut wrong = Vec::new();
    let mut read = 0;
    for path in sources(&root()) {
        let inside = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
        let room = inside.split('/').next().expect("a name");
        let source = std::fs::read_to_string(&path).expect("a source file");
        let mut never = Vec::new();
        if room != "cli" {
            never.extend(program);
        }
        if ["config", "world", "rules", "economy", "people", "capital", "policy", "base_year"].contains(&room)
        {
            never.extend(files);
        }
        if ["economy", "people", "capital"].contains(&room) {
            never.extend(text);
        }
        read += 1;
        // What a type is to the command line is said at the type, for a build with the program.
        let code = code_of(&source).replace("#[cfg_attr(feature = \"cli\", derive(clap::ValueEnum))]", "");
        let found = never.into_iter().filter(|word| code.contains(word));
        wrong.extend(found.map(|word| format!("src/{inside}: `{word}`")));
    }
    assert!(read > 300 && wrong.is_empty(), "{read} files read\n{}", wrong.join("\n"));
}
