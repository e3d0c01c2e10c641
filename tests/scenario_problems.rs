//! Every message a wrong scenario or study area gets, word for word: `tests/problems/scenario/NAME.expected`.
//! To accept new texts after reading them: `ACCEPT=1 cargo test scenario_problems`.

use std::fmt::Write as _;
use std::path::Path;

use crate::program::root;
use crate::words::english_left;
use shanhai::Language;
use shanhai::inside::load;

const TOML: &str = "\
title = \"A case\"

[run]
start_year = 2020
years = 3

[world]
nodes = \"nodes.csv\"
outside = \"outside.csv\"
prefectures = \"prefectures.csv\"
preset = \"china_2020\"
[parameters]
location_elasticity_workers = 1.5

[drivers.technology]
industry = 0.02
";

const NODES: &str = "\
id,name,tier,county,prefecture,province,longitude,latitude,area_km2,residents,talent,stayers_from_seat,stayers_from_village,newcomers_province,newcomers_other,registered,employed_agriculture,employed_industry,employed_services,employed_tourism,commuters,output_agriculture_yuan,output_industry_yuan,output_services_yuan,output_tourism_yuan
a,A,city,A,P,R,120,30,100,1000,300,700,100,100,100,900,10,200,250,10,0,200000,20000000,25000000,500000
av,AV,village,A,P,R,120,30,900,500,20,20,430,30,20,700,120,60,60,10,40,2400000,3000000,3000000,300000
b,B,county_seat,B,P,R,121,30,200,400,60,300,80,20,0,330,5,90,90,5,0,100000,8000000,8000000,200000
bv,BV,village,B,P,R,121,30,1500,600,10,10,585,5,0,720,200,60,50,10,20,4000000,3000000,2500000,300000
";

const OUTSIDE: &str = "id,name,longitude,latitude,registered_in_area\nrest,Rest,110,33,120\n";
const PREFECTURES: &str = "prefecture,income_urban_yuan,income_rural_yuan\nP,50000,20000\n";

/// Which file of the case is changed.
#[derive(Clone, Copy, PartialEq)]
enum File {
    Toml,
    Nodes,
    Outside,
    Prefectures,
}
use File::{Nodes, Outside, Prefectures, Toml};

/// Name of a case, and what is replaced by what in which file.
type Case = (&'static str, &'static [(File, &'static str, &'static str)]);

