//! Distinguishes an object of the API from an error that a gateway sends as a success.

use crate::model::lenient::{self, Lenient};
use crate::model::text::begins;
use serde_core::de::value::BorrowedStrDeserializer;
use serde_core::de::{DeserializeSeed, IgnoredAny, IntoDeserializer as _, MapAccess, SeqAccess};
use std::borrow::Cow;

/// A value whose outermost object has no field of an error, or only empty ones.
pub(super) struct Described<T>(pub(super) T);

impl<T: Lenient> Lenient for Described<T> {
    fn from_null() -> Option<Self> {
        T::from_null().map(Self)
    }

    fn from_array<'de, A: SeqAccess<'de>>(array: A) -> Result<Option<Self>, A::Error> {
        Ok(T::from_array(array)?.map(Self))
    }

    fn from_object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        let mut error = None;
        let value = T::from_object(Watched {
            object,
            is_errors: false,
            error: &mut error,
        })?;
        Ok(value.filter(|_| error.is_none()).map(Self))
    }
}

/// Whether only errors have a field of this name: `message`, or one that begins with `error` or `fault`, ignoring case.
pub(super) fn is_of_errors(name: &str) -> bool {
    // By the first letter, because this is asked of every field of every response.
    match name.as_bytes().first() {
        Some(b'e' | b'E') => begins(name, "error"),
        Some(b'f' | b'F') => begins(name, "fault"),
        Some(b'm' | b'M') => name.eq_ignore_ascii_case("message"),
        _ => false,
    }
}

/// An object whose error fields are read here, and are `null` to the reader of the object.
struct Watched<'a, A> {
    object: A,
    /// Whether the next value belongs to an error field.
    is_errors: bool,
    error: &'a mut Option<Content>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Watched<'_, A> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let Some(name) = lenient::name(&mut self.object)? else {
            return Ok(None);
        };
        self.is_errors = is_of_errors(&name);
        match name {
            Cow::Borrowed(name) => seed.deserialize(BorrowedStrDeserializer::new(name)),
            Cow::Owned(name) => seed.deserialize(name.into_deserializer()),
        }
        .map(Some)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        if self.is_errors {
            lenient::field(self.error, &mut self.object)?;
            return seed.deserialize(().into_deserializer());
        }
        self.object.next_value_seed(seed)
    }
}

/// A value with content: not `null`, `false`, 0 or empty.
struct Content;

impl Lenient for Content {
    fn from_text(text: &str) -> Option<Self> {
        (!text.is_empty()).then_some(Self)
    }

    fn from_integer(value: i64) -> Option<Self> {
        (value != 0).then_some(Self)
    }

    fn from_bool(value: bool) -> Option<Self> {
        value.then_some(Self)
    }

    fn from_array<'de, A: SeqAccess<'de>>(mut array: A) -> Result<Option<Self>, A::Error> {
        let mut content = None;
        while array.next_element::<IgnoredAny>()?.is_some() {
            content = Some(Self);
        }
        Ok(content)
    }

    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut content = None;
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            content = Some(Self);
        }
        Ok(content)
    }
}
