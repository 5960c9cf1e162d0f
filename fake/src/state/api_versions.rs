//! The supported and the retired values of `X-GitHub-Api-Version`.

use crate::state::product::Product;

/// The supported and retired versions of the REST API.
#[derive(Debug)]
pub(crate) struct ApiVersions {
    /// The first is the default; a server without any ignores the header.
    served: Vec<String>,
    retired: Vec<String>,
}

/// Why a version is not served.
pub(crate) enum Unserved {
    Unknown,
    Retired,
}

impl ApiVersions {
    /// Those of the product, or the given ones, without those that are retired.
    pub(crate) fn new(product: Product, known: Option<Vec<String>>, retired: Vec<String>) -> Self {
        let mut served = known.unwrap_or_else(|| documented(product));
        served.retain(|version| !retired.contains(version));
        Self { served, retired }
    }

    /// Whether the server has, or had, versions.
    pub(crate) fn are_known(&self) -> bool {
        !self.served.is_empty() || !self.retired.is_empty()
    }

    /// The version that serves a request for this one; `None` on a server that ignores versions.
    pub(crate) fn serving(&self, wanted: Option<&str>) -> Result<Option<&str>, Unserved> {
        let default = self.served.first().map(String::as_str);
        match wanted {
            None => Ok(default),
            Some(wanted) if self.retired.iter().any(|retired| retired == wanted) => {
                Err(Unserved::Retired)
            }
            Some(_) if default.is_none() => Ok(None),
            Some(wanted) => self
                .served
                .iter()
                .find(|served| *served == wanted)
                .map(|served| Some(served.as_str()))
                .ok_or(Unserved::Unknown),
        }
    }

    /// Returns GitHub's message for a request with an unserved version.
    pub(crate) fn message(&self, unserved: &Unserved) -> String {
        let problem = match unserved {
            Unserved::Unknown => "not a supported version",
            Unserved::Retired => "a version that is no longer supported",
        };
        let mut message = format!("X-GitHub-Api-Version: {problem}.");
        if !self.served.is_empty() {
            let served: Vec<_> = self
                .served
                .iter()
                .map(|version| format!("\"{version}\""))
                .collect();
            message.push_str(&format!(" Supported versions: {}.", served.join(", ")));
        }
        message
    }
}

fn documented(product: Product) -> Vec<String> {
    let since = [
        ("2022-11-28", product.at_least(3, 9)),
        ("2026-03-10", product.at_least(3, 21)),
    ];
    since
        .into_iter()
        .filter(|(_, known)| *known)
        .map(|(version, _)| version.to_owned())
        .collect()
}
