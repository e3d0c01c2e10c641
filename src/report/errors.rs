//! The page of a backtest: maps of signed error by unit, and the same in tables. It is drawn from `backtest.csv` alone,
//! without a script.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::page::text_for_html;
use super::sheet::Sheet;
use crate::Result;
use crate::message::Language;
use crate::output::manifest::Manifest;

const STYLE: &str = include_str!("../../assets/report/report.css");
const TABLE: &str = "backtest.csv";
const WIDTH: f64 = 860.0;
/// Largest radius of a unit, and residents that have it.
const RADIUS: f64 = 9.0;
const LARGEST: f64 = 1e7;
/// Degrees of latitude a degree of longitude is drawn as wide as, in the middle of China.
const SQUEEZE: f64 = 0.82;
/// From too low over right to too high: blue, grey and orange are told apart by readers with any kind of colour vision.
const COLOURS: [[f64; 3]; 3] = [[0.0, 89.0, 158.0], [226.0, 224.0, 218.0], [196.0, 84.0, 0.0]];

/// Whether a folder holds a backtest.
pub(crate) fn is_backtest(folder: &Path) -> bool {
    folder.join(TABLE).is_file()
}

/// A unit, as far as it was counted.
struct Unit {
    name: String,
    code: String,
    province: String,
    at: [f64; 2],
    residents: f64,
    /// Predicted less counted: growth of residents and of newcomers, log points; urban share.
    errors: [f64; 3],
}

