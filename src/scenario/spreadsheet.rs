//! Workbooks (xlsx, xlsb, xls, ods) as the text of a table: a row of the sheet is a line, so that a line in a message is
//! the row that a spreadsheet shows.

/// Whether bytes are a workbook: a zip archive (xlsx, xlsb, ods) or a compound file (xls).
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// Why a workbook could not be read.
#[derive(Debug)]
pub(super) enum Unread {
    /// It has no sheet of that name; the names that it has.
    NoSheet(Vec<String>),
    /// It is damaged, or no workbook.
    Damaged(String),
    /// The program was built without the reader of workbooks.
    #[cfg_attr(feature = "cli", allow(dead_code))]
    NotBuilt,
}

/// The first sheet, or the one with a name, as CSV.
#[cfg(feature = "cli")]
pub(super) fn text(bytes: &[u8], sheet: Option<&str>) -> Result<String, Unread> {
    use calamine::{Reader as _, open_workbook_auto_from_rs};
    let damaged = |e: calamine::Error| Unread::Damaged(e.to_string());
    let mut book = open_workbook_auto_from_rs(std::io::Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    let name = match sheet {
        Some(name) if names.iter().any(|n| n == name) => name.to_owned(),
        Some(_) => return Err(Unread::NoSheet(names)),
        None => names.first().cloned().ok_or_else(|| Unread::NoSheet(Vec::new()))?,
    };
    let range = book.worksheet_range(&name).map_err(damaged)?;
    let mut text = String::new();
    let Some((first, left)) = range.start() else { return Ok(text) };
    // Rows and columns before the first cell that is filled.
    text.push_str(&"\n".repeat(first as usize));
    for row in range.rows() {
        let filled = row.iter().any(|cell| !matches!(cell, calamine::Data::Empty));
        let cells: Vec<String> = match filled {
            true => (0..left).map(|_| String::new()).chain(row.iter().map(cell)).collect(),
            false => Vec::new(),
        };
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    Ok(text)
}

/// The first sheet, or the one with a name, as CSV.
#[cfg(not(feature = "cli"))]
pub(super) fn text(_: &[u8], _: Option<&str>) -> Result<String, Unread> {
    Err(Unread::NotBuilt)
}

/// A cell as a field: whole numbers without a point, dates as years where they are one.
#[cfg(feature = "cli")]
fn cell(cell: &calamine::Data) -> String {
    use calamine::Data;
    let text = match cell {
        Data::Empty => String::new(),
        Data::Float(x) if x.fract() == 0.0 && x.abs() < 1e15 => format!("{x:.0}"),
        Data::Error(_) => String::new(),
        other => other.to_string(),
    };
    let text = text.replace(['\n', '\r'], " ");
    if text.contains([',', '"', '#']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
