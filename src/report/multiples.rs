//! Small multiples of a comparison, as SVG: a row an indicator, a column a variant, all of a row on one scale. In each
//! panel the first variant is grey, the panel's own in colour with a band from its least to its greatest replicate.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::design::shown;
use super::page::text_for_html;
use super::picture::{COLOURS, FONTS, label};
use super::sheet::Sheet;
use crate::error::Result;
use crate::message::Language;
use crate::messages::{self, known};

/// Indicators of the area, a row each where the comparison has them.
const ROWS: [&str; 8] = [
    "residents",
    "share_urban",
    "unemployment_rate",
    "output_per_head",
    "income_per_head",
    "income_ratio_residence",
    "theil_between_prefectures",
    "gini",
];

/// Variants beside each other; more begin a new block below.
const ACROSS: usize = 6;
const PANEL: [f64; 2] = [132.0, 84.0];
const GAP: [f64; 2] = [12.0, 14.0];
/// Room for the names of indicators and the ends of their scales, and above a block for the names of variants.
const LEFT: f64 = 262.0;
const HEAD: f64 = 34.0;
const TOP: f64 = 62.0;

/// Values by year, of each replicate.
type Paths = BTreeMap<i32, Vec<f64>>;

/// Reads what a comparison keeps of its runs and draws it; nothing for other folders.
///
/// # Errors
/// If a table is broken.
pub(crate) fn multiples(folder: &Path, language: Language) -> Result<Option<String>> {
    let Some(mut variants) = Sheet::open(folder, "variants.csv")? else { return Ok(None) };
    let Some(mut replicates) = Sheet::open(folder, "replicates.csv")? else { return Ok(None) };
    let [name] = variants.columns(["variant"])?;
    let mut names: Vec<String> = Vec::new();
    while variants.advance()? {
        if names.last().is_none_or(|last| last != variants.text(name)) {
            names.push(variants.text(name).to_owned());
        }
    }
    let [run, indicator, scope, year, value] =
        replicates.columns(["run", "indicator", "scope", "year", "value"])?;
    let mut found: BTreeMap<(String, String), Paths> = BTreeMap::new();
    while replicates.advance()? {
        if replicates.text(scope) != "area" || !ROWS.contains(&replicates.text(indicator)) {
            continue;
        }
        // Scenario, what is on, replicate.
        let arm = replicates.text(run).rsplit_once('/').map_or("", |(arm, _)| arm).to_owned();
        let key = (replicates.text(indicator).to_owned(), arm);
        let at = replicates.year(year)?;
        found.entry(key).or_default().entry(at).or_default().push(replicates.number(value)?);
    }
    Ok(drawn(&names, &found, language))
}

/// The runs of a variant: with all its policies, or of a scenario without any its baseline. The baseline of one scenario
/// alone goes by no name of its own.
fn arm_of<'p>(
    variant: &str,
    others: &[String],
    indicator: &str,
    found: &'p BTreeMap<(String, String), Paths>,
) -> Option<&'p Paths> {
    let of = |arm: String| found.get(&(indicator.to_owned(), arm));
    of(format!("{variant}/policy")).or_else(|| of(format!("{variant}/baseline"))).or_else(|| {
        let alone = variant == "baseline";
        others.iter().filter(|_| alone).find_map(|other| of(format!("{other}/baseline")))
    })
}

