//! Recognizes a secret whose letters were separated, reversed, encoded or changed in case.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use zeroize::Zeroizing;

/// How many letters and digits are searched for without everything else: fewer are in ordinary words.
const SHORTEST: usize = 8;
/// How many a secret must have, a digit among them, for half of it to be searched for.
const SHORTEST_RANDOM: usize = 20;

/// The letters and digits of a text in lower case, those of full width in their usual form, without the `0x` of numbers.
pub(super) struct Letters(Zeroizing<String>);

impl Letters {
    pub(super) fn of(text: &str) -> Self {
        let narrow = |c: char| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        };
        let mut letters = Zeroizing::new(String::with_capacity(text.len()));
        let kept = text.chars().map(narrow).filter(char::is_ascii_alphanumeric);
        letters.extend(kept.map(|c| c.to_ascii_lowercase()));
        Self(Zeroizing::new(letters.replace("0x", "")))
    }

    /// Returns whether a secret is among them. Of a long random one, half is enough.
    pub(super) fn hold(&self, secret: &str) -> bool {
        let Self(own) = Self::of(secret);
        let is_random =
            own.len() >= SHORTEST_RANDOM && own.bytes().any(|byte| byte.is_ascii_digit());
        let part = if is_random { own.len() / 2 } else { own.len() };
        let reversed = Zeroizing::new(own.chars().rev().collect::<String>());
        (0..=own.len() - part).any(|start| self.have(&own[start..start + part]))
            || self.have(&reversed)
            || encodings(secret)
                .iter()
                .any(|code| self.have(&Self::of(code).0))
    }

    fn have(&self, letters: &str) -> bool {
        letters.len() >= SHORTEST && self.0.contains(letters)
    }
}

/// Returns a secret in hexadecimal and in decimal numbers, and the part of its Base64 that does not depend on the text around it, for each
/// position in that text.
fn encodings(secret: &str) -> [Zeroizing<String>; 5] {
    let numbers = |write: fn(u8) -> String| Zeroizing::new(secret.bytes().map(write).collect());
    let base64 = |shift: usize, start: usize| {
        let bytes = Zeroizing::new([&[0; 3][..shift], secret.as_bytes()].concat());
        let text = Zeroizing::new(STANDARD_NO_PAD.encode(&*bytes));
        Zeroizing::new(text[start..bytes.len() * 8 / 6].to_owned())
    };
    [
        numbers(|byte| format!("{byte:02x}")),
        numbers(|byte| byte.to_string()),
        base64(0, 0),
        base64(1, 2),
        base64(2, 3),
    ]
}
