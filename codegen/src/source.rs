//! The text of the specification before it is read as YAML: invisible and misplaced characters.

use super::diagnostic::Diagnostic;

/// Decodes the bytes of the file.
pub fn decode(bytes: Vec<u8>) -> Result<String, Diagnostic> {
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Diagnostic::new(
            line,
            "this is not UTF-8",
            "save the file as UTF-8, or restore it from the repository",
        )
    })
}

/// Returns the 64-bit [FNV-1a](https://www.rfc-editor.org/rfc/rfc9923) hash of the text without carriage returns, which a checkout may add.
/// The client's build script computes the same hash without this crate.
pub(crate) fn content_hash(text: &[u8]) -> u64 {
    let bytes = text.iter().filter(|byte| **byte != b'\r');
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Refuses text that a reader sees otherwise than a parser does.
pub(crate) fn check(text: &str) -> Result<(), Diagnostic> {
    for (text, line) in text.split('\n').zip(1..) {
        if CONFLICT.iter().any(|mark| text.starts_with(mark)) {
            return Err(Diagnostic::new(
                line,
                "an unresolved merge conflict",
                "settle it, and remove its marks",
            ));
        }
        if text.starts_with('%') {
            return Err(Diagnostic::new(
                line,
                "a YAML directive",
                "remove it: the file is read as YAML 1.2",
            ));
        }
        if let Some(error) = invisible(text, line) {
            return Err(error);
        }
    }
    Ok(())
}

/// Returns an error for a character that does not show in a diff, or shows as another or elsewhere: control characters, characters without width, marks of the
/// writing direction, unusual spaces, and remains of broken text.
pub(crate) fn invisible(text: &str, line: usize) -> Option<Diagnostic> {
    let is_invisible = |c: char| match c {
        '\n' | '\r' | '\t' | ' '..='~' => false,
        _ if c.is_control() || c.is_whitespace() => true,
        // The last two of each plane are not characters.
        _ if u32::from(c) & 0xfffe == 0xfffe => true,
        _ => INVISIBLE.iter().any(|range| range.contains(&u32::from(c))),
    };
    let found = text.chars().find(|c| is_invisible(*c))?;
    Some(Diagnostic::new(
        line,
        format!("character U+{:04X} does not show", u32::from(found)),
        "remove it",
    ))
}

/// The lines that git writes around the two sides of a conflict.
const CONFLICT: [&str; 4] = ["<<<<<<< ", "||||||| ", "=======", ">>>>>>> "];

/// Unicode's default-ignorable code points, its format controls, spaces that are not white space, private use and noncharacters within a
/// plane (Unicode 16, DerivedCoreProperties.txt and UnicodeData.txt).
const INVISIBLE: [std::ops::RangeInclusive<u32>; 31] = [
    0xad..=0xad,
    0x34f..=0x34f,
    0x600..=0x605,
    0x61c..=0x61c,
    0x6dd..=0x6dd,
    0x70f..=0x70f,
    0x890..=0x891,
    0x8e2..=0x8e2,
    0x115f..=0x1160,
    0x17b4..=0x17b5,
    0x180b..=0x180f,
    0x200b..=0x200f,
    0x202a..=0x202e,
    0x2060..=0x206f,
    0x2800..=0x2800,
    0x3164..=0x3164,
    0xe000..=0xf8ff,
    0xfdd0..=0xfdef,
    0xfe00..=0xfe0f,
    0xfeff..=0xfeff,
    0xffa0..=0xffa0,
    0xfff0..=0xffff,
    0x110bd..=0x110bd,
    0x110cd..=0x110cd,
    0x13430..=0x1345f,
    0x16fe4..=0x16fe4,
    0x1bca0..=0x1bca3,
    0x1d159..=0x1d159,
    0x1d173..=0x1d17a,
    0xe0000..=0xe0fff,
    0xf0000..=0x10ffff,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        // The first and the last are test vectors of RFC 9923.
        assert_eq!(content_hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(content_hash(b"a\r\n"), content_hash(b"a\n"));
        assert_eq!(content_hash(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn bytes_that_are_not_text_are_found_by_line() {
        assert_eq!(decode(b"a: 1\n".to_vec()), Ok("a: 1\n".to_owned()));
        let line = |bytes: &[u8]| decode(bytes.to_vec()).map_err(|error| error.line);
        assert_eq!(line(b"a: 1\nb: caf\xe9\n"), Err(2));
        assert_eq!(line(b"\xff\xfea\0"), Err(1));
    }

    #[test]
    fn nothing_hides_in_the_text() {
        for hidden in [
            '\0',
            '\u{7f}',
            '\u{85}',
            '\u{a0}',
            '\u{ad}',
            '\u{200b}',
            '\u{202e}',
            '\u{2028}',
            '\u{2066}',
            '\u{feff}',
            '\u{fffd}',
            '\u{61c}',
            '\u{115f}',
            '\u{1160}',
            '\u{3164}',
            '\u{2800}',
            '\u{e0041}',
            '\u{e0100}',
            '\u{1bca0}',
            '\u{e000}',
            '\u{10fffd}',
            '\u{3fffe}',
            '\u{180e}',
            '\u{ffa0}',
        ] {
            let error = check(&format!("a: 1\nb: x{hidden}y\n")).unwrap_err();
            assert_eq!(
                (error.line, error.what),
                (
                    2,
                    format!("character U+{:04X} does not show", u32::from(hidden))
                )
            );
        }
        assert_eq!(check("a: größe → “x” …\n\tb\r\n"), Ok(()));
    }
}
