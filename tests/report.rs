//! The report: one file, safe against names, small, and clear about folders that are no results.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use shanhai::Language;
use shanhai::inside::experiment::OF_FLOWS;
use shanhai::inside::{Interval, sha256};
use shanhai::observe::INDICATORS;
use shanhai::policy::{KINDS, LEVERS};
use shanhai::report::{collect, page, pictures};

const HOSTILE: &str = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>&\u{2028}";

fn manifest(title: &str) -> String {
    let scenario = serde_json::json!({
        "name": "tiny", "text": format!("title = {title:?}"), "sha256": "0",
        "resolved": { "title": title, "description": title, "sources": [title], "assumptions": [title],
                      "parameters": { "relocation_review": 0.04 }, "policy": { "fiscal_transfer": [{}, {}] } },
    });
    serde_json::json!({
        "program": "shanhai", "version": "0.1.0", "status": "finished", "command": ["shanhai"], "seed": u64::MAX,
        "scenarios": [scenario],
        "inputs": [{ "path": "/home/somebody/nodes.csv", "bytes": 1, "sha256": "0" }],
        "sessions": [],
    })
    .to_string()
}

/// A run of two places and two years, with a name of choice.
fn run(folder: &Path, name: &str) {
    let quoted = format!("\"{}\"", name.replace('"', "\"\""));
    let write = |file: &str, text: String| fs::write(folder.join(file), text).unwrap();
    write("manifest.json", manifest(name));
    write("runs.csv", format!("run,scenario,seed,replicate,start_year,years\nr,{quoted},1,0,2020,1\n"));
    write(
        "places.csv",
        format!(
            "node,name,name_en,tier,county,prefecture,prefecture_name,longitude,latitude\n\
             a,{quoted},{quoted},city,1,10,{quoted},120,30\nb,B,B,village,2,20,Q,121,29\n"
        ),
    );
    let mut indicators = String::from("run,year,indicator,scope,scope_id,value,unit\n");
    let mut nodes = String::from(
        "run,year,node,name,tier,county,prefecture,residents,income_yuan,output_per_head_yuan\n",
    );
    for (year, people) in [(2020, 100), (2021, 120)] {
        indicators += &format!("r,{year},residents,area,all,{people},persons\n");
        indicators += &format!("r,{year},residents,tier,city,{people},persons\n");
        indicators += &format!("r,{year},income_ratio_residence,area,all,,ratio\n");
        nodes +=
            &format!("r,{year},a,A,city,1,10,{people},50000.5,90000\nr,{year},b,B,village,2,20,30,20000,\n");
    }
    write("indicators.csv", indicators);
    write("nodes.csv", nodes);
    write(
        "flows.csv",
        "run,year,factor,origin,destination,amount,unit\nr,2021,labour,b,a,9,persons\n\
         r,2021,labour,a,b,4,persons\nr,2021,labour,a,a,7,persons\n"
            .to_owned(),
    );
    write(
        "tier_flows.csv",
        "run,year,factor,origin,destination,amount,unit\nr,2021,labour,village,city,9,persons\n".to_owned(),
    );
}

#[test]
fn a_hostile_name_cannot_break_out_of_the_page() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), HOSTILE);
    let report = collect(&[folder.path().to_path_buf()], None).unwrap();
    let html = page(&report).unwrap();
    assert!(!html.contains("<script>alert"), "a script of the name's own");
    assert!(!html.contains("<img src=x"), "an element of the name's own");
    assert_eq!(html.matches("</script>").count(), 3, "data, charts, ours");
    // The data come back as they went in.
    let data = html.split_once("id=\"data\">").unwrap().1.split_once("</script>").unwrap().0;
    assert!(!data.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["places"]["name"][0], HOSTILE);
    assert_eq!(data["results"][0]["title"], HOSTILE);
    assert!(!html.contains("/home/somebody"), "paths of somebody's computer stay there");
    for (name, svg) in pictures(&report, Language::Zh) {
        assert!(!svg.contains("<script") && !svg.contains("<img"), "{name}");
        assert!(svg.contains("Noto Sans CJK SC"), "{name} names fonts for Chinese");
    }
}

