//! Rows of a census that add up others: headings such as 市辖区 (110100) and 省直辖县级行政区划 (429000), provinces among
//! the counties. They are named and set aside, so that nobody is counted twice.

use std::collections::BTreeMap;

use super::census::{Census, Entry, Level};

/// How far a heading may be from the sum of its counties, relative: counties without a code stand beside the others.
const TOLERANCE: f64 = 0.005;

impl Census {
    /// Sets the rows aside that are sums of others.
    pub(super) fn set_sums_aside(&mut self) {
        // Where columns state the hierarchy, codes say nothing of sums.
        if self.hierarchy.is_stated() {
            return;
        }
        let hierarchy = self.hierarchy.clone();
        let prefecture_of = |code: &str| hierarchy.prefecture(code);
        let adds_up = |under: &BTreeMap<String, i64>, entry: &Entry| {
            under.get(&entry.code).is_some_and(|&sum| {
                let residents = entry.counts.residents;
                (sum - residents).abs() as f64 <= TOLERANCE * residents as f64
            })
        };
        let mut under: BTreeMap<String, i64> = BTreeMap::new();
        for county in self.counties.iter().filter(|county| !county.code.ends_with("00")) {
            *under.entry(format!("{}00", &county.code[..4])).or_default() += county.counts.residents;
        }
        // Prefectures that are sums themselves are not counted again in their province.
        let mut of_province: BTreeMap<String, i64> = BTreeMap::new();
        for entry in self.counties.iter().filter(|e| !e.code.ends_with("0000") && !adds_up(&under, e)) {
            *of_province.entry(format!("{}0000", &entry.code[..2])).or_default() += entry.counts.residents;
        }
        under.extend(of_province);
        // No province is a unit among its own units, whether all of them are in the table or not.
        let is_sum = |entry: &Entry| {
            adds_up(&under, entry) || entry.code.ends_with("0000") && under.contains_key(&entry.code)
        };
        let (sums, counties) = std::mem::take(&mut self.counties).into_iter().partition(is_sum);
        self.counties = counties;
        let sums: Vec<Entry> = sums;
        let mut aside: Vec<String> = sums.iter().map(|entry| named(entry, under[&entry.code])).collect();
        // A prefecture that no county belongs to, though some stand under its code: municipalities are their own
        // prefecture, and so are units directly under a province.
        let heads_nobody = |entry: &Entry| {
            let own = |county: &&Entry| prefecture_of(&county.code) == entry.code;
            under.contains_key(&entry.code) && !self.counties.iter().any(|c| own(&c))
        };
        let headings: Vec<String> =
            self.prefectures.values().filter(|e| heads_nobody(e)).map(|e| e.code.clone()).collect();
        for code in headings {
            if let Some(entry) = self.prefectures.remove(&code) {
                aside.push(named(&entry, under[&code]));
            }
        }
        // Sums that stand as counties are the rows of prefectures and provinces where those are missing.
        for mut entry in sums.into_iter().filter(|entry| adds_up(&under, entry)) {
            let (level, map) = match entry.code.ends_with("0000") {
                true => (Level::Province, &mut self.provinces),
                false if prefecture_of(&entry.code) == entry.code => {
                    (Level::Prefecture, &mut self.prefectures)
                }
                false => continue,
            };
            entry.level = level;
            map.entry(entry.code.clone()).or_insert(entry);
        }
        aside.sort();
        self.sums = aside;
    }
}

fn named(entry: &Entry, sum: i64) -> String {
    let Entry { code, name, counts, .. } = entry;
    format!("{code} {name} ({} residents, its counties {sum})", counts.residents)
}