fn drawn(names: &[String], found: &BTreeMap<(String, String), Paths>, language: Language) -> Option<String> {
    let rows: Vec<&str> = ROWS
        .into_iter()
        .filter(|row| names.iter().any(|name| arm_of(name, names, row, found).is_some()))
        .collect();
    if names.len() < 2 || rows.is_empty() {
        return None;
    }
    let blocks = names.len().div_ceil(ACROSS);
    let high = HEAD + rows.len() as f64 * (PANEL[1] + GAP[1]);
    let across = names.len().min(ACROSS) as f64;
    let (width, height) = (LEFT + across * (PANEL[0] + GAP[0]) + 20.0, TOP + blocks as f64 * high + 30.0);
    let title = language.of("Variants by indicator", "各变体的主要指标");
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" font-family=\"{FONTS}\" font-size=\"11\" role=\"img\"><title>{title}</title><rect \
         width=\"100%\" height=\"100%\" fill=\"#fff\"/><text x=\"20\" y=\"26\" font-size=\"16\" fill=\"#111\">{title}</text><text \
         x=\"20\" y=\"44\" fill=\"#555\">{}</text>",
        text_for_html(&messages::how_to_read_multiples(&names[0]).to_string())
    );
    for (block, of_block) in names.chunks(ACROSS).enumerate() {
        let top = TOP + block as f64 * high;
        for (column, name) in of_block.iter().enumerate() {
            let _ = write!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"12\" font-weight=\"bold\" fill=\"#222\">{}</text>",
                LEFT + column as f64 * (PANEL[0] + GAP[0]),
                top + HEAD - 8.0,
                text_for_html(&shortened(name))
            );
        }
        for (r, row) in rows.iter().enumerate() {
            let y = top + HEAD + r as f64 * (PANEL[1] + GAP[1]);
            row_of_panels(&mut svg, (row, y, block * ACROSS), names, of_block, found);
        }
    }
    svg.push_str("</svg>\n");
    Some(svg)
}

/// One indicator for the variants of a block, on one scale over all variants.
fn row_of_panels(
    svg: &mut String,
    (row, top, before): (&str, f64, usize),
    names: &[String],
    of_block: &[String],
    found: &BTreeMap<(String, String), Paths>,
) {
    let all: Vec<&Paths> = names.iter().filter_map(|name| arm_of(name, names, row, found)).collect();
    let values = || all.iter().flat_map(|paths| paths.values().flatten()).copied().filter(|x| x.is_finite());
    let (least, greatest) = (values().fold(f64::NAN, f64::min), values().fold(f64::NAN, f64::max));
    let years = || all.iter().flat_map(|paths| paths.keys()).copied();
    let (Some(from), Some(to)) = (years().min(), years().max()) else { return };
    if !least.is_finite() {
        return;
    }
    let span = (greatest - least).max(greatest.abs() * 1e-6).max(1e-12);
    let unit = crate::observe::indicators::INDICATORS.iter().find(|known| known.0 == row).map_or("", |i| i.1);
    let _ = write!(
        svg,
        "<text x=\"20\" y=\"{:.1}\" font-size=\"12\" fill=\"#222\">{}</text><text x=\"20\" y=\"{:.1}\" fill=\"#777\">{}</text>",
        top + 14.0,
        text_for_html(&shown(row)),
        top + 30.0,
        text_for_html(&known(unit))
    );
    for (value, at) in [(greatest, top + 9.0), (least, top + PANEL[1])] {
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"{at:.1}\" text-anchor=\"end\" fill=\"#555\">{}</text>",
            LEFT - 6.0,
            label(significant(value))
        );
    }
    let first = arm_of(&names[0], names, row, found);
    for (column, name) in of_block.iter().enumerate() {
        let left = LEFT + column as f64 * (PANEL[0] + GAP[0]);
        let _ = write!(
            svg,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{}\" height=\"{}\" fill=\"#f6f6f4\"/>",
            PANEL[0], PANEL[1]
        );
        let x = |year: i32| left + PANEL[0] * f64::from(year - from) / f64::from((to - from).max(1));
        let y = |v: f64| top + PANEL[1] - 3.0 - (PANEL[1] - 6.0) * (v - least) / span;
        let points = |pick: fn(&[f64]) -> f64, paths: &Paths| -> Vec<String> {
            let each = paths.iter().map(|(year, values)| (*year, pick(values)));
            each.filter(|p| p.1.is_finite()).map(|(year, v)| format!("{:.1},{:.1}", x(year), y(v))).collect()
        };
        if let Some(paths) = first {
            let line = points(mean, paths).join(" ");
            let _ = write!(
                svg,
                "<polyline points=\"{line}\" fill=\"none\" stroke=\"#999\" stroke-width=\"1.2\"/>"
            );
        }
        if before + column > 0
            && let Some(paths) = arm_of(name, names, row, found)
        {
            let colour = COLOURS[(before + column - 1) % COLOURS.len()];
            let mut band = points(|v| v.iter().copied().fold(f64::NAN, f64::min), paths);
            band.extend(points(|v| v.iter().copied().fold(f64::NAN, f64::max), paths).into_iter().rev());
            let _ = write!(
                svg,
                "<polygon points=\"{}\" fill=\"{colour}\" fill-opacity=\"0.22\"/><polyline points=\"{}\" fill=\"none\" \
                 stroke=\"{colour}\" stroke-width=\"1.8\"/>",
                band.join(" "),
                points(mean, paths).join(" ")
            );
        }
        let _ = write!(
            svg,
            "<text x=\"{left:.1}\" y=\"{0:.1}\" fill=\"#999\" font-size=\"9\">{from}</text><text x=\"{1:.1}\" y=\"{0:.1}\" \
             text-anchor=\"end\" fill=\"#999\" font-size=\"9\">{to}</text>",
            top + PANEL[1] + 10.0,
            left + PANEL[0]
        );
    }
}

