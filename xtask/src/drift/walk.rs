//! Walks GitHub's description and ours side by side, and records the values of both.

use super::point::{Point, Walked};
use super::reference::{entries, follow, has_reference};
use super::schema::Flat;
use super::scope::{Operation, Scope, operations, parameters};
use super::server::{Server, is_bounded};
use serde_json::Value;
use std::collections::BTreeSet;

/// Walks all operations that are ours or in scope.
pub(super) fn walk(theirs: &Value, ours: &Value, server: Server) -> Walked {
    let scope = Scope::of(ours);
    let is_ours = |operation: &Operation<'_>| {
        scope.takes_path(operation.path) || scope.takes_id(operation.id)
    };
    let listed: Vec<Operation<'_>> = operations(theirs).filter(is_ours).collect();
    let have_names = listed.iter().any(|operation| has_reference(operation.node));
    let mut walk = Walk {
        ours,
        theirs,
        server,
        have_names,
        seen: BTreeSet::new(),
        out: Walked::default(),
    };
    let routes: BTreeSet<_> = operations(ours)
        .map(|operation| operation.route())
        .collect();
    for our in operations(ours) {
        let their = listed
            .iter()
            .find(|operation| operation.route() == our.route());
        walk.whole_operation(&our, their, Some(&our));
        if let Some(their) = their {
            walk.operation(&our, their);
        }
    }
    for new in listed
        .iter()
        .filter(|operation| !routes.contains(&operation.route()))
    {
        walk.whole_operation(new, Some(new), None);
    }
    walk.out
}

struct Walk<'a> {
    ours: &'a Value,
    theirs: &'a Value,
    server: Server,
    /// Whether GitHub's schemas have names; dereferenced descriptions have none.
    have_names: bool,
    /// Pairs of schemas that were compared before, by name.
    seen: BTreeSet<(&'a str, &'a str)>,
    out: Walked,
}

impl<'a> Walk<'a> {
    fn whole_operation(
        &mut self,
        either: &Operation<'a>,
        their: Option<&Operation<'a>>,
        our: Option<&Operation<'a>>,
    ) {
        self.present(
            either.id,
            their.map(|their| their.node),
            our.map(|our| our.node),
        );
        if let Some(point) = self.out.points.last_mut() {
            point.route = Some(format!("{} {}", either.method.to_uppercase(), either.path));
        }
    }

    fn operation(&mut self, our: &Operation<'a>, their: &Operation<'a>) {
        let id = our.id;
        self.note(id, "operation-id", their.id.into(), id.into());
        self.flag(
            id,
            "deprecated",
            &their.node["deprecated"],
            &our.node["deprecated"],
        );
        for (aspect, key) in [
            ("deprecation-date", "deprecationDate"),
            ("removal-date", "removalDate"),
        ] {
            let date = their.node["x-github"][key].as_str().unwrap_or("none");
            self.note(id, aspect, date.into(), "none".into());
        }
        self.parameters(our, their);
        self.body(our, their);
        self.responses(our, their);
    }

    fn parameters(&mut self, our: &Operation<'a>, their: &Operation<'a>) {
        let (ours, theirs) = (parameters(self.ours, our), parameters(self.theirs, their));
        for key in ours.keys().chain(theirs.keys()).collect::<BTreeSet<_>>() {
            let (our_side, their_side) = (ours.get(key).copied(), theirs.get(key).copied());
            let subject = format!("{}.{}.{}", our.id, key.0, key.1);
            self.present(&subject, their_side, our_side);
            if let (Some(a), Some(b)) = (our_side, their_side) {
                self.flag(&subject, "required", &b["required"], &a["required"]);
                self.flag(&subject, "deprecated", &b["deprecated"], &a["deprecated"]);
                self.schema(&subject, &b["schema"], &a["schema"]);
            }
        }
    }

    fn body(&mut self, our: &Operation<'a>, their: &Operation<'a>) {
        let subject = format!("{}.body", our.id);
        let our_side = our
            .node
            .get("requestBody")
            .map(|body| follow(self.ours, body).0);
        let their_side = their
            .node
            .get("requestBody")
            .map(|body| follow(self.theirs, body).0);
        self.present(&subject, their_side, our_side);
        if let (Some(a), Some(b)) = (our_side, their_side) {
            self.flag(&subject, "required", &b["required"], &a["required"]);
            self.content(&subject, b, a);
        }
    }

    fn responses(&mut self, our: &Operation<'a>, their: &Operation<'a>) {
        let (ours, theirs) = (
            entries(&our.node["responses"]),
            entries(&their.node["responses"]),
        );
        for status in ours.keys().chain(theirs.keys()).collect::<BTreeSet<_>>() {
            let subject = format!("{}.{status}", our.id);
            let our_side = ours
                .get(status)
                .map(|response| follow(self.ours, response).0);
            let their_side = theirs
                .get(status)
                .map(|response| follow(self.theirs, response).0);
            self.present(&subject, their_side, our_side);
            if let (Some(a), Some(b)) = (our_side, their_side) {
                self.headers(&subject, b, a);
                self.content(&subject, b, a);
            }
        }
    }

