//! Choropleths of counties or prefectures on boundaries that the reader gives as GeoJSON. None are shipped: a map that is
//! published needs its publisher's own legal check.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use super::data::Report;
use super::page::text_for_html;
use crate::error::{Error, Result};
use crate::message::Language;
use crate::messages;
use crate::nearest::nearest;

/// A point in degrees.
type Point = [f64; 2];

/// Areas by code, each of rings of points.
#[derive(Clone, Debug, Default)]
pub(crate) struct Boundaries {
    areas: BTreeMap<String, Vec<Vec<Point>>>,
}

/// Size of a picture.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 560.0;
/// Classes of a map: about as many areas in each.
const CLASSES: usize = 5;
/// Colours of one sign, light to dark, and of two signs, low to high: told apart by readers with any colour vision.
const RISING: [&str; CLASSES] = ["#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"];
const SIGNED: [&str; CLASSES] = ["#b2182b", "#f4a582", "#f7f7f7", "#92c5de", "#2166ac"];

impl Boundaries {
    /// Reads a GeoJSON file whose features carry their code in the property `key`.
    ///
    /// # Errors
    /// A file that is no collection of features, or a property that they do not have.
    pub(crate) fn read(path: &Path, key: &str) -> Result<Boundaries> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(messages::io_read_map(), path, e))?;
        let wrong = |found| Error::Data {
            what: messages::as_is(&name),
            found,
            expected: messages::geojson_expected(),
        };
        let root: Value = serde_json::from_str(&text).map_err(|e| wrong(messages::as_is(e)))?;
        let features = root["features"].as_array().ok_or_else(|| wrong(messages::no_features()))?;
        let mut boundaries = Boundaries::default();
        for feature in features {
            let Some(code) = code_of(&feature["properties"][key]) else { continue };
            let rings = rings(&feature["geometry"]);
            boundaries.areas.entry(code).or_default().extend(rings);
        }
        boundaries.areas.retain(|_, rings| !rings.is_empty());
        if boundaries.areas.is_empty() {
            let properties = features.first().and_then(|f| f["properties"].as_object());
            let names: Vec<&str> = properties.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
            let near = nearest(key, names.iter().copied()).map(str::to_owned);
            return Err(Error::Data {
                what: messages::as_is(&name),
                found: messages::no_map_key(key),
                expected: match near {
                    Some(near) => messages::perhaps(near),
                    None => messages::map_keys_are(names.join(messages::comma())),
                },
            });
        }
        Ok(boundaries)
    }

    /// Maps of the last year of the first run, and of what a comparison changes: name of the file and text.
    ///
    /// # Errors
    /// If no code of the boundaries is one of the report's.
    pub(crate) fn maps(&self, report: &Report, language: Language) -> Result<Vec<(String, String)>> {
        let mut maps = Vec::new();
        let mut met = false;
        for (name, title, signed, by_node) in values(report, language) {
            let by_area = self.by_area(report, &by_node);
            met |= !by_area.is_empty();
            if by_area.len() > 1 {
                maps.push((format!("map-{name}.svg"), self.draw(&title, signed, &by_area)));
            }
        }
        if !met {
            let codes = report.places.as_ref().map_or(&[][..], |places| &places.county[..]);
            let some = |codes: &mut dyn Iterator<Item = &String>| -> String {
                codes
                    .filter(|code| !code.is_empty())
                    .take(3)
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(messages::comma())
            };
            return Err(Error::Data {
                what: messages::map_codes(),
                found: messages::as_is(some(&mut self.areas.keys())),
                expected: messages::codes_of_report(some(&mut codes.iter())),
            });
        }
        Ok(maps)
    }

    /// Sums or means of nodes by area: counties where their codes are those of the map, else prefectures.
    fn by_area(&self, report: &Report, by_node: &[(usize, f64, f64)]) -> BTreeMap<&str, f64> {
        let Some(places) = &report.places else { return BTreeMap::new() };
        let met = |codes: &[String]| codes.iter().filter(|code| self.areas.contains_key(*code)).count();
        let codes =
            if met(&places.county) >= met(&places.prefecture) { &places.county } else { &places.prefecture };
        let mut sums: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
        for &(node, value, weight) in by_node {
            let Some((code, _)) = codes.get(node).and_then(|code| self.areas.get_key_value(code)) else {
                continue;
            };
            let sum = sums.entry(code).or_default();
            sum[0] += value;
            sum[1] += weight;
        }
        sums.into_iter()
            .filter(|(_, [_, weight])| *weight > 0.0)
            .map(|(code, [value, weight])| (code, value / weight))
            .collect()
    }

    fn draw(&self, title: &str, signed: bool, by_area: &BTreeMap<&str, f64>) -> String {
        let drawn: Vec<(&str, &Vec<Vec<Point>>)> =
            self.areas.iter().map(|(code, rings)| (code.as_str(), rings)).collect();
        // The frame is that of the areas with a value; others are drawn grey where they fall into it.
        let points = || by_area.keys().filter_map(|code| self.areas.get(*code)).flatten().flatten();
        let bound = |axis: usize, pick: fn(f64, f64) -> f64, from: f64| {
            points().map(|point| point[axis]).fold(from, pick)
        };
        let (west, east) = (bound(0, f64::min, f64::INFINITY), bound(0, f64::max, f64::NEG_INFINITY));
        let (south, north) = (bound(1, f64::min, f64::INFINITY), bound(1, f64::max, f64::NEG_INFINITY));
        let squeeze = libm::cos((south + north) / 2.0 * std::f64::consts::PI / 180.0);
        let (wide, high) = (WIDTH - 40.0, HEIGHT - 110.0);
        let scale = (wide / ((east - west) * squeeze).max(1e-9)).min(high / (north - south).max(1e-9));
        let left = (WIDTH - (east - west) * squeeze * scale) / 2.0;
        let at = |[x, y]: Point| (left + (x - west) * squeeze * scale, 46.0 + (north - y) * scale);

        let cuts = cuts(by_area.values().copied(), signed);
        let colours = if signed { SIGNED } else { RISING };
        let class = |value: f64| cuts.iter().filter(|&&cut| value > cut).count();
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
             font-family=\"Helvetica Neue,Arial,Noto Sans CJK SC,sans-serif\" font-size=\"12\"><title>{0}</title>\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><text x=\"20\" y=\"26\" font-size=\"16\" \
             fill=\"#111\">{0}</text>",
            text_for_html(title)
        );
        for (code, rings) in drawn {
            let mut path = String::new();
            for ring in rings {
                let mut last = (f64::NAN, f64::NAN);
                for (n, &point) in ring.iter().enumerate() {
                    let (x, y) = at(point);
                    // Points closer than a third of a pixel are seen by nobody.
                    if n > 0 && (x - last.0).abs() < 0.3 && (y - last.1).abs() < 0.3 {
                        continue;
                    }
                    last = (x, y);
                    let _ = write!(path, "{}{x:.1} {y:.1}", if n == 0 { 'M' } else { 'L' });
                }
                path.push('Z');
            }
            let value = by_area.get(code);
            let fill = value.map_or("#e6e6e6", |value| colours[class(*value)]);
            let told = value.map_or(String::new(), |value| format!(": {}", short(*value)));
            let _ = write!(
                svg,
                "<path d=\"{path}\" fill=\"{fill}\" stroke=\"#666\" stroke-width=\"0.4\" \
                 fill-rule=\"evenodd\"><title>{}{told}</title></path>",
                text_for_html(code)
            );
        }
        for (n, colour) in colours.iter().enumerate() {
            let (x, y) = (20.0 + 138.0 * n as f64, HEIGHT - 34.0);
            let from = n.checked_sub(1).map_or(String::new(), |n| short(cuts[n]));
            let to = cuts.get(n).map_or(String::new(), |cut| short(*cut));
            let _ = write!(
                svg,
                "<rect x=\"{x}\" y=\"{y}\" width=\"14\" height=\"14\" fill=\"{colour}\" stroke=\"#666\" \
                 stroke-width=\"0.4\"/><text x=\"{}\" y=\"{}\" fill=\"#333\">{from} – {to}</text>",
                x + 20.0,
                y + 12.0
            );
        }
        svg.push_str("</svg>\n");
        svg
    }
}