/// A map: what it shows, in two languages, the error at full colour, and its unit in words.
struct Map {
    title: [&'static str; 2],
    full: f64,
    unit: [&'static str; 2],
}

static MAPS: [Map; 3] = [
    Map {
        title: ["Residents: error of growth", "常住人口：增长误差"],
        full: 0.3,
        unit: ["log points", "对数点"],
    },
    Map {
        title: ["Newcomers: error of their number", "外来人口：数量误差"],
        full: 0.8,
        unit: ["log points", "对数点"],
    },
    Map { title: ["Urban share: error", "城镇化率：误差"], full: 0.15, unit: ["share", "份额"] },
];

/// The page of a folder.
///
/// # Errors
/// If its table or manifest cannot be read.
pub(crate) fn page(folder: &Path, language: Language) -> Result<String> {
    let units = read(folder)?;
    let manifest = Manifest::read(folder)?;
    let title =
        manifest.scenarios.first().and_then(|s| s.resolved["title"].as_str()).unwrap_or("shanhai").to_owned();
    let l = |words: [&'static str; 2]| language.of(words[0], words[1]);
    let mut out = String::new();
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>{STYLE}\nsvg {{ max-width: 100%; height: auto; background: var(--card); }}\ntd, th {{ padding: 0 .6em; text-align: right; }}\n\
         td:first-child, th:first-child {{ text-align: left; }}</style>\n</head>\n<body>\n<header><h1>{title}</h1><p>{}</p></header>\n<main>\n",
        language.of("en", "zh"),
        l([
            "Predicted less counted, by unit: orange is too high, blue too low, grey right. Area is residents in the base year. Point at a unit for its name.",
            "预测减实际，按单位：橙色偏高，蓝色偏低，灰色准确。面积表示基年常住人口。指向某单位可见其名称。"
        ]),
        title = text_for_html(&title),
    );
    if units.is_empty() {
        let _ = writeln!(
            out,
            "<p>{}</p>",
            l([
                "No target was given, so there is nothing to hold predictions against.",
                "未给目标数据，无从比较。"
            ])
        );
    }
    for (i, map) in MAPS.iter().enumerate() {
        draw(&mut out, &units, i, map, language);
    }
    if !units.is_empty() {
        by_province(&mut out, &units, language);
        by_unit(&mut out, &units, language);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    Ok(out)
}

fn read(folder: &Path) -> Result<Vec<Unit>> {
    let mut sheet = Sheet::read(&folder.join(TABLE))?;
    let [unit, name, province, start, actual, error] =
        sheet.columns(["unit", "name", "province", "population_start", "actual", "error"])?;
    let at = sheet.columns(["longitude", "latitude"])?;
    let urban = sheet.columns(["urban_share_predicted", "urban_share_actual"])?;
    let newcomers = sheet.columns([
        "newcomers_own_predicted",
        "newcomers_other_predicted",
        "newcomers_own_actual",
        "newcomers_other_actual",
    ])?;
    let mut units = Vec::new();
    while sheet.advance()? {
        if !sheet.number(actual)?.is_finite() {
            continue;
        }
        let [own, other, own_counted, other_counted] = [0, 1, 2, 3].map(|i| sheet.number(newcomers[i]));
        let (predicted, counted) = (own? + other?, own_counted? + other_counted?);
        let [p, a] = [sheet.number(urban[0])?, sheet.number(urban[1])?];
        units.push(Unit {
            name: sheet.text(name).to_owned(),
            code: sheet.text(unit).to_owned(),
            province: sheet.text(province).to_owned(),
            at: [sheet.number(at[0])?, sheet.number(at[1])?],
            residents: sheet.number(start)?,
            errors: [sheet.number(error)?, libm::log(predicted.max(1.0) / counted.max(1.0)), p - a],
        });
        if !counted.is_finite() || counted < 1_000.0 {
            // Newcomers of fewer than a thousand are luck.
            if let Some(unit) = units.last_mut() {
                unit.errors[1] = f64::NAN;
            }
        }
    }
    Ok(units)
}

/// A colour for an error over the error at full colour.
fn colour(x: f64) -> String {
    let x = x.clamp(-1.0, 1.0);
    let end = COLOURS[if x < 0.0 { 0 } else { 2 }];
    let [r, g, b]: [f64; 3] = std::array::from_fn(|i| COLOURS[1][i] + x.abs() * (end[i] - COLOURS[1][i]));
    format!("#{:02x}{:02x}{:02x}", r as u8, g as u8, b as u8)
}

fn draw(out: &mut String, units: &[Unit], which: usize, map: &Map, language: Language) {
    let mut shown: Vec<&Unit> =
        units.iter().filter(|u| u.errors[which].is_finite() && u.at[0].is_finite()).collect();
    if shown.is_empty() {
        return;
    }
    // Large units first, so that small ones lie on top.
    shown.sort_by(|a, b| b.residents.total_cmp(&a.residents).then(a.code.cmp(&b.code)));
    let ends = |i: usize| {
        shown.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), u| (l.min(u.at[i]), h.max(u.at[i])))
    };
    let ((west, east), (south, north)) = (ends(0), ends(1));
    let margin = 14.0;
    let scale = (WIDTH - 2.0 * margin) / ((east - west) * SQUEEZE).max(0.5);
    let height = (north - south).max(0.5) * scale + 2.0 * margin;
    let l = |words: [&'static str; 2]| language.of(words[0], words[1]);
    let _ = writeln!(
        out,
        "<section><h2>{}</h2>\n<svg role=\"img\" aria-label=\"{0}\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" width=\"{WIDTH:.0}\" class=\"errors\">",
        l(map.title)
    );
    for u in &shown {
        let x = margin + (u.at[0] - west) * SQUEEZE * scale;
        let y = margin + (north - u.at[1]) * scale;
        let r = (RADIUS * (u.residents / LARGEST).sqrt()).max(1.6);
        let _ = writeln!(
            out,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\" fill=\"{}\" stroke=\"#555\" stroke-width=\"0.2\"><title>{} {} {:+.3}</title></circle>",
            colour(u.errors[which] / map.full),
            text_for_html(&u.province),
            text_for_html(&u.name),
            u.errors[which]
        );
    }
    out.push_str("</svg>\n<p>");
    for step in [-1.0, -0.5, 0.0, 0.5, 1.0] {
        let more = if step <= -1.0 {
            "≤ "
        } else if step >= 1.0 {
            "≥ "
        } else {
            ""
        };
        let _ = write!(
            out,
            "<span style=\"border-left:1em solid {};padding:0 .8em 0 .3em\">{more}{:+.2}</span>",
            colour(step),
            step * map.full
        );
    }
    let _ = writeln!(out, "{}</p></section>", l(map.unit));
}

fn by_province(out: &mut String, units: &[Unit], language: Language) {
    let mut groups: BTreeMap<&str, Vec<&Unit>> = BTreeMap::new();
    units.iter().for_each(|u| groups.entry(&u.province).or_default().push(u));
    let l = |en, zh| language.of(en, zh);
    let _ = writeln!(
        out,
        "<section><h2>{}</h2><table><thead><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>",
        l("By province", "按省"),
        l("province", "省份"),
        l("units", "单位数"),
        l("residents: mean error", "常住人口：平均误差"),
        l("mean absolute", "平均绝对误差"),
        l("newcomers: mean error", "外来人口：平均误差"),
        l("urban share: mean error", "城镇化率：平均误差")
    );
    let mean = |of: &[&Unit], error: &dyn Fn(&Unit) -> f64| {
        let found: Vec<f64> = of.iter().map(|u| error(u)).filter(|e| e.is_finite()).collect();
        if found.is_empty() {
            String::new()
        } else {
            format!("{:+.3}", found.iter().sum::<f64>() / found.len() as f64)
        }
    };
    for (province, of) in &groups {
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            text_for_html(province),
            of.len(),
            mean(of, &|u| u.errors[0]),
            mean(of, &|u| u.errors[0].abs()).trim_start_matches('+'),
            mean(of, &|u| u.errors[1]),
            mean(of, &|u| u.errors[2])
        );
    }
    out.push_str("</tbody></table></section>\n");
}

fn by_unit(out: &mut String, units: &[Unit], language: Language) {
    let mut order: Vec<&Unit> = units.iter().collect();
    order.sort_by(|a, b| b.errors[0].abs().total_cmp(&a.errors[0].abs()).then(a.code.cmp(&b.code)));
    let l = |en, zh| language.of(en, zh);
    let _ = writeln!(
        out,
        "<section><h2>{}</h2><details><summary>{}</summary><table><thead><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>",
        l("By unit, largest errors first", "按单位，误差大者在前"),
        l("Show all units", "显示全部单位"),
        l("unit", "单位"),
        l("province", "省份"),
        l("residents in the base year", "基年常住人口"),
        l("residents", "常住人口"),
        l("newcomers", "外来人口"),
        l("urban share", "城镇化率")
    );
    let number = |x: f64| if x.is_finite() { format!("{x:+.3}") } else { String::new() };
    for u in order {
        let _ = writeln!(
            out,
            "<tr><td>{} {}</td><td>{}</td><td>{:.0}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            text_for_html(&u.code),
            text_for_html(&u.name),
            text_for_html(&u.province),
            u.residents,
            number(u.errors[0]),
            number(u.errors[1]),
            number(u.errors[2])
        );
    }
    out.push_str("</tbody></table></details></section>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_high_is_orange_too_low_is_blue_and_right_is_grey() {
        assert_eq!(colour(0.0), "#e2e0da");
        assert_eq!(colour(2.0), "#c45400");
        assert_eq!(colour(-1.0), "#00599e");
    }
}
