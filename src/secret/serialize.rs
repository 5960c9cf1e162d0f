//! How values with secrets in them are serialized, and why they do not implement serde's own trait.

use crate::secret::newtypes::{AccessToken, ClientSecret};
use crate::secret::redact::MARKER;
use serde_core::ser::{Serialize, SerializeMap, Serializer};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::marker::PhantomData;

/// How a secret is serialized.
#[derive(Clone, Copy, Debug)]
pub enum Secrecy {
    Exposed,
    Redacted,
}

/// Serializes a value with the secrets in it, by [`Exposed`](crate::Exposed) or [`Redacted`](crate::Redacted).
///
/// Implemented for the data types of this crate, and for references, boxes, options, arrays, slices, vectors and maps of them. The trait
/// cannot be implemented outside of this crate: in a type of your own use a field of type `Exposed<AccessToken>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a data type of ghes_oauth, and `Exposed` and `Redacted` take only those",
    label = "serialize this without `Exposed` or `Redacted`",
    note = "in a type of your own, wrap the field: `token: Exposed<AccessToken>`"
)]
pub trait SerializeSecrets: sealed::Sealed {
    #[doc(hidden)]
    fn serialize_secrets<S: Serializer>(
        &self,
        secrecy: Secrecy,
        serializer: S,
    ) -> Result<S::Ok, S::Error>;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// A value without serde's own trait, as part of a value that is being serialized.
pub(crate) struct Part<'a, T: ?Sized>(pub(crate) &'a T, pub(crate) Secrecy);

impl<T: SerializeSecrets + ?Sized> Serialize for Part<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_secrets(self.1, serializer)
    }
}

/// The fields of a generated type, as they are written.
pub(crate) struct Fields<M> {
    secrecy: Secrecy,
    map: M,
}

impl<M: SerializeMap> Fields<M> {
    pub(crate) fn new<S>(secrecy: Secrecy, serializer: S) -> Result<Self, S::Error>
    where
        S: Serializer<SerializeMap = M>,
    {
        let map = serializer.serialize_map(None)?;
        Ok(Self { secrecy, map })
    }

    pub(crate) fn field(&mut self, name: &str, value: &impl Serialize) -> Result<(), M::Error> {
        self.entry(name, Some(value))
    }

    pub(crate) fn optional(
        &mut self,
        name: &str,
        value: &Option<impl Serialize>,
    ) -> Result<(), M::Error> {
        self.entry(name, value.as_ref())
    }

    pub(crate) fn secret(
        &mut self,
        name: &str,
        value: &impl SerializeSecrets,
    ) -> Result<(), M::Error> {
        self.entry(name, Some(Part(value, self.secrecy)))
    }

    pub(crate) fn optional_secret(
        &mut self,
        name: &str,
        value: &Option<impl SerializeSecrets>,
    ) -> Result<(), M::Error> {
        let secrecy = self.secrecy;
        self.entry(name, value.as_ref().map(|value| Part(value, secrecy)))
    }

    /// Omits a field that is `None`.
    fn entry(&mut self, name: &str, value: Option<impl Serialize>) -> Result<(), M::Error> {
        value.map_or(Ok(()), |value| self.map.serialize_entry(name, &value))
    }

    pub(crate) fn end(self) -> Result<M::Ok, M::Error> {
        self.map.end()
    }
}

/// Implements [`SerializeSecrets`] for a generated type: each field is written by a method of [`Fields`]. Without `Exposed` and `Redacted` the
/// type is `refused` or `allowed`.
macro_rules! by_field {
    ($alone:ident $name:ident: $($write:ident $field:ident $(= $wire:literal)?),*) => {
        $crate::secret::serialize::$alone!($name);

        impl $crate::secret::serialize::SerializeSecrets for $name {
            fn serialize_secrets<S: ::serde_core::Serializer>(
                &self,
                secrecy: $crate::secret::serialize::Secrecy,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                let mut fields = $crate::secret::serialize::Fields::new(secrecy, serializer)?;
                $(fields.$write($crate::secret::serialize::wire_name!($field $(= $wire)?), &self.$field)?;)*
                fields.end()
            }
        }
    };
}
pub(crate) use by_field;

/// Returns the name of a field in JSON: its own, or another one that is given.
macro_rules! wire_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident = $wire:literal) => {
        $wire
    };
}
pub(crate) use wire_name;

/// A value that is serialized without `Exposed` or `Redacted`, as the compiler's error calls it.
#[derive(Debug)]
pub struct Unwrapped<'a>(PhantomData<&'a ()>);