/// A code as text: of a number its digits.
fn code_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string().trim_end_matches(".0").to_owned()),
        _ => None,
    }
}

/// The rings of a polygon or of several.
fn rings(geometry: &Value) -> Vec<Vec<Point>> {
    let ring = |ring: &Value| -> Vec<Point> {
        let points = ring.as_array().into_iter().flatten();
        points.filter_map(|p| Some([p[0].as_f64()?, p[1].as_f64()?])).collect()
    };
    let polygon = |polygon: &Value| -> Vec<Vec<Point>> {
        polygon.as_array().into_iter().flatten().map(ring).filter(|ring| ring.len() > 2).collect()
    };
    let coordinates = &geometry["coordinates"];
    match geometry["type"].as_str() {
        Some("Polygon") => polygon(coordinates),
        Some("MultiPolygon") => coordinates.as_array().into_iter().flatten().flat_map(polygon).collect(),
        _ => Vec::new(),
    }
}

/// Bounds between the classes: quintiles; of values of two signs as far below zero as above it.
fn cuts(values: impl Iterator<Item = f64>, signed: bool) -> [f64; CLASSES - 1] {
    let mut sorted: Vec<f64> = values.filter(|x| x.is_finite()).collect();
    if signed {
        let mut sizes: Vec<f64> = sorted.iter().map(|x| x.abs()).collect();
        sizes.sort_by(f64::total_cmp);
        let part = |share: f64| sizes.get((share * sizes.len() as f64) as usize).copied().unwrap_or(0.0);
        let (small, large) = (part(0.3), part(0.75));
        return [-large, -small, small, large];
    }
    sorted.sort_by(f64::total_cmp);
    std::array::from_fn(|n| sorted.get((n + 1) * sorted.len() / CLASSES).copied().unwrap_or(0.0))
}

