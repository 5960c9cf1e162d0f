//! The server of a description, and the part of our specification that it has.

use ghes_oauth_codegen::versions;
use serde_json::Value;
use std::fmt;

/// A kind of server that GitHub describes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Server {
    /// GitHub Enterprise Server, by major and minor version.
    Ghes(u16, u16),
    /// github.com, with or without Enterprise Cloud.
    GitHubCom,
    /// github.com in 2020, when it still had the Authorizations API: facts about it may not hold today.
    GitHubCom2020,
    /// GitHub AE, which is no longer offered.
    GitHubAe,
}

impl Server {
    /// Reads `3.14`, `github.com`, `github.com-2020` or `github.ae`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "github.com" => Some(Self::GitHubCom),
            "github.com-2020" => Some(Self::GitHubCom2020),
            "github.ae" => Some(Self::GitHubAe),
            _ => versions::parse(text).map(|(major, minor)| Self::Ghes(major, minor)),
        }
    }

    /// Reads it from the URL of the manual that the description belongs to. The release in `info` does not work: in YAML it is a number,
    /// and there 3.20 is 3.2.
    pub fn of(description: &Value) -> Option<Self> {
        let manual = description["externalDocs"]["url"].as_str()?;
        if let Some((_, rest)) = manual.split_once("enterprise-server@") {
            return versions::parse(rest.split('/').next()?)
                .map(|(major, minor)| Self::Ghes(major, minor));
        }
        let of_github = manual.starts_with("https://docs.github.com/");
        of_github.then_some(if manual.contains("/github-ae@") {
            Self::GitHubAe
        } else if description["paths"]["/authorizations"].is_object() {
            Self::GitHubCom2020
        } else {
            Self::GitHubCom
        })
    }

    /// Whether this server has what `node` of our specification describes, by its bounds.
    pub(super) fn has(self, node: &Value) -> bool {
        let bound = |key: &str| node[key].as_str().and_then(versions::parse);
        if matches!(self, Self::Ghes(..)) && is_github_coms(node) {
            return false;
        }
        match self {
            Self::Ghes(major, minor) => {
                let here = (major, minor);
                bound("x-since").is_none_or(|since| since <= here)
                    && bound("x-until").is_none_or(|until| here <= until)
            }
            Self::GitHubCom | Self::GitHubCom2020 | Self::GitHubAe => node["x-github-com"] != false,
        }
    }
}

/// Whether only github.com has what `node` describes: an operation without a version.
fn is_github_coms(node: &Value) -> bool {
    node["x-github-com"] == true && !node["x-since"].is_string()
}

/// Whether some servers lack what `node` describes.
pub(super) fn is_bounded(node: &Value) -> bool {
    is_github_coms(node)
        || node["x-since"].is_string()
        || node["x-until"].is_string()
        || node["x-github-com"] == false
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ghes(major, minor) => write!(f, "GHES {major}.{minor}"),
            Self::GitHubCom => f.write_str("github.com"),
            Self::GitHubCom2020 => f.write_str("github.com in 2020"),
            Self::GitHubAe => f.write_str("GitHub AE"),
        }
    }
}

/// A set of servers: `3.0 to 3.11, github.com`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Servers(Vec<(Server, Server)>);

impl Servers {
    /// Reads a list of servers and of ranges of GHES versions.
    pub(super) fn parse(text: &str) -> Option<Self> {
        text.split(", ").map(range).collect::<Option<_>>().map(Self)
    }

    pub(super) fn include(&self, server: Server) -> bool {
        self.0.iter().any(|range| match (range, server) {
            ((Server::Ghes(a, b), Server::Ghes(c, d)), Server::Ghes(major, minor)) => {
                ((*a, *b)..=(*c, *d)).contains(&(major, minor))
            }
            ((one, _), server) => *one == server,
        })
    }
}

fn range(text: &str) -> Option<(Server, Server)> {
    let Some((first, last)) = text.split_once(" to ") else {
        return Server::parse(text).map(|one| (one, one));
    };
    let (first, last) = (versions::parse(first)?, versions::parse(last)?);
    (first < last).then_some((Server::Ghes(first.0, first.1), Server::Ghes(last.0, last.1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_server_is_read_from_the_manual() {
        let of = |url: &str| {
            Server::of(
                &json!({ "info": { "x-github-release": 3.2 }, "externalDocs": { "url": url } }),
            )
        };
        assert_eq!(
            of("https://docs.github.com/enterprise-server@3.20/rest/"),
            Some(Server::Ghes(3, 20))
        );
        assert_eq!(
            of("https://docs.github.com/enterprise-server@2.18/rest/"),
            Some(Server::Ghes(2, 18))
        );
        assert_eq!(of("https://docs.github.com/rest/"), Some(Server::GitHubCom));
        assert_eq!(
            of("https://docs.github.com/enterprise-cloud@latest/rest/"),
            Some(Server::GitHubCom)
        );
        assert_eq!(
            of("https://docs.github.com/github-ae@latest/rest/"),
            Some(Server::GitHubAe)
        );
        assert_eq!(
            of("https://docs.github.com/enterprise-server@latest/rest/"),
            None
        );
        assert_eq!(of("https://example.com/"), None);
        assert_eq!(Server::of(&json!({})), None);
    }

    #[test]
    fn bounds_count_versions_and_not_digits() {
        let node = json!({ "x-since": "3.0", "x-until": "3.9", "x-github-com": false });
        let has = |server| Server::parse(server).unwrap().has(&node);
        assert_eq!(
            ["2.22", "3.0", "3.9", "3.10", "github.com"].map(has),
            [false, true, true, false, false]
        );
        assert!(Server::GitHubCom.has(&json!({})) && Server::Ghes(9, 9).has(&json!({})));
        assert!(is_bounded(&node) && is_bounded(&json!({ "x-github-com": true })));
        assert!(!is_bounded(&json!({})));
    }

    #[test]
    fn servers_are_lists_and_ranges() {
        let include = |list: &str, server: &str| {
            Servers::parse(list)
                .unwrap()
                .include(Server::parse(server).unwrap())
        };
        assert!(
            include("3.2 to 3.11", "3.10")
                && include("3.2 to 3.11", "3.2")
                && include("3.2 to 3.11", "3.11")
        );
        assert!(
            !include("3.2 to 3.11", "3.1")
                && !include("3.2 to 3.11", "3.12")
                && !include("3.2 to 3.11", "github.com")
        );
        assert!(
            include("3.4, github.ae", "github.ae")
                && include("3.4, github.ae", "3.4")
                && !include("3.4, github.ae", "3.5")
        );
        for wrong in [
            "",
            "3",
            "3.4 to",
            "3.4 to 3.4",
            "3.4 to 3.1",
            "github.com to 3.4",
            "3.4,3.5",
            "latest",
        ] {
            assert_eq!(Servers::parse(wrong), None, "{wrong}");
        }
    }
}
