//! Flows of a result, small enough for a page: the largest net flows between places, the matrix between
//! prefectures, and that between tiers. A table of flows may have half a million rows a factor.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::extract::round;
use super::places::Places;
use super::sheet::Sheet;
use crate::error::Result;

/// Net flows between places that are kept of a year and factor.
const NET_KEPT: usize = 400;
/// Pairs of prefectures that are kept of a year and factor.
const PAIRS_KEPT: usize = 240;

/// One kind of flow in one year. Places are positions in `units`.
#[derive(Clone, Debug, Serialize)]
pub struct FlowYear {
    pub factor: String,
    pub year: i32,
    /// From, to, net amount, largest first.
    pub net: Vec<(u32, u32, f64)>,
    /// All net flows together, kept or not; small ones that the table sums by wider units count by their net.
    pub net_total: f64,
    /// Pairs with a net flow, kept or not.
    pub pairs: usize,
    /// From, to, gross amount between different prefectures, largest first.
    pub prefectures: Vec<(u32, u32, f64)>,
    pub prefecture_total: f64,
}

/// Flows between the places of a result.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FlowData {
    /// node, county, prefecture or tier: what the table is kept by.
    pub level: &'static str,
    /// Codes of the places.
    pub units: Vec<String>,
    /// Codes of the prefectures; the outside node stands for itself.
    pub prefectures: Vec<String>,
    pub years: Vec<FlowYear>,
}

/// A matrix between tiers: factor, year, sixteen amounts from row to column.
#[derive(Clone, Debug, Serialize)]
pub struct TierYear {
    pub factor: String,
    pub year: i32,
    pub amount: Vec<f64>,
}

#[derive(Default)]
struct Names {
    position: BTreeMap<String, u32>,
    list: Vec<String>,
}

impl Names {
    fn of(&mut self, name: &str) -> u32 {
        if let Some(&n) = self.position.get(name) {
            return n;
        }
        let n = self.list.len() as u32;
        self.position.insert(name.to_owned(), n);
        self.list.push(name.to_owned());
        n
    }
}

#[derive(Default)]
struct Sums {
    net: BTreeMap<(u32, u32), f64>,
    prefectures: BTreeMap<(u32, u32), f64>,
    /// Small flows that the table gives by pair of wider units: net by pair, and gross between different ones.
    wider: BTreeMap<(String, String), f64>,
    wider_gross: f64,
}

/// Reads `flows.csv`, if it is there.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn between_places(folder: &Path, places: &Places) -> Result<Option<FlowData>> {
    let Some(mut sheet) = Sheet::open(folder, "flows.csv")? else { return Ok(None) };
    let [year, factor, origin, destination, amount] =
        sheet.columns(["year", "factor", "origin", "destination", "amount"])?;
    // The table of an older run has one level.
    let level = sheet.find("level");
    let prefecture_of = places.prefecture_of();
    let (mut units, mut prefectures) = (Names::default(), Names::default());
    let mut sums: BTreeMap<(String, i32), Sums> = BTreeMap::new();
    let mut open = (String::new(), 0);
    let mut of_open = Sums::default();
    // Level of the first row: that at which pairs have rows of their own. Sums are of a wider one.
    let mut finest: Option<String> = None;
    while sheet.advance()? {
        if let (None, Some(at)) = (&finest, level) {
            finest = Some(sheet.text(at).to_owned());
        }
        if sheet.text(origin) == sheet.text(destination) {
            continue;
        }
        let key = (sheet.text(factor).to_owned(), sheet.year(year)?);
        if key != open {
            let found = sums.remove(&key).unwrap_or_default();
            sums.insert(std::mem::replace(&mut open, key), std::mem::replace(&mut of_open, found));
        }
        let amount = sheet.number(amount)?;
        let is_sum = level.is_some_and(|at| match sheet.text(at) {
            "province" => true,
            "prefecture" => finest.as_deref() != Some("prefecture"),
            _ => false,
        });
        if is_sum {
            let (a, b) = (sheet.text(origin).to_owned(), sheet.text(destination).to_owned());
            if sheet.text(level.unwrap_or_default()) == "prefecture" {
                *of_open.prefectures.entry((prefectures.of(&a), prefectures.of(&b))).or_default() += amount;
            } else {
                of_open.wider_gross += amount;
            }
            let (pair, sign) = if a < b { ((a, b), 1.0) } else { ((b, a), -1.0) };
            *of_open.wider.entry(pair).or_default() += sign * amount;
            continue;
        }
        let (from, to) = (units.of(sheet.text(origin)), units.of(sheet.text(destination)));
        let (pair, sign) = if from < to { ((from, to), 1.0) } else { ((to, from), -1.0) };
        *of_open.net.entry(pair).or_default() += sign * amount;
        let prefecture = |code: &str| prefecture_of.get(code).copied().unwrap_or(code).to_owned();
        let (a, b) = (prefecture(sheet.text(origin)), prefecture(sheet.text(destination)));
        if a != b {
            *of_open.prefectures.entry((prefectures.of(&a), prefectures.of(&b))).or_default() += amount;
        }
    }
    sums.insert(open, of_open);
    let years = sums.into_iter().filter(|((factor, _), _)| !factor.is_empty()).map(of_year).collect();
    let level = places.level_of(&units.list);
    Ok(Some(FlowData { level, units: units.list, prefectures: prefectures.list, years }))
}

