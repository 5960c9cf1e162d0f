//! One page of a list, and where the next one is.

use crate::response::Metadata;
use crate::{Call, Error, UserCredentials, validate};
use reqwest::Url;

/// One page of a list.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items, in the server's order.
    pub items: Vec<T>,
    /// The number of the next page; `None` on the last one, and where [`next_is_elsewhere`](Self::next_is_elsewhere).
    pub next: Option<u32>,
    /// The number of the last page, where the server tells it.
    pub last: Option<u32>,
    /// Whether there is a next page to which the server links on another origin, where the credentials must not go; `next` is
    /// `None` then. A proxy that answers under another name than the server knows of does that.
    pub next_is_elsewhere: bool,
}

impl<T> Page<T> {
    /// Reads where the next page is, from the `Link` of an answer to a request to `url`.
    pub(crate) fn new(items: Vec<T>, metadata: &Metadata, url: &Url) -> Self {
        let link = metadata.text("link").unwrap_or_default();
        let next = target(link, "next");
        let next_is_elsewhere = next.is_some_and(|target| !url.join(target).is_ok_and(|next| next.origin() == url.origin()));
        Self {
            items,
            next: next.filter(|_| !next_is_elsewhere).and_then(page_of),
            last: target(link, "last").and_then(page_of).filter(|last| *last > 0),
            next_is_elsewhere,
        }
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

/// The target of the link of relation `rel` ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)).
fn target<'a>(link: &'a str, rel: &str) -> Option<&'a str> {
    let of_relation = |relations: &str| relations.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case(rel));
    links(link).find(|(_, relations)| of_relation(relations)).map(|(target, _)| target)
}

/// The page number in a link's query. Only the number is taken over: where the list is, the client knows itself.
fn page_of(target: &str) -> Option<u32> {
    let query = target.split_once('?')?.1.split('#').next()?;
    query.split('&').find_map(|pair| pair.strip_prefix("page=")).and_then(|page| page.parse().ok())
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

    fn page(link: &str) -> Page<()> {
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("link", link.parse().unwrap());
        let metadata = Metadata::new(reqwest::StatusCode::OK, headers);
        Page::new(Vec::new(), &metadata, &Url::parse("https://h/api/v3/authorizations?page=1").unwrap())
    }

    #[test]
    fn links_as_github_writes_them_and_as_the_rfc_allows() {
        let first = page(
            r#"<https://h/api/v3/authorizations?per_page=2&page=2>; rel="next", <https://h/api/v3/authorizations?page=5>; rel="last""#,
        );
        assert_eq!((first.next, first.last), (Some(2), Some(5)));
        assert_eq!(page(r#"<https://h/x?page=3&a=b,c>;title="a, b; c";REL=Next"#).next, Some(3));
        assert_eq!(page(r#"<?page=4>; rel="prev next""#).next, Some(4));
        assert_eq!(page(r#"<https://h/x?page=0>; rel="last""#).last, None);
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
            assert_eq!(page(junk).next, None, "{junk}");
        }
    }

    #[test]
    fn a_next_page_elsewhere_is_no_next_page() {
        for elsewhere in ["https://evil.example/x?page=2", "http://h/x?page=2", "https://h:8443/x?page=2", "//evil.example/?page=2"] {
            let page = page(&format!(r#"<{elsewhere}>; rel="next""#));
            assert!(page.next.is_none() && page.next_is_elsewhere, "{elsewhere}");
        }
        assert!(!page(r#"<https://h/x?page=2>; rel="next""#).next_is_elsewhere);
    }
}
