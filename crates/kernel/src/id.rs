/// Where identifiers come from, so that tests can predict them.
pub trait Ids: Send + Sync {
    /// A fresh, sortable identifier without prefix (26 characters, ULID).
    fn next(&self) -> String;
}

/// Random identifiers, sortable by the time they were made.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn next(&self) -> String {
        ulid::Ulid::generate().to_string()
    }
}

/// Declares a typed identifier with a readable prefix: `id!(WarningId, "wrn")` prints `wrn_01JD…`.
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// A fresh identifier.
            pub fn new(ids: &dyn $crate::Ids) -> Self {
                Self(format!(concat!($prefix, "_{}"), ids.next()))
            }

            /// The text as stored and shown.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Reads an identifier back; `None` when the prefix is another's.
            pub fn parse(text: &str) -> Option<Self> {
                let rest = text.strip_prefix(concat!($prefix, "_"))?;
                let plain = !rest.is_empty() && rest.len() <= 40 && rest.bytes().all(|b| b.is_ascii_alphanumeric());
                plain.then(|| Self(text.to_owned()))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