const CASES: &[Case] = &[
    ("sound", &[]),
    ("unknown_parameter", &[(Toml, "location_elasticity_workers", "location_elasticity_worker")]),
    (
        "a_key_that_is_a_word_now",
        &[(Toml, "location_elasticity_workers = 1.5", "kappa_workers = 1.5\nell_dep = 0.3")],
    ),
    ("unknown_section", &[(Toml, "[parameters]", "[parameter]")]),
    ("key_of_another_section", &[(Toml, "[world]", "[world]\nseed = 3")]),
    (
        "parameter_out_of_range",
        &[(
            Toml,
            "location_elasticity_workers = 1.5",
            "review_rate_18_34 = 1.2\nhousing_spending_share = -0.1",
        )],
    ),
    ("wrong_type", &[(Toml, "years = 3", "years = \"three\"")]),
    ("years_that_are_not_whole", &[(Toml, "years = 3", "years = 2.5")]),
    (
        "a_word_that_is_none_of_the_words",
        &[(Toml, "[parameters]", "[model]\nanchor = \"house\"\n[parameters]")],
    ),
    ("no_title", &[(Toml, "title = \"A case\"\n", "")]),
    ("provinces_without_preset", &[(Toml, "preset = \"china_2020\"\n", "")]),
    (
        "ages_without_preset",
        &[
            (Toml, "preset = \"china_2020\"\n", ""),
            (Nodes, "city,A,P,R,", "city,A,330100,330000,"),
            (Nodes, "village,A,P,R,", "village,A,330100,330000,"),
            (Nodes, "county_seat,B,P,R,", "county_seat,B,330100,330000,"),
            (Nodes, "village,B,P,R,", "village,B,330100,330000,"),
            (Prefectures, "P,", "330100,"),
        ],
    ),
    (
        "no_world",
        &[(
            Toml,
            "[world]\nnodes = \"nodes.csv\"\noutside = \"outside.csv\"\nprefectures = \"prefectures.csv\"\n\
             preset = \"china_2020\"\n",
            "",
        )],
    ),
    ("not_a_number", &[(Toml, "location_elasticity_workers = 1.5", "location_elasticity_workers = nan")]),
    (
        "budget_above_one",
        &[(
            Toml,
            "location_elasticity_workers = 1.5",
            "housing_spending_share = 0.6\nlocal_spending_share = 0.5",
        )],
    ),
    (
        "farm_shares_above_one",
        &[(Toml, "location_elasticity_workers = 1.5", "farm_land_share = 0.8\nfarm_capital_share = 0.3")],
    ),
    (
        "county_spending_above_one",
        &[(Toml, "location_elasticity_workers = 1.5", "spend_services = 0.8\nspend_infrastructure = 0.4")],
    ),
    (
        "local_shares_above_one",
        &[(Toml, "location_elasticity_workers = 1.5", "province_share = 0.7\nprefecture_share = 0.6")],
    ),
    (
        "unstable_review",
        &[(
            Toml,
            "location_elasticity_workers = 1.5",
            "location_elasticity_workers = 3.0\nnest_dissimilarity = 0.4\nreview_rate_18_34 = 0.9",
        )],
    ),
    (
        "unstable_sectors",
        &[(Toml, "location_elasticity_workers = 1.5", "sector_elasticity = 5.0\nsector_review_rate = 0.9")],
    ),
    ("missing_table", &[(Toml, "\"nodes.csv\"", "\"node.csv\"")]),
    ("a_folder_as_table", &[(Toml, "\"nodes.csv\"", "\".\"")]),
    ("duplicate_id", &[(Nodes, "\nb,B,", "\na,B,")]),
    ("village_without_seat", &[(Nodes, "\nb,B,county_seat,B,", "\nb,B,county_seat,C,")]),
    ("two_seats", &[(Nodes, "\nbv,BV,village,", "\nbv,BV,city,")]),
    ("county_in_two_prefectures", &[(Nodes, "bv,BV,village,B,P,R", "bv,BV,village,B,Q,R")]),
    ("prefecture_in_two_provinces", &[(Nodes, "bv,BV,village,B,P,R", "bv,BV,village,B,P,S")]),
    ("unknown_tier", &[(Nodes, "city,A", "town,A")]),
    ("origins_do_not_add_up", &[(Nodes, "1000,300,700", "1000,300,701")]),
    ("more_talent_than_residents", &[(Nodes, "1000,300,", "1000,1300,")]),
    ("more_jobs_than_residents", &[(Nodes, "10,200,250,10,0", "10,900,250,10,0")]),
    ("commuters_from_a_city", &[(Nodes, "10,200,250,10,0", "10,200,250,10,5")]),
    ("fewer_registered_than_stay", &[(Nodes, "100,100,900,", "100,100,600,")]),
    (
        "negative_and_broken_numbers",
        &[(Nodes, "1000,300,", "-1000,3e2x,"), (Nodes, ",121,30,200", ",421,30,200")],
    ),
    ("not_a_number_in_a_table", &[(Nodes, "20000000,25000000", "NaN,inf")]),
    ("ragged_row", &[(Nodes, "\nbv,BV,", "\nbv,BV,BV,")]),
    ("missing_column", &[(Nodes, "registered,", "registred,")]),
    (
        "age_groups_do_not_add_up",
        &[
            (Nodes, "output_tourism_yuan\n", "output_tourism_yuan,age_0_4\n"),
            (Nodes, "500000\n", "500000,7\n"),
            (Nodes, "0,2400000,3000000,3000000,300000\n", "0,2400000,3000000,3000000,300000,500\n"),
            (Nodes, "200000\nbv", "200000,400\nbv"),
            (Nodes, "2500000,300000\n", "2500000,300000,600\n"),
        ],
    ),
    ("no_nodes", &[(Nodes, NODES_BODY, "")]),
    ("outside_does_not_add_up", &[(Outside, "120\n", "130\n")]),
    ("outside_has_the_id_of_a_node", &[(Outside, "rest,", "av,")]),
    ("unknown_prefecture", &[(Prefectures, "\nP,", "\nX,")]),
    ("one_bad_cell_makes_one_message", &[(Nodes, "1000,300,700,100,", "1000,300,about 700,100,")]),
    ("county_column_is_missing", &[(Nodes, ",tier,county,", ",tier,cuonty,")]),
    (
        "fields_divided_by_semicolons",
        &[(
            Outside,
            "id,name,longitude,latitude,registered_in_area",
            "id;name;longitude;latitude;registered_in_area",
        )],
    ),
    (
        "a_name_that_steers_the_terminal",
        &[(Nodes, "\nb,B,", "\nb,B\u{1b}[31m,"), (Toml, "A case", "A \\u001b[2Jcase")],
    ),
    ("a_title_of_two_lines", &[(Toml, "A case", "A\\ncase")]),
    ("a_number_of_fen_instead_of_yuan", &[(Nodes, "20000000,25000000", "2e18,25000000")]),
    (
        "more_people_than_there_are",
        &[(Nodes, "700,100,100,100,", "9223372036854775807,9223372036854775807,100,100,")],
    ),
    (
        "the_greatest_numbers_add_up_without_wrapping",
        &[(
            Nodes,
            "700,100,100,100,900,10,200",
            "10000000000,10000000000,100,100,900,10000000000,10000000000",
        )],
    ),
    ("output_of_all_nodes_above_any_world", &[(Nodes, "20000000,25000000", "9e14,9e14")]),
    ("newcomers_from_another_province_without_outside", &[(Toml, "outside = \"outside.csv\"\n", "")]),
    (
        "newcomers_from_a_county_that_is_not_there",
        &[
            (Nodes, "b,B,county_seat,B,P,R", "b,B,county_seat,B,Q,S"),
            (Nodes, "bv,BV,village,B,P,R", "bv,BV,village,B,Q,S"),
        ],
    ),
    ("unstable_market_access", &[(Toml, "location_elasticity_workers = 1.5", "market_access = 0.4")]),
    ("decline_beyond_wear", &[(Toml, "industry = 0.02", "industry = -0.164")]),
    (
        "decline_beyond_wear_that_is_stated",
        &[
            (Toml, "location_elasticity_workers = 1.5", "public_capital_depreciation = 0.005"),
            (Toml, "industry = 0.02", "industry = -0.01"),
        ],
    ),
    (
        "unstable_market_access_by_policy",
        &[(
            Toml,
            "[drivers",
            "[[policy.metropolitan_circle]]\nmarket_access = 0.5\n\
             [[policy.lever_change]]\nlever = \"market_access\"\nadd = 0.6\nintensity = 0.9\n[drivers",
        )],
    ),
    (
        "policies_outside_the_years_of_the_run",
        &[(
            Toml,
            "[drivers",
            "[[policy.hukou_reform]]\nactive = { from = 2036 }\n\
             [[policy.urban_renewal]]\nactive = { until = 2020 }\n[drivers",
        )],
    ),
    (
        "conditions_that_no_place_can_meet",
        &[(
            Toml,
            "[drivers",
            "[[policy.hukou_reform]]\nat = { where = { measure = \"ecology\", above = 10, below = 1 } }\n\
             [[policy.urban_renewal]]\nat = { where = { measure = \"ecology\" } }\n\
             [[policy.income_transfer]]\nareas = { where = { measure = \"ecology\", lowest = 0.1 } }\n[drivers",
        )],
    ),
    (
        "per_cent_for_a_share",
        &[
            (Toml, "location_elasticity_workers = 1.5", "housing_spending_share = 80%"),
            (Toml, "industry = 0.02", "industry = \"2%\""),
        ],
    ),
    (
        "the_beginning_of_several_names",
        &[(Toml, "location_elasticity_workers = 1.5", "location_elasticity = 1.5")],
    ),
    (
        "a_policy_misspelt_beside_a_right_one",
        &[(Toml, "[drivers", "[[policy.hukou_reform]]\n[[policy.hukou_refrom]]\n[drivers")],
    ),
    ("a_prefecture_twice", &[(Prefectures, "20000\n", "20000\nP,1,1\n")]),
    (
        "a_policy_names_places_by_their_names",
        &[
            (
                Toml,
                "[drivers",
                "[[policy.hukou_reform]]\nat = { county = [\"A\", \"Q\"], ids = [\"AV\"] }\n[drivers",
            ),
            (Nodes, "bv,BV", "bv,AV"),
        ],
    ),
    (
        "several_at_once",
        &[(Toml, "years = 3", "years = -3"), (Toml, "industry", "indstry"), (Toml, "1.5", "\"x\"")],
    ),
];

