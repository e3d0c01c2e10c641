//! Promise: what a reader is told stands in the table of messages, in English and in Chinese. Errors, problems and faults
//! take nothing but messages, so the compiler holds most of it; the rest is read from the source.

use std::path::{Path, PathBuf};

use serde_json::Value;
use shanhai::Language;
use shanhai::inside::bindings::known;
use shanhai::inside::rows;

use crate::program::{command, root, said, scenario};

/// Every source file of the library but the table itself, without its tests.
fn sources() -> Vec<(String, String)> {
    fn read(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => read(&path, found),
                false => found.extend(path.extension().is_some_and(|end| end == "rs").then_some(path)),
            }
        }
    }
    let mut found = Vec::new();
    read(&root().join("src"), &mut found);
    found.sort();
    let table = Path::new("src").join("messages");
    let each = found.into_iter().map(|path| {
        let text = std::fs::read_to_string(&path).expect("a source");
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let code: Vec<&str> =
            code.lines().map(|l| if l.trim_start().starts_with("//") { "" } else { l }).collect();
        (path.strip_prefix(root()).expect("inside").to_path_buf(), code.join("\n"))
    });
    let each = each.filter(|(path, _)| !path.starts_with(&table));
    each.map(|(path, code)| (path.display().to_string(), code)).collect()
}

/// The text of a literal at the beginning of some code, without what stands in braces; none if something else stands there.
fn literal(code: &str) -> Option<String> {
    let code = code.trim_start().trim_start_matches('&');
    let inner =
        ["format!(", "format_args!("].iter().find_map(|m| code.strip_prefix(m)).unwrap_or(code).trim_start();
    let mut text = String::new();
    let (mut depth, mut signs) = (0, inner.strip_prefix('"')?.chars());
    while let Some(sign) = signs.next() {
        match sign {
            '"' => return Some(text),
            '\\' => {
                signs.next();
                text.push(' ');
            }
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 => text.push(sign),
            _ => {}
        }
    }
    None
}

/// Places behind a word of the code: path, line and what follows.
fn behind<'c>(sources: &'c [(String, String)], word: &'c str) -> impl Iterator<Item = (String, &'c str)> {
    sources.iter().flat_map(move |(path, code)| {
        code.match_indices(word).map(move |(at, _)| {
            let line = code[..at].lines().count();
            (format!("{path}:{line}"), &code[at + word.len()..])
        })
    })
}

/// What policies say that they pay for: the last word of every `hand.pay`, with its place.
pub fn purposes_of_policies() -> Vec<(String, String)> {
    let sources = sources();
    let calls = behind(&sources, "hand.pay(").filter(|(at, _)| at.contains("policy/"));
    let purpose = |(at, code): (String, &str)| {
        let call = &code[..code.find(");")?];
        Some((at, call.trim_end().trim_end_matches(',').strip_suffix('"')?.rsplit_once('"')?.1.to_owned()))
    };
    let found: Vec<(String, String)> = calls.filter_map(purpose).collect();
    assert!(found.len() > 20, "only {found:?}");
    found
}

/// Words of two letters or more that follow each other, such as those of a sentence.
fn in_a_row(text: &str) -> usize {
    let mut most = 0;
    let mut run = 0;
    for word in text.split(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_word = bare.len() > 1 && bare.chars().all(|c| c.is_ascii_lowercase());
        run = if is_word { run + 1 } else { 0 };
        most = most.max(run);
    }
    most
}

