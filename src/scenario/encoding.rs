//! The bytes of a file as text.

use std::path::Path;

use super::problem::{Problem, Problems, nearest};
use super::source::{Place, Source};

/// The text of the bytes of a file; a byte order mark is left out.
///
/// Bytes that are not UTF-8 are reported and replaced, so that the rest is still checked; a file in
/// another encoding altogether is given up.
pub(crate) fn decode(name: &str, bytes: &[u8], problems: &mut Problems) -> Option<String> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        problems.push(Problem::new(Place::file(name), "the file is in UTF-16, not in UTF-8").help(
            "save it as UTF-8; a spreadsheet calls UTF-16 \"Unicode text\" and the right one \"CSV UTF-8\"",
        ));
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(error) => {
            let at = error.valid_up_to();
            let text = String::from_utf8_lossy(bytes).into_owned();
            // Up to the first wrong byte the two texts are the same, so its place is too.
            let source = Source::new(name, text.as_str());
            let line_start = bytes[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
            let (line, byte) = (source.line_at(at) + 1, at - line_start + 1);
            let title = format!("line {line} is not UTF-8: its byte {byte} is 0x{:02X}", bytes[at]);
            problems.push(
                Problem::new(Place::new(&source, at..at + 1), title)
                    .label("not UTF-8 from here on")
                    .help("save the file as UTF-8; Chinese files are often saved as GBK or GB 18030"),
            );
            Some(text)
        }
    }
}

/// The message for a file that the operating system refuses.
pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    let name = path.display().to_string();
    let problem = Problem::new(Place::file(name.as_str()), format!("{name} could not be read: {error}"));
    if error.kind() != std::io::ErrorKind::NotFound {
        return problem;
    }
    problem.help(match neighbour(path) {
        Some(near) => format!("there is a file `{near}` in the same folder"),
        None => "a path is read from the folder of the file that names it".to_owned(),
    })
}

/// A file with a similar name in the same folder.
fn neighbour(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = std::fs::read_dir(folder).ok()?;
    let mut files: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    files.sort();
    nearest(name, files.iter().map(String::as_str)).map(str::to_owned)
}
