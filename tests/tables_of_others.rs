//! Promise: `prepare` takes the tables that people have. One invented census in another encoding, with another separator, as a
//! workbook, with thousands separators or under other names in another unit makes the same study area; what cannot be
//! understood is told with its place; codes may be any text; units whose code changed are found again.

use std::path::Path;

use shanhai::inside::prepare::columns;
use shanhai::inside::{Input, Mapping};
use shanhai::prepare::{Area, Report, Request, prepare};
use shanhai::scenario::Problems;

use crate::prepare::{SMALL_CENTROIDS, small_census};
use crate::program::{root, said, shanhai};

/// Prepares the small area from a census in some form, and returns its nodes.
fn nodes(name: &str, census: &[u8], change: impl FnOnce(&mut Request)) -> shanhai::Result<(Report, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path(name), census).unwrap();
    std::fs::write(path("centroids.csv"), SMALL_CENTROIDS).unwrap();
    let mut request = Request {
        census: path(name),
        year: Some(2010),
        centroids: path("centroids.csv"),
        ..Request::new(Area::Provinces(vec!["990000".into()]), path("out"))
    };
    change(&mut request);
    let report = prepare(&request)?;
    Ok((report, std::fs::read_to_string(path("out").join("nodes.csv")).unwrap()))
}

fn mapping(text: &str) -> shanhai::Result<Mapping> {
    let mut problems = Problems::new();
    let input = Input::in_memory("mapping.toml", text.as_bytes().to_vec());
    let mapping = Mapping::read(&input, &columns::words(), &mut problems);
    problems.check()?;
    Ok(mapping)
}

/// A number with separators, in quotation marks.
fn grouped(cell: &str) -> String {
    match cell.parse::<i64>() {
        Ok(n) if n >= 10_000 && cell.len() != 6 => {
            format!("\"{},{:03}\"", n / 1000, n % 1000)
        }
        _ => cell.to_owned(),
    }
}

