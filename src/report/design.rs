//! The picture of a design of parameters, as SVG: which parameters matter for the headline numbers, and how often the sign
//! of each policy's effect holds over the draws.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::page::text_for_html;
use super::picture::{COLOURS, FONTS};
use super::sheet::Sheet;
use crate::error::Result;
use crate::message::Language;
use crate::messages::{self, known};

/// Numbers of the area that are drawn where the design has them.
const HEADLINE: [&str; 4] =
    ["output_per_head", "income_per_head", "income_ratio_residence", "theil_between_prefectures"];
/// Parameters shown of each number: the others matter less.
const SHOWN: usize = 8;
const WIDTH: f64 = 860.0;
const LEFT: f64 = 250.0;
const RIGHT: f64 = 820.0;
const LINE: f64 = 19.0;

/// A mark with its interval.
#[derive(Clone, Debug, PartialEq)]
struct Mark {
    name: String,
    value: f64,
    low: f64,
    high: f64,
}

/// One block of the picture.
struct Block {
    title: String,
    /// What a bar is.
    note: String,
    marks: Vec<Mark>,
    /// The end of its scale, and a line across it.
    most: f64,
    across: Option<f64>,
}

/// Reads the tables of a design and draws it; nothing where no analysis was made.
///
/// # Errors
/// If a table is broken.
pub(crate) fn of_design(folder: &Path, language: Language) -> Result<Option<String>> {
    let mut blocks = indices(folder)?;
    blocks.extend(signs(folder)?);
    if blocks.is_empty() {
        return Ok(None);
    }
    let title = language.of("What the answers rest on", "结论取决于什么");
    Ok(Some(drawn(title, &blocks)))
}

/// The name of an indicator as a picture shows it.
pub(super) fn shown(indicator: &str) -> String {
    known(indicator).replace('_', " ")
}

fn is_headline(indicator: &str, scope: &str) -> bool {
    scope == "area" && HEADLINE.contains(&indicator)
}

/// Parameters by how much they matter for the effect of all policies, or without policies for the level.
fn indices(folder: &Path) -> Result<Vec<Block>> {
    let Some(mut sheet) = Sheet::open(folder, "indices.csv")? else { return Ok(Vec::new()) };
    let [output, indicator, scope, parameter, measure, value, low, high] =
        sheet.columns(["output", "indicator", "scope", "parameter", "measure", "value", "low", "high"])?;
    let mut found: BTreeMap<(String, String, String), Vec<Mark>> = BTreeMap::new();
    while sheet.advance()? {
        let how = sheet.text(measure);
        if !is_headline(sheet.text(indicator), sheet.text(scope))
            || !["mu_star", "total", "spearman"].contains(&how)
        {
            continue;
        }
        let mark = Mark {
            name: sheet.text(parameter).to_owned(),
            value: sheet.number(value)?,
            low: sheet.number(low)?,
            high: sheet.number(high)?,
        };
        let key = [output, indicator, measure].map(|column| sheet.text(column).to_owned());
        if mark.value.is_finite() {
            let [output, indicator, measure] = key;
            found.entry((output, indicator, measure)).or_default().push(mark);
        }
    }
    let wanted = if found.keys().any(|key| key.0 == "effect:all") { "effect:all" } else { "level" };
    let mut blocks = Vec::new();
    for name in HEADLINE {
        let of = found.iter().find(|(key, _)| key.0 == wanted && key.1 == name);
        let Some(((_, _, measure), marks)) = of else { continue };
        let mut marks = marks.clone();
        marks.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()).then_with(|| a.name.cmp(&b.name)));
        marks.truncate(SHOWN);
        let most = marks.iter().map(|m| m.high.abs().max(m.value.abs())).fold(0.0, f64::max);
        let of_what =
            if wanted == "level" { messages::as_is(shown(name)) } else { messages::effect_on(shown(name)) };
        let (title, note) = (messages::what_matters_for(of_what).to_string(), measure_name(measure));
        // A rank correlation has a sign that the length of a bar does not show; it stands in the name.
        for mark in marks.iter_mut().filter(|m| m.value < 0.0) {
            mark.name = format!("{} (−)", mark.name);
            (mark.low, mark.high) = (-mark.high, -mark.low);
            mark.value = -mark.value;
        }
        blocks.push(Block { title, note, marks, most, across: None });
    }
    Ok(blocks)
}

fn measure_name(measure: &str) -> String {
    match measure {
        "mu_star" => messages::measure_mu_star().to_string(),
        "total" => messages::measure_total().to_string(),
        _ => messages::measure_spearman().to_string(),
    }
}