/// No type implements it: if it is required, the compiler prints what to do.
#[diagnostic::on_unimplemented(
    message = "`{T}` can hold a secret, so it does not serialize as it is",
    label = "wrap the value: `Exposed(&value)` writes its secrets, `Redacted(&value)` a marker in place of each",
    note = "in a type of your own, wrap the field: `token: Exposed<AccessToken>`",
    note = "both are in `ghes_oauth`"
)]
pub trait MaySerialize<T: ?Sized> {
    #[doc(hidden)]
    fn serialize<S: Serializer>(&self, value: &T, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Implements serde's trait for a type that cannot hold a secret, and that is written by [`SerializeSecrets`].
macro_rules! allowed {
    ($($name:ident),*) => { $(
        impl ::serde_core::Serialize for $name {
            fn serialize<S: ::serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::secret::serialize::SerializeSecrets::serialize_secrets(
                    self,
                    $crate::secret::serialize::Secrecy::Redacted,
                    serializer,
                )
            }
        }

        impl $crate::secret::serialize::sealed::Sealed for $name {}
    )* };
}
pub(crate) use allowed;

/// Implements serde's trait under a condition that no type meets. Without it the compiler would suggest deriving the trait; the lifetime
/// keeps the compiler from refusing the condition itself.
macro_rules! refused {
    ($($name:ident),*) => { $(
        impl ::serde_core::Serialize for $name
        where
            for<'any> $crate::secret::serialize::Unwrapped<'any>: $crate::secret::serialize::MaySerialize<$name>,
        {
            fn serialize<S: ::serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::secret::serialize::MaySerialize::serialize(
                    &$crate::secret::serialize::Unwrapped::NEW,
                    self,
                    serializer,
                )
            }
        }

        impl $crate::secret::serialize::sealed::Sealed for $name {}
    )* };
}
pub(crate) use refused;

impl Unwrapped<'_> {
    pub(crate) const NEW: Self = Self(PhantomData);
}

/// Lets `Exposed` and `Redacted` wrap types without a secret as well, for generic code.
macro_rules! without_secrets {
    ($($name:ty),*) => { $(
        impl $crate::secret::serialize::sealed::Sealed for $name {}

        impl $crate::secret::serialize::SerializeSecrets for $name {
            fn serialize_secrets<S: ::serde_core::Serializer>(
                &self,
                _: $crate::secret::serialize::Secrecy,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                ::serde_core::Serialize::serialize(self, serializer)
            }
        }
    )* };
}
pub(crate) use without_secrets;

/// The secrets in JSON.
macro_rules! secret {
    ($($name:ident),*) => { $(
        impl SerializeSecrets for $name {
            fn serialize_secrets<S: Serializer>(&self, secrecy: Secrecy, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(match secrecy {
                    Secrecy::Exposed => self.expose_secret(),
                    Secrecy::Redacted => MARKER,
                })
            }
        }
    )* };
}
secret!(AccessToken, ClientSecret);
refused!(AccessToken, ClientSecret);

macro_rules! pointer {
    ($($name:ty),*) => { $(
        impl<T: SerializeSecrets + ?Sized> sealed::Sealed for $name {}

        impl<T: SerializeSecrets + ?Sized> SerializeSecrets for $name {
            fn serialize_secrets<S: Serializer>(&self, secrecy: Secrecy, serializer: S) -> Result<S::Ok, S::Error> {
                (**self).serialize_secrets(secrecy, serializer)
            }
        }
    )* };
}
pointer!(&T, Box<T>);

macro_rules! list {
    ($([$($parameter:tt)*] $name:ty),*) => { $(
        impl<T: SerializeSecrets, $($parameter)*> sealed::Sealed for $name {}

        impl<T: SerializeSecrets, $($parameter)*> SerializeSecrets for $name {
            fn serialize_secrets<S: Serializer>(&self, secrecy: Secrecy, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.iter().map(|value| Part(value, secrecy)))
            }
        }
    )* };
}
list!([] [T], [] Vec<T>, [const N: usize] [T; N]);

macro_rules! map {
    ($([$($bound:tt)*] $name:ty),*) => { $(
        impl<K: Serialize + $($bound)*, V: SerializeSecrets> sealed::Sealed for $name {}

        impl<K: Serialize + $($bound)*, V: SerializeSecrets> SerializeSecrets for $name {
            fn serialize_secrets<S: Serializer>(&self, secrecy: Secrecy, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.iter().map(|(key, value)| (key, Part(value, secrecy))))
            }
        }
    )* };
}
map!([Ord] BTreeMap<K, V>, [Eq + Hash] HashMap<K, V>);

impl<T: SerializeSecrets> sealed::Sealed for Option<T> {}

impl<T: SerializeSecrets> SerializeSecrets for Option<T> {
    fn serialize_secrets<S: Serializer>(
        &self,
        secrecy: Secrecy,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&Part(value, secrecy)),
            None => serializer.serialize_none(),
        }
    }
}
