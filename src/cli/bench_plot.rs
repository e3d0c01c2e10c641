//! The picture of `shanhai bench --svg`: two panels with logarithmic axes, time against agents and cost against nodes.

use std::fmt::Write as _;

/// Points that belong together.
pub(super) struct Series {
    pub name: String,
    /// (x, y), both positive.
    pub points: Vec<(f64, f64)>,
    /// Points are joined by a line.
    pub joined: bool,
}

/// One panel.
pub(super) struct Panel<'a> {
    pub title: &'a str,
    pub x: &'a str,
    pub y: &'a str,
    pub series: Vec<Series>,
}

/// Colours that the colour-blind tell apart (Okabe and Ito 2008).
const COLOURS: [&str; 7] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000"];
const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 430.0;
/// Left, top, right and bottom of the axes inside a panel.
const FRAME: [f64; 4] = [72.0, 40.0, 500.0, 300.0];

/// The panels side by side as an SVG file.
pub(super) fn svg(panels: &[Panel]) -> String {
    let width = WIDTH * panels.len() as f64;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {HEIGHT}\" width=\"{width}\" \
         height=\"{HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{width}\" height=\"{HEIGHT}\" fill=\"white\"/>\n"
    );
    for (i, panel) in panels.iter().enumerate() {
        let _ = writeln!(out, "<g transform=\"translate({},0)\">", WIDTH * i as f64);
        draw(&mut out, panel);
        out += "</g>\n";
    }
    out + "</svg>\n"
}

/// Whole powers of ten around the values of a coordinate.
fn decades(values: impl Iterator<Item = f64>) -> (i32, i32) {
    let (low, high) = values.fold((f64::INFINITY, 0.0f64), |(low, high), v| (low.min(v), high.max(v)));
    if high <= 0.0 {
        return (0, 1);
    }
    let low = libm::floor(libm::log10(low)) as i32;
    (low, (libm::ceil(libm::log10(high)) as i32).max(low + 1))
}

fn draw(out: &mut String, panel: &Panel) {
    let [left, top, right, bottom] = FRAME;
    let points = || panel.series.iter().flat_map(|s| &s.points);
    let (x0, x1) = decades(points().map(|p| p.0));
    let (y0, y1) = decades(points().map(|p| p.1));
    let at_x = |x: f64| left + (libm::log10(x) - f64::from(x0)) / f64::from(x1 - x0) * (right - left);
    let at_y = |y: f64| bottom - (libm::log10(y) - f64::from(y0)) / f64::from(y1 - y0) * (bottom - top);
    let _ = writeln!(
        out,
        "<text x=\"{left}\" y=\"22\" font-size=\"14\" font-weight=\"bold\">{}</text>",
        panel.title
    );
    for e in x0..=x1 {
        let x = at_x(libm::pow(10.0, f64::from(e)));
        let _ = writeln!(
            out,
            "<path d=\"M{x:.1} {top}V{bottom}\" stroke=\"#ddd\"/>\
             <text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            bottom + 18.0,
            power(e)
        );
    }
    for e in y0..=y1 {
        let y = at_y(libm::pow(10.0, f64::from(e)));
        let _ = writeln!(
            out,
            "<path d=\"M{left} {y:.1}H{right}\" stroke=\"#ddd\"/>\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            left - 6.0,
            y + 4.0,
            power(e)
        );
    }
    let middle = (top + bottom) / 2.0;
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\
         <text transform=\"translate(18,{middle}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
        (left + right) / 2.0,
        bottom + 36.0,
        panel.x,
        panel.y
    );
    for (i, series) in panel.series.iter().enumerate() {
        let colour = COLOURS[i % COLOURS.len()];
        let mut line = String::new();
        for (n, &(x, y)) in series.points.iter().enumerate() {
            let (x, y) = (at_x(x), at_y(y));
            let _ = write!(line, "{}{x:.1} {y:.1}", if n == 0 { 'M' } else { 'L' });
            let _ = writeln!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\"/>");
        }
        if series.joined {
            let _ =
                writeln!(out, "<path d=\"{line}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\"/>");
        }
        // The key stands below the axes, two a row.
        let (x, y) = (left + 214.0 * (i % 2) as f64, bottom + 56.0 + 18.0 * (i / 2) as f64);
        let _ = writeln!(
            out,
            "<circle cx=\"{x}\" cy=\"{}\" r=\"4\" fill=\"{colour}\"/><text x=\"{}\" y=\"{y}\">{}</text>",
            y - 4.0,
            x + 9.0,
            series.name
        );
    }
}

/// A power of ten as a label: plain where that is short.
fn power(e: i32) -> String {
    match e {
        -3..=4 => format!("{}", libm::pow(10.0, f64::from(e))),
        _ => format!("1e{e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_is_inside_the_axes_and_every_series_in_the_key() {
        let series = |name: &str, points| Series { name: name.into(), points, joined: true };
        let panel = Panel {
            title: "time",
            x: "agents",
            y: "seconds",
            series: vec![
                series("one", vec![(1e6, 0.02), (1.3e9, 25.0)]),
                series("two", vec![(1e6, 0.01), (1e7, 0.1)]),
            ],
        };
        let out = svg(&[panel]);
        let of = |tag: &str, key: &str| -> Vec<f64> {
            let lines = out.split('<').filter(|part| part.starts_with(tag));
            lines
                .filter_map(|part| part.split(&format!("{key}=\"")).nth(1)?.split('"').next()?.parse().ok())
                .collect()
        };
        let (x, y) = (of("circle", "cx"), of("circle", "cy"));
        let within = |v: f64, low: usize, high: usize| v >= FRAME[low] && v <= FRAME[high];
        let inside = x.iter().zip(&y).filter(|(x, y)| within(**x, 0, 2) && within(**y, 1, 3));
        assert_eq!(inside.count(), 4);
        assert!(out.contains(">one</text>") && out.contains(">two</text>") && out.contains(">1e6</text>"));
    }

    #[test]
    fn nothing_measured_is_drawn_as_empty_axes() {
        let panel = Panel { title: "t", x: "x", y: "y", series: vec![] };
        assert!(svg(&[panel]).ends_with("</svg>\n"));
    }
}