#[test]
fn the_page_allows_no_request_and_only_its_own_scripts() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "Tiny");
    let html = page(&collect(&[folder.path().to_path_buf()], None).unwrap()).unwrap();
    let policy =
        html.split_once("Content-Security-Policy\" content=\"").unwrap().1.split_once('"').unwrap().0;
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    assert!(!policy.contains("http") && !policy.contains("unsafe-eval"));
    assert!(!html.contains("src=\"http") && !html.contains("<link"));
    assert!(html.contains("Apache ECharts") && html.contains("Apache License"));
}

#[test]
fn net_flows_are_gross_flows_one_way_less_the_other() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "Tiny");
    let report = collect(&[folder.path().to_path_buf()], None).unwrap();
    let flows = report.flows.unwrap();
    assert_eq!(flows.level, "node");
    let year = &flows.years[0];
    let place = |code: &str| flows.units.iter().position(|u| u == code).unwrap() as u32;
    assert_eq!(year.net, [(place("b"), place("a"), 5.0)]);
    assert_eq!((year.net_total, year.pairs), (5.0, 1));
    assert_eq!(year.prefecture_total, 13.0);
    assert_eq!(report.tiers[0].amount[4 * 2], 9.0);
    let nodes = report.nodes.unwrap();
    assert_eq!(nodes.years, [2020, 2021]);
    assert_eq!(nodes.values[0], [[100.0, 30.0], [120.0, 30.0]]);
    assert_eq!(report.results[0].policies, ["fiscal_transfer ×2"]);
    let xi = report.parameters.iter().find(|p| p["key"] == "relocation_review").unwrap();
    assert_eq!(xi["values"][0], 0.04);
}

#[test]
fn a_folder_that_is_no_result_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let refusal = |path: PathBuf| collect(&[path], None).unwrap_err().to_string();
    assert!(refusal(folder.path().to_path_buf()).contains("neither indicators.csv nor compare.csv"));
    assert!(refusal(folder.path().join("gone")).contains("no such folder"));
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(refusal(file).contains("it is a file"));
    run(folder.path(), "Tiny");
    fs::write(folder.path().join("indicators.csv"), "run,year\nr,2020\n").unwrap();
    assert!(refusal(folder.path().to_path_buf()).contains("no column `indicator`"));
    fs::write(
        folder.path().join("indicators.csv"),
        "run,year,indicator,scope,scope_id,value\nr,2020,a,b,c,much\n",
    )
    .unwrap();
    let words = refusal(folder.path().to_path_buf());
    assert!(words.contains("`much` is not a number") && words.contains("row 2"), "{words}");
}

#[test]
fn the_page_of_the_same_result_is_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "Tiny");
    let pages: Vec<String> =
        (0..2).map(|_| page(&collect(&[folder.path().to_path_buf()], None).unwrap()).unwrap()).collect();
    assert_eq!(pages[0], pages[1]);
}

#[derive(Parser)]
struct Compare {
    #[command(flatten)]
    args: shanhai::cli::compare::Args,
}

/// Two policies that pay and move levers, one of them from the second year on.
const POLICIES: &str = r#"
[[policy.income_transfer]]
persons = { tier = "village" }
person_yuan = 1000
payers = { province = 0.4, centre = 0.6 }

[[policy.hukou_reform]]
active = { from = 2022 }
at = { tier = "urban" }
access_workers = 0.8
access_talent = 1.0
payers = { county = 1.0 }
"#;