/// Shares of draws in which the sign of an effect holds, by policy.
fn signs(folder: &Path) -> Result<Vec<Block>> {
    let Some(mut sheet) = Sheet::open(folder, "policies.csv")? else { return Ok(Vec::new()) };
    let [policy, indicator, scope, value, low, high] =
        sheet.columns(["policy", "indicator", "scope", "share_sign_holds", "sign_low", "sign_high"])?;
    let mut found: BTreeMap<String, Vec<Mark>> = BTreeMap::new();
    while sheet.advance()? {
        if !is_headline(sheet.text(indicator), sheet.text(scope)) {
            continue;
        }
        let mark = Mark {
            name: sheet.text(policy).to_owned(),
            value: sheet.number(value)?,
            low: sheet.number(low)?,
            high: sheet.number(high)?,
        };
        if mark.value.is_finite() {
            found.entry(sheet.text(indicator).to_owned()).or_default().push(mark);
        }
    }
    let block = |name: &&str| {
        let marks = found.get(*name)?.clone();
        let title = messages::sign_holds_for(shown(name)).to_string();
        let note = messages::sign_of_own_parameters().to_string();
        Some(Block { title, note, marks, most: 1.0, across: Some(0.5) })
    };
    Ok(HEADLINE.iter().filter_map(block).collect())
}

fn drawn(title: &str, blocks: &[Block]) -> String {
    let rows: usize = blocks.iter().map(|block| block.marks.len()).sum();
    let height = 60.0 + 62.0 * blocks.len() as f64 + LINE * rows as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" \
         height=\"{height:.0}\" font-family=\"{FONTS}\" font-size=\"12\" role=\"img\"><title>{title}</title><rect \
         width=\"100%\" height=\"100%\" fill=\"#fff\"/><text x=\"20\" y=\"28\" font-size=\"16\" fill=\"#111\">{title}</text>"
    );
    let mut top = 52.0;
    for block in blocks {
        let x = |value: f64| LEFT + (RIGHT - LEFT) * (value / block.most.max(1e-300)).clamp(0.0, 1.0);
        let _ = write!(
            svg,
            "<text x=\"20\" y=\"{:.1}\" font-weight=\"bold\" fill=\"#222\">{}</text>",
            top + 12.0,
            text_for_html(&block.title)
        );
        let _ = write!(
            svg,
            "<text x=\"20\" y=\"{:.1}\" font-size=\"11\" fill=\"#666\">{}</text>",
            top + 27.0,
            text_for_html(&block.note)
        );
        top += 38.0;
        if let Some(at) = block.across {
            let _ = write!(
                svg,
                "<path d=\"M{:.1} {top:.1}V{:.1}\" stroke=\"#bbb\" stroke-dasharray=\"3 3\"/>",
                x(at),
                top + LINE * block.marks.len() as f64
            );
        }
        for mark in &block.marks {
            let middle = top + LINE / 2.0;
            let _ = write!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#333\">{}</text><rect x=\"{LEFT}\" y=\"{:.1}\" \
                 width=\"{:.1}\" height=\"9\" fill=\"{}\" fill-opacity=\"0.75\"/>",
                LEFT - 8.0,
                middle + 4.0,
                text_for_html(&mark.name),
                middle - 4.5,
                x(mark.value) - LEFT,
                COLOURS[usize::from(block.across.is_some())]
            );
            if mark.low.is_finite() && mark.high.is_finite() {
                let _ = write!(
                    svg,
                    "<path d=\"M{:.1} {middle:.1}H{:.1}\" stroke=\"#222\" stroke-width=\"1.2\"/>",
                    x(mark.low),
                    x(mark.high)
                );
            }
            top += LINE;
        }
        top += 24.0;
    }
    svg.push_str("</svg>\n");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_stand_by_weight_and_shares_of_signs_below_them() {
        let place = tempfile::tempdir().unwrap();
        assert!(of_design(place.path(), Language::En).unwrap().is_none());
        std::fs::write(
            place.path().join("indices.csv"),
            "output,indicator,scope,scope_id,parameter,measure,value,low,high,used\n\
             level,output_per_head,area,all,a,mu_star,9,8,10,5\n\
             effect:all,output_per_head,area,all,small<,mu_star,1,0.5,2,5\n\
             effect:all,output_per_head,area,all,large,mu_star,4,3,5,5\n\
             effect:all,output_per_head,area,all,large,sigma,40,,,5\n\
             effect:all,output_per_head,tier,city,other,mu_star,4,3,5,5\n",
        )
        .unwrap();
        std::fs::write(
            place.path().join("policies.csv"),
            "policy,indicator,scope,scope_id,year,share_sign_holds,sign_low,sign_high\n\
             all,output_per_head,area,all,2030,0.52,0.34,0.71\n",
        )
        .unwrap();
        let svg = of_design(place.path(), Language::En).unwrap().unwrap();
        let at = |text: &str| svg.find(text).unwrap_or_else(|| panic!("no {text} in {svg}"));
        assert!(at("large") < at("small&lt;") && at("small&lt;") < at(">all<"));
        assert!(!svg.contains("other") && svg.matches("height=\"9\"").count() == 3);
        // The end of the scale is the greatest end of an interval, and half of the draws is marked.
        let wide = |value: f64| format!("width=\"{:.1}\" height=\"9\"", (RIGHT - LEFT) * value);
        assert!(svg.contains(&wide(4.0 / 5.0)) && svg.contains(&wide(0.52)), "{svg}");
    }
}
