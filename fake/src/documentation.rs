//! The page of GitHub's documentation that an error names.

use crate::generated::Operation;
use crate::operation::Credentials;
use crate::site::Product;

pub(crate) enum Page {
    /// The operation's own; where the request was for none, the front page.
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
            (Self::Operation | Self::Front, _) => product.documentation(),
        }
    }
}

/// The spec links one version's page of an operation, for people to read. Each product names its own here, in no language, at the
/// path that it has in the linked version.
fn own(product: Product, operation: Operation) -> String {
    let front = product.documentation();
    let url = operation.spec().docs_url;
    if product.at_least(3, 0) {
        return url
            .split_once("/rest/")
            .map_or_else(|| front.clone(), |(_, page)| format!("{front}/{page}"));
    }
    let chapter = match operation.spec().credentials {
        Credentials::App => "apps/oauth_applications",
        Credentials::User => "oauth_authorizations",
    };
    url.split_once('#').map_or_else(
        || front.clone(),
        |(_, section)| format!("{front}/{chapter}/#{section}"),
    )
}
