//! The page of GitHub's documentation that an error names.

use crate::spec::generated::Operation;
use crate::spec::row::Credentials;
use crate::spec::version::Version;
use crate::state::product::Product;

pub(crate) enum Page {
    /// The operation's page; the front page for a request without an operation.
    Operation,
    Front,
    /// The same page whatever the product.
    At(&'static str),
}

impl Page {
    pub(crate) fn url(&self, product: Product, operation: Option<Operation>) -> String {
        match (self, operation) {
            (Self::At(url), _) => (*url).to_owned(),
            (Self::Operation, Some(operation)) => own(product, operation),
            (Self::Operation | Self::Front, _) => Site::of(product).front,
        }
    }
}

/// How GitHub's documentation of a product is laid out.
///
/// The versions are those seen in recorded errors: `docs.github.com/enterprise/` up to 3.3, `enterprise-server@` in 3.7 and later,
/// `reference` in 3.7 and not any more in 3.12. If a change falls between two of these, it is made with the later version, except that
/// `enterprise-server@` begins with 3.4.
struct Site {
    front: String,
    layout: Layout,
}

enum Layout {
    /// `apps/oauth_applications/#…`
    Developer,
    /// `reference/apps#…`
    Reference,
    /// `apps/oauth-applications#…`
    Topics,
}

impl Site {
    fn of(product: Product) -> Self {
        let (front, layout) = match product {
            Product::GitHubCom => ("https://docs.github.com/rest".to_owned(), Layout::Topics),
            Product::Enterprise(version) if version < Version::new(2, 22) => (
                format!("https://developer.github.com/enterprise/{version}/v3"),
                Layout::Developer,
            ),
            Product::Enterprise(version) if version < Version::new(3, 4) => (
                format!("https://docs.github.com/enterprise/{version}/rest"),
                Layout::Reference,
            ),
            Product::Enterprise(version) => (
                format!("https://docs.github.com/enterprise-server@{version}/rest"),
                if version < Version::new(3, 12) {
                    Layout::Reference
                } else {
                    Layout::Topics
                },
            ),
        };
        Self { front, layout }
    }
}

/// The operation's page. The spec links one version's page; the section is the same in all.
fn own(product: Product, operation: Operation) -> String {
    let Site { front, layout } = Site::of(product);
    let chapter = match (layout, operation.spec().credentials) {
        (Layout::Developer, Credentials::App) => "apps/oauth_applications/",
        (Layout::Developer, Credentials::User) => "oauth_authorizations/",
        (Layout::Reference, Credentials::App) => "reference/apps",
        (Layout::Reference, Credentials::User) => "reference/oauth-authorizations",
        (Layout::Topics, Credentials::App) => "apps/oauth-applications",
        (Layout::Topics, Credentials::User) => "oauth-authorizations/oauth-authorizations",
        (_, Credentials::None) => "credentials/revoke",
    };
    match operation.spec().docs_url.split_once('#') {
        Some((_, section)) => format!("{front}/{chapter}#{section}"),
        None => front,
    }
}
