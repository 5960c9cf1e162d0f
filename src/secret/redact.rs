//! Keeps secrets out of what people and logs see.
//!
//! Two nets, one behind the other: the secrets of a call are known and are cut out of every text that the server
//! sent back, in each form in which they may come back; and whatever is shaped like a GitHub token is cut out of
//! every `Debug` output, known or not.

use base64::Engine as _;
use std::fmt::{self, Debug, Write as _};
use std::sync::Arc;
use zeroize::Zeroizing;

/// What stands in place of a secret wherever a person or a log can see it.
pub(crate) const MARKER: &str = "[REDACTED]";

/// Prints a struct with [`Masked`] fields; what every generated type's `Debug` calls.
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

/// Prints what it wraps without anything that is shaped like a token.
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

/// `text` without anything that is shaped like a token: a known prefix, or 40 hexadecimal digits.
pub(crate) fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_token_character) {
        let (before, word) = rest.split_at(start);
        let end = word.find(|c| !is_token_character(c)).unwrap_or(word.len());
        let (word, mut after) = word.split_at(end);
        out.push_str(before);
        if is_token_shaped(word) {
            out.push_str(MARKER);
            // The later kinds end in a JSON Web Token, whose parts stand between dots and hold hyphens.
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

fn is_token_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn is_token_shaped(word: &str) -> bool {
    const PREFIXES: [&str; 6] = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"];
    // Nearly every word is shorter than any token, and not worth a search.
    if word.len() <= 12 {
        return false;
    }
    PREFIXES.iter().any(|prefix| word.find(prefix).is_some_and(|at| word.len() > at + prefix.len() + 8))
        // Not the whole word: in escaped text the letter of a `\n` may stand right before it.
        || word.split(|c: char| !c.is_ascii_hexdigit()).any(|digits| digits.len() == 40)
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
    /// One of fewer than three characters is left out: cutting out every `a` of a message hides nothing but the message.
    pub(crate) fn add(&mut self, secret: &str) {
        if secret.chars().nth(2).is_some() {
            self.0.push(Arc::new(Zeroizing::new(secret.to_owned())));
        }
    }

    /// Adds all of `others`.
    pub(crate) fn add_all(&mut self, others: &Secrets) {
        self.0.extend(others.0.iter().cloned());
    }

    /// Whether one of these secrets stands in `text` as it is.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.0.iter().any(|secret| text.contains(secret.as_str()))
    }

    /// `text` without these secrets, in any form in which a server may send them back, and without anything shaped like a token.
    pub(crate) fn redact(&self, text: &str) -> String {
        // Most texts are short words, too short for a token in any form: they are not searched.
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
        // The longest first, or a short secret inside a longer one would leave the rest of that standing.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        let mut text = text.to_owned();
        for form in &forms {
            if text.contains(form.as_str()) {
                text = text.replace(form.as_str(), MARKER);
            }
        }
        // What was encoded in some other way cannot be cut out, but it can be seen that it is there.
        let plain_text = plain(&text);
        if forms
            .iter()
            .map(|form| plain(form))
            .any(|form| !form.is_empty() && plain_text.contains(form.as_str()))
        {
            return MARKER.to_owned();
        }
        mask(&text)
    }
}

/// Whether a text is long enough for a secret: no form is shorter, but for what undoing escapes takes away.
fn may_hold(text: &str, secret: &str) -> bool {
    secret.len() <= text.len() || secret.bytes().any(|byte| byte == b'%' || byte == b'\\')
}

/// A secret as it is, percent-encoded, JSON-escaped, in hexadecimal, and what is certain of it in Base64 wherever it stands in the encoded text.
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
    for shift in 0..3 {
        let bytes = Zeroizing::new([&[0; 3][..shift], secret.as_bytes()].concat());
        let base64 = base64::engine::general_purpose::STANDARD_NO_PAD.encode(&bytes);
        let certain = &base64[[0, 2, 3][shift]..bytes.len() * 8 / 6];
        forms.extend([
            certain.to_owned(),
            certain.replace('+', "-").replace('/', "_"),
        ]);
    }
    let hexadecimal: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    forms.extend([hexadecimal.to_ascii_uppercase(), hexadecimal]);
    forms.into_iter().map(Zeroizing::new).collect()
}

