//! Plain SVG pictures for papers: no script, no library, fonts named so that Chinese is drawn on every system.

use std::fmt::Write as _;

use super::data::{Difference, Report, Series};
use crate::message::Language;

/// Wong's palette, told apart by readers with any kind of colour vision.
pub(super) const COLOURS: [&str; 6] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
pub(super) const FONTS: &str = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','Heiti SC',\
                     'WenQuanYi Micro Hei','Helvetica Neue',Arial,sans-serif";
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 440.0;
/// Margins: left, right, top, bottom.
const MARGIN: [f64; 4] = [76.0, 150.0, 48.0, 52.0];

struct Line {
    name: String,
    years: Vec<i32>,
    middle: Vec<f64>,
    /// Least and greatest over replicates, or the ends of an interval.
    band: Option<(Vec<f64>, Vec<f64>)>,
}

/// All pictures that the data allow: name of the file and text.
pub fn pictures(report: &Report, language: Language) -> Vec<(String, String)> {
    let l = |en, zh| language.of(en, zh);
    let tiers = [
        ("city", l("cities", "城市")),
        ("county_seat", l("county seats", "县城")),
        ("village", l("villages", "乡村")),
    ];
    let mut out = Vec::new();
    let population: Vec<Line> =
        tiers.iter().filter_map(|(id, name)| line(report, "residents", "tier", id, name, 1e-6)).collect();
    push(
        &mut out,
        "population",
        l("Residents by tier (million persons)", "各层级常住人口（百万人）"),
        &population,
    );
    let ratios: Vec<Line> = [
        ("income_ratio_residence", l("by residence", "按常住地")),
        ("income_ratio_home", l("by registered home", "按户籍地")),
    ]
    .iter()
    .filter_map(|(id, name)| line(report, id, "area", "all", name, 1.0))
    .collect();
    push(&mut out, "income_ratio", l("Urban over rural income per head (ratio)", "城乡人均收入比"), &ratios);
    let theil: Vec<Line> = [
        ("theil", l("all", "总体")),
        ("theil_between_tiers", l("between tiers", "层级之间")),
        ("theil_between_prefectures", l("between prefectures", "地级市之间")),
    ]
    .iter()
    .filter_map(|(id, name)| line(report, id, "area", "all", name, 1.0))
    .collect();
    push(&mut out, "inequality", l("Inequality of income (Theil T)", "收入差距（泰尔指数）"), &theil);
    for (file, indicator, en, zh) in [
        (
            "difference_regional_gap",
            "theil_between_prefectures",
            "Change of the regional gap (Theil T between prefectures)",
            "政策对地区差距的影响（地级市间泰尔指数）",
        ),
        (
            "difference_urban_rural_gap",
            "income_ratio_residence",
            "Change of the urban-rural gap (income ratio by residence)",
            "政策对城乡差距的影响（收入比，按常住地）",
        ),
        (
            "difference_urban_rural_gap_by_home",
            "income_ratio_home",
            "Change of the urban-rural gap (income ratio by registered home)",
            "政策对城乡差距的影响（收入比，按户籍地）",
        ),
        (
            "difference_income_gap",
            "gini",
            "Change of the income gap (Gini)",
            "政策对收入差距的影响（基尼系数）",
        ),
    ] {
        let of = |d: &&Difference| d.indicator == indicator && d.scope == "area";
        let lines: Vec<Line> =
            report.comparisons.iter().filter(of).map(|d| difference(d, &d.comparison, 1.0)).collect();
        push(&mut out, file, l(en, zh), &lines);
    }
    for (file, indicator, en, zh, factor) in [
        (
            "difference_income",
            "income_per_head",
            "Change of income per head by residence (yuan)",
            "政策对人均收入（按常住地）的影响（元）",
            1.0,
        ),
        (
            "difference_income_by_home",
            "home_income_per_head",
            "Change of income per head by registered home (yuan)",
            "政策对人均收入（按户籍地）的影响（元）",
            1.0,
        ),
        (
            "difference_population",
            "residents",
            "Change of residents (thousand persons)",
            "政策对常住人口的影响（千人）",
            1e-3,
        ),
    ] {
        // One scenario a picture: three tiers of several would be a thicket.
        let first = report.comparisons.first().map_or("", |d| d.comparison.as_str());
        let of_tier = |(id, name): &(&str, &str)| {
            let found = |d: &&Difference| {
                d.comparison == first && d.indicator == indicator && d.scope == "tier" && d.id == *id
            };
            report.comparisons.iter().find(found).map(|d| difference(d, name, factor))
        };
        let lines: Vec<Line> = tiers.iter().filter_map(of_tier).collect();
        push(&mut out, file, l(en, zh), &lines);
    }
    if let Some(map) = map(report, language) {
        out.push(("flow_map.svg".to_owned(), map));
    }
    out
}