/// All rows but the header; resolved when the case is made.
const NODES_BODY: &str = "<all rows>";

fn said(folder: &Path, changes: &[(File, &str, &str)]) -> String {
    let text = |file: File, good: &str| {
        let mut text = good.to_owned();
        for (_, from, to) in changes.iter().filter(|change| change.0 == file) {
            let from =
                if *from == NODES_BODY { text.split_once('\n').map_or("", |(_, body)| body) } else { *from }
                    .to_owned();
            assert!(text.contains(&from), "the case changes nothing: {from}");
            text = text.replacen(&from, to, 1);
        }
        text
    };
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text).expect("a file");
    write("case.toml", text(Toml, TOML));
    write("nodes.csv", text(Nodes, NODES));
    write("outside.csv", text(Outside, OUTSIDE));
    write("prefectures.csv", text(Prefectures, PREFECTURES));
    loaded(folder)
}

fn loaded(folder: &Path) -> String {
    let said = match load(&folder.join("case.toml"), &[]) {
        Ok(_) => "no problem\n".to_owned(),
        Err(error) => {
            assert_eq!(error.exit_code(), 2);
            format!("{error}\n")
        }
    };
    said.replace(&format!("{}/", folder.display()), "")
}

#[test]
fn every_wrong_study_area_is_told_what_would_be_right() {
    let expected_in = root().join("tests/problems/scenario");
    let accept = std::env::var_os("ACCEPT").is_some();
    let mut failed = String::new();
    assert!(CASES.len() >= 26);
    for (name, changes) in CASES {
        let folder = tempfile::tempdir().expect("a folder");
        let said = said(folder.path(), changes);
        assert_eq!(said.starts_with("no problem"), *name == "sound", "{name}: {said}");
        let path = expected_in.join(format!("{name}.expected"));
        if accept {
            std::fs::create_dir_all(&expected_in).expect("a folder");
            std::fs::write(&path, &said).expect("a writable folder");
        }
        if std::fs::read_to_string(&path).unwrap_or_default() != said {
            let _ = writeln!(failed, "{name}:\n{said}");
        }
    }
    assert!(failed.is_empty(), "these messages changed:\n\n{failed}");
}