#[test]
fn a_census_is_the_same_in_every_encoding_with_every_separator_and_as_a_workbook() {
    let census = small_census();
    let (_, expected) = nodes("census.csv", census.as_bytes(), |_| {}).unwrap();
    let same = |what: &str, name: &str, bytes: &[u8]| match nodes(name, bytes, |_| {}) {
        Ok((_, found)) => assert!(found == expected, "{what}: other nodes"),
        Err(error) => panic!("{what}: {error}"),
    };
    same("GB 18030", "census.csv", &encoding_rs::GB18030.encode(&census).0);
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(census.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    same("UTF-16", "census.csv", &utf16);
    same("a byte order mark", "census.csv", format!("\u{feff}{census}").as_bytes());
    for separator in [";", "\t", "|", "，"] {
        same(separator, "census.csv", census.replace(',', separator).as_bytes());
    }
    let lines: Vec<String> =
        census.lines().map(|line| line.split(',').map(grouped).collect::<Vec<_>>().join(",")).collect();
    assert!(lines.join("\n").contains("\"60,000\""));
    same("thousands separators", "census.csv", lines.join("\n").as_bytes());
    same(
        "a code as a spreadsheet writes it",
        "census.csv",
        census.replacen("990102,", "990102.0,", 1).as_bytes(),
    );
    same(
        "codes of twelve digits",
        "census.csv",
        census.replacen("990102,", "990102000000,", 1).replacen("990121,", "990121000,", 1).as_bytes(),
    );
    same("a workbook", "census.xlsx", &workbook(&census));
}

#[test]
fn a_mapping_names_the_columns_and_units_of_somebody_else() {
    let census = small_census();
    let (_, expected) = nodes("census.csv", census.as_bytes(), |_| {}).unwrap();
    // Titles above the header, other names, residents in ten thousands, no rural column, a column in two parts.
    let theirs = census
        .replacen("pop_total", "总人口（万人）", 1)
        .replacen("pop_urban", "城　镇", 1)
        .replacen("pop_rural", "其他", 1)
        .replacen("edu_college", "大专", 1);
    let theirs = theirs
        .replace(",100000,60000,", ",10.0,60000,")
        .replace(",200000,120000,", ",20,120000,")
        .replace(",300000,180000,", ",30,180000,");
    let theirs = format!("附表 1\n单位：人\n{theirs}");
    let said = "[census]\nheader_row = 3\n[census.columns]\npopulation = { column = \"总人口（万人）\", unit = \"万人\" }\n\
                urban = \"城镇\"\nedu_college = \"大专\"\n";
    let read = |text: &str| {
        let mapping = mapping(text)?;
        nodes("census.csv", theirs.as_bytes(), |request| request.mapping = mapping)
    };
    assert!(read(said).unwrap().1 == expected);
    for (wrong, words) in [
        (
            said.replace("总人口（万人）", "总人囗（万人）"),
            &["mapping.toml:4:", "did you mean `总人口（万人）`"][..],
        ),
        (
            said.replace("unit = \"万人\"", "unit = \"万元\""),
            &["a mapping has no `万元` here", "did you mean `万人`"],
        ),
        (said.replace("urban =", "urbam ="), &["a mapping has no `urbam` here", "did you mean `urban`"]),
        (said.replace("header_row = 3", "header_row = 0"), &["a number above 0"]),
        (
            said.replace("header_row = 3", "header_row = 1"),
            &["none of the 3 columns", "`header_row = 3`", "`sheet"],
        ),
        (said.replace("= \"城镇\"", "= 3"), &["a column is expected"]),
    ] {
        let text = read(&wrong).expect_err(&wrong).to_string();
        for word in words {
            assert!(text.contains(word), "`{word}` is not in:\n{text}");
        }
    }
}

#[test]
fn what_a_census_lacks_is_filled_by_name_or_refused() {
    let census = small_census();
    let cut: Vec<String> = census
        .lines()
        .map(|line| {
            let cells = line.split(',').enumerate();
            // Ages stand at 8 to 26, schooling at 30 to 35.
            cells
                .filter(|(i, _)| !(8..27).contains(i) && !(30..36).contains(i))
                .map(|(_, c)| c)
                .collect::<Vec<_>>()
                .join(",")
        })
        .collect();
    let cut = cut.join("\n");
    assert!(cut.contains("inmig_other_province") && !cut.contains("age_") && !cut.contains("edu_"));
    let text = nodes("census.csv", cut.as_bytes(), |_| {}).unwrap_err().to_string();
    for words in ["age_0", "graduates", "--preset china_2020", "2 problems in"] {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
    let preset = shanhai::prepare::Preset::China2020;
    let (report, nodes) =
        nodes("census.csv", cut.as_bytes(), |request| request.preset = Some(preset)).unwrap();
    assert!(nodes.contains("census_assumed"));
    let said = report.to_markdown();
    assert!(
        said.contains("preset chosen: china_2020") && said.contains("no ages: those of china_2020"),
        "{said}"
    );
}

/// Two units of a country whose codes are words; rows of another kind stand among them.
const OTHER_COUNTRY: &str = "Kind;Region;Unit;Name;People;Town people;Farmers;Makers;Servers;Came\n\
    all;N;N;North;300 000;120 000;60 000;30 000;50 000;9 000\n\
    unit;N;n-1;Alpha;100 000;20 000;30 000;5 000;12 000;2 000\n\
    unit;N;n-2;Beta;200 000;100 000;30 000;25 000;38 000;7 000\n\
    notes on the table\n";

const OTHER_MAPPING: &str = r#"
codes = "text"
[tiers]
city_urban_residents = 50_000
[census]
keep = { Kind = ["unit"] }
[census.columns]
code = "Unit"
name = "Name"
province = "Region"
level = { column = "Kind", words = { unit = "county" } }
year = { value = 2015 }
population = "People"
urban = "Town people"
rural = { column = "People", less = ["Town people"] }
newcomers_province = { value = 0 }
newcomers_other = "Came"
registered = "People"
jobs_agriculture = "Farmers"
jobs_industry = "Makers"
jobs_services = "Servers"
[centroids.columns]
code = "unit"
name = "name"
longitude = "lon"
latitude = "lat"
area = { column = "ha", unit = "hectares" }
[province-gdp.columns]
code = "region"
year = "year"
output = { column = "all", unit = "million" }
output_agriculture = { column = "farms", unit = "million" }
output_industry = { column = "works", unit = "million" }
output_services = { column = "rest", unit = "million" }
"#;

#[test]
fn codes_are_text_and_the_hierarchy_stands_in_columns() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let prepared = |census: &str, mapped: &str| {
        std::fs::write(at("census.csv"), census).unwrap();
        std::fs::write(
            at("points.csv"),
            "unit,name,lon,lat,ha\nn-1,Alpha,10,50,90000\nn-2,Beta,11,50,40000\n",
        )
        .unwrap();
        std::fs::write(at("output.csv"), "region,year,all,farms,works,rest\nN,2015,9000,1000,3000,5000\n")
            .unwrap();
        let request = Request {
            census: at("census.csv"),
            centroids: at("points.csv"),
            province_gdp: Some(at("output.csv")),
            outside: Some((12.0, 51.0)),
            mapping: mapping(mapped)?,
            rules: shanhai::prepare::Rules {
                city_urban_residents: mapping(mapped)?.city_urban_residents,
                ..shanhai::prepare::Rules::default()
            },
            preset: Some(shanhai::prepare::Preset::China2020),
            force: true,
            ..Request::new(Area::Provinces(vec!["N".into()]), at("out"))
        };
        prepare(&request)?;
        let text = std::fs::read_to_string(at("out").join("nodes.csv")).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let of = |record: &csv::StringRecord, name: &str| {
            header.iter().position(|h| h == name).and_then(|i| record.get(i)).unwrap_or_default().to_owned()
        };
        let rows = reader.records().map(|record| {
            let record = record.unwrap();
            ["id", "tier", "prefecture", "province", "residents", "employed_industry", "pay_industry_yuan"]
                .map(|name| of(&record, name))
        });
        Ok::<_, shanhai::Error>(rows.collect::<Vec<_>>())
    };
    let rows = prepared(OTHER_COUNTRY, OTHER_MAPPING).unwrap();
    let ids: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(ids, ["n-1u", "n-1v", "n-2u", "n-2v"]);
    let tiers: Vec<&str> = rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(tiers, ["county_seat", "village", "city", "village"]);
    assert!(rows.iter().all(|row| row[2] == row[0][..3] && row[3] == "N" && row[6].is_empty()), "{rows:?}");
    let residents: Vec<&str> = rows.iter().map(|row| row[4].as_str()).collect();
    assert_eq!(residents, ["20000", "80000", "100000", "100000"]);
    // What is meant for China has no place here: without a threshold nobody knows what a city is.
    let text =
        prepared(OTHER_COUNTRY, &OTHER_MAPPING.replace("city_urban_residents = 50_000", "")).unwrap_err();
    assert!(text.to_string().contains("city_urban_residents"), "{text}");
    let text = prepared(&OTHER_COUNTRY.replace("30 000;5 000", "30 000;many"), OTHER_MAPPING).unwrap_err();
    assert!(text.to_string().contains("census.csv:3:") && text.to_string().contains("many"), "{text}");
}

#[test]
fn units_whose_code_changed_hold_the_output_of_their_later_codes() {
    let at = |name: &str| root().join(name);
    let out = tempfile::tempdir().unwrap();
    let request = Request {
        census: at("scenarios/zhejiang/data/census_2020_counties.csv"),
        year: Some(2020),
        centroids: at("scenarios/china/data/centroids.csv"),
        gdp: Some(at("scenarios/zhejiang/data/county_gdp.csv")),
        prefecture_gdp: Some(at("scenarios/zhejiang/data/prefecture_gdp.csv")),
        registered: Some(at("scenarios/zhejiang/data/registered.csv")),
        ..Request::new(Area::Provinces(vec!["330000".into()]), out.path())
    };
    let said = prepare(&request).unwrap().to_markdown();
    let changed = said.split("## Codes that changed").nth(1).expect("a section");
    for words in [
        "330102 上城区, 330104 江干区, 330109 萧山区 in 2020, 330102 上城区, 330109 萧山区, 330114 钱塘区 in 2021",
        "330103 下城区, 330105 拱墅区 in 2020, 330105 拱墅区 in 2021: 2 units of 2020 are one of 2021",
        "330110 余杭区 in 2020, 330110 余杭区, 330113 临平区 in 2021: one unit of 2020 is 2 of 2021",
    ] {
        assert!(changed.contains(words), "`{words}` is not in:\n{changed}");
    }
}

#[test]
fn every_column_is_explained_in_both_languages() {
    for (language, words) in [("en", "what is done"), ("zh", "缺少时")] {
        let output = shanhai(["prepare", "--explain", "--language", language]);
        assert!(output.status.success(), "{}", said(&output));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let first = text.lines().next().unwrap_or_default().to_owned();
        assert!(language == "en" && first.contains("without it") || first.contains(words), "{first}");
        for column in columns::COLUMNS {
            assert!(text.contains(column.column), "{}", column.column);
        }
    }
}

/// A workbook of one sheet with the fields of a CSV text, numbers as numbers: a zip archive whose members are stored.
fn workbook(text: &str) -> Vec<u8> {
    let column = |mut n: usize| {
        let mut name = String::new();
        loop {
            name.insert(0, char::from(b'A' + (n % 26) as u8));
            if n < 26 {
                return name;
            }
            n = n / 26 - 1;
        }
    };
    let mut rows = String::new();
    for (r, line) in text.lines().enumerate() {
        rows += &format!("<row r=\"{}\">", r + 1);
        for (c, field) in line.split(',').enumerate().filter(|(_, field)| !field.is_empty()) {
            let at = format!("{}{}", column(c), r + 1);
            rows += &match field.parse::<f64>() {
                Ok(number) => format!("<c r=\"{at}\"><v>{number}</v></c>"),
                Err(_) => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{field}</t></is></c>"),
            };
        }
        rows += "</row>";
    }
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    archive(&[
        (
            "[Content_Types].xml",
            format!(
                "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\
             \"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" \
             ContentType=\"{SHEET}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" \
             ContentType=\"{SHEET}.worksheet+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"表1\" sheetId=\"1\" \
             r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

/// A zip archive of stored members.
fn archive(members: &[(&str, String)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in members {
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        let mut head = Vec::new();
        // Version, flags (names in UTF-8), stored, time and date.
        [20_u16, 0x800, 0, 0, 0x21].iter().for_each(|n| head.extend(n.to_le_bytes()));
        [crc.sum(), text.len() as u32, text.len() as u32].iter().for_each(|n| head.extend(n.to_le_bytes()));
        head.extend((name.len() as u16).to_le_bytes());
        head.extend(0_u16.to_le_bytes());
        let offset = bytes.len() as u32;
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&head);
        bytes.extend(name.as_bytes());
        bytes.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02");
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&head);
        // Comment, disk, attributes, place.
        [0_u16, 0, 0].iter().for_each(|n| directory.extend(n.to_le_bytes()));
        directory.extend(0_u32.to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let place = bytes.len() as u32;
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06");
    let count = members.len() as u16;
    [0_u16, 0, count, count].iter().for_each(|n| bytes.extend(n.to_le_bytes()));
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(place.to_le_bytes());
    bytes.extend(0_u16.to_le_bytes());
    bytes
}

#[test]
fn another_country_is_prepared_checked_and_run() {
    let folder = root().join("scenarios/kerala");
    let baseline = folder.join("baseline.toml");
    let results = tempfile::tempdir().unwrap();
    let out = results.path().join("run");
    let (baseline, out) = (path(&baseline), path(&out));
    let checked = shanhai(["check", baseline, "--persons-per-agent", "1000"]);
    assert!(checked.status.success(), "{}", said(&checked));
    let text = said(&checked);
    assert!(text.contains("14 counties: residents of the table"), "{text}");
    assert!(!text.contains("names no preset"), "{text}");
    let ran = shanhai([
        "run",
        baseline,
        "--persons-per-agent",
        "1000",
        "--set",
        "run.years=2",
        "--quiet",
        "--out",
        out,
    ]);
    assert!(ran.status.success(), "{}", said(&ran));
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}
