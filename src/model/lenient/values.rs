//! Lenient readers of single values, lists and optional values.

use super::{Lenient, MAX_ITEMS, Reader, skip_array};
use crate::secret::newtypes::{AccessToken, ClientSecret};
use serde_core::de::{MapAccess, SeqAccess};
use std::marker::PhantomData;

/// How many items of a list have space before it counts as long.
const SHORT_LIST: usize = 4;
/// How many items GitHub sends in a page at most.
const FULL_PAGE: usize = 100;

impl Lenient for String {
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl Lenient for i64 {
    fn from_integer(value: i64) -> Option<Self> {
        Some(value)
    }
}

impl Lenient for bool {
    fn from_bool(value: bool) -> Option<Self> {
        Some(value)
    }
}

/// GitHub sends `""` for a token that it does not reveal.
impl Lenient for AccessToken {
    fn from_text(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self::new(text))
    }
}

impl Lenient for ClientSecret {
    fn from_text(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self::new(text))
    }
}

impl<T: Lenient> Lenient for Box<T> {
    fn from_text(text: &str) -> Option<Self> {
        T::from_text(text).map(Box::new)
    }

    fn from_array<'de, A: SeqAccess<'de>>(array: A) -> Result<Option<Self>, A::Error> {
        Ok(T::from_array(array)?.map(Box::new))
    }

    fn from_object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(T::from_object(object)?.map(Box::new))
    }

    fn is_empty(&self) -> bool {
        T::is_empty(self)
    }
}

/// For a body that may be `null`; an optional field does not need it.
impl<T: Lenient> Lenient for Option<T> {
    fn from_null() -> Option<Self> {
        Some(None)
    }

    fn from_object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(T::from_object(object)?.map(Some))
    }
}

/// `None` if an item cannot be read, because a list without it would look complete.
impl<T: Lenient> Lenient for Vec<T> {
    fn from_array<'de, A: SeqAccess<'de>>(mut array: A) -> Result<Option<Self>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = array.next_element_seed(Reader(PhantomData))? {
            if items.len() == SHORT_LIST {
                // A long list is usually a page, which would be copied five times while it grows.
                items.reserve_exact(FULL_PAGE - SHORT_LIST);
            }
            match item {
                Some(item) if items.len() < MAX_ITEMS => items.push(item),
                _ => {
                    drop(items);
                    return skip_array(array);
                }
            }
        }
        if items.len() > SHORT_LIST {
            items.shrink_to_fit();
        }
        Ok(Some(items))
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}