#[test]
fn a_real_comparison_shows_three_gaps_levers_costs_and_contributions() {
    let place = tempfile::tempdir().unwrap();
    let file = crate::small_area::scenario(place.path(), "a", POLICIES).display().to_string();
    let out = place.path().join("out");
    let path = out.display().to_string();
    let words = ["compare", &file, "--replicates", "3", "--each", "--level", "0.9", "--out", &path];
    shanhai::cli::compare::run(Compare::parse_from(words).args).unwrap();
    let report = collect(std::slice::from_ref(&out), None).unwrap();
    for gap in ["theil_between_prefectures", "income_ratio_residence", "income_ratio_home", "gini"] {
        let d = report.comparisons.iter().find(|d| d.indicator == gap && d.scope == "area").expect(gap);
        let last = d.years.len() - 1;
        assert!(d.low[last] <= d.difference[last] && d.difference[last] <= d.high[last], "{gap}");
        assert!(d.baseline[last].is_finite() && d.policy[last].is_finite(), "{gap}");
        assert!(report.indicators.iter().any(|i| i.name == gap), "{gap} is explained");
    }
    assert!(report.comparisons.iter().all(|d| d.comparison == "a"), "parts are shown by their contributions");
    assert_eq!(report.results[0].interval, Some(Interval { level: 0.9, method: "t".to_owned() }));
    let flows = report.comparisons.iter().filter(|d| d.indicator == "flow_labour" && d.scope == "tiers");
    let moved: f64 = flows.map(|d| d.policy.iter().sum::<f64>()).sum();
    assert!(moved > 0.0, "who moves from tier to tier is kept");
    // Reform of registration opens services in its second year, at every urban node of the area.
    let access = report.policies.levers.iter().filter(|l| l.lever == "access_workers").collect::<Vec<_>>();
    assert_eq!(access.iter().map(|l| l.year).collect::<Vec<_>>(), [2022]);
    assert_eq!((access[0].before, access[0].proposed, access[0].after), (0.2, 0.8, 0.8));
    assert_eq!(access[0].policy, "hukou_reform");
    assert!(
        report
            .policies
            .lever_meanings
            .iter()
            .any(|m| m.name == "access_workers" && m.meaning_zh.contains('享'))
    );
    let costs = report.policies.costs.as_ref().unwrap();
    assert_eq!(costs.columns[2], "payer");
    let payers: BTreeSet<&str> = costs.rows.iter().map(|r| r[2].as_str()).collect();
    let whole =
        crate::small_area::rows(&out, "costs.csv").into_iter().filter(|r| r[0] == "a").collect::<Vec<_>>();
    assert_eq!(costs.rows, whole, "costs of the whole programme, and of nothing else");
    assert!(
        crate::small_area::read(&out, "levers.csv").lines().count() > report.policies.lever_meanings.len()
    );
    assert!(payers.contains("central_government") && payers.contains("province_governments"), "{payers:?}");
    let attribution = report.policies.attribution.as_ref().unwrap();
    let kinds: BTreeSet<&str> = attribution.rows.iter().map(|r| r[2].as_str()).collect();
    assert!(kinds.contains("alone") && kinds.contains("last"), "{kinds:?}");
    let session = &report.results[0].manifest["sessions"][0];
    assert!(session["threads"].as_u64() > Some(0) && session["phases"].as_array().unwrap().len() > 10);
    let drawn: Vec<String> = pictures(&report, Language::En).into_iter().map(|p| p.0).collect();
    for gap in ["regional", "urban_rural", "income"] {
        assert!(drawn.contains(&format!("difference_{gap}_gap.svg")), "{drawn:?}");
    }
}

