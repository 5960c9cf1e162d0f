//! The surface and the generated code of a specification.

use ghes_oauth_codegen::surface::{self, Source, Surface};
use ghes_oauth_codegen::{Generated, generate, lint, loader, table};

/// The handwritten files with the methods of operations.
pub(crate) const METHODS: [&str; 5] = [
    include_str!("../../../src/api/oauth_app.rs"),
    include_str!("../../../src/api/revocation.rs"),
    include_str!("../../../src/api/authorizations.rs"),
    include_str!("../../../src/api/leaked.rs"),
    include_str!("../../../src/api/path_tokens.rs"),
];
pub(crate) const LIB: &str = include_str!("../../../src/lib.rs");

/// The results of one spec.
pub(crate) struct Built {
    pub(crate) surface: Surface,
    pub(crate) generated: Generated,
}

impl Built {
    /// The results of a spec without errors.
    pub(crate) fn linted(spec: &str) -> Self {
        lint::read(spec).expect("the specification has no errors");
        Self::unlinted(spec).expect("the specification has no errors")
    }

    /// Without lint, some of whose rules refuse things without a meaning.
    pub(crate) fn unlinted(spec: &str) -> Result<Self, String> {
        let document = loader::parse(spec).map_err(|error| error.to_string())?;
        let operations = table::client::render(&document);
        let client = generate::client(&document).map_err(|errors| errors[0].to_string())?;
        let surface = surface::of(&Source {
            document: &document,
            client: &client,
            methods: METHODS,
            lib: LIB,
        })?;
        Ok(Self {
            surface,
            generated: Generated { client, operations },
        })
    }
}
