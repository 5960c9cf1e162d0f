//! Keeps secrets out of errors, `Debug` output and logs.
//!
//! It works in two ways. The secrets of a call are known: they are masked in every text that the server sent, and a text that may contain
//! one in another form is withheld as a whole. And everything that looks like a GitHub token is masked in every `Debug` output.

use crate::secret::disguise::Letters;
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

/// Returns `text` without anything that looks like a token: a known prefix and the characters after it, or more than 32 letters and digits.
///
/// Characters of escapes do not end a word, so that a token is masked in whatever way some of its characters are escaped.
pub(crate) fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_token_character) {
        let (before, word) = rest.split_at(start);
        let end = word.find(|c| !is_token_character(c) && !is_of_escapes(c));
        let word = word[..end.unwrap_or(word.len())].trim_end_matches(is_of_escapes);
        let mut after = &rest[start + word.len()..];
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

/// Whether a character is part of an escape in a URL, HTML, JSON or `Debug` output, or is invisible.
fn is_of_escapes(c: char) -> bool {
    matches!(c, '%' | '\\' | '&' | '#' | ';' | '{' | '}') || is_unseen(c)
}

/// Whether a text has an escape of a URL, HTML or JSON, or an invisible character. `100% of this & that` has none.
fn has_escapes(text: &str) -> bool {
    let begins_code = |c: char| c.is_ascii_alphanumeric() || c == '#';
    let mut after = text.split(['%', '&']).skip(1);
    after.any(|after| after.starts_with(begins_code))
        || text.contains(|c| c == '\\' || is_unseen(c))
}

/// Whether a character is not seen in print. UTF-16 decoded as bytes has a NUL beside each letter.
fn is_unseen(c: char) -> bool {
    c == '\0' || is_invisible(c)
}

/// Invisible characters that get into copied text: soft hyphen, joiners, directional marks, byte-order mark, variation selectors.
///
/// They are those with Unicode's property
/// [`Default_Ignorable_Code_Point`](https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point).
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

fn is_token_shaped(word: &str) -> bool {
    if word.len() <= SHORTEST {
        return false;
    }
    if word.contains(is_of_escapes) {
        let bare: String = word.chars().filter(|c| is_token_character(*c)).collect();
        return is_opaque(&bare) || is_token_shaped(&bare);
    }
    let has_prefix = PREFIXES.iter().any(|prefix| {
        word.find(prefix)
            .is_some_and(|at| word.len() > at + prefix.len() + 8)
    });
    has_prefix || word.split('_').any(is_opaque)
}

/// Whether it is longer than a word, a UUID or an MD5, and has letters and digits, as a token in some encoding has. A SHA-256 is not one:
/// GitHub names a token by it without showing the token.
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

/// The secrets of one call: its own, and those of its credentials.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    own: Vec<Zeroizing<String>>,
    of_credentials: Option<Arc<Secrets>>,
}

impl Secrets {
    /// One secret.
    pub(crate) fn of(secret: &str) -> Self {
        Self::taking(Zeroizing::new(secret.to_owned()))
    }

    /// One secret, taken over without a copy.
    pub(crate) fn taking(secret: Zeroizing<String>) -> Self {
        let mut secrets = Self::default();
        secrets.take(secret);
        secrets
    }

    /// Adds a secret.
    ///
    /// A secret of fewer than three characters is left out: masking every `a` would only make the message unreadable.
    pub(crate) fn add(&mut self, secret: &str) {
        self.take(Zeroizing::new(secret.to_owned()));
    }

    fn take(&mut self, secret: Zeroizing<String>) {
        if secret.chars().nth(2).is_some() {
            self.own.push(secret);
        }
    }

    /// Adds those of the credentials, which all their calls share.
    pub(crate) fn and_those_of(mut self, credentials: &Arc<Secrets>) -> Self {
        self.of_credentials = Some(credentials.clone());
        self
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        let of_credentials = self.of_credentials.iter().flat_map(|others| &others.own);
        self.own
            .iter()
            .chain(of_credentials)
            .map(|secret| secret.as_str())
    }

    /// Whether `text` contains one of these secrets as it is.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.all().any(|secret| text.contains(secret))
    }

    /// Returns `text` without these secrets and without anything that looks like a token.
    ///
    /// Only a secret that is written as it is can be masked. A text that may have one in another form is withheld: one with escapes, which
    /// GitHub's messages do not have, and one whose letters and digits show it.
    pub(crate) fn redact(&self, text: &str) -> String {
        // Most texts are short words, too short for half of a secret, and are not searched.
        let mut held: Vec<&str> = self.all().collect();
        held.retain(|secret| secret.len() / 2 <= text.len());
        if held.is_empty() {
            return mask(text);
        }
        // Longest first: otherwise a short secret inside a longer one would leave the rest of the longer one in the text.
        held.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        let text = held
            .iter()
            .fold(text.to_owned(), |text, secret| text.replace(secret, MARKER));
        // In the form of a query, a plus is a space.
        let is_of_query = |secret: &&str| text.contains(&secret.replace(' ', "+"));
        let letters = Letters::of(&text);
        if has_escapes(&text)
            || held.iter().any(is_of_query)
            || held.iter().any(|secret| letters.hold(secret))
        {
            return MARKER.to_owned();
        }
        mask(&text)
    }
}

impl Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({MARKER})")
    }
}

#[cfg(test)]
mod tests;
