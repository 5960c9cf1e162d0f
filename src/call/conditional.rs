//! Conditional calls, which return a value only if it changed.

use crate::call::call::{Call, Plan};
use crate::error::error::Error;
use crate::model::variants::read_variants;
use crate::request::condition::TakesCondition;
use crate::response::response::Response;
use crate::secret::serialize::{Part, Secrecy, SerializeSecrets, sealed};
use reqwest::header::{HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use serde_core::ser::{Serialize, Serializer};
use std::marker::PhantomData;

/// Conditions of GET calls ([RFC 9110, section 13](https://www.rfc-editor.org/rfc/rfc9110#section-13)).
impl<T: Send + 'static, C> Call<T, C, TakesCondition> {
    /// Requests the value only if its entity tag is no longer this one.
    ///
    /// Set it last: the call then returns a [`Conditional`], has no `per_page`, `page` or `items`, and takes no other condition.
    ///
    /// # Errors
    /// Sending the call fails with [invalid input](crate::ErrorKind::InvalidInput) for a tag that a header cannot carry.
    pub fn if_none_match(self, etag: &str) -> Call<Conditional<T>, C> {
        self.conditional(IF_NONE_MATCH, "entity tag", etag)
    }

    /// Requests the value only if it changed after this time, written as [`Metadata::last_modified`](crate::Metadata::last_modified)
    /// returns it.
    ///
    /// Set it last: the call then returns a [`Conditional`], has no `per_page`, `page` or `items`, and takes no other condition.
    ///
    /// # Errors
    /// Sending the call fails with [invalid input](crate::ErrorKind::InvalidInput) for a date that a header cannot carry.
    pub fn if_modified_since(self, date: &str) -> Call<Conditional<T>, C> {
        self.conditional(IF_MODIFIED_SINCE, "date", date)
    }

    fn conditional(
        self,
        name: HeaderName,
        field: &'static str,
        value: &str,
    ) -> Call<Conditional<T>, C> {
        let mut options = self.options;
        let plan = self.plan.and_then(|plan| {
            let value = HeaderValue::from_str(value)
                .map_err(|_| Error::invalid_input(field, "a header must be able to carry it"))?;
            options.headers.push((name, value));
            let prepared = plan.prepared.reading(|response, decode| {
                if response.metadata.status() == reqwest::StatusCode::NOT_MODIFIED {
                    return Ok(Response::new(Conditional::NotModified, response.metadata));
                }
                let (value, metadata) = decode(response)?.into_parts();
                Ok(Response::new(Conditional::Modified(value), metadata))
            });
            Ok(Plan {
                prepared: prepared.without_condition(),
                authorizer: plan.authorizer,
                secrets: plan.secrets,
            })
        });
        Call {
            transport: self.transport,
            plan,
            options,
            credentials: PhantomData,
        }
    }
}

/// The result of a conditional call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
pub enum Conditional<T> {
    /// The value, which changed.
    Modified(T),
    /// The value did not change (304).
    NotModified,
}

read_variants!(Conditional<T>: Modified(value) = "modified", NotModified = "not_modified");

impl<T: Serialize> Serialize for Conditional<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Modified(value) => {
                to.serialize_newtype_variant("Conditional", 0, "modified", value)
            }
            Self::NotModified => to.serialize_unit_variant("Conditional", 1, "not_modified"),
        }
    }
}

impl<T: SerializeSecrets> sealed::Sealed for Conditional<T> {}

impl<T: SerializeSecrets> SerializeSecrets for Conditional<T> {
    fn serialize_secrets<S: Serializer>(&self, secrecy: Secrecy, to: S) -> Result<S::Ok, S::Error> {
        let wrapped = match self {
            Self::Modified(value) => Conditional::Modified(Part(value, secrecy)),
            Self::NotModified => Conditional::NotModified,
        };
        wrapped.serialize(to)
    }
}