/// A difference with its interval; without one it has no band.
fn difference(d: &Difference, name: &str, factor: f64) -> Line {
    let times = |values: &[f64]| values.iter().map(|x| x * factor).collect::<Vec<f64>>();
    let band = d.low.iter().any(|x| x.is_finite()).then(|| (times(&d.low), times(&d.high)));
    Line { name: name.to_owned(), years: d.years.clone(), middle: times(&d.difference), band }
}

fn push(out: &mut Vec<(String, String)>, file: &str, title: &str, lines: &[Line]) {
    if let Some(svg) = chart(title, lines) {
        out.push((format!("{file}.svg"), svg));
    }
}

/// One number over all runs of the page's first scenario.
fn line(report: &Report, indicator: &str, scope: &str, id: &str, name: &str, factor: f64) -> Option<Line> {
    let scenario = report.results.first()?.run.get("scenario");
    let runs: Vec<&Series> = report
        .series
        .iter()
        .filter(|s| s.indicator == indicator && s.scope == scope && s.id == id)
        .filter(|s| report.results.get(s.folder).is_some_and(|r| r.run.get("scenario") == scenario))
        .collect();
    let first = runs.first()?;
    let n = runs.iter().map(|s| s.values.len()).min()?;
    let at = |y: usize| runs.iter().map(move |s| s.values[y] * factor).filter(|x| x.is_finite());
    let mean = |y: usize| {
        let (sum, n) = at(y).fold((0.0, 0.0), |(sum, n), x| (sum + x, n + 1.0));
        if n > 0.0 { sum / n } else { f64::NAN }
    };
    let least = |y| at(y).fold(f64::NAN, f64::min);
    let greatest = |y| at(y).fold(f64::NAN, f64::max);
    Some(Line {
        name: name.to_owned(),
        years: (0..n).map(|y| first.first_year + y as i32).collect(),
        middle: (0..n).map(mean).collect(),
        band: (runs.len() > 1).then(|| ((0..n).map(least).collect(), (0..n).map(greatest).collect())),
    })
}

/// Steps of an axis that people like: 1, 2 or 5 times a power of ten.
fn ticks(least: f64, greatest: f64, wanted: f64) -> Vec<f64> {
    let span = (greatest - least).max(1e-12);
    let raw = span / wanted;
    let power = libm::pow(10.0, libm::floor(libm::log10(raw)));
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= raw).unwrap_or(raw);
    let (mut ticks, mut n) = (Vec::new(), libm::ceil(least / step - 1e-9));
    while n * step <= greatest + 1e-9 * span && ticks.len() < 100 {
        ticks.push(n * step);
        n += 1.0;
    }
    ticks
}

