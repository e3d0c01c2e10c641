//! Pictures of event studies: the effect in every year since the start, on the world with the policy and on the placebo world.

use std::fmt::Write as _;

use super::laboratory::Replayed;
use crate::Result;
use crate::estimate::resample::Interval;
use crate::output::atomic_file;
use crate::output::folder::ResultFolder;

const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 340.0;
/// Left, top, right and bottom of the axes.
const FRAME: [f64; 4] = [64.0, 48.0, 540.0, 270.0];
/// World with the policy and placebo: colours that the colour-blind tell apart (Okabe and Ito 2008), and how far the points of
/// a year stand beside each other.
const WORLDS: [(&str, &str, f64); 2] = [("with the policy", "#0072b2", -3.0), ("placebo", "#d55e00", 3.0)];

/// Writes `event_STUDY_CLAIM.svg` for every claim that has a path.
///
/// # Errors
/// What the folder reports.
pub(crate) fn write(replays: &[Replayed], folder: &mut ResultFolder) -> Result<()> {
    for replay in replays {
        let claims = replay.prepared.study.claim.iter().zip(&replay.claims);
        for (i, (said, found)) in claims.enumerate().filter(|(_, (_, found))| !found.replayed.path.is_empty())
        {
            let path = folder.file(&format!("event_{}_{}.svg", replay.prepared.name(), i + 1))?;
            let placebo = found.placebo.as_ref().map_or(&[][..], |p| &p.path);
            let title = format!("{}: {}", replay.prepared.study.title, said.about);
            atomic_file::write(&path, svg(&title, [&found.replayed.path, placebo]).as_bytes())?;
        }
    }
    Ok(())
}

/// The picture of two paths: points with their intervals of 95 %, the year before the start at 0.
pub(crate) fn svg(title: &str, paths: [&[(i32, Interval)]; 2]) -> String {
    let [left, top, right, bottom] = FRAME;
    let all = || paths.iter().flat_map(|path| path.iter());
    let (first, last) = all().fold((-1, 0), |(a, b), (k, _)| (a.min(*k), b.max(*k)));
    let fold =
        |(low, high): (f64, f64), v: f64| if v.is_finite() { (low.min(v), high.max(v)) } else { (low, high) };
    let ends = all().flat_map(|(_, i)| [i.low, i.high, i.estimate]);
    let (low, high) = ends.fold((0.0, 0.0), fold);
    let high = if high > low { high } else { low + 1.0 };
    let x = |k: i32| left + (f64::from(k - first) + 0.5) / f64::from(last - first + 1) * (right - left);
    let y = |v: f64| bottom - (v - low) / (high - low) * (bottom - top);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n\
         <text x=\"{left}\" y=\"24\" font-size=\"14\" font-weight=\"bold\">{}</text>\n",
        escaped(title)
    );
    for value in [low, 0.0, high] {
        let at = y(value);
        let _ = writeln!(
            out,
            "<path d=\"M{left} {at:.1}H{right}\" stroke=\"{}\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value:+.3}</text>",
            if value == 0.0 { "#555" } else { "#ddd" },
            left - 6.0,
            at + 4.0
        );
    }
    // The start lies between the year before it and the first treated one.
    let start = (x(-1) + x(0)) / 2.0;
    let _ =
        writeln!(out, "<path d=\"M{start:.1} {top}V{bottom}\" stroke=\"#555\" stroke-dasharray=\"4 3\"/>");
    for k in first..=last {
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{k}</text>",
            x(k),
            bottom + 18.0
        );
    }
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">years since the start</text>",
        (left + right) / 2.0,
        bottom + 36.0
    );
    for (n, (path, (world, colour, beside))) in paths.iter().zip(WORLDS).enumerate() {
        for (k, i) in path.iter() {
            let at = x(*k) + beside;
            let _ = writeln!(
                out,
                "<path d=\"M{at:.1} {:.1}V{:.1}\" stroke=\"{colour}\"/><circle cx=\"{at:.1}\" cy=\"{:.1}\" r=\"3.5\" fill=\"{colour}\"/>",
                y(i.low),
                y(i.high),
                y(i.estimate)
            );
        }
        let at = left + 180.0 * n as f64;
        let _ = writeln!(
            out,
            "<circle cx=\"{at}\" cy=\"{}\" r=\"3.5\" fill=\"{colour}\"/><text x=\"{}\" y=\"{}\">{world}</text>",
            HEIGHT - 14.0,
            at + 8.0,
            HEIGHT - 10.0
        );
    }
    out + "</svg>\n"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_effect_stands_higher_and_every_year_has_its_point() {
        let at = |estimate: f64| Interval { estimate, low: estimate - 0.1, high: estimate + 0.1 };
        let treated = [(-2, at(0.0)), (0, at(0.2)), (1, at(0.4))];
        let picture = svg("a < b", [&treated, &treated[..1]]);
        assert!(picture.contains("a &lt; b"), "titles are text");
        let heights: Vec<f64> = picture
            .lines()
            .filter(|line| line.contains("V") && line.contains("circle"))
            .filter_map(|line| line.split("cy=\"").nth(1)?.split('"').next()?.parse().ok())
            .collect();
        assert_eq!(heights.len(), 4, "three points and one of the placebo");
        assert!(heights[0] > heights[1] && heights[1] > heights[2], "{heights:?}");
        assert_eq!(heights[3], heights[0]);
    }
}