#[test]
fn every_wrong_study_area_is_told_so_in_chinese() {
    for (name, changes) in CASES {
        let folder = tempfile::tempdir().expect("a folder");
        let said = Language::Zh.during(|| said(folder.path(), changes));
        let english = english_left(&said, true);
        let english: Vec<&String> = english.iter().filter(|line| *line != "no problem").collect();
        assert!(english.is_empty(), "{name}: {english:?}\n\nin\n{said}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_and_more_than_65535_nodes_are_told_so() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(said(folder.path(), &[]), "no problem\n");
    let nodes = folder.path().join("nodes.csv");
    std::fs::write(
        &nodes,
        NODES
            .replace("bv,BV", "bv,\u{1}")
            .into_bytes()
            .iter()
            .map(|&b| if b == 1 { 0xff } else { b })
            .collect::<Vec<u8>>(),
    )
    .expect("a table");
    let text = loaded(folder.path());
    assert!(text.contains("UTF-8"), "{text}");

    let (header, _) = NODES.split_once('\n').expect("a header");
    let mut table = header.to_owned() + "\n";
    for i in 0..65_536 {
        let _ = writeln!(table, "n{i},n,city,c{i},P,R,120,30,1,1,0,1,0,0,0,1,0,0,0,0,0,0,0,0,0");
    }
    std::fs::write(&nodes, table).expect("a table");
    let text = loaded(folder.path());
    assert!(text.contains("the table has 65536 nodes") && text.contains("65535"), "{text}");
}

#[test]
fn twenty_thousand_unknown_keys_are_counted_and_the_first_told() {
    let folder = tempfile::tempdir().expect("a folder");
    said(folder.path(), &[]);
    let keys: String = (0..20_000).map(|i| format!("kapa_{i} = 1\n")).collect();
    let names: Vec<String> = (0..20_000).map(|i| format!("\"x{i}\"")).collect();
    let toml = TOML.replace("[parameters]\n", &format!("[parameters]\n{keys}"));
    std::fs::write(folder.path().join("case.toml"), toml).expect("a scenario");
    let text = loaded(folder.path());
    assert!(text.contains("... and 19980 more in case.toml, not shown"), "{text}");
    let header = format!("{}\n", names.join(","));
    std::fs::write(folder.path().join("nodes.csv"), header).expect("a table");
    let policy = format!("[[policy.hukou_reform]]\nat = {{ ids = [{}] }}\n", names.join(","));
    std::fs::write(folder.path().join("case.toml"), format!("{TOML}{policy}")).expect("a scenario");
    assert!(loaded(folder.path()).contains("20026 problems in nodes.csv"));
    std::fs::write(folder.path().join("nodes.csv"), NODES).expect("a table");
    assert!(loaded(folder.path()).contains("20000 problems in case.toml"));
}

#[cfg(unix)]
#[test]
fn a_device_or_a_huge_file_is_refused_by_its_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = said(folder.path(), &[(Toml, "\"outside.csv\"", "\"/dev/zero\"")]);
    assert!(text.contains("/dev/zero holds more than 256 MiB"), "{text}");
    let error = load(Path::new("/dev/zero"), &[]).expect_err("a device");
    assert!(error.to_string().contains("/dev/zero holds more than 16 MiB"), "{error}");
    assert_eq!(error.exit_code(), 2);
}
