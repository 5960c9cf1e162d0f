//! One page of a list, and where the next one is.

use crate::response::Metadata;
use crate::{Call, Error, UserCredentials, validate};

/// One page of a list.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items, in the server's order.
    pub items: Vec<T>,
    /// The number of the next page; `None` on the last one.
    pub next: Option<u32>,
    /// The number of the last page, where the server tells it.
    pub last: Option<u32>,
}

impl<T> Page<T> {
    pub(crate) fn new(items: Vec<T>, metadata: &Metadata) -> Self {
        let link = metadata.text("link").unwrap_or_default();
        Self { items, next: page_of(link, "next"), last: page_of(link, "last").filter(|last| *last > 0) }
    }
}

impl<T: Send + 'static> Call<Page<T>, UserCredentials> {
    /// How many items a page has, 1 to 100; GitHub's default is 30.
    pub fn per_page(self, items: u32) -> Self {
        let valid = if (1..=100).contains(&items) { Ok(()) } else { Err(Error::invalid_input("per_page", "it is 1 to 100")) };
        self.with_query(valid, "per_page", &items.to_string())
    }

    /// Which page, counted from 1.
    pub fn page(self, number: u32) -> Self {
        let valid = validate::id("page", number.into());
        self.with_query(valid, "page", &number.to_string())
    }

    /// Only what belongs to this OAuth App; GHES 3.0 and later, earlier ones ignore it.
    pub fn client_id(self, client_id: &str) -> Self {
        self.with_query(validate::client_id(client_id), "client_id", client_id)
    }
}

/// The page number in the link of relation `rel` ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)).
///
/// Only the number is taken over: where the list is, the client knows itself, and so a link to another host has no power.
fn page_of(link: &str, rel: &str) -> Option<u32> {
    links(link).find(|(_, relations)| relations.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case(rel))).and_then(
        |(target, _)| {
            let query = target.split_once('?')?.1.split('#').next()?;
            query.split('&').find_map(|pair| pair.strip_prefix("page=")).and_then(|page| page.parse().ok())
        },
    )
}

/// Each link of the header: its target and its relation types.
fn links(mut rest: &str) -> impl Iterator<Item = (&str, &str)> {
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once('<')?;
        let (target, after) = after.split_once('>')?;
        let end = end_of_parameters(after);
        let (parameters, after) = after.split_at(end);
        rest = after;
        let relations = parameters.split(';').find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("rel").then(|| value.trim().trim_matches('"'))
        });
        Some((target, relations.unwrap_or_default()))
    })
}

/// Where the parameters of a link end: at a comma outside quotes.
fn end_of_parameters(text: &str) -> usize {
    let mut quoted = false;
    text.find(|c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    })
    .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_as_github_writes_them_and_as_the_rfc_allows() {
        let first = r#"<https://h/api/v3/authorizations?per_page=2&page=2>; rel="next", <https://h/api/v3/authorizations?per_page=2&page=5>; rel="last""#;
        assert_eq!((page_of(first, "next"), page_of(first, "last"), page_of(first, "prev")), (Some(2), Some(5), None));
        assert_eq!(page_of(r#"<https://h/x?page=3&a=b,c>;title="a, b; c";REL=Next"#, "next"), Some(3));
        assert_eq!(page_of(r#"<?page=4>; rel="prev next""#, "next"), Some(4));
        for junk in [
            "",
            "<",
            "<>",
            "<x?page=2>",
            r#"<x?page=>; rel="next""#,
            r#"<x?page=-1>; rel="next""#,
            r#"<x?per_page=2>; rel="next""#,
            "rel=next",
        ] {
            assert_eq!(page_of(junk, "next"), None, "{junk}");
        }
    }
}