    fn headers(&mut self, subject: &str, their: &'a Value, our: &'a Value) {
        let (ours, theirs) = (entries(&our["headers"]), entries(&their["headers"]));
        for name in ours.keys().chain(theirs.keys()).collect::<BTreeSet<_>>() {
            let our_side = ours.get(name).map(|header| follow(self.ours, header).0);
            let their_side = theirs.get(name).map(|header| follow(self.theirs, header).0);
            let subject = format!("{subject}.header.{name}");
            self.present(&subject, their_side, our_side);
            if let (Some(a), Some(b)) = (our_side, their_side) {
                self.schema(&subject, &b["schema"], &a["schema"]);
            }
        }
    }

    fn content(&mut self, subject: &str, their: &'a Value, our: &'a Value) {
        let json = |side: &'a Value| {
            entries(&side["content"])
                .into_iter()
                .find(|(kind, _)| kind.starts_with("application/json"))
        };
        let (our_side, their_side) = (json(our), json(their));
        self.yes_or_no(subject, "content", their_side.is_some(), our_side.is_some());
        if let (Some((_, a)), Some((_, b))) = (our_side, their_side) {
            self.schema(subject, &b["schema"], &a["schema"]);
        }
    }

    /// Compares two schemas. If ours has a name, that becomes the subject, unless theirs has no name and another type: then the places
    /// differ, not the schemas.
    fn schema(&mut self, subject: &str, their: &'a Value, our: &'a Value) {
        let (a, b) = (Flat::new(self.ours, our), Flat::new(self.theirs, their));
        self.yes_or_no(subject, "nullable", b.nullable, a.nullable);
        if let (Some(our_name), Some(their_name)) = (a.name, b.name)
            && !self.seen.insert((our_name, their_name))
        {
            return;
        }
        let is_elsewhere = a.name.is_some() && b.name.is_none() && a.types != b.types;
        let subject = a.name.filter(|_| !is_elsewhere).unwrap_or(subject);
        if self.have_names && !is_elsewhere && (a.name.is_some() || b.name.is_some()) {
            let our_name = a.name.map_or("none".into(), |name| {
                if b.name.is_some() {
                    kebab(name)
                } else {
                    name.into()
                }
            });
            self.note(
                subject,
                "schema-name",
                b.name.unwrap_or("none").into(),
                our_name,
            );
        }
        for ((aspect, theirs), (_, ours)) in b.words().into_iter().zip(a.words()) {
            if !is_elsewhere || ["type", "alternatives"].contains(&aspect) {
                self.note(subject, aspect, theirs, ours);
            }
        }
        if a.types != b.types {
            return;
        }
        if let (Some(our_items), Some(their_items)) = (a.items, b.items) {
            self.schema(&format!("{subject}.items"), their_items, our_items);
        }
        if a.types == ["object"] {
            self.fields(subject, &b, &a);
        }
    }

    fn fields(&mut self, subject: &str, their: &Flat<'a>, our: &Flat<'a>) {
        self.yes_or_no(
            subject,
            "additional",
            their.additional.is_some(),
            our.additional.is_some(),
        );
        if let (Some(a), Some(b)) = (our.additional, their.additional)
            && a.is_object()
            && b.is_object()
        {
            self.schema(&format!("{subject}.additional"), b, a);
        }
        for field in our
            .fields
            .keys()
            .chain(their.fields.keys())
            .chain(&their.required)
            .collect::<BTreeSet<_>>()
        {
            let (our_side, their_side) = (
                our.fields.get(field).copied(),
                their.fields.get(field).copied(),
            );
            let subject = format!("{subject}.{field}");
            self.present(&subject, their_side, our_side);
            let is_required = their.required.contains(field);
            if their_side.is_some() || is_required {
                self.yes_or_no(
                    &subject,
                    "required",
                    is_required,
                    our.required.contains(field),
                );
            }
            if let (Some(a), Some(b)) = (our_side, their_side) {
                self.flag(&subject, "deprecated", &b["deprecated"], &a["deprecated"]);
                self.schema(&subject, b, a);
            }
        }
    }

    fn present(&mut self, subject: &str, their: Option<&Value>, our: Option<&Value>) {
        if our.is_some_and(is_bounded) {
            self.out.bounded.insert(subject.to_owned());
        }
        let here = our.is_some_and(|our| self.server.has(our));
        self.yes_or_no(subject, "present", their.is_some(), here);
    }

    fn flag(&mut self, subject: &str, aspect: &'static str, their: &Value, our: &Value) {
        self.yes_or_no(subject, aspect, *their == true, *our == true);
    }

    fn yes_or_no(&mut self, subject: &str, aspect: &'static str, theirs: bool, ours: bool) {
        let word = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        self.note(subject, aspect, word(theirs), word(ours));
    }

    fn note(&mut self, subject: &str, aspect: &'static str, theirs: String, ours: String) {
        self.out.points.push(Point {
            subject: subject.to_owned(),
            aspect,
            theirs,
            ours,
            route: None,
        });
    }
}

/// `SimpleUser` as GitHub writes it: `simple-user`.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && out.ends_with(|last: char| last.is_ascii_lowercase()) {
            out.push('-');
        }
        out.push(character.to_ascii_lowercase());
    }
    out
}
