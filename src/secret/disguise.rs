//! Recognizes a secret whose letters were separated, reversed, encoded or changed in case.

use base64::Engine as _;
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// How many letters and digits a secret must have to be searched for without everything else: shorter ones are in ordinary words.
const SHORTEST: usize = 8;
/// How many it must have, a digit among them, for half of it to be searched for.
const SHORTEST_RANDOM: usize = 20;

/// The letters and digits of a text from which escapes are removed.
pub(super) struct Letters(Zeroizing<String>);

impl Letters {
    pub(super) fn of(plain: &str) -> Self {
        Self(letters(plain))
    }

    /// Returns whether a secret is among them. Of a long random one, half is enough.
    pub(super) fn hold(&self, secret: &str) -> bool {
        let own = letters(secret);
        if own.len() < SHORTEST {
            return false;
        }
        let is_random =
            own.len() >= SHORTEST_RANDOM && own.bytes().any(|byte| byte.is_ascii_digit());
        let part = if is_random { own.len() / 2 } else { own.len() };
        let reversed = Zeroizing::new(own.chars().rev().collect::<String>());
        (0..=own.len() - part).any(|start| self.0.contains(&own[start..start + part]))
            || self.0.contains(&*reversed)
            || numbers(secret).iter().any(|form| self.0.contains(&**form))
            || base64(secret).iter().any(|form| self.0.contains(&**form))
    }
}

/// The letters and digits in lower case, those of full width in their usual form, without the `0x` of numbers.
fn letters(text: &str) -> Zeroizing<String> {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    let mut letters = Zeroizing::new(String::with_capacity(text.len()));
    let kept = text.chars().map(narrow).filter(char::is_ascii_alphanumeric);
    letters.extend(kept.map(|c| c.to_ascii_lowercase()));
    Zeroizing::new(letters.replace("0x", ""))
}

/// The bytes as hexadecimal and decimal numbers, one after the other.
fn numbers(secret: &str) -> [Zeroizing<String>; 2] {
    let mut numbers = [(); 2].map(|()| Zeroizing::new(String::with_capacity(secret.len() * 3)));
    for byte in secret.bytes() {
        // Writing to a string cannot fail.
        let _ = write!(numbers[0], "{byte:02x}");
        let _ = write!(numbers[1], "{byte}");
    }
    numbers
}

/// The part of the Base64 that does not depend on the text around the secret, for each position in it.
pub(super) fn base64_parts(secret: &str) -> [Zeroizing<String>; 3] {
    [0, 1, 2].map(|shift| {
        let bytes = Zeroizing::new([&[0; 3][..shift], secret.as_bytes()].concat());
        let text = Zeroizing::new(base64::engine::general_purpose::STANDARD_NO_PAD.encode(&*bytes));
        Zeroizing::new(text[[0, 2, 3][shift]..bytes.len() * 8 / 6].to_owned())
    })
}

fn base64(secret: &str) -> [Zeroizing<String>; 3] {
    base64_parts(secret).map(|part| letters(&part))
}
