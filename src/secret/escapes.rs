//! Undoes the escapes in which a secret may be written.

use zeroize::Zeroizing;

/// The text with the escapes of URLs, of HTML and of JSON undone, as often as they may be nested.
pub(super) fn plain(text: &str) -> Zeroizing<String> {
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
        let entity = after.split_once(';').and_then(|(name, tail)| {
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
            Some((character?, tail))
        });
        let (character, tail) = entity.unwrap_or(('&', after));
        out.push(character);
        rest = tail;
    }
    out.push_str(rest);
    out
}