/// A number as an axis shows it.
pub(super) fn label(x: f64) -> String {
    // Adding zero turns a negative zero into zero.
    let x = x + 0.0;
    let text = if x.abs() >= 100.0 { format!("{x:.0}") } else { format!("{x:.5}") };
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn chart(title: &str, lines: &[Line]) -> Option<String> {
    let all = || {
        lines.iter().flat_map(|l| {
            let band = l.band.iter().flat_map(|(low, high)| low.iter().chain(high));
            l.middle.iter().chain(band).copied().filter(|x| x.is_finite())
        })
    };
    let (mut least, mut greatest) = (all().fold(f64::NAN, f64::min), all().fold(f64::NAN, f64::max));
    if !least.is_finite() {
        return None;
    }
    let room = ((greatest - least) * 0.06).max(greatest.abs() * 1e-3).max(1e-9);
    (least, greatest) = (least - room, greatest + room);
    let years = || lines.iter().flat_map(|l| l.years.iter().copied());
    let (from, to) = (years().min()?, years().max()?);
    let (right, bottom) = (WIDTH - MARGIN[1], HEIGHT - MARGIN[3]);
    let x =
        |year: i32| MARGIN[0] + (right - MARGIN[0]) * f64::from(year - from) / f64::from((to - from).max(1));
    let y = |v: f64| bottom - (bottom - MARGIN[2]) * (v - least) / (greatest - least);
    let mut svg = open(title);
    for tick in ticks(least, greatest, 5.0) {
        let _ = write!(
            svg,
            "<path d=\"M{:.1} {:.1}H{right:.1}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" \
             fill=\"#444\">{}</text>",
            MARGIN[0],
            y(tick),
            MARGIN[0] - 8.0,
            y(tick) + 4.0,
            label(tick)
        );
    }
    if least < 0.0 && greatest > 0.0 {
        let _ = write!(svg, "<path d=\"M{:.1} {:.1}H{right:.1}\" stroke=\"#444\"/>", MARGIN[0], y(0.0));
    }
    for tick in ticks(f64::from(from), f64::from(to), 6.0) {
        let year = tick as i32;
        if f64::from(year) == tick {
            let _ = write!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#444\">{year}</text>",
                x(year),
                bottom + 20.0
            );
        }
    }
    let mut ends: Vec<(f64, usize)> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let colour = COLOURS[n % COLOURS.len()];
        if let Some((low, high)) = &line.band {
            let there = |v: &&(i32, f64)| v.1.is_finite();
            let lower: Vec<(i32, f64)> = line.years.iter().copied().zip(low.iter().copied()).collect();
            let upper: Vec<(i32, f64)> = line.years.iter().copied().zip(high.iter().copied()).collect();
            let points: Vec<String> = lower
                .iter()
                .filter(there)
                .chain(upper.iter().rev().filter(there))
                .map(|(year, v)| format!("{:.1},{:.1}", x(*year), y(*v)))
                .collect();
            let _ = write!(
                svg,
                "<polygon points=\"{}\" fill=\"{colour}\" fill-opacity=\"0.2\"/>",
                points.join(" ")
            );
        }
        let points: Vec<(i32, f64)> =
            line.years.iter().copied().zip(line.middle.iter().copied()).filter(|p| p.1.is_finite()).collect();
        let path: Vec<String> =
            points.iter().map(|(year, v)| format!("{:.1},{:.1}", x(*year), y(*v))).collect();
        let _ = write!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.2\"/>",
            path.join(" ")
        );
        if let Some((_, v)) = points.last() {
            ends.push((y(*v), n));
        }
    }
    // Names stand at the ends of their lines, pushed apart where they would touch.
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free = f64::MIN;
    for (at, n) in ends {
        let at = at.max(free);
        free = at + 17.0;
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{}\">{}</text>",
            right + 8.0,
            at + 4.0,
            COLOURS[n % COLOURS.len()],
            super::page::text_for_html(&lines[n].name)
        );
    }
    svg.push_str("</svg>\n");
    Some(svg)
}

fn open(title: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" font-family=\"{FONTS}\" font-size=\"13\" role=\"img\"><title>{0}</title><rect \
         width=\"100%\" height=\"100%\" fill=\"#fff\"/><text x=\"20\" y=\"28\" font-size=\"16\" \
         fill=\"#111\">{0}</text>",
        super::page::text_for_html(title)
    )
}

