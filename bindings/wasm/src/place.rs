//! A study area as a page shows it before anything has run.

use js_sys::Map;
use serde::Serialize;
use shanhai::Language;
use shanhai::inside::bindings::{Size, as_is};
use wasm_bindgen::prelude::*;

use crate::fault::{told, unreadable};
use crate::files::load;

/// Most bytes of a run and its tables: a module of 32 bits has 4 GB, and memory is taken in steps that double.
const MOST_BYTES: u64 = 2_500_000_000;

#[derive(Serialize)]
struct Place<'a> {
    title: &'a str,
    description: &'a str,
    assumptions: &'a [String],
    assumptions_zh: Vec<&'a str>,
    start_year: i32,
    years: u32,
    persons_per_agent: u32,
    persons: u64,
    nodes: Vec<Node<'a>>,
    counties: Vec<Unit<'a>>,
    prefectures: Vec<Unit<'a>>,
    tags: Vec<&'a str>,
    tiers: Vec<&'static str>,
}

#[derive(Serialize)]
struct Node<'a> {
    id: &'a str,
    name: &'a str,
    name_en: &'a str,
    tier: &'static str,
    prefecture: &'a str,
    tags: &'a [String],
    longitude: f64,
    latitude: f64,
    residents: u64,
}

#[derive(Serialize)]
struct Unit<'a> {
    code: &'a str,
    name: &'a str,
    name_en: &'a str,
    district: bool,
}

/// What there is to choose among, as JSON: nodes, counties, prefectures, tags, years and agents.
///
/// # Errors
/// Every problem of the scenario and its tables, with line and caret; or what would not fit into a tab.
#[wasm_bindgen(js_name = placeOf)]
pub fn place_of(scenario: &str, tables: &Map) -> Result<String, JsError> {
    let loaded = load(scenario, tables, &[])?;
    fits(&loaded)?;
    let g = &loaded.area.geography;
    let nodes = &g.nodes[..g.area_nodes()];
    let mut tags: Vec<&str> = nodes.iter().flat_map(|n| n.tags.iter().map(String::as_str)).collect();
    tags.retain(|tag| !tag.is_empty());
    tags.sort_unstable();
    tags.dedup();
    let mut tiers: Vec<_> = nodes.iter().map(|n| n.tier).collect();
    tiers.sort_unstable();
    tiers.dedup();
    let place = Place {
        title: &loaded.scenario.title,
        description: &loaded.scenario.description,
        assumptions: &loaded.scenario.assumptions,
        assumptions_zh: loaded.scenario.assumptions_in_chinese(),
        start_year: loaded.scenario.run.start_year,
        years: loaded.scenario.run.years,
        persons_per_agent: loaded.scenario.run.persons_per_agent,
        persons: nodes.iter().map(|n| n.facts.residents).sum(),
        nodes: nodes
            .iter()
            .map(|n| Node {
                id: &n.id,
                name: &n.name,
                name_en: &n.name_en,
                tier: n.tier.name(),
                prefecture: &g.prefectures[n.prefecture].code,
                tags: &n.tags,
                longitude: n.longitude,
                latitude: n.latitude,
                residents: n.facts.residents,
            })
            .collect(),
        counties: g
            .counties
            .iter()
            .filter(|c| c.seat < g.area_nodes())
            .map(|c| Unit {
                code: &c.code,
                name: &c.name,
                name_en: &g.nodes[c.seat].name_en,
                district: c.district,
            })
            .collect(),
        prefectures: g
            .prefectures
            .iter()
            .map(|p| Unit { code: &p.code, name: &p.name, name_en: "", district: false })
            .collect(),
        tags,
        tiers: tiers.into_iter().map(|tier| tier.name()).collect(),
    };
    serde_json::to_string(&place).map_err(|error| unreadable("the study area", error))
}

/// Refuses what the memory of a tab cannot hold.
pub fn fits(loaded: &shanhai::scenario::Loaded) -> Result<(), JsError> {
    let size = Size::of(&loaded.scenario, &loaded.area, 1);
    // Tables stay in memory until they are taken along.
    let needed = size.peak_bytes + size.disk_bytes;
    if needed <= MOST_BYTES {
        return Ok(());
    }
    let advice = as_is(Language::shown().of(
        "more persons an agent would fit, or the program outside the browser",
        "可增加每个主体代表的人数，或在浏览器之外使用程序",
    ));
    Err(told(shanhai::Error::Memory { needed_bytes: needed, available_bytes: MOST_BYTES, advice }))
}