fn of_year(((factor, year), sums): ((String, i32), Sums)) -> FlowYear {
    let mut net: Vec<(u32, u32, f64)> = sums
        .net
        .into_iter()
        .filter(|(_, amount)| *amount != 0.0)
        .map(|((a, b), amount)| if amount > 0.0 { (a, b, amount) } else { (b, a, -amount) })
        .collect();
    let small = sums.wider.values().map(|net| net.abs()).sum::<f64>();
    let (net_total, pairs) = (net.iter().map(|f| f.2).sum::<f64>() + small, net.len() + sums.wider.len());
    let mut between: Vec<(u32, u32, f64)> =
        sums.prefectures.into_iter().map(|((a, b), amount)| (a, b, amount)).collect();
    let prefecture_total = between.iter().map(|f| f.2).sum::<f64>() + sums.wider_gross;
    for (list, kept) in [(&mut net, NET_KEPT), (&mut between, PAIRS_KEPT)] {
        list.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
        list.truncate(kept);
        list.iter_mut().for_each(|f| f.2 = round(f.2));
    }
    FlowYear {
        factor,
        year,
        net,
        net_total: round(net_total),
        pairs,
        prefectures: between,
        prefecture_total: round(prefecture_total),
    }
}

/// Tiers in the order of the matrices.
pub(crate) const TIERS: [&str; 4] = ["city", "county_seat", "village", "outside"];

/// Reads `tier_flows.csv`, if it is there.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn between_tiers(folder: &Path) -> Result<Vec<TierYear>> {
    let Some(mut sheet) = Sheet::open(folder, "tier_flows.csv")? else { return Ok(Vec::new()) };
    let [year, factor, origin, destination, amount] =
        sheet.columns(["year", "factor", "origin", "destination", "amount"])?;
    let mut all: BTreeMap<(String, i32), Vec<f64>> = BTreeMap::new();
    let tier = |name: &str| TIERS.iter().position(|t| *t == name);
    while sheet.advance()? {
        let (Some(a), Some(b)) = (tier(sheet.text(origin)), tier(sheet.text(destination))) else { continue };
        let key = (sheet.text(factor).to_owned(), sheet.year(year)?);
        all.entry(key).or_insert_with(|| vec![0.0; 16])[4 * a + b] = round(sheet.number(amount)?);
    }
    Ok(all.into_iter().map(|((factor, year), amount)| TierYear { factor, year, amount }).collect())
}