#[test]
fn nothing_is_said_but_by_the_table() {
    let sources = sources();
    assert!(sources.len() > 200, "only {} sources", sources.len());
    let mut wrong = Vec::new();
    // What is the same in all languages has no words of its own.
    for (at, code) in behind(&sources, "as_is(") {
        if literal(code).is_some_and(|text| text.chars().any(char::is_alphabetic)) {
            wrong.push(format!("{at}: as_is holds words; give them a row"));
        }
    }
    // What is printed, noted or told of the progress.
    for call in ["super::print(", "super::note(", "say(", ".warn(", "progress::jobs("] {
        for (at, code) in behind(&sources, call) {
            if literal(code).is_some_and(|text| in_a_row(&format!("{text} ")) > 0) {
                wrong.push(format!("{at}: {call} says words; give them a row"));
            }
        }
    }
    // Lines of what commands print. Markup of pictures and pages of the documentation is not said to a reader.
    let page = |code: &str| code.contains("fn markdown(");
    let printing = |path: &str| {
        path.starts_with("src/cli/")
            || path.ends_with("/print.rs")
            || ["src/band.rs", "src/observe/summary.rs", "src/run/session.rs"].contains(&path)
    };
    let spoken: Vec<(String, String)> =
        sources.iter().filter(|(path, code)| printing(path) && !page(code)).cloned().collect();
    assert!(spoken.len() > 20, "only {} files that print", spoken.len());
    for call in ["writeln!(text, ", "writeln!(out, ", "writeln!(\n", "format!("] {
        for (at, code) in behind(&spoken, call) {
            let first = code.trim_start().trim_start_matches("text,").trim_start_matches("out,");
            let text = literal(first).filter(|text| !text.contains('<') && !text.contains("| "));
            let call_of_program = |text: &str| text.trim_start().starts_with("shanhai ");
            // A provenance goes into the scenario that `calibrate` writes.
            let into_a_file = |text: &str| text.starts_with("fitted by ");
            if text.is_some_and(|t| in_a_row(&t) > 1 && !call_of_program(&t) && !into_a_file(&t)) {
                wrong.push(format!("{at}: a line of words; give them a row"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_row_is_in_chinese_with_the_arguments_of_the_english_words() {
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let mut wrong = Vec::new();
    for row in rows() {
        for name in row.arguments {
            let name = format!("{{{name}}}");
            if row.english.matches(&name).count() != row.chinese.matches(&name).count()
                || !row.english.contains(&name)
            {
                wrong.push(format!("{}: {name} stands as often in either language", row.key));
            }
        }
        // Options, symbols and names of methods are the same in both.
        let bare = row
            .arguments
            .iter()
            .fold(row.english.to_owned(), |text, a| text.replace(&format!("{{{a}}}"), ""));
        if in_a_row(&bare) > 1 && !han(row.chinese) {
            wrong.push(format!("{}: no Chinese", row.key));
        }
        for never in ["占水平", "按订单", "杠杆", "市场准入", "智能体", "房东"] {
            if row.chinese.contains(never) {
                wrong.push(format!("{}: {never} is not what an economist says", row.key));
            }
        }
        // One word for one thing.
        for (never, word) in [
            ("闭式", "解析解"),
            ("迁移律", "迁移规律"),
            ("基线", "基准情景"),
            ("付款者", "付款方"),
            ("支付方", "付款方"),
            ("转述", "转引"),
            ("案例", "算例"),
            ("县（市）级", "县级"),
        ] {
            if row.chinese.contains(never) {
                wrong.push(format!("{}: {never} is called {word}", row.key));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A text is found by its English words: residents of an area were once called receivers of a pension.
#[test]
fn equal_english_words_have_equal_chinese_ones() {
    let mut seen = std::collections::BTreeMap::new();
    let mut wrong = Vec::new();
    for row in rows().filter(|row| row.arguments.is_empty()) {
        let (english, chinese) = (row.english.trim_end_matches('.'), row.chinese.trim_end_matches('。'));
        let first = *seen.entry(english).or_insert(chinese);
        if first != chinese {
            wrong.push(format!("{english}: {first} and {chinese}"));
        }
    }
    assert!(seen.len() > 500, "only {} rows", seen.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn columns_keys_and_bands_have_their_meaning_in_chinese() {
    let mut wrong = Vec::new();
    let mut ask = |what: &str, words: &str| {
        if in_a_row(&words.to_lowercase()) > 0 && Language::Zh.during(|| known(words)) == words {
            wrong.push(format!("{what}: {words}"));
        }
    };
    // The last argument of a column that is read is its meaning.
    let sources = sources();
    for kind in ["Column::required(", "Column::optional(", "Column::known("] {
        for (at, code) in behind(&sources, kind) {
            let call =
                &code[..code.find("),\n").or(code.find(");")).or(code.find(")]")).unwrap_or(code.len())];
            if let Some(words) = call.trim_end().trim_end_matches(',').trim_end().strip_suffix('"') {
                ask(&at, words.rsplit_once('"').map_or("", |(_, words)| words));
            }
        }
    }
    let bands = shanhai::inside::BANDS.iter().copied().chain(shanhai::inside::bands());
    for band in bands {
        [band.quantity, band.of, band.evidence].iter().for_each(|words| ask("a band", words));
    }
    for kind in shanhai::policy::KINDS {
        [kind.purpose, kind.payer].iter().for_each(|words| ask(&format!("the policy {}", kind.name), words));
    }
    for (at, purpose) in purposes_of_policies() {
        ask(&at, &purpose);
    }
    let own: Vec<&str> = shanhai::scenario::PARAMETERS
        .iter()
        .map(|row| row.meaning)
        .chain(shanhai::policy::LEVERS.iter().map(|row| row.meaning))
        .collect();
    let schema: Value = serde_json::from_str(&shanhai::cli::schema::text()).expect("a schema");
    let mut left = vec![&schema];
    while let Some(value) = left.pop() {
        match value {
            Value::Object(fields) => {
                if let Some(words) = fields.get("description").and_then(Value::as_str)
                    && !own.contains(&words)
                {
                    ask("a key of a scenario", words.split("\n\n").next().unwrap_or_default());
                }
                left.extend(fields.values());
            }
            Value::Array(items) => left.extend(items),
            _ => {}
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{} texts have no Chinese:\n{}", wrong.len(), wrong.join("\n"));
}

/// Lines of rendered problems that still speak English, the lines of the files themselves and quoted words left out.
pub fn english_left(rendered: &str, with_notes: bool) -> Vec<String> {
    let quoted = |text: &str| {
        let mut bare = String::new();
        for (i, part) in text.split(['`', '"']).enumerate() {
            bare.push_str(if i % 2 == 0 { part } else { "·" });
        }
        bare
    };
    let mut found = Vec::new();
    for line in rendered.lines() {
        let text = line.trim_start();
        let of_file = text.split_once('|').is_some_and(|(number, _)| number.trim().parse::<u32>().is_ok());
        if of_file || text.starts_with("-->") || text.starts_with(":::") {
            continue;
        }
        let said = match text.strip_prefix('|') {
            Some(marks) => marks.trim_start_matches([' ', '|', '_', '^', '-', '.']),
            None => text.trim_start_matches(['=', '+', ' ', '~', '╰', '╭']),
        };
        // A word with its meaning is a note too.
        if !with_notes && (said.starts_with("说明") || said.starts_with('"')) {
            continue;
        }
        if in_a_row(&quoted(said)) > 1 {
            found.push(line.to_owned());
        }
    }
    found
}

#[test]
fn english_that_is_left_is_seen() {
    let told = |text: &str| english_left(text, true).len();
    assert_eq!(
        told(
            "error: the shares add up\n  --> case.toml:1:1\n1 | the line of a file\n  | ^^^ below the least"
        ),
        2
    );
    assert_eq!(told("错误: `the key` 为 \"some words here\"，应为整数\n  = 建议: 请写 --set a=b"), 0);
}

/// The program speaks the language it is asked for, or that of the locale.
#[test]
fn the_program_speaks_the_language_of_its_reader() {
    let file = scenario("teaching/two_regions.toml");
    let check = |more: &[&str], locale: &str| {
        let mut command = command([&["check", file.to_str().expect("a path")], more].concat());
        let output = command.env("LC_ALL", locale).output().expect("the program starts");
        assert!(output.status.success(), "{}", said(&output));
        let text = String::from_utf8(output.stdout).expect("text");
        // How much memory is free changes from one moment to the next.
        text.lines().filter(|line| !line.contains("MB")).collect::<Vec<_>>().join("\n")
    };
    let english = check(&[], "C");
    assert!(english.contains("Agents  ") && english.contains("First world"), "{english}");
    let chinese = check(&["--language", "zh"], "C");
    assert!(chinese.contains("主体") && chinese.contains("初始世界"), "{chinese}");
    assert_eq!(chinese, check(&[], "zh_CN.UTF-8"));
    assert_eq!(english, check(&["--language", "en"], "zh_CN.UTF-8"));
    let bare = chinese.lines().skip(2).collect::<Vec<_>>().join("\n");
    assert_eq!(english_left(&bare, true), Vec::<String>::new());
}

/// Help of every command, and what is wrong with the words of a command line.
#[test]
fn the_command_line_is_explained_in_the_language_of_its_reader() {
    let all = "run resume check nodes new prepare parameters schema compare sensitivity merge backtest bench calibrate \
               moments verify policies mechanisms replay report completions man";
    for name in std::iter::once("").chain(all.split(' ').filter(|name| !name.is_empty())) {
        let mut words: Vec<&str> =
            [name, "--help", "--language", "zh"].into_iter().filter(|w| !w.is_empty()).collect();
        let output = command(&words).output().expect("the program starts");
        assert!(output.status.success(), "{}", said(&output));
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(text.contains("用法：shanhai") && text.contains("选项"), "{text}");
        let example = |line: &&str| !line.trim_start().starts_with(['s', '-', '#']);
        let told = text.lines().filter(example).collect::<Vec<_>>().join("\n");
        assert_eq!(english_left(&told, true), Vec::<String>::new(), "{name}");
        words.truncate(words.len() - 2);
        let english = command(&words).env("LC_ALL", "C").output().expect("the program starts");
        assert!(String::from_utf8(english.stdout).expect("text").contains("Usage: shanhai"));
    }
    for (words, hint) in [
        (&["rum"][..], "是否指 `run`"),
        (&["run"], "缺少必需的参数"),
        (&["run", "x.toml", "--thread", "2"], "--threads"),
        (&["compare", "x.toml", "--interval", "z"], "bootstrap"),
        (&["report", "x", "--language", "fr"], "en"),
        (&["run", "x.toml", "--threads", "100000"], "不在 0..=1024 之内"),
        (&["run", "x.toml", "--threads", "two"], "其中有不是数字的字符"),
        (&["compare", "x.toml", "--level", "high"], "不是数字"),
        (&["bench", "x.toml", "--agents", "some"], "从 1 起的数"),
        (&["run", "x.toml", "--years", "-1"], "没有 `-1` 这个参数"),
    ] {
        let output = command(words).env("LC_ALL", "zh_CN.UTF-8").output().expect("the program starts");
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        let text = String::from_utf8(output.stderr).expect("text");
        assert!(text.contains("错误：") && text.contains(hint) && text.contains("详情请用"), "{text}");
        let told = text.lines().filter(|line| !line.starts_with("用法")).collect::<Vec<_>>().join("\n");
        assert_eq!(english_left(&told, true), Vec::<String>::new(), "{words:?}");
    }
}

/// Lines of a file that still speak English: what stands in quotation marks is said too, code in back quotes is not.
fn english_of(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert!(text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", path.display());
    // Lines on single units are written by each step of `prepare`, in English.
    let head = text.split("`outside.csv` 中的").next().unwrap_or_default();
    english_left(&head.replace('"', " "), true)
}

/// `shanhai new` in Chinese, into a folder.
fn new_in_chinese(words: &[&str], out: &Path) {
    let out = out.to_str().expect("a path");
    let output = command([&["new", "--language", "zh", "--out", out], words].concat()).output();
    let output = output.expect("the program starts");
    assert!(output.status.success(), "{}", said(&output));
}

#[cfg(feature = "china")]
#[test]
fn the_folder_of_an_area_is_written_in_the_language_of_its_reader() {
    let place = tempfile::tempdir().expect("a folder");
    for year in ["2020", "2010"] {
        let folder = place.path().join(year);
        new_in_chinese(&["宁夏", "--year", year], &folder);
        let provenance = format!("{year}/provenance.md");
        for name in ["README.md", "baseline.toml", "equal_services.toml", provenance.as_str()] {
            assert_eq!(english_of(&folder.join(name)), Vec::<String>::new(), "{year} {name}");
        }
        for name in ["baseline.toml", "equal_services.toml"] {
            let file = folder.join(name);
            let text = std::fs::read_to_string(&file).expect("a scenario");
            assert!(text.contains("title = \"宁夏"), "{text}");
            let output = command(["check", file.to_str().expect("a path")]).output();
            let output = output.expect("the program starts");
            assert!(output.status.success(), "{}", said(&output));
        }
    }
}

#[test]
fn a_commented_scenario_is_written_in_the_language_of_its_reader() {
    let place = tempfile::tempdir().expect("a folder");
    new_in_chinese(&["case.toml"], place.path());
    let file = place.path().join("case.toml");
    assert_eq!(english_of(&file), Vec::<String>::new());
    let text = std::fs::read_to_string(&file).expect("a scenario");
    let scenario: toml::Table = text.parse().expect("TOML");
    assert_eq!(scenario["title"].as_str(), Some("用一行说明本次运行要看什么"));
    // A title that was given is kept, in any language.
    let own = place.path().join("own");
    new_in_chinese(&["case.toml", "--title", "Two valleys and a pass"], &own);
    let text = std::fs::read_to_string(own.join("case.toml")).expect("a scenario");
    assert!(text.contains("title = \"Two valleys and a pass\""), "{text}");
}

#[test]
fn a_report_holds_what_a_shipped_scenario_says_of_itself_in_chinese_too() {
    let place = tempfile::tempdir().expect("a folder");
    let (out, page) = (place.path().join("run"), place.path().join("page.html"));
    crate::program::run(&scenario("teaching/hukou.toml"), &out, &["--years", "1"]);
    let [out, page_name] = [&out, &page].map(|path| path.to_str().expect("a path"));
    let output = command(["report", out, "--out", page_name]).output().expect("the program starts");
    assert!(output.status.success(), "{}", said(&output));
    let text = std::fs::read_to_string(&page).expect("a page");
    for words in [
        "户籍（虚构）：沿海城市的公共服务向所有常住人口开放",
        "沿海城市向所有常住人口开放公共服务，所需资金由该市负担一半",
        "为教学而虚构",
    ] {
        assert!(text.contains(words), "{words}");
    }
}