/// A number in four signs or so.
fn short(x: f64) -> String {
    let size = x.abs();
    match size {
        _ if size >= 1e6 => format!("{:.2}m", x / 1e6),
        _ if size >= 1e3 => format!("{x:.0}"),
        _ if size >= 10.0 => format!("{x:.1}"),
        _ => format!("{x:.2}"),
    }
}

/// What is mapped: file name, title, whether values have two signs, and for each node its value times a weight, and the
/// weight.
type Mapped = (&'static str, String, bool, Vec<(usize, f64, f64)>);

fn values(report: &Report, language: Language) -> Vec<Mapped> {
    let mut all = Vec::new();
    if let Some(nodes) = &report.nodes {
        let of = |name: &str| nodes.columns.iter().position(|column| column.name == name);
        let at = |column: Option<usize>, last: bool, node: usize| -> f64 {
            let years = column.map(|c| &nodes.values[c]);
            let row = years.and_then(|rows| if last { rows.last() } else { rows.first() });
            row.and_then(|row| row.get(node)).copied().filter(|x| x.is_finite()).unwrap_or(0.0)
        };
        let (first, last) =
            (nodes.years.first().copied().unwrap_or(0), nodes.years.last().copied().unwrap_or(0));
        let count = nodes.values.first().and_then(|rows| rows.last()).map_or(0, Vec::len);
        let (residents, income, output) = (of("residents"), of("income_yuan"), of("output_yuan"));
        // A change of people in per cent: the weight of a node is what it had.
        all.push((
            "residents",
            language.of("Change of residents, per cent, ", "常住人口变化（%），").to_owned()
                + &format!("{first}–{last}"),
            true,
            (0..count)
                .map(|n| {
                    let (before, after) = (at(residents, false, n), at(residents, true, n));
                    (n, 100.0 * (after - before), before)
                })
                .collect(),
        ));
        if income.is_some() {
            all.push((
                "income",
                language.of("Income a head, ", "人均收入，").to_owned() + &last.to_string(),
                false,
                (0..count)
                    .map(|n| {
                        let people = at(residents, true, n);
                        (n, people * at(income, true, n), people)
                    })
                    .collect(),
            ));
        }
        if output.is_some() {
            all.push((
                "output",
                language.of("Output a head, ", "人均产出，").to_owned() + &last.to_string(),
                false,
                (0..count).map(|n| (n, at(output, true, n), at(residents, true, n))).collect(),
            ));
        }
    }
    if let Some(places) = &report.places {
        let place = |id: &str| places.id.iter().position(|there| there == id);
        let rows = report.node_differences.iter().filter(|d| d.indicator == "residents");
        let rows: Vec<(usize, f64, f64)> =
            rows.filter_map(|d| Some((place(&d.node)?, 100.0 * d.difference, d.baseline.max(1.0)))).collect();
        if !rows.is_empty() {
            let title =
                language.of("What the policy changes: residents, per cent", "政策影响：常住人口（%）");
            all.push(("difference", title.to_owned(), true, rows));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::data::{Meaning, Nodes};
    use crate::report::places::Places;

    fn report() -> Report {
        let text = |words: [&str; 3]| words.map(str::to_owned).to_vec();
        let places = Places {
            id: text(["588u", "588v", "589u"]),
            county: text(["588", "588", "589"]),
            prefecture: text(["N", "N", "N"]),
            ..Places::default()
        };
        let column = |name: &str| Meaning::of((name, "", ""));
        Report {
            places: Some(places),
            nodes: Some(Nodes {
                folder: 0,
                years: vec![2011, 2012],
                columns: vec![column("residents"), column("income_yuan")],
                values: vec![
                    vec![vec![100.0, 100.0, 50.0], vec![120.0, 90.0, 50.0]],
                    vec![vec![1.0, 1.0, 1.0], vec![300.0, 100.0, 700.0]],
                ],
            }),
            ..Report::default()
        }
    }

    fn square(code: &str, west: f64) -> String {
        let east = west + 1.0;
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"CODE\":{code}}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":\
             [[[{west},10],[{east},10],[{east},11],[{west},11],[{west},10]]]}}}}"
        )
    }

    fn file(features: &[String]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let text = format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","));
        std::fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn values_of_nodes_are_those_of_their_county() {
        let map = file(&[square("588", 75.0), square("\"589\"", 76.0), square("1", 80.0)]);
        let boundaries = Boundaries::read(map.path(), "CODE").unwrap();
        let maps = boundaries.maps(&report(), Language::En).unwrap();
        let names: Vec<&str> = maps.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["map-residents.svg", "map-income.svg"]);
        // 200 to 210 people are 5 per cent; income (120 x 300 + 90 x 100)/210.
        assert!(
            maps[0].1.contains("<title>588: 5.00</title>") && maps[0].1.contains("<title>589: 0.00</title>")
        );
        assert!(maps[1].1.contains("<title>588: 214.3</title>"), "{}", maps[1].1);
        // An area of which nothing is known is grey.
        assert!(maps[0].1.contains("#e6e6e6"));
    }

    #[test]
    fn a_wrong_property_and_foreign_codes_are_told_with_what_is_there() {
        let map = file(&[square("588", 75.0)]);
        let said = Boundaries::read(map.path(), "CODES").unwrap_err().to_string();
        assert!(said.contains("CODES") && said.contains("CODE"), "{said}");
        let map = file(&[square("110101", 75.0)]);
        let boundaries = Boundaries::read(map.path(), "CODE").unwrap();
        let said = boundaries.maps(&report(), Language::En).unwrap_err().to_string();
        assert!(said.contains("110101") && said.contains("588"), "{said}");
    }
}
