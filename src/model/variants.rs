//! Enums in JSON: a variant is its name, or an object of its name and its value.

use serde_core::de::{DeserializeSeed, Deserializer, EnumAccess, Error, VariantAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Implements [`SerializeSecrets`](crate::SerializeSecrets) and serde's `Deserialize` for an enum. Without `Exposed` and `Redacted` the enum
/// is `refused` or `allowed`.
macro_rules! variants {
    ($alone:ident $name:ident: $($variant:ident $(($value:ident))? = $wire:literal),*) => {
        $crate::secret::serialize::$alone!($name);

        impl $crate::secret::serialize::SerializeSecrets for $name {
            fn serialize_secrets<S: ::serde_core::Serializer>(
                &self,
                secrecy: $crate::secret::serialize::Secrecy,
                to: S,
            ) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant $(($value))? => $crate::model::variants::variants!(@ to $name $wire $($value secrecy)?),)*
                }
            }
        }

        $crate::model::variants::read_variants!($name: $($variant $(($value))? = $wire),*);
    };
    (@ $to:ident $name:ident $wire:literal) => {
        $to.serialize_unit_variant(stringify!($name), $crate::model::variants::index::<Self>($wire), $wire)
    };
    (@ $to:ident $name:ident $wire:literal $value:ident $secrecy:ident) => {
        $to.serialize_newtype_variant(
            stringify!($name),
            $crate::model::variants::index::<Self>($wire),
            $wire,
            &$crate::secret::serialize::Part($value, $secrecy),
        )
    };
}
pub(crate) use variants;

/// Implements serde's `Deserialize` for an enum, which may have a type parameter.
macro_rules! read_variants {
    ($name:ident $(<$of:ident>)?: $($variant:ident $(($value:ident))? = $wire:literal),*) => {
        impl<'de $(, $of: ::serde_core::Deserialize<'de>)?> ::serde_core::Deserialize<'de> for $name $(<$of>)? {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::model::variants::read(from)
            }
        }

        impl<'de $(, $of: ::serde_core::Deserialize<'de>)?> $crate::model::variants::Variants<'de> for $name $(<$of>)? {
            const NAME: &'static str = stringify!($name);
            const VARIANTS: &'static [&'static str] = &[$($wire),*];

            fn read<A: ::serde_core::de::VariantAccess<'de>>(name: &str, from: A) -> Result<Self, A::Error> {
                match name {
                    $($wire => $crate::model::variants::read_variants!(@ from $variant $($value)?),)*
                    _ => Err($crate::model::variants::unknown::<Self, _>()),
                }
            }
        }
    };
    (@ $from:ident $variant:ident) => {
        $from.unit_variant().map(|()| Self::$variant)
    };
    (@ $from:ident $variant:ident $value:ident) => {
        $from.newtype_variant().map(Self::$variant)
    };
}
pub(crate) use read_variants;

/// An enum that is read by the names of its variants.
pub(crate) trait Variants<'de>: Sized {
    const NAME: &'static str;
    const VARIANTS: &'static [&'static str];

    /// Reads the variant with this name.
    fn read<A: VariantAccess<'de>>(name: &str, from: A) -> Result<Self, A::Error>;
}

/// Returns the position of a variant, which binary formats write in place of its name.
pub(crate) fn index<T: for<'de> Variants<'de>>(name: &str) -> u32 {
    T::VARIANTS
        .iter()
        .zip(0..)
        .find_map(|(variant, index)| (*variant == name).then_some(index))
        .unwrap_or_default()
}

/// Reads an enum.
pub(crate) fn read<'de, T: Variants<'de>, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_enum(T::NAME, T::VARIANTS, Reader(PhantomData))
}

/// The error for a name that no variant has. It does not show the name, which may be a secret in the wrong place.
pub(crate) fn unknown<'de, T: Variants<'de>, E: Error>() -> E {
    E::custom(format_args!(
        "unknown variant, expected one of {}",
        T::VARIANTS.join(", ")
    ))
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Variants<'de>> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a variant of {}", T::NAME)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, from: A) -> Result<T, A::Error> {
        let (name, from) = from.variant_seed(Name(T::VARIANTS))?;
        T::read(&name, from)
    }
}

/// Reads the name of a variant, or its index.
struct Name(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<String, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a variant")
    }

    fn visit_u64<E>(self, index: u64) -> Result<String, E> {
        let name = usize::try_from(index)
            .ok()
            .and_then(|index| self.0.get(index));
        Ok(name.copied().unwrap_or_default().to_owned())
    }

    fn visit_str<E>(self, name: &str) -> Result<String, E> {
        Ok(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_core::de::value::{Error as Invalid, U32Deserializer};
    use serde_core::de::{Deserialize, IntoDeserializer as _};

    #[derive(Debug, PartialEq)]
    enum Light {
        On,
        Dimmed(u8),
    }
    read_variants!(Light: On = "on", Dimmed(percent) = "dimmed");

    #[test]
    fn binary_formats_name_a_variant_by_its_index() {
        let read = |index: u32| {
            let from: U32Deserializer<Invalid> = index.into_deserializer();
            Light::deserialize(from)
        };
        assert_eq!(index::<Light>("dimmed"), 1);
        assert_eq!(read(0), Ok(Light::On));
        let error = read(2).unwrap_err();
        assert_eq!(
            error.to_string(),
            "unknown variant, expected one of on, dimmed"
        );
    }
}
