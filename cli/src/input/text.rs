//! Text in the encodings in which files of tokens arrive.

use std::io::{self, Read};

/// Returns the text as UTF-8: a byte-order mark is dropped, UTF-16 is decoded, which Windows PowerShell's `>` writes.
pub(super) fn utf8<'a>(mut reader: Box<dyn Read + 'a>) -> io::Result<Box<dyn Read + 'a>> {
    let mut start = [0; 3];
    let mut length = 0;
    while length < start.len() {
        match reader.read(&mut start[length..])? {
            0 => break,
            read => length += read,
        }
    }
    let start = &start[..length];
    let from_unit = match start {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        // ASCII without a byte-order mark.
        [1..=0x7f, 0, 1..=0x7f] => return Ok(utf16(start, reader, u16::from_le_bytes)),
        [0, 1..=0x7f, 0] => return Ok(utf16(start, reader, u16::from_be_bytes)),
        [0xef, 0xbb, 0xbf] => return Ok(reader),
        _ => return Ok(Box::new(io::Cursor::new(start.to_vec()).chain(reader))),
    };
    Ok(utf16(&start[2..], reader, from_unit))
}

fn utf16<'a>(
    start: &[u8],
    rest: Box<dyn Read + 'a>,
    from_unit: fn([u8; 2]) -> u16,
) -> Box<dyn Read + 'a> {
    Box::new(Utf16 {
        reader: Box::new(io::Cursor::new(start.to_vec()).chain(rest)),
        from_unit,
    })
}

/// Decodes UTF-16. Tokens are ASCII, so any other character becomes `?`.
struct Utf16<'a> {
    reader: Box<dyn Read + 'a>,
    from_unit: fn([u8; 2]) -> u16,
}

impl Read for Utf16<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut units = vec![0; 2 * out.len().min(4096)];
        let mut length = 0;
        while length < units.len() {
            match self.reader.read(&mut units[length..])? {
                0 => break,
                read => length += read,
            }
        }
        let decoded = units[..length].chunks_exact(2).map(|unit| {
            let unit = (self.from_unit)([unit[0], unit[1]]);
            u8::try_from(unit).ok().filter(u8::is_ascii).unwrap_or(b'?')
        });
        Ok(out
            .iter_mut()
            .zip(decoded)
            .map(|(out, byte)| *out = byte)
            .count())
    }
}
