//! Keeps secrets out of errors, `Debug` output and logs.
//!
//! It works in two ways. The secrets of a call are known, and are masked in every text that the server sent, in each form in which a server
//! may echo them. And everything that looks like a GitHub token is masked in every `Debug` output.

use crate::secret::disguise::{Letters, base64_parts};
use crate::secret::escapes::{is_of_escapes, plain};
use std::fmt::{self, Debug, Write as _};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The prefixes of all tokens other than 40 hexadecimal digits.
pub(crate) const PREFIXES: [&str; 6] = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"];

/// Replaces a secret in everything that a person or a log can see.
pub(crate) const MARKER: &str = "[REDACTED]";

/// Prints a struct with [`Masked`] fields; `Debug` of every generated type calls it.
pub(crate) fn fields(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    fields: &[(&str, &dyn Debug)],
) -> fmt::Result {
    let mut printer = f.debug_struct(name);
    for (name, value) in fields {
        printer.field(name, &Masked(*value));
    }
    printer.finish()
}

/// Prints the wrapped value without anything that looks like a token.
pub(crate) struct Masked<'a>(pub(crate) &'a dyn Debug);

impl Debug for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Zeroizing::new(String::new());
        if f.alternate() {
            write!(text, "{:#?}", self.0)?
        } else {
            write!(text, "{:?}", self.0)?
        }
        f.write_str(&mask(&text))
    }
}

/// Returns `text` without anything that looks like a token: a known prefix, 40 or more hexadecimal digits, or more than 32 letters and
/// digits in a row.
///
/// If a token appears only once escapes are undone, the whole text is replaced.
pub(crate) fn mask(text: &str) -> String {
    let masked = mask_plain(text);
    let has_escapes = masked.len() >= SHORTEST && masked.contains(is_of_escapes);
    if has_escapes && {
        let plain = plain(&masked);
        mask_plain(&plain) != *plain
    } {
        return MARKER.to_owned();
    }
    masked
}

fn mask_plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_token_character) {
        let (before, word) = rest.split_at(start);
        let end = word.find(|c| !is_token_character(c)).unwrap_or(word.len());
        let (word, mut after) = word.split_at(end);
        out.push_str(before);
        if is_token_shaped(word) || is_old_refresh_token(word, after) {
            out.push_str(MARKER);
            // The newer formats end in a JSON Web Token, whose parts are separated by dots and contain hyphens.
            let is_part = |c: char| is_token_character(c) || c == '-' || c == '.';
            let parts = &after[..after.find(|c| !is_part(c)).unwrap_or(after.len())];
            after = &after[parts.trim_end_matches(['-', '.']).len()..];
        } else {
            out.push_str(word);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Nearly every word is shorter than any token, and is not searched.
const SHORTEST: usize = 12;

fn is_token_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn is_token_shaped(word: &str) -> bool {
    if word.len() <= SHORTEST {
        return false;
    }
    // Searched for within the word: in escaped text the digits of a `%3D` or a `\u00e9` may directly precede 40 others. Sixty-four digits
    // are a SHA-256, by which GitHub names a token without showing it.
    let mut runs = word.split(|c: char| !c.is_ascii_hexdigit());
    PREFIXES.iter().any(|prefix| {
        word.find(prefix)
            .is_some_and(|at| word.len() > at + prefix.len() + 8)
    }) || runs.any(|digits| digits.len() >= 40 && digits.len() != 64)
        || word.split('_').any(is_opaque)
}

/// Whether it is longer than a word, a UUID or an MD5, and has letters and digits, as a token in some encoding has. A SHA-256 is none.
fn is_opaque(run: &str) -> bool {
    let is_hash = run.len() == 64 && run.bytes().all(|byte| byte.is_ascii_hexdigit());
    run.len() > 32
        && !is_hash
        && run.bytes().any(|byte| byte.is_ascii_digit())
        && run.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Whether it is `r1.` and many digits: a refresh token before they had a prefix.
fn is_old_refresh_token(word: &str, after: &str) -> bool {
    let digits = after.strip_prefix('.').unwrap_or_default();
    let end = digits
        .find(|c| !is_token_character(c))
        .unwrap_or(digits.len());
    word.ends_with("r1") && end > SHORTEST
}

/// The secrets of one call.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<Arc<Zeroizing<String>>>);

impl Secrets {
    /// One secret.
    pub(crate) fn of(secret: &str) -> Self {
        let mut secrets = Self::default();
        secrets.add(secret);
        secrets
    }

    /// Adds a secret.
    ///
    /// A secret of fewer than three characters is left out: masking every `a` would only make the message unreadable.
    pub(crate) fn add(&mut self, secret: &str) {
        if secret.chars().nth(2).is_some() {
            self.0.push(Arc::new(Zeroizing::new(secret.to_owned())));
        }
    }

    /// Adds all of `others`.
    pub(crate) fn add_all(&mut self, others: &Secrets) {
        self.0.extend(others.0.iter().cloned());
    }

    /// Whether `text` contains one of these secrets as it is.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.0.iter().any(|secret| text.contains(secret.as_str()))
    }

    /// Returns `text` without these secrets, in any form in which a server may echo them, and without anything that looks like a token.
    pub(crate) fn redact(&self, text: &str) -> String {
        // Most texts are short words, too short for a secret in any form, and are not searched.
        let held: Vec<&str> = self
            .0
            .iter()
            .map(|secret| secret.as_str())
            .filter(|secret| may_hold(text, secret))
            .collect();
        if held.is_empty() {
            return mask(text);
        }
        let mut forms: Vec<Zeroizing<String>> =
            held.iter().flat_map(|secret| forms(secret)).collect();
        // Longest first: otherwise a short secret inside a longer one would leave the rest of the longer one in the text.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        let mut text = text.to_owned();
        for form in &forms {
            if text.contains(form.as_str()) {
                text = text.replace(form.as_str(), MARKER);
            }
        }
        // A secret in a combination of encodings cannot be masked, but it can be detected.
        let plain_text = plain(&text);
        if forms
            .iter()
            .map(|form| plain(form))
            .any(|form| !form.is_empty() && plain_text.contains(form.as_str()))
        {
            return MARKER.to_owned();
        }
        let letters = Letters::of(&plain_text);
        if held.iter().any(|secret| letters.hold(&plain(secret))) {
            return MARKER.to_owned();
        }
        mask(&text)
    }
}

/// Whether a text is long enough for half of a secret: only undoing escapes can make a secret's form shorter than the secret.
fn may_hold(text: &str, secret: &str) -> bool {
    secret.len() / 2 <= text.len() || secret.bytes().any(|byte| byte == b'%' || byte == b'\\')
}

/// Returns a secret as it is, percent-encoded, JSON-escaped, in hexadecimal, and the part of its Base64 that does not depend on the text
/// around it.
fn forms(secret: &str) -> Vec<Zeroizing<String>> {
    let percent = percent_encoding::utf8_percent_encode(secret, percent_encoding::NON_ALPHANUMERIC)
        .to_string();
    let json =
        Zeroizing::new(serde_json::to_string(secret).expect("every text can be written as JSON"));
    let mut forms = vec![
        secret.to_owned(),
        percent,
        json[1..json.len() - 1].to_owned(),
    ];
    for certain in base64_parts(secret) {
        forms.extend([
            certain.to_string(),
            certain.replace('+', "-").replace('/', "_"),
        ]);
    }
    let hexadecimal: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    forms.extend([hexadecimal.to_ascii_uppercase(), hexadecimal]);
    forms.into_iter().map(Zeroizing::new).collect()
}

impl Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({MARKER})")
    }
}

#[cfg(test)]
mod tests;
