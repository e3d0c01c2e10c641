//! Where the nodes are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use super::sheet::Sheet;
use crate::error::Result;
use crate::output::checksum::sha256_of_file;
use crate::output::manifest::Manifest;

/// Where the nodes are.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Places {
    pub id: Vec<String>,
    pub name: Vec<String>,
    pub name_en: Vec<String>,
    pub tier: Vec<String>,
    pub county: Vec<String>,
    pub prefecture: Vec<String>,
    pub prefecture_name: Vec<String>,
    pub longitude: Vec<f64>,
    pub latitude: Vec<f64>,
}

impl Places {
    /// The prefecture of every node and county.
    pub fn prefecture_of(&self) -> BTreeMap<&str, &str> {
        let mut of = BTreeMap::new();
        for i in (0..self.id.len()).filter(|&i| !self.prefecture[i].is_empty()) {
            of.insert(self.id[i].as_str(), self.prefecture[i].as_str());
            of.insert(self.county[i].as_str(), self.prefecture[i].as_str());
        }
        of
    }

    /// What kind of place codes belong to.
    pub(crate) fn level_of(&self, codes: &[String]) -> &'static str {
        let has = |list: &[String]| {
            let there: BTreeSet<&String> = list.iter().collect();
            codes.iter().filter(|code| there.contains(code)).count() * 2 > codes.len()
        };
        if codes.is_empty() {
            "none"
        } else if has(&self.id) {
            "node"
        } else if has(&self.county) {
            "county"
        } else if has(&self.prefecture) {
            "prefecture"
        } else {
            "tier"
        }
    }

    fn read(mut sheet: Sheet) -> Result<Places> {
        let id = match sheet.find("node") {
            Some(id) => id,
            None => sheet.need("id")?,
        };
        let [name, longitude, latitude] = sheet.columns(["name", "longitude", "latitude"])?;
        let others =
            ["name_en", "tier", "county", "prefecture", "prefecture_name"].map(|name| sheet.find(name));
        let mut places = Places::default();
        while sheet.advance()? {
            let cell = |at: Option<usize>| at.map_or("", |at| sheet.text(at)).to_owned();
            places.id.push(sheet.text(id).to_owned());
            places.name.push(sheet.text(name).to_owned());
            places.longitude.push(sheet.number(longitude)?);
            places.latitude.push(sheet.number(latitude)?);
            let [name_en, tier, county, prefecture, prefecture_name] = others.map(cell);
            places.name_en.push(name_en);
            places.tier.push(if tier.is_empty() { "outside".to_owned() } else { tier });
            places.county.push(county);
            places.prefecture.push(prefecture);
            places.prefecture_name.push(prefecture_name);
        }
        Ok(places)
    }

    fn join(&mut self, more: Places) {
        self.id.extend(more.id);
        self.name.extend(more.name);
        self.name_en.extend(more.name_en);
        self.tier.extend(more.tier);
        self.county.extend(more.county);
        self.prefecture.extend(more.prefecture);
        self.prefecture_name.extend(more.prefecture_name);
        self.longitude.extend(more.longitude);
        self.latitude.extend(more.latitude);
    }
}

/// Finds where the nodes are: `places.csv` of the folder, a table the user names, or the input of the run if
/// it is still the same.
///
/// # Errors
/// If a table is broken.
pub(crate) fn places(folder: &Path, named: Option<&Path>, notes: &mut Vec<Value>) -> Result<Option<Places>> {
    if let Some(path) = named {
        return Sheet::read(path).and_then(Places::read).map(Some);
    }
    if let Some(sheet) = Sheet::open(folder, "places.csv")? {
        return Places::read(sheet).map(Some);
    }
    let mut found: Option<Places> = None;
    for input in Manifest::read(folder)?.inputs {
        let path = Path::new(&input.path);
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if !(name.ends_with("nodes.csv") || name.ends_with("outside.csv")) {
            continue;
        }
        let there = [path.to_path_buf(), folder.join(path)].into_iter().find(|p| p.is_file());
        let Some(path) = there else { continue };
        if sha256_of_file(&path)?.1 != input.sha256 {
            notes.push(json!({ "key": "input_changed", "name": name }));
            continue;
        }
        let more = Places::read(Sheet::read(&path)?)?;
        match &mut found {
            Some(places) => places.join(more),
            None => found = Some(more),
        }
    }
    if found.is_none() {
        notes.push(json!({ "key": "no_places" }));
    }
    Ok(found)
}