#[test]
fn two_comparisons_of_one_name_keep_their_own_levers_and_costs() {
    let place = tempfile::tempdir().unwrap();
    let head =
        "comparison,indicator,scope,scope_id,year,baseline,policy,difference,low,high,replicates,unit\n";
    let folders: Vec<PathBuf> = [("one", 7), ("two", 9)]
        .into_iter()
        .map(|(name, yuan)| {
            let folder = place.path().join(name);
            fs::create_dir(&folder).unwrap();
            let write = |file: &str, text: String| fs::write(folder.join(file), text).unwrap();
            write("manifest.json", manifest(name));
            write("compare.csv", format!("{head}a,residents,area,all,2021,1,2,1,0,2,3,persons\n"));
            write(
                "levers.csv",
                format!("comparison,policy,lever,year,places,before,proposed,after,unit\na,p,risk,2021,1,0,{yuan},1,\n"),
            );
            write("costs.csv", format!("comparison,policy,payer,difference_yuan\na,p,households,{yuan}\n"));
            write("attribution.csv", format!("scenario,policy,scope,value\na,p,area,{yuan}\n"));
            folder
        })
        .collect();
    let report = collect(&folders, None).unwrap();
    let named = ["a", "a (two)"];
    assert_eq!(report.comparisons.iter().map(|d| d.comparison.as_str()).collect::<Vec<_>>(), named);
    let levers: Vec<_> = report.policies.levers.iter().map(|l| (l.comparison.as_str(), l.proposed)).collect();
    assert_eq!(levers, [("a", 7.0), ("a (two)", 9.0)]);
    let money = |e: &Option<shanhai::inside::Extract>, last: usize| -> Vec<(String, String)> {
        e.as_ref().unwrap().rows.iter().map(|r| (r[0].clone(), r[last].clone())).collect()
    };
    let wanted = [("a", "7"), ("a (two)", "9")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(money(&report.policies.costs, 3), wanted);
    assert_eq!(money(&report.policies.attribution, 3), wanted);
}

#[test]
fn the_golden_hash_is_what_sha256sum_prints_and_follows_every_byte() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "Tiny");
    let golden = || collect(&[folder.path().to_path_buf()], None).unwrap().results[0].golden.clone();
    let mut names: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| n.ends_with(".csv"))
        .collect();
    names.sort();
    let line = |name: &String| format!("{}  {name}\n", sha256(&fs::read(folder.path().join(name)).unwrap()));
    let before = golden();
    assert_eq!(before, sha256(names.iter().map(line).collect::<String>().as_bytes()));
    let path = folder.path().join("tier_flows.csv");
    fs::write(&path, fs::read_to_string(&path).unwrap().replace(",9,", ",8,")).unwrap();
    assert_ne!(golden(), before);
}

#[test]
fn every_word_of_the_program_has_a_chinese_one_on_the_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/report/words");
    let words: String =
        fs::read_dir(folder).unwrap().map(|e| fs::read_to_string(e.unwrap().path()).unwrap()).collect();
    // The formatter puts every key of a table on a line of its own, two blanks from the margin.
    let table = |name: &str| -> BTreeSet<String> {
        let start = words.find(&format!("const {name} = {{")).unwrap_or_else(|| panic!("{name}"));
        let rows = words[start..].split_once("\n};").unwrap().0.lines();
        let keys =
            rows.filter_map(|row| row.strip_prefix("  ").filter(|row| !row.starts_with([' ', '/', ']'])));
        keys.filter_map(|row| Some(row.split_once(':')?.0.trim_matches('"').to_owned())).collect()
    };
    let mut gone: Vec<String> = Vec::new();
    let mut ask = |name: &str, wanted: &mut dyn Iterator<Item = String>| {
        let keys = table(name);
        gone.extend(wanted.filter(|word| !keys.contains(word)).map(|word| format!("{name} lacks {word:?}")));
    };
    ask("INDICATOR_ZH", &mut INDICATORS.iter().chain(OF_FLOWS).map(|i| i.0.to_owned()));
    ask("POLICY_ZH", &mut KINDS.iter().map(|k| k.name.to_owned()));
    ask("LEVER_ZH", &mut LEVERS.iter().map(|l| l.name.to_owned()));
    let accounts = shanhai::inside::CLASSES.iter().chain(&shanhai::inside::USE_NAMES);
    let phases = &shanhai::inside::PHASES;
    let units = shanhai::scenario::PARAMETERS.iter().map(|p| format!("unit_{}", p.unit));
    let units = units.chain(LEVERS.iter().map(|l| format!("unit_{}", l.unit)));
    let paid_for = crate::words::purposes_of_policies().into_iter().map(|(_, purpose)| purpose);
    ask("NAMES", &mut accounts.chain(phases).map(|w| (*w).to_owned()).chain(units).chain(paid_for));
    gone.sort();
    gone.dedup();
    assert!(gone.is_empty(), "in assets/report/words:\n{}", gone.join("\n"));
    let twice: Vec<String> = table("NAMES").intersection(&table("SENTENCES")).cloned().collect();
    assert!(twice.is_empty(), "a name of the tables hides the sentence {twice:?}");
}
