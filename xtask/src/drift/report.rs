//! The differences that `CURATION.md` does not explain.

use super::curation::Curation;
use super::point::Point;
use super::server::Server;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// How one description differs from ours.
#[derive(Clone, Debug)]
pub struct Report {
    /// The server of the description.
    pub server: Server,
    /// The unexplained differences: first new, then gone, then different ones.
    pub unexplained: Vec<Difference>,
    /// Differences that several entries explain, with the names of these.
    pub ambiguous: Vec<(Difference, Vec<String>)>,
    /// How many differences exactly one entry explains.
    pub explained: usize,
    /// The entries that explained nothing.
    pub idle: Vec<String>,
    /// How many entries there are.
    pub entries: usize,
}

/// One difference.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Difference {
    /// Whether one side does not have the subject.
    pub kind: Kind,
    /// The place in our document, or where it would be.
    pub subject: String,
    /// The aspect.
    pub aspect: &'static str,
    /// GitHub's value.
    pub theirs: String,
    /// Our value.
    pub ours: String,
    /// Method and path of an operation that is new or gone.
    pub route: Option<String>,
}

/// The kind of difference.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// Only GitHub has it.
    New,
    /// Only we have it.
    Gone,
    /// Both have it.
    Different,
}

impl Report {
    /// Whether there are no differences.
    pub fn is_clean(&self) -> bool {
        self.unexplained.is_empty() && self.ambiguous.is_empty()
    }

    pub(super) fn new(
        points: &[Point],
        curation: &Curation,
        server: Server,
        required: &BTreeSet<String>,
    ) -> Self {
        let mut seen = BTreeSet::new();
        let mut used = BTreeSet::new();
        let mut report = Self {
            server,
            unexplained: Vec::new(),
            ambiguous: Vec::new(),
            explained: 0,
            idle: Vec::new(),
            entries: curation.entries.len(),
        };
        for point in points.iter().filter(|point| point.theirs != point.ours) {
            // A schema that several operations share is walked for each.
            if !seen.insert((&point.subject, point.aspect, &point.theirs)) {
                continue;
            }
            let explains = |entry: &&super::curation::Entry| {
                entry
                    .wheres
                    .iter()
                    .any(|place| place.explains(point, server, required))
            };
            let entries: Vec<String> = curation
                .entries
                .iter()
                .filter(explains)
                .map(|entry| entry.name.clone())
                .collect();
            match entries.len() {
                0 => report.unexplained.push(Difference::new(point)),
                1 => report.explained += 1,
                _ => report
                    .ambiguous
                    .push((Difference::new(point), entries.clone())),
            }
            used.extend(entries);
        }
        report.unexplained.sort();
        report.ambiguous.sort();
        report.idle = curation
            .entries
            .iter()
            .map(|entry| entry.name.clone())
            .filter(|name| !used.contains(name))
            .collect();
        report
    }
}

impl Difference {
    fn new(point: &Point) -> Self {
        let kind = match (point.aspect, point.theirs.as_str()) {
            ("present", "yes") => Kind::New,
            ("present", _) => Kind::Gone,
            _ => Kind::Different,
        };
        let Point {
            subject,
            aspect,
            theirs,
            ours,
            route,
        } = point.clone();
        Self {
            kind,
            subject,
            aspect,
            theirs,
            ours,
            route,
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
        self.unexplained
            .iter()
            .for_each(|difference| *counts.entry(difference.kind).or_default() += 1);
        let count = |kind| counts.get(&kind).copied().unwrap_or_default();
        let (new, gone, different) = (count(Kind::New), count(Kind::Gone), count(Kind::Different));
        writeln!(
            f,
            "{}: {new} new, {gone} gone, {different} different, {} explained",
            self.server, self.explained
        )?;
        for difference in &self.unexplained {
            writeln!(f, "{difference}")?;
        }
        for (difference, entries) in &self.ambiguous {
            writeln!(
                f,
                "{difference}; explained by {} entries: {}",
                entries.len(),
                entries.join(", ")
            )?;
        }
        match &self.idle[..] {
            [] => writeln!(
                f,
                "each of the {} entries of openapi/CURATION.md explained something",
                self.entries
            )?,
            idle => writeln!(
                f,
                "{} of {} entries of openapi/CURATION.md explained nothing here: {}",
                idle.len(),
                self.entries,
                idle.join(", ")
            )?,
        }
        if !self.unexplained.is_empty() {
            f.write_str(
                "change openapi/ghes-oauth.yaml and run `cargo xtask regen`, or explain lines above by entries in openapi/CURATION.md\n",
            )?;
        }
        if !self.ambiguous.is_empty() {
            f.write_str("narrow the patterns in openapi/CURATION.md until one entry is left for each difference\n")?;
        }
        Ok(())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::New => "new",
            Kind::Gone => "gone",
            Kind::Different => "different",
        };
        write!(
            f,
            "{kind:<9}  {}: {} {} → {}",
            self.subject, self.aspect, self.theirs, self.ours
        )?;
        self.route
            .iter()
            .try_for_each(|route| write!(f, " ({route})"))
    }
}