/// Nodes and the largest net moves of the last year.
fn map(report: &Report, language: Language) -> Option<String> {
    const ARROWS: usize = 80;
    let (places, nodes) = (report.places.as_ref()?, report.nodes.as_ref()?);
    let column = nodes.columns.iter().position(|c| c.name == "residents")?;
    let residents = nodes.values[column].last()?;
    let inside: Vec<usize> = (0..places.id.len())
        .filter(|&i| {
            places.tier[i] != "outside" && places.longitude[i].is_finite() && places.latitude[i].is_finite()
        })
        .collect();
    let bound = |values: &[f64]| -> Option<(f64, f64)> {
        let of = || inside.iter().map(|&i| values[i]);
        let (a, b) = (of().fold(f64::NAN, f64::min), of().fold(f64::NAN, f64::max));
        a.is_finite().then_some((a, b))
    };
    let ((west, east), (south, north)) = (bound(&places.longitude)?, bound(&places.latitude)?);
    let squeeze = libm::cos((south + north) / 2.0 * std::f64::consts::PI / 180.0);
    let (wide, high) = (WIDTH - 60.0, HEIGHT - 90.0);
    let scale = (wide / ((east - west) * squeeze).max(1e-6)).min(high / (north - south).max(1e-6));
    let left = (WIDTH - (east - west) * squeeze * scale) / 2.0;
    let x = |i: usize| left + (places.longitude[i] - west) * squeeze * scale;
    let y = |i: usize| 52.0 + (north - places.latitude[i]) * scale;
    let greatest = inside.iter().filter_map(|&i| residents.get(i)).copied().fold(1.0, f64::max);
    let year = *nodes.years.last()?;
    let title = match language {
        Language::En => format!("Residents and the largest net moves of workers, {year}"),
        Language::Zh => format!("{year} 年常住人口与最大的劳动力净流动"),
    };
    let mut svg = open(&title);
    if let Some(flows) = report.flows.as_ref().filter(|f| f.level == "node")
        && let Some(moves) = flows.years.iter().find(|f| f.factor == "labour" && f.year == year)
    {
        let at = |unit: u32| {
            let code = flows.units.get(unit as usize)?;
            places.id.iter().position(|id| id == code).filter(|i| inside.contains(i))
        };
        let most = moves.net.first().map_or(1.0, |f| f.2).max(1e-9);
        let drawn = moves.net.iter().filter_map(|f| Some((at(f.0)?, at(f.1)?, f.2))).take(ARROWS);
        for (a, b, amount) in drawn {
            let (x0, y0, x1, y1) = (x(a), y(a), x(b), y(b));
            let (bend_x, bend_y) = ((x0 + x1) / 2.0 - (y1 - y0) * 0.18, (y0 + y1) / 2.0 + (x1 - x0) * 0.18);
            let w = 0.5 + 3.5 * libm::sqrt(amount / most);
            let _ = write!(
                svg,
                "<path d=\"M{x0:.1} {y0:.1}Q{bend_x:.1} {bend_y:.1} {x1:.1} {y1:.1}\" fill=\"none\" \
                 stroke=\"#555\" stroke-opacity=\"0.45\" stroke-width=\"{w:.1}\"/><circle cx=\"{x1:.1}\" \
                 cy=\"{y1:.1}\" r=\"{:.1}\" fill=\"#555\" fill-opacity=\"0.6\"/>",
                w * 0.9 + 0.6
            );
        }
    }
    // Villages come last: they share their seat's point and are smaller.
    let tiers = [("city", COLOURS[0]), ("county_seat", COLOURS[4]), ("village", COLOURS[2])];
    for (tier, colour) in tiers {
        for &i in inside.iter().filter(|&&i| places.tier[i] == tier) {
            let r = 1.5 + 9.0 * libm::sqrt(residents.get(i).copied().unwrap_or(0.0).max(0.0) / greatest);
            let (x, y, style) = (
                x(i),
                y(i),
                format!("fill=\"{colour}\" fill-opacity=\"0.75\" stroke=\"#fff\" stroke-width=\"0.6\""),
            );
            let _ = match tier {
                "city" => write!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\" {style}/>"),
                "county_seat" => {
                    write!(
                        svg,
                        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" {style}/>",
                        x - r,
                        y - r,
                        2.0 * r,
                        2.0 * r
                    )
                }
                _ => write!(
                    svg,
                    "<path d=\"M{x:.1} {:.1}l{r:.1} {:.1}h{:.1}z\" {style}/>",
                    y - r,
                    1.8 * r,
                    -2.0 * r
                ),
            };
        }
    }
    let names = [
        language.of("cities (circles)", "城市（圆形）"),
        language.of("county seats (squares)", "县城（方形）"),
        language.of(
            "villages (triangles); arcs end in a dot where people arrive",
            "乡村（三角）；弧线在到达处有圆点",
        ),
    ];
    let mut at = 24.0;
    for ((_, colour), name) in tiers.iter().zip(names) {
        let _ = write!(
            svg,
            "<rect x=\"{at:.0}\" y=\"{:.0}\" width=\"10\" height=\"10\" fill=\"{colour}\"/><text x=\"{:.0}\" \
             y=\"{:.0}\" font-size=\"12\" fill=\"#333\">{name}</text>",
            HEIGHT - 22.0,
            at + 15.0,
            HEIGHT - 13.0
        );
        at += 40.0 + name.chars().map(|c| if c.is_ascii() { 6.4 } else { 12.0 }).sum::<f64>();
    }
    svg.push_str("</svg>\n");
    Some(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_within_the_axis() {
        assert_eq!(ticks(0.0, 10.0, 5.0), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(label(2.0), "2");
        assert_eq!(label(0.05), "0.05");
        assert_eq!(label(-1200.0), "-1200");
        assert_eq!(label(100.0), "100");
        assert_eq!(label(-0.0), "0");
    }

    #[test]
    fn a_line_with_a_band_is_drawn_and_its_name_cannot_break_out() {
        let line = Line {
            name: "a<b".into(),
            years: vec![2020, 2021],
            middle: vec![1.0, 2.0],
            band: Some((vec![0.5, 1.5], vec![1.5, f64::NAN])),
        };
        let svg = chart("A & B", &[line]).unwrap();
        assert!(svg.contains("a&lt;b") && svg.contains("A &amp; B") && svg.contains("<polygon"));
        assert!(chart("nothing", &[]).is_none());
    }
}
