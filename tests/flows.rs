//! Promise: counted people by place of origin and of residence, at any one level, go through `prepare` into a scenario; of what
//! cannot be used or met, everything is told.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use shanhai::Language;
use shanhai::inside::prepare::{columns, files};
use shanhai::inside::{Input, Mapping};
use shanhai::prepare::{Area, Prepared, Report, Request, prepare, tables};
use shanhai::scenario::{Problems, ScenarioSource};

use crate::prepare::{SMALL_CENTROIDS, small_census};
use crate::program::{root, said, shanhai};
use crate::small_area;

/// Prepares the small area with a table of flows: what was written and what was said.
fn small(flows: &str) -> shanhai::Result<(String, Report)> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("census.csv"), small_census()).unwrap();
    std::fs::write(path("centroids.csv"), SMALL_CENTROIDS).unwrap();
    std::fs::write(path("moves.csv"), format!("origin,destination,persons\n{flows}")).unwrap();
    let request = Request {
        census: path("census.csv"),
        year: Some(2010),
        centroids: path("centroids.csv"),
        flows: Some(path("moves.csv")),
        ..Request::new(Area::Provinces(vec!["990000".into()]), path("out"))
    };
    let report = prepare(&request)?;
    let out = request.out;
    let provenance = std::fs::read_to_string(out.join("provenance.md")).unwrap();
    assert!(provenance.contains("counted flows: moves.csv"), "{provenance}");
    // A scenario of the tables names them.
    let file = out.join("own.toml");
    let output = shanhai(["new", file.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    let scenario = std::fs::read_to_string(file).unwrap();
    assert!(scenario.lines().any(|line| line == "flows = \"flows.csv\""), "{scenario}");
    Ok((std::fs::read_to_string(out.join("flows.csv")).unwrap(), report))
}

#[test]
fn a_table_of_counties_becomes_that_of_the_area() {
    let (table, report) = small(
        "990102,990121,100\n990121,990102,300\n980101,990102,50\n970101,990102,25\n990121,980101,200\n\
         980101,970101,7\n990199,990102,5\n990102,990102,9\n990121,970101,\n",
    )
    .unwrap();
    let expected = "origin,destination,persons\n990102,990121,100\n990121,990102,300\n990121,outside,200\n\
                    outside,990102,75\n";
    assert_eq!(table, expected);
    let said = report.notes("Counted flows").join("\n");
    for part in [
        "8 row(s), 696 people by county in moves.csv",
        "3 row(s), 275 people between provinces of the area",
        "2 row(s), 400 people inside one province",
        "1 row(s), 9 people inside one unit",
        "1 row(s), 7 people from outside to outside",
        "1 row(s), 5 people of a place that the census does not have",
        "1 row(s) without a number",
    ] {
        assert!(said.contains(part), "`{part}` is not in:\n{said}");
    }
    assert_eq!(report.notes("Places of counted flows that the census does not have"), ["990199"]);
    let used = report.totals.iter().find(|(name, _)| name == "rows of counted flows that are used").unwrap();
    assert_eq!(used.1, "3");
}

#[test]
fn a_table_of_several_levels_of_other_places_or_without_those_who_came_is_refused() {
    let refused = |flows: &str, words: &[&str]| {
        let text = small(flows).map(|_| ()).expect_err(flows).to_string();
        for word in words {
            assert!(text.contains(word), "`{word}` is not in:\n{text}");
        }
    };
    refused(
        "980101,990102,50\n990121,990102,3\n990000,980000,5\n",
        &[
            "moves.csv:4:1",
            "`990000` is of the level `province`, the codes before it are of `county`",
            "^^^^^^",
        ],
    );
    refused("980101,990102,50\n980101,990102,5\n", &["moves.csv:3", "this pair occurs twice"]);
    refused("980101,970101,50\n", &["moves.csv", "no row is of a province or county of the study area"]);
    refused("990121,990102,50\n", &["no row comes from beyond the area", "18000"]);
    refused("980101,99010,50\n", &["moves.csv:2:8", "99010"]);
}

#[test]
fn every_column_of_the_table_is_explained() {
    for (language, meaning) in [(Language::En, "code of the place of origin"), (Language::Zh, "来源地代码")]
    {
        let text = language.during(columns::explained);
        assert!(text.contains("| `--flows` | `origin` | `origin` |") && text.contains(meaning), "{text}");
        assert!(text.contains("| `--flows` | `persons` |"), "{text}");
    }
}

/// Qinghai and Ningxia of 2010 within the nation, with a table of all provinces, under the key of the request that is given.
fn two_provinces(change: impl FnOnce(&mut Request, PathBuf)) -> Prepared {
    let data = |name: &str| root().join("scenarios/china/data").join(name);
    let area = Area::Provinces(vec!["630000".into(), "640000".into()]);
    let mut request = Request {
        census: data("census_2010_counties.csv"),
        centroids: data("centroids.csv"),
        minimum_wage: Some(data("minimum_wage_2018.csv")),
        prefecture_wage: Some(data("prefecture_wage_2010.csv")),
        renames: Some(data("renames_2010.csv")),
        ..Request::new(area, "")
    };
    change(&mut request, root().join("data/origins_2010.csv"));
    tables(&request).unwrap_or_else(|e| panic!("{e}"))
}

fn bytes<'p>(prepared: &'p Prepared, name: &str) -> &'p [u8] {
    &prepared.tables.iter().find(|(table, _)| *table == name).expect("the table").1
}

