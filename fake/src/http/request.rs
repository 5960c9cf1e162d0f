//! A request as the handlers see it.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use hyper::header::{AUTHORIZATION, HOST};
use hyper::{HeaderMap, Method, Uri, Version};
use percent_encoding::percent_decode_str;

/// A request that has arrived completely.
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) version: Version,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// The credentials of a request.
pub(crate) enum Presented {
    Nothing,
    /// Basic: name and password, or an app's id and secret.
    Password(String, String),
    /// `Bearer` or `token`.
    Token(String),
    /// An `Authorization` that cannot be read.
    Malformed,
}

impl Request {
    /// A header, if it is present and ASCII.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A parameter of the query, decoded; the last one if it is given several times.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        pairs(self.uri.query().unwrap_or_default())
            .filter(|(key, _)| key == name)
            .last()
            .map(|(_, value)| value)
    }

    /// Whether it only reads: HEAD is a GET whose response is sent without its body.
    pub(crate) fn reads(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD)
    }

    /// Whether it has one `Host`, or none before HTTP/1.1 ([RFC 9112, 3.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2)).
    pub(crate) fn names_its_host(&self) -> bool {
        match self.headers.get_all(HOST).iter().count() {
            0 => self.version < Version::HTTP_11,
            named => named == 1,
        }
    }

    pub(crate) fn presented(&self) -> Presented {
        let mut values = self.headers.get_all(AUTHORIZATION).iter();
        let value = match (values.next(), values.next()) {
            (None, _) => return Presented::Nothing,
            (Some(value), None) => value,
            // Nobody has recorded how GitHub reads two of them.
            (Some(_), Some(_)) => return Presented::Malformed,
        };
        let Some((scheme, rest)) = value.to_str().ok().and_then(|value| value.split_once(' '))
        else {
            return Presented::Malformed;
        };
        match scheme.to_ascii_lowercase().as_str() {
            "basic" => basic(rest.trim()).unwrap_or(Presented::Malformed),
            "bearer" | "token" => Presented::Token(rest.trim().to_owned()),
            _ => Presented::Malformed,
        }
    }
}

/// The parameters of a query or a form, decoded, names included; `+` is a space.
pub(crate) fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    let decode = |text: &str| {
        percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    text.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(move |(name, value)| (decode(name), decode(value)))
}

/// Base64 with its padding or without, as GitHub reads it.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Reads Basic credentials; the name ends at the first colon ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
fn basic(encoded: &str) -> Option<Presented> {
    let decoded = String::from_utf8(LENIENT.decode(encoded).ok()?).ok()?;
    let (name, password) = decoded.split_once(':')?;
    Some(Presented::Password(name.to_owned(), password.to_owned()))
}
