//! The report: one file, safe against names, small, and clear about folders that are no results.

use std::fs;
use std::path::{Path, PathBuf};

use shanhai::report::picture::{Language, pictures};
use shanhai::report::{collect, page};

const HOSTILE: &str = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>&\u{2028}";

fn manifest(title: &str) -> String {
    let scenario = serde_json::json!({
        "name": "tiny", "text": format!("title = {title:?}"), "sha256": "0",
        "resolved": { "title": title, "description": title, "sources": [title], "assumptions": [title],
                      "parameters": { "xi": 0.04 }, "policy": { "fiscal_transfer": [{}, {}] } },
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
    let xi = report.parameters.iter().find(|p| p["key"] == "xi").unwrap();
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
