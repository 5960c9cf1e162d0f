//! The patterns of differences that `CURATION.md` explains.

use super::point::Point;
use super::schema::KEYWORDS;
use super::server::{Server, Servers};
use super::wildcard;
use std::collections::BTreeSet;
use std::fmt;

/// The aspects that a difference may concern, besides those of [`KEYWORDS`].
const ASPECTS: &str = "additional alternatives content deprecated deprecation-date enum nullable operation-id present \
    removal-date required schema-name type";

/// A pattern of differences.
#[derive(Clone)]
pub(super) struct Where {
    pub(super) line: usize,
    pub(super) subject: String,
    pub(super) aspect: String,
    pub(super) theirs: String,
    /// The servers that it applies to; all if it names none.
    pub(super) servers: Option<Servers>,
}

impl Where {
    /// Whether it explains a difference. A star matches only optional parts: a pattern must name a part that our spec requires.
    pub(super) fn explains(
        &self,
        point: &Point,
        server: Server,
        required: &BTreeSet<String>,
    ) -> bool {
        let is_vital = ["nullable", "present", "required", "type"].contains(&point.aspect)
            && required.contains(&point.subject);
        !(is_vital && self.subject.contains('*'))
            && self.aspect == point.aspect
            && wildcard::matches(&self.theirs, &point.theirs)
            && wildcard::matches(&self.subject, &point.subject)
            && self
                .servers
                .as_ref()
                .is_none_or(|servers| servers.include(server))
    }
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.subject, self.aspect, self.theirs)
    }
}

/// Reads `` `SUBJECT ASPECT THEIRS` `` with ` on SERVERS` or without.
pub(super) fn read(text: &str, line: usize) -> Result<Where, (String, String)> {
    let quoted = text.strip_prefix('`').and_then(|text| text.split_once('`'));
    let Some((words, rest)) = quoted else {
        return Err((
            "the pattern is not in backquotes".into(),
            "write - where: `SUBJECT ASPECT THEIRS`".into(),
        ));
    };
    let [subject, aspect, theirs] = words.split(' ').collect::<Vec<_>>()[..] else {
        return Err((
            format!("`{words}` is not of three words"),
            "write the subject, the aspect and what GitHub says".into(),
        ));
    };
    let mut aspects: Vec<&str> = ASPECTS.split(' ').collect();
    aspects.extend(KEYWORDS.map(|(aspect, _)| aspect));
    if !aspects.contains(&aspect) {
        return Err((
            format!("`{aspect}` is not an aspect"),
            format!("use one of {}", aspects.join(", ")),
        ));
    }
    let servers = match rest {
        "" => None,
        _ => {
            let help = "write it like this: on 3.0 to 3.11, github.com";
            let servers = rest.strip_prefix(" on ").and_then(Servers::parse);
            Some(servers.ok_or_else(|| {
                (
                    format!("`{}` names no servers", rest.trim()),
                    help.to_owned(),
                )
            })?)
        }
    };
    Ok(Where {
        line,
        subject: subject.into(),
        aspect: aspect.into(),
        theirs: theirs.into(),
        servers,
    })
}
