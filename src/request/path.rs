//! Values in the path of a URL, and the values that no path can hold.

use crate::error::error::Error;
use crate::model::id::{AuthorizationId, GrantId};
use crate::request::validate::{EMPTY, refuse_if};
use crate::secret::newtypes::AccessToken;
use std::borrow::Cow;

/// A value that may be part of a path.
pub(crate) trait PathValue {
    fn to_segment(&self) -> Cow<'_, str>;
}

impl PathValue for str {
    fn to_segment(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl PathValue for AccessToken {
    fn to_segment(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.expose_secret())
    }
}

macro_rules! numbers {
    ($($number:ty),*) => { $(
        impl PathValue for $number {
            fn to_segment(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        }
    )* };
}

numbers!(i64, AuthorizationId, GrantId);

impl<T: PathValue + ?Sized> PathValue for &T {
    fn to_segment(&self) -> Cow<'_, str> {
        (**self).to_segment()
    }
}

/// Everything but the unreserved characters of [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.3).
const UNRESERVED: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Returns one segment of a path, percent-encoded; refuses a value that no encoding can carry.
///
/// URL parsers resolve `.` and `..`, encoded or not, and read `\` as `/`: a token `..` in a revocation would address another endpoint. An
/// empty segment would leave `//`.
pub(crate) fn path_segment(name: &'static str, value: &impl PathValue) -> Result<String, Error> {
    let value = value.to_segment();
    refuse_if(
        name,
        &[
            (value.is_empty(), EMPTY),
            (
                value == "." || value == "..",
                "a URL cannot carry a segment of dots",
            ),
            (value.contains('\\'), "a URL cannot carry a backslash"),
        ],
    )?;
    Ok(Cow::from(percent_encoding::utf8_percent_encode(&value, UNRESERVED)).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::kind::ErrorKind;
    use crate::request::draft::Client;
    use reqwest::Url;

    #[test]
    fn segments_that_a_url_cannot_carry_are_refused_by_name() {
        for value in ["", ".", "..", "..\\grant", "a\\b"] {
            let error = path_segment("fingerprint", &value).unwrap_err();
            assert!(error.kind() == ErrorKind::InvalidInput);
            assert!(error.to_string().contains("fingerprint"), "{error}");
        }
    }

    #[test]
    fn every_other_segment_arrives_as_it_is() {
        for value in ["a/b", "%2e%2e", "...", "a b", "?x#y", "ü/;:@+%", "\u{7f}"] {
            let base = Url::parse("http://h").unwrap();
            let url = Client::new(&base)
                .client
                .get(format!("/x/{}/y", path_segment("f", &value).unwrap()))
                .build()
                .unwrap()
                .url;
            let segments: Vec<&str> = url.path_segments().unwrap().collect();
            assert_eq!(segments.len(), 3, "{value}");
            assert_eq!(
                percent_encoding::percent_decode_str(segments[1])
                    .decode_utf8()
                    .unwrap(),
                value
            );
        }
    }
}
