//! Reads the fields of a response by type: a value of another type is `None`, and never an error.
//!
//! For the position of every error that a reader raises, serde_json scans the text from its beginning, so an error for each unexpected
//! field takes quadratic time. The readers here accept any value, in one pass and without a buffer. Only invalid JSON is an error.

mod values;

use serde_core::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// How many items of a list, and entries of a map, are kept; a longer one is `None`. GitHub sends at most 100 a page.
pub(crate) const MAX_ITEMS: usize = 1000;

/// How many bytes of a string are kept. No field comes near it, and a copy of a string that fills the whole response would take more memory
/// than everything else.
const MAX_TEXT: usize = 1 << 20;

/// Implements serde's `Deserialize` for a type of a response; `expected` names its required fields, for the message.
macro_rules! deserialize {
    ($name:ident, $expected:literal) => {
        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                $crate::model::lenient::required(d, $expected)
            }
        }
    };
}
pub(crate) use deserialize;

/// A type of a response, and how it reads each kind of JSON value.
///
/// A type implements the kinds that it can use. A value of another kind is consumed, because otherwise the next value could not be read.
pub(crate) trait Lenient: Sized {
    /// Reads a string.
    fn from_text(_: &str) -> Option<Self> {
        None
    }

    /// Reads a whole number.
    fn from_integer(_: i64) -> Option<Self> {
        None
    }

    /// Reads `true` or `false`.
    fn from_bool(_: bool) -> Option<Self> {
        None
    }

    /// Reads `null`.
    fn from_null() -> Option<Self> {
        None
    }

    /// Reads an array to its end.
    fn from_array<'de, A: SeqAccess<'de>>(array: A) -> Result<Option<Self>, A::Error> {
        skip_array(array)
    }

    /// Reads an object to its end.
    fn from_object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        skip_object(object)
    }

    /// Whether the value is empty, so that it does not replace an earlier one of the same name.
    fn is_empty(&self) -> bool {
        false
    }
}

/// Reads one value, whatever its type.
pub(crate) fn read<'de, T: Lenient, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Reader(PhantomData).deserialize(deserializer)
}

/// Reads one value that must have its type; `expected` names the type and its required fields.
pub(crate) fn required<'de, T: Lenient, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
) -> Result<T, D::Error> {
    read(deserializer)?.ok_or_else(|| D::Error::custom(expected))
}

/// Reads the value of a field. The last value that is not empty wins.
#[inline]
pub(crate) fn field<'de, T: Lenient, A: MapAccess<'de>>(
    slot: &mut Option<T>,
    object: &mut A,
) -> Result<(), A::Error> {
    if let Some(value) = object.next_value_seed(Reader::<T>(PhantomData))?
        && (slot.is_none() || !value.is_empty())
    {
        *slot = Some(value);
    }
    Ok(())
}

/// Reads the value of a field that the type does not have, as [`field`] does; those beyond the first [`MAX_ITEMS`] are skipped.
pub(crate) fn entry<'de, T: Lenient, A: MapAccess<'de>>(
    entries: &mut BTreeMap<String, T>,
    name: String,
    object: &mut A,
) -> Result<(), A::Error> {
    if let Some(value) = object.next_value_seed(Reader::<T>(PhantomData))? {
        let is_known = entries.contains_key(&name);
        if (is_known && !value.is_empty()) || (!is_known && entries.len() <= MAX_ITEMS) {
            entries.insert(name, value);
        }
    }
    Ok(())
}

/// Reads an object whose values all have one type; `None` if there are too many.
pub(crate) fn entries<'de, T: Lenient, A: MapAccess<'de>>(
    mut object: A,
) -> Result<Option<BTreeMap<String, T>>, A::Error> {
    let mut entries = BTreeMap::new();
    while let Some(name) = name(&mut object)? {
        entry(&mut entries, name.into_owned(), &mut object)?;
    }
    Ok((entries.len() <= MAX_ITEMS).then_some(entries))
}

/// Skips the value of an unknown field, however deep it is.
pub(crate) fn skip<'de, A: MapAccess<'de>>(object: &mut A) -> Result<(), A::Error> {
    object.next_value::<IgnoredAny>().map(drop)
}

/// Skips the rest of an object.
fn skip_object<'de, T, A: MapAccess<'de>>(mut object: A) -> Result<Option<T>, A::Error> {
    while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(None)
}

fn skip_array<'de, T, A: SeqAccess<'de>>(mut array: A) -> Result<Option<T>, A::Error> {
    while array.next_element::<IgnoredAny>()?.is_some() {}
    Ok(None)
}

/// Reads the items of an array that have the type, up to [`MAX_ITEMS`].
pub(crate) fn readable_items<'de, T: Lenient, A: SeqAccess<'de>>(
    mut array: A,
) -> Result<Vec<T>, A::Error> {
    let mut items = Vec::new();
    while let Some(item) = array.next_element_seed(Reader(PhantomData))? {
        items.extend(item.filter(|_| items.len() < MAX_ITEMS));
    }
    Ok(items)
}

/// Reads the name of the next field.
#[inline]
pub(crate) fn name<'de, A: MapAccess<'de>>(
    object: &mut A,
) -> Result<Option<Cow<'de, str>>, A::Error> {
    object.next_key_seed(Name)
}

struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Lenient> DeserializeSeed<'de> for Reader<T> {
    type Value = Option<T>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Lenient> Visitor<'de> for Reader<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Option<T>, E> {
        Ok(T::from_bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Option<T>, E> {
        Ok(T::from_integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Option<T>, E> {
        Ok(i64::try_from(value).ok().and_then(T::from_integer))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<T>, E> {
        Ok(None)
    }

    #[inline]
    fn visit_str<E>(self, value: &str) -> Result<Option<T>, E> {
        Ok((value.len() <= MAX_TEXT)
            .then(|| T::from_text(value))
            .flatten())
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(T::from_null())
    }

    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(T::from_null())
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Option<T>, D::Error> {
        self.deserialize(value)
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<Option<T>, A::Error> {
        T::from_array(array)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Option<T>, A::Error> {
        T::from_object(object)
    }
}
