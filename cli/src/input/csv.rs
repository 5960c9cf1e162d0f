//! Tables with a column of tokens.

use super::bound::Bounded;
use super::format;
use super::output::{Output, place};
use std::io::BufRead;

/// Reads the column with this name or number, or the first whose name says that it holds secrets.
pub(super) fn read(
    reader: &mut impl BufRead,
    delimiter: u8,
    column: Option<&str>,
    output: &mut Output<'_>,
) -> Result<(), String> {
    let number: Option<usize> = column.and_then(|column| column.parse().ok());
    let (reader, length) = Bounded::new(reader);
    let mut records = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(number.is_none())
        .from_reader(reader);
    let header = if number.is_none() {
        records
            .byte_headers()
            .map_err(|error| error.to_string())?
            .clone()
    } else {
        csv::ByteRecord::new()
    };
    let named =
        |wanted: &dyn Fn(&[u8]) -> bool| header.iter().position(|name| wanted(name.trim_ascii()));
    let column = match (number, column) {
        (Some(0), _) => return Err("columns are counted from 1".to_owned()),
        (Some(number), _) => number - 1,
        (None, Some(name)) => named(&|other| other.eq_ignore_ascii_case(name.as_bytes()))
            .ok_or_else(|| format!("it has no column {name:?}"))?,
        (None, None) => format::secret_column(header.iter())
            .ok_or("no column is named like a secret; choose one by --column")?,
    };
    let file = named(&|name| name.eq_ignore_ascii_case(b"file"));
    let start_line = named(&|name| {
        name.eq_ignore_ascii_case(b"startline") || name.eq_ignore_ascii_case(b"line")
    });
    let mut record = csv::ByteRecord::new();
    while records
        .read_byte_record(&mut record)
        .map_err(|error| error.to_string())?
    {
        length.reset();
        let text = |index: Option<usize>| {
            let text = std::str::from_utf8(record.get(index?)?).ok()?;
            (!text.is_empty()).then_some(text)
        };
        let source = text(file).map(place);
        let line = match text(start_line).and_then(|line| line.parse().ok()) {
            Some(line) => Some(line),
            None => record.position().map(csv::Position::line),
        };
        match record.get(column) {
            Some(value) if !output.text(value, source, line) => return Ok(()),
            Some(value) if !value.trim_ascii().is_empty() => {}
            _ => output.rest.without_token += 1,
        }
    }
    Ok(())
}