/// Mean of the replicates that have a value.
fn mean(values: &[f64]) -> f64 {
    let there = values.iter().copied().filter(|x| x.is_finite());
    let (sum, n) = there.fold((0.0, 0.0), |(sum, n), x| (sum + x, n + 1.0));
    if n > 0.0 { sum / n } else { f64::NAN }
}

/// A number with four significant digits, as the end of a scale needs it.
fn significant(x: f64) -> f64 {
    if x == 0.0 {
        return x;
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(x.abs())) - 3.0);
    libm::rint(x / unit) * unit
}

/// A name that fits its panel.
fn shortened(name: &str) -> String {
    let short: String = name.chars().take(19).collect();
    if short.len() < name.len() { short + "…" } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variant_has_a_panel_for_every_indicator_on_one_scale() {
        let place = tempfile::tempdir().unwrap();
        let write = |name: &str, text: String| std::fs::write(place.path().join(name), text).unwrap();
        let names: Vec<String> = (0..8).map(|i| format!("v{i}<&")).collect();
        write(
            "variants.csv",
            names.iter().fold("variant,mean\n".into(), |t, n| t + &format!("{n},1\n{n},2\n")),
        );
        let mut text = "run,replicate,indicator,scope,scope_id,year,value,unit\n".to_owned();
        for (i, name) in names.iter().enumerate() {
            let what = if i == 0 { "baseline" } else { "policy" };
            for (year, replicate) in [(2021, 0), (2021, 1), (2022, 0), (2022, 1)] {
                for indicator in ["gini", "residents", "output"] {
                    let value = i + replicate + 1;
                    text += &format!(
                        "{name}/{what}/{replicate},{replicate},{indicator},area,all,{year},{value},\n"
                    );
                }
            }
        }
        write("replicates.csv", text);
        let svg = multiples(place.path(), Language::En).unwrap().unwrap();
        // Two indicators that are drawn, eight variants; the first has no line but the grey one.
        assert_eq!(svg.matches("fill=\"#f6f6f4\"").count(), 16);
        assert_eq!(svg.matches("<polygon").count(), 14);
        assert!(svg.contains("v3&lt;&amp;") && !svg.contains("v3<&"));
        // Least 1, greatest 9 of all variants.
        assert!(svg.matches(">9</text>").count() == 4 && svg.matches(">1</text>").count() == 4, "{svg}");
        let nothing = tempfile::tempdir().unwrap();
        assert!(multiples(nothing.path(), Language::En).unwrap().is_none());
    }
}