/// Pairs of a table of flows, people as numbers.
fn pairs(bytes: &[u8]) -> BTreeMap<[String; 2], f64> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(bytes);
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| ([row[0].to_owned(), row[1].to_owned()], row[2].parse().unwrap())).collect()
}

#[test]
fn a_table_of_provinces_under_other_names_says_who_came_from_where() {
    let text = "[flows.columns]\norigin = \"origin_code\"\ndestination = \"destination_code\"\n\
                persons = { column = \"persons\", unit = \"1,000 persons\" }\n";
    let mut problems = Problems::new();
    let input = Input::in_memory("mapping.toml", text.as_bytes().to_vec());
    let mapping = Mapping::read(&input, &columns::words(), &mut problems);
    assert!(problems.is_empty(), "{}", problems.render(false));
    let prepared = two_provinces(|request, table| {
        (request.flows, request.mapping) = (Some(table), mapping);
    });
    let source = pairs(&std::fs::read(root().join("data/origins_2010.csv")).unwrap());
    let place = |code: &str| match code {
        "630000" | "640000" => code.to_owned(),
        _ => "outside".to_owned(),
    };
    let mut expected: BTreeMap<[String; 2], f64> = BTreeMap::new();
    for ([from, to], persons) in &source {
        let ends = [place(from), place(to)];
        if ends[0] != ends[1] {
            *expected.entry(ends).or_default() += 1000.0 * persons;
        }
    }
    assert_eq!(expected.len(), 6);
    assert_eq!(pairs(bytes(&prepared, "flows.csv")), expected);

    // Who comes from the outside is what the table of origins alone says.
    let by_origins = two_provinces(|request, table| request.origins = Some(table));
    assert_eq!(bytes(&prepared, "outside.csv"), bytes(&by_origins, "outside.csv"));
    assert!(by_origins.tables.iter().all(|(name, _)| *name != "flows.csv"));

    // The baseline of the folder names the table, and reads it.
    let folder = files(&prepared, "a test");
    let baseline = folder.iter().find(|(path, _)| path.as_path() == Path::new("baseline.toml"));
    let text = String::from_utf8(baseline.expect("a baseline").1.clone()).unwrap();
    assert!(text.contains("\nflows = \"2010/flows.csv\"\n"), "{text}");
    let loaded = ScenarioSource::memory(&text, folder.clone()).load(&[]).unwrap_or_else(|e| panic!("{e}"));
    let found = loaded.area.counted_flows.expect("a table");
    assert_eq!((found.level, found.used.rows, found.all.rows), ("province", 6, 6));
    let mut read: Vec<(usize, usize)> =
        loaded.area.geography.observed_flows.iter().map(|&(from, to, _)| (from, to)).collect();
    read.sort_unstable();
    assert_eq!(read, [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]);

    // Its first world is held against the flows between the two.
    let place = tempfile::tempdir().unwrap();
    std::fs::create_dir(place.path().join("2010")).unwrap();
    for (path, bytes) in &folder {
        std::fs::write(place.path().join(path), bytes).unwrap();
    }
    let output = shanhai(["check", place.path().join("baseline.toml").to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    let text = said(&output);
    assert!(text.contains("flows.csv, by province: 6 row(s)"), "{text}");
    assert!(text.contains("of 2 pairs of provinces") || text.contains("all 2 pairs of provinces"), "{text}");
}

#[test]
fn check_says_what_of_the_table_is_used_in_either_language() {
    let folder = tempfile::tempdir().unwrap();
    let file = small_area::scenario(folder.path(), "flows", "flows = \"flows.csv\"\n");
    // Who left for the outside is as many as by the register, so that this world is the one that other tests build.
    let rows = "331102,331121,10\noutside,331102,60\noutside,331121,30\n331121,outside,80\n331122,440105,7\n\
                outside,outside,3\n";
    std::fs::write(folder.path().join("flows.csv"), format!("origin,destination,persons\n{rows}")).unwrap();
    let check = |language: &str| {
        let output = shanhai(["check", file.to_str().unwrap(), "--language", language]);
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    };
    for (language, parts) in [
        (
            "en",
            [
                "flows.csv, by county: 6 row(s), 190 people; of these 3 row(s), 170 people are used",
                "for which the law has no weight: 1 row(s), 10 people",
                "from outside to outside: 1 row(s), 3 people",
                "`440105` the first: 1 row(s), 7 people",
            ],
        ),
        (
            "zh",
            [
                "flows.csv，按县：共 6 行、190 人；采用 3 行、170 人，按省汇总",
                "起讫在同一省内，迁移规律没有相应的权重：1 行、10 人",
                "起讫都在区域以外：1 行、3 人",
                "（首先是 `440105`）：1 行、7 人",
            ],
        ),
    ] {
        let text = check(language);
        for part in parts {
            assert!(text.contains(part), "`{part}` is not in:\n{text}");
        }
    }
}
