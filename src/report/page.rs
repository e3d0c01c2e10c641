//! The page: a template with our styles, our script, the chart library and the data.
//!
//! Data are JSON in a `<script type="application/json">`. A browser ends such an element at `</script`,
//! whatever the JSON means by it, and treats `<!--` in a way of its own; so `<`, `>` and `&` are written as
//! `\u003c` and the like, which JSON reads back as the same text. U+2028 and U+2029 end a line in old
//! JavaScript and are written so too. The page forbids every request by its content policy.

use super::data::Report;
use super::script::script;
use crate::error::{Error, Result};
use crate::messages;
use crate::output::checksum::sha256;

const TEMPLATE: &str = include_str!("../../assets/report/template.html");
const STYLE: &str = include_str!("../../assets/report/report.css");
const CHARTS: &str = include_str!("../../assets/report/vendor/echarts.min.js");
const LICENCES: [&str; 5] = [
    include_str!("../../assets/report/vendor/NOTICE"),
    include_str!("../../assets/report/vendor/LICENSE"),
    include_str!("../../assets/report/vendor/LICENSE-d3"),
    include_str!("../../assets/report/vendor/LICENSE-zrender"),
    include_str!("../../assets/report/vendor/LICENSE-tslib"),
];

/// JSON that can stand inside a `<script>` element.
///
/// # Errors
/// If a value cannot be JSON.
pub(crate) fn json_for_html(value: &impl serde::Serialize) -> Result<String> {
    let text = serde_json::to_string(value).map_err(|e| Error::Data {
        what: messages::data_of_report(),
        found: messages::as_is(e),
        expected: messages::values_json_holds(),
    })?;
    let mut safe = String::with_capacity(text.len() + text.len() / 64);
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", c as u32));
            }
            _ => safe.push(c),
        }
    }
    Ok(safe)
}

/// Text that can stand between tags or in a quoted attribute.
pub(crate) fn text_for_html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// The whole page.
///
/// # Errors
/// If the data cannot be JSON.
pub fn page(report: &Report) -> Result<String> {
    page_with(report, &[])
}

/// The whole page with pictures below its sections: names and SVG texts of our own making.
///
/// # Errors
/// If the data cannot be JSON.
pub(crate) fn page_with(report: &Report, pictures: &[(String, String)]) -> Result<String> {
    let title = report.results.first().map_or("shanhai", |r| r.title.as_str());
    let script = script();
    // Only scripts of ours run, by their checksums; nothing a name could smuggle in.
    let policy = format!(
        "default-src 'none'; script-src '{}' '{}'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; \
         form-action 'none'",
        source_hash(CHARTS),
        source_hash(&script)
    );
    let parts = [
        ("{{policy}}", policy),
        ("{{title}}", text_for_html(title)),
        ("{{style}}", STYLE.to_owned()),
        ("{{licences}}", text_for_html(&LICENCES.join("\n\n"))),
        ("{{pictures}}", pictures.iter().map(|(_, svg)| format!("<figure>{svg}</figure>")).collect()),
        ("{{data}}", json_for_html(report)?),
        ("{{charts}}", CHARTS.to_owned()),
        ("{{script}}", script),
    ];
    // One pass over the template: what was filled in is never looked at again.
    let mut out = String::new();
    let mut rest = TEMPLATE;
    while let Some((at, (mark, text))) =
        parts.iter().filter_map(|part| Some((rest.find(part.0)?, part))).min_by_key(|(at, _)| *at)
    {
        out.push_str(&rest[..at]);
        out.push_str(text);
        rest = &rest[at + mark.len()..];
    }
    out.push_str(rest);
    Ok(out)
}

/// `sha256-…` of a script, as a content policy names it.
fn source_hash(script: &str) -> String {
    let hex = sha256(script.as_bytes());
    let nibble = |c: u8| (c as char).to_digit(16).unwrap_or(0);
    let bytes: Vec<u32> = hex.as_bytes().chunks(2).map(|c| 16 * nibble(c[0]) + nibble(c[1])).collect();
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::from("sha256-");
    for three in bytes.chunks(3) {
        let n = three.iter().enumerate().fold(0, |n, (i, byte)| n | (byte << (16 - 8 * i)));
        for i in 0..4 {
            let digit = DIGITS[(n >> (18 - 6 * i)) as usize & 63] as char;
            text.push(if i <= three.len() { digit } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_written_as_a_content_policy_wants_it() {
        // echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert_eq!(source_hash("alert(1)"), "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=");
    }

    #[test]
    fn no_text_ends_the_element_and_json_reads_it_back() {
        let hostile = "</script><script>alert(1)</script><!-- & \u{2028} \" '";
        let safe = json_for_html(&hostile).unwrap();
        assert!(!safe.contains(['<', '>', '&', '\u{2028}']), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), hostile);
        let report = Report {
            results: Vec::new(),
            notes: vec![serde_json::json!(hostile), serde_json::json!("{{script}}{{data}}")],
            ..Report::default()
        };
        let page = page(&report).unwrap();
        assert!(!page.contains("<script>alert(1)"));
        assert_eq!(page.matches("{{script}}{{data}}").count(), 1, "what was filled in is left alone");
        assert_eq!(page.matches("</script>").count(), 3);
    }
}
