//! The bytes of a file as text.

use std::io::Read as _;
use std::path::Path;

use super::problem::{Problem, Problems};
use super::source::{Place, Source};
use crate::message::Message;
use crate::messages;
use crate::nearest::nearest;

/// The text of the bytes of a file; a byte order mark is left out.
///
/// Bytes that are not UTF-8 are reported and replaced, so that the rest is still checked; a file in
/// another encoding altogether is given up.
pub(crate) fn decode(name: &str, bytes: &[u8], problems: &mut Problems) -> Option<String> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        problems
            .push(Problem::new(Place::file(name), messages::file_in_utf16()).help(messages::save_as_utf8()));
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
            let title = messages::line_not_utf8(line, byte, format_args!("{:02X}", bytes[at]));
            problems.push(
                Problem::new(Place::new(&source, at..at + 1), title)
                    .label(messages::not_utf8_from_here())
                    .help(messages::often_gbk()),
            );
            Some(text)
        }
    }
}

/// The text of a table that somebody else wrote: UTF-8, UTF-16 with its mark, or GB 18030 (GBK) if every byte of it is.
pub(crate) fn decode_foreign(name: &str, bytes: &[u8], problems: &mut Problems) -> Option<String> {
    #[cfg(feature = "cli")]
    {
        use encoding_rs::{Encoding, GB18030};
        let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
        let encoding = match marked {
            Some(encoding) => Some(encoding),
            None if std::str::from_utf8(bytes).is_ok() => None,
            None => Some(GB18030),
        };
        if let Some(encoding) = encoding {
            let (text, _, wrong) = encoding.decode(bytes);
            if !wrong {
                return Some(text.into_owned());
            }
        }
    }
    decode(name, bytes, problems)
}

/// The bytes of a file, unless it holds more than so many: a device or a wrong file is not read without end. `advice` is
/// for a path that leads nowhere.
pub(crate) fn read_bytes(path: &Path, most: u64, advice: fn() -> Message) -> Result<Vec<u8>, Box<Problem>> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
    match read {
        Err(error) => Err(Box::new(unreadable(path, &error, advice))),
        Ok(_) if bytes.len() as u64 > most => {
            let name = path.display().to_string();
            let title = messages::holds_more_than(&name, most >> 20);
            let problem = Problem::new(Place::file(name), title);
            Err(Box::new(problem.help(messages::name_another_file())))
        }
        Ok(_) => Ok(bytes),
    }
}

/// The message for a file that the operating system refuses.
fn unreadable(path: &Path, error: &std::io::Error, advice: fn() -> Message) -> Problem {
    let name = path.display().to_string();
    let problem = Problem::new(
        Place::file(name.as_str()),
        messages::file_could_not_be_read(&name, messages::system(error)),
    );
    if error.kind() != std::io::ErrorKind::NotFound {
        return problem;
    }
    problem.help(match neighbour(path) {
        Some(near) => messages::near_file_in_folder(near),
        None => advice(),
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
