//! Each field of a response in turn: `null`, missing, of another type.

use crate::{Reader, whole, written};
use common::{run, without_nulls};
use serde_json::{Value, json};

/// The pointers to all fields of all objects in `value`, those of inner objects after their own.
fn fields(value: &Value, at: &str, found: &mut Vec<String>) {
    if let Value::Object(object) = value {
        for (name, inner) in object {
            found.push(format!("{at}/{name}"));
            fields(inner, &format!("{at}/{name}"), found);
        }
    }
}

fn all_fields() -> Vec<String> {
    let mut found = Vec::new();
    fields(&whole(), "", &mut found);
    assert!(
        found.len() > 60,
        "user, account and permissions are among them: {}",
        found.len()
    );
    found
}

#[test]
fn any_field_may_be_null() {
    run(async {
        let reader = Reader::start().await;
        for pointer in all_fields() {
            let mut body = whole();
            *body.pointer_mut(&pointer).unwrap() = Value::Null;
            match (pointer.as_str(), reader.read(&body).await) {
                ("/id", outcome) => {
                    outcome.unwrap_err();
                    let error = reader.refuse(&body).await;
                    let token = error
                        .recovered_token()
                        .map(|token| token.expose_secret().to_owned());
                    assert_eq!(
                        token.as_deref(),
                        whole()["token"].as_str(),
                        "the error has the new token"
                    );
                }
                // An account's identifying fields are required: without them only the account is left out.
                (required, outcome)
                    if required.ends_with("/id") || required.ends_with("/login") =>
                {
                    let owner = required.rsplit_once('/').unwrap().0;
                    *body.pointer_mut(owner).unwrap() = Value::Null;
                    assert_eq!(
                        without_nulls(&written(&outcome.unwrap())),
                        without_nulls(&body),
                        "{pointer}"
                    );
                }
                (_, outcome) => assert_eq!(
                    without_nulls(&written(&outcome.unwrap())),
                    without_nulls(&body),
                    "{pointer}"
                ),
            }
        }
        let mut nothing = whole();
        nothing
            .as_object_mut()
            .unwrap()
            .iter_mut()
            .filter(|(name, _)| *name != "id")
            .for_each(|(_, value)| *value = Value::Null);
        assert_eq!(
            without_nulls(&written(&reader.read(&nothing).await.unwrap())),
            json!({ "id": 1 })
        );
    });
}

#[test]
fn any_field_may_be_missing() {
    run(async {
        let reader = Reader::start().await;
        for pointer in all_fields() {
            let mut body = whole();
            let (owner, name) = pointer.rsplit_once('/').unwrap();
            body.pointer_mut(owner)
                .unwrap()
                .as_object_mut()
                .unwrap()
                .remove(name);
            let required = name == "id" || name == "login";
            match (owner, reader.read(&body).await) {
                ("", outcome) if required => {
                    assert_eq!(outcome.unwrap_err().status().unwrap(), 200)
                }
                (owner, outcome) => {
                    if required {
                        *body.pointer_mut(owner).unwrap() = Value::Null;
                    }
                    assert_eq!(
                        without_nulls(&written(&outcome.unwrap())),
                        without_nulls(&body),
                        "{pointer}"
                    );
                }
            }
        }
    });
}

#[test]
fn any_field_may_have_another_type_and_costs_itself_only() {
    run(async {
        let reader = Reader::start().await;
        for pointer in all_fields() {
            for unexpected in [json!([[true]]), json!(-1.5), json!(["repo", 7])] {
                let mut body = whole();
                *body.pointer_mut(&pointer).unwrap() = unexpected.clone();
                // An account needs its identifying fields.
                let lost = match pointer.rsplit_once('/').unwrap() {
                    ("", "id") => {
                        reader.read(&body).await.unwrap_err();
                        let error = reader.refuse(&body).await;
                        assert!(error.recovered_token().is_some());
                        continue;
                    }
                    (owner, "id" | "login") => owner,
                    _ => &pointer,
                };
                let authorization = reader
                    .read(&body)
                    .await
                    .unwrap_or_else(|error| panic!("{pointer} as {unexpected}: {error}"));
                *body.pointer_mut(lost).unwrap() = Value::Null;
                assert_eq!(
                    without_nulls(&written(&authorization)),
                    without_nulls(&body),
                    "{pointer} as {unexpected}"
                );
            }
        }
    });
}