/// The text with the escapes of URLs, of HTML and of JSON undone, as often as they may be nested.
fn plain(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(text.to_owned());
    for _ in 0..3 {
        let decoded = Zeroizing::new(
            percent_encoding::percent_decode_str(&plain)
                .decode_utf8_lossy()
                .into_owned(),
        );
        let mut parts = decoded.split("\\u");
        let mut units: Vec<u16> = parts.next().unwrap_or_default().encode_utf16().collect();
        for part in parts {
            let unit = part
                .get(..4)
                .and_then(|digits| u16::from_str_radix(digits, 16).ok());
            units.extend(unit);
            units.extend(part[if unit.is_some() { 4 } else { 0 }..].encode_utf16());
        }
        plain = without_entities(&Zeroizing::new(
            String::from_utf16_lossy(&units).replace('\\', ""),
        ));
    }
    Zeroizing::new(plain.replace('+', " "))
}

/// The text with the entities of HTML undone that escape what means something there, and all numeric ones.
fn without_entities(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after.split_once(';').and_then(|(name, behind)| {
            let number = |digits: &str, radix| {
                u32::from_str_radix(digits, radix)
                    .ok()
                    .and_then(char::from_u32)
            };
            let character = match (name, name.strip_prefix('#')) {
                ("amp", _) => Some('&'),
                ("lt", _) => Some('<'),
                ("gt", _) => Some('>'),
                ("quot", _) => Some('"'),
                ("apos", _) => Some('\''),
                (_, Some(digits)) => digits
                    .strip_prefix(['x', 'X'])
                    .map_or_else(|| number(digits, 10), |digits| number(digits, 16)),
                _ => None,
            };
            Some((character?, behind))
        });
        let (character, behind) = entity.unwrap_or(('&', after));
        out.push(character);
        rest = behind;
    }
    out.push_str(rest);
    out
}

impl Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({MARKER})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_shapes_are_masked_and_words_are_not() {
        let masked = mask(
            "note gho_16C7e42F292c6912E7710c838347Ae178B4a, e72e16c7e42f292c6912e7710c838347ae178b4a end",
        );
        assert_eq!(masked, "note [REDACTED], [REDACTED] end");
        assert_eq!(
            mask(r"old:\ne72e16c7e42f292c6912e7710c838347ae178b4a"),
            r"old:\[REDACTED]"
        );
        let hash = "25f94a2a5c7fbaf499c665bc73d67c1c87e496da8985131633ee0a95819db2e8";
        assert_eq!(
            mask("ghs_12345_eyJhbGciOiJI.eyJzdWIiOi-x.dozjgNryP4J, say."),
            "[REDACTED], say."
        );
        assert_eq!(
            mask("gho_16C7e42F292c6912E7710c838347Ae178B4a. So"),
            "[REDACTED]. So"
        );
        for text in [
            hash,
            "Iv1.8a61f9b3a7aba766",
            "https://api.github.com/authorizations/1",
            "é ü",
        ] {
            assert_eq!(mask(text), text);
        }
    }

    #[test]
    fn secrets_are_cut_out_in_every_form() {
        const PLANTED: &str = "pä\"ss/wörd+1";
        let mut secrets = Secrets::default();
        secrets.add(PLANTED);
        let percent =
            percent_encoding::utf8_percent_encode(PLANTED, percent_encoding::NON_ALPHANUMERIC)
                .to_string();
        let base64 = base64::engine::general_purpose::STANDARD.encode(PLANTED);
        let hexadecimal: String = PLANTED.bytes().map(|byte| format!("{byte:02X}")).collect();
        let base64_in_a_url =
            percent_encoding::utf8_percent_encode(&base64, percent_encoding::NON_ALPHANUMERIC)
                .to_string();
        let html = "p&#228;&quot;ss&#x2F;w&#xf6;rd+1".to_owned();
        for form in [
            PLANTED.to_owned(),
            percent,
            base64,
            base64_in_a_url,
            hexadecimal,
            html,
            serde_json::Value::from(PLANTED).to_string(),
        ] {
            let cut = secrets.redact(&format!("<{form}>"));
            assert!(cut.contains(MARKER), "{form} in {cut}");
            assert!(!cut.contains(&form));
        }
    }
}
