//! One page of a list, and where the next one is.

use crate::call::call::Call;
use crate::call::link::{Links, page_of};
use crate::generated::operations::{documentation, parameters};
use crate::model::lenient;
use crate::model::metadata::Metadata;
use crate::request::condition::TakesCondition;
use crate::request::credentials::UserCredentials;
use crate::request::validate;
use crate::secret::serialize::{Part, Secrecy, SerializeSecrets, sealed};
use reqwest::Url;
use serde_core::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_core::ser::{Serialize, SerializeStruct as _, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Page<T> {
    /// The items, in the server's order.
    pub items: Vec<T>,
    /// The number of the next page; `None` on the last page, and where [`next_is_unreadable`](Self::next_is_unreadable).
    pub next: Option<u32>,
    /// The number of the last page, if the server's response names it.
    pub last: Option<u32>,
    /// Whether the server's link to the next page names another origin, for instance because the server does not know its proxy's name.
    ///
    /// Only the page number in the link is used; the next page is requested at the same address as this one.
    pub next_is_elsewhere: bool,
    /// Whether the link to the next page has no readable page number. `next` is `None` then, although there are more items.
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub next_is_unreadable: bool,
}

impl<T: Serialize> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.write(&self.items, serializer)
    }
}

impl<T: SerializeSecrets> sealed::Sealed for Page<T> {}

impl<T: SerializeSecrets> SerializeSecrets for Page<T> {
    fn serialize_secrets<S: Serializer>(
        &self,
        secrecy: Secrecy,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        self.write(&Part(&self.items, secrecy), serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader(PhantomData))
    }
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
    type Value = Page<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Page<T>, A::Error> {
        let (mut items, mut next, mut last) = (None, None, None);
        let (mut next_is_elsewhere, mut next_is_unreadable) = (None, false);
        while let Some(name) = lenient::name(&mut from)? {
            match &*name {
                "items" => items = Some(from.next_value()?),
                "next" => next = from.next_value()?,
                "last" => last = from.next_value()?,
                "next_is_elsewhere" => next_is_elsewhere = Some(from.next_value()?),
                "next_is_unreadable" => next_is_unreadable = from.next_value()?,
                _ => lenient::skip(&mut from)?,
            }
        }
        Ok(Page {
            items: items.ok_or_else(|| A::Error::missing_field("items"))?,
            next,
            last,
            next_is_elsewhere: next_is_elsewhere
                .ok_or_else(|| A::Error::missing_field("next_is_elsewhere"))?,
            next_is_unreadable,
        })
    }
}

impl<T> Page<T> {
    /// Serializes the page, with its items as they are given.
    fn write<S: Serializer>(&self, items: &impl Serialize, to: S) -> Result<S::Ok, S::Error> {
        let mut fields = to.serialize_struct("Page", 5)?;
        fields.serialize_field("items", items)?;
        fields.serialize_field("next", &self.next)?;
        fields.serialize_field("last", &self.last)?;
        fields.serialize_field("next_is_elsewhere", &self.next_is_elsewhere)?;
        fields.serialize_field("next_is_unreadable", &self.next_is_unreadable)?;
        fields.end()
    }

    /// Reads the number of the next page from the `Link` header of a response to a request to `url`.
    pub(crate) fn new(items: Vec<T>, metadata: &Metadata, url: &Url) -> Self {
        let links = Links::of(metadata);
        let next = links.target("next");
        let next_is_elsewhere = next.is_some_and(|target| {
            !url.join(target)
                .is_ok_and(|next| next.origin() == url.origin())
        });
        let number = next.and_then(page_of);
        Self {
            items,
            next: number,
            last: links
                .target("last")
                .and_then(page_of)
                .filter(|last| *last > 0),
            next_is_elsewhere,
            next_is_unreadable: number.is_none() && (next.is_some() || links.may_hide_next()),
        }
    }
}

impl<T: Send + 'static> Call<Page<T>, UserCredentials, TakesCondition> {
    #[doc = documentation!(PerPage)]
    ///
    /// # Errors
    /// Sending the call fails with [invalid input](crate::ErrorKind::InvalidInput) for any other number.
    pub fn per_page(self, items: u32) -> Self {
        let valid = validate::number(&parameters::PER_PAGE, items);
        self.with_query(&parameters::PER_PAGE, valid)
    }

    #[doc = documentation!(Page)]
    ///
    /// # Errors
    /// Sending the call fails with [invalid input](crate::ErrorKind::InvalidInput) for any other number.
    pub fn page(self, number: u32) -> Self {
        let valid = validate::number(&parameters::PAGE, number);
        self.with_query(&parameters::PAGE, valid)
    }

    #[doc = documentation!(ClientIdFilter)]
    ///
    /// # Errors
    /// Sending the call fails with [invalid input](crate::ErrorKind::InvalidInput) for a malformed client id.
    pub fn client_id(self, client_id: &str) -> Self {
        let valid = validate::client_id(client_id).map(|()| client_id.to_owned());
        self.with_query(&parameters::CLIENT_ID_FILTER, valid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(link: &str) -> Page<()> {
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("link", link.parse().unwrap());
        let metadata = Metadata::new(reqwest::StatusCode::OK, headers);
        Page::new(
            Vec::new(),
            &metadata,
            &Url::parse("https://h/api/v3/authorizations?page=1").unwrap(),
        )
    }

    #[test]
    fn a_next_page_without_a_number_is_not_the_end() {
        for url in ["https://h/x?after=Y3Vyc29y", "https://h/x?page=two", "/x"] {
            let page = page(&format!(r#"<{url}>; rel="next""#));
            assert!(
                page.next.is_none() && page.next_is_unreadable && !page.next_is_elsewhere,
                "{url}"
            );
        }
        assert!(page(r#"https://h/x?page=2; rel="next""#).next_is_unreadable);
        assert_eq!(page(r#"<https://h/x?page=0>; rel="last""#).last, None);
        assert!(!page("").next_is_unreadable);
    }

    #[test]
    fn a_link_with_another_host_is_good_for_its_number() {
        for elsewhere in [
            "https://evil.example/x?page=2",
            "http://h/x?page=2",
            "https://h:8443/x?page=2",
            "//evil.example/?page=2",
        ] {
            let page = page(&format!(r#"<{elsewhere}>; rel="next""#));
            assert_eq!(
                (page.next, page.next_is_elsewhere),
                (Some(2), true),
                "{elsewhere}"
            );
        }
        assert!(!page(r#"<https://h/x?page=2>; rel="next""#).next_is_elsewhere);
    }
}
