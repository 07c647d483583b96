//! Enumerations by name: what is one of a few words in the API is one of a few values in here.
//!
//! One list gives the type, its names, [`Named::ALL`], parsing, JSON, and the schema in the API document, so that none of
//! them can say something else. In a snapshot the place in the list counts: a new value goes to the end.

use std::fmt;

#[doc(hidden)]
pub use utoipa;

/// What has a name in the API.
pub trait Named: Copy + Eq + 'static {
    /// Every value, in the order of their names in the API document.
    const ALL: &'static [Self];

    /// The name in the API.
    fn name(self) -> &'static str;
}

/// A text that is none of the names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName(pub Vec<&'static str>);

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be one of {}", self.0.join(", "))
    }
}

impl std::error::Error for UnknownName {}

/// The value of a name.
pub fn parse<T: Named>(text: &str) -> Result<T, UnknownName> {
    let found = T::ALL.iter().copied().find(|value| value.name() == text);
    found.ok_or_else(|| UnknownName(T::ALL.iter().map(|value| value.name()).collect()))
}

/// Makes an enumeration of names. The crate that uses it needs `serde`.
///
/// ```text
/// named! {
///     /// How bad it is.
///     pub enum Severity {
///         /// Worth knowing.
///         Low = "low",
///     }
/// }
/// ```
#[macro_export]
macro_rules! named {
    (
        #[doc = $doc:literal]
        $(#[$meta:meta])*
        $vis:vis enum $type:ident {
            $($(#[$about:meta])* $variant:ident = $name:literal,)*
        }
    ) => {
        #[doc = $doc]
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        $vis enum $type {
            $($(#[$about])* #[serde(rename = $name)] $variant,)*
        }

        impl $type {
            /// Every value.
            $vis const ALL: &[$type] = &[$($type::$variant,)*];

            /// The name in the API.
            $vis const fn name(self) -> &'static str {
                match self {
                    $($type::$variant => $name,)*
                }
            }
        }

        impl $crate::names::Named for $type {
            const ALL: &'static [Self] = $type::ALL;

            fn name(self) -> &'static str {
                $type::name(self)
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::names::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::names::parse(text)
            }
        }

        impl $crate::names::utoipa::PartialSchema for $type {
            fn schema() -> $crate::names::utoipa::openapi::RefOr<$crate::names::utoipa::openapi::schema::Schema> {
                $crate::names::schema($doc, &[$($name,)*])
            }
        }

        impl $crate::names::utoipa::ToSchema for $type {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
        }
    };
}

/// The schema of an enumeration.
#[doc(hidden)]
pub fn schema(description: &str, names: &[&'static str]) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    use utoipa::openapi::schema::{ObjectBuilder, Type};
    let text = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names.iter().copied()));
    utoipa::openapi::RefOr::T(text.description(Some(description.trim())).into())
}
