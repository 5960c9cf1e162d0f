//! How values that can hold a secret are serialized: with their secrets, or with a marker in place of each; never by serde alone, as
//! `src/compile_fail.rs` shows.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use ghes_oauth::{
    AccessToken, ApplicationGrant, Authorization, Check, ClientSecret, Conditional, Exposed,
    GetOrCreate, IssuedToken, Page, Redacted, Revocation, Rotation, SerializeSecrets, SimpleUser,
    TokenKind,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, from_value, json, to_value};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

const SECRET: &str = "gho_16C7e42F292c6912E7710c838347Ae178B4a";

fn authorization() -> Value {
    json!({
        "app": { "client_id": "Iv1.8a61f9b3a7aba766", "name": "Deployer" },
        "created_at": "2011-09-06T20:39:23Z",
        "id": 1,
        "installation": { "permissions": { "contents": "read" }, "repository_selection": "all" },
        "scopes": ["repo"],
        "token": SECRET,
        "user": { "id": 2, "login": "octocat", "type": "User" },
    })
}

/// Serializes the value of `json` in both ways, and decodes it again.
fn holds<T: SerializeSecrets + DeserializeOwned + PartialEq + Debug>(json: Value) {
    let value: T = from_value(json.clone()).unwrap();
    let exposed = to_value(Exposed(&value)).unwrap();
    assert_eq!(exposed, json, "as it was read");
    assert_eq!(from_value::<T>(exposed).unwrap(), value);
    let text = json.to_string();
    assert!(text.contains(SECRET));
    let redacted = to_value(Redacted(&value)).unwrap().to_string();
    assert_eq!(redacted, text.replace(SECRET, "[REDACTED]"));
}

#[test]
fn every_type_that_can_hold_a_secret() {
    let issued = json!({ "token": SECRET, "authorization": { "id": 1, "scopes": [] } });
    let page = json!({ "items": [authorization()], "next": 2, "last": null, "next_is_elsewhere": false, "next_is_unreadable": false });
    holds::<AccessToken>(json!(SECRET));
    holds::<ClientSecret>(json!(SECRET));
    holds::<Authorization>(authorization());
    holds::<IssuedToken>(issued.clone());
    holds::<GetOrCreate>(json!({ "created": issued }));
    holds::<GetOrCreate>(json!({ "existing": authorization() }));
    holds::<Rotation>(json!({ "rotated": issued }));
    holds::<Rotation>(json!({ "unchanged": authorization() }));
    holds::<Check>(json!({ "live": authorization() }));
    holds::<Check>(json!({ "revoked": authorization() }));
    holds::<Page<Authorization>>(page.clone());
    holds::<Conditional<Page<Authorization>>>(json!({ "modified": page }));
}

#[test]
fn lists_options_and_maps_of_them() {
    holds::<Vec<Authorization>>(json!([authorization(), { "id": 2 }]));
    holds::<[Option<AccessToken>; 2]>(json!([SECRET, null]));
    holds::<Option<Box<IssuedToken>>>(json!({ "token": SECRET, "authorization": authorization() }));
    holds::<BTreeMap<String, Vec<AccessToken>>>(json!({ "octocat": [SECRET], "hubot": [] }));
    holds::<HashMap<u64, AccessToken>>(json!({ "7": SECRET }));
}

#[test]
fn the_arms_without_a_value() {
    let text = |value: Value| value.as_str().unwrap().to_owned();
    let gone = to_value(Redacted(Rotation::OldTokenGone)).unwrap();
    assert_eq!(text(gone), "old_token_gone");
    for (check, expected) in [
        (Check::NotLive, "not_live"),
        (Check::Duplicate, "duplicate"),
    ] {
        assert_eq!(text(to_value(Exposed(check)).unwrap()), expected);
    }
    let skipped = json!({ "skipped": "classic" });
    let check: Check = from_value(skipped.clone()).unwrap();
    assert_eq!(to_value(Exposed(check)).unwrap(), skipped);
    let same: Conditional<Authorization> = Conditional::NotModified;
    assert_eq!(text(to_value(Redacted(same)).unwrap()), "not_modified");
}

#[test]
fn a_field_of_a_program_s_own_type() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Session {
        user: String,
        token: Exposed<AccessToken>,
        seen: Option<Exposed<Authorization>>,
    }
    let json = json!({ "user": "octocat", "token": SECRET, "seen": authorization() });
    let session: Session = from_value(json.clone()).unwrap();
    assert_eq!(to_value(&session).unwrap(), json);
    assert!(!format!("{session:?}").contains(SECRET));
}

#[test]
fn types_without_a_secret_serialize_alone_and_in_generic_code() {
    let json = json!({ "id": 1, "scopes": ["repo"] });
    let grant: ApplicationGrant = from_value(json.clone()).unwrap();
    assert_eq!(to_value(&grant).unwrap(), json);
    assert_eq!(to_value(Redacted(&grant)).unwrap(), json);
}

#[test]
fn verdicts_and_kinds_of_tokens_come_back() {
    for (verdict, json) in [
        (Revocation::Revoked, json!("revoked")),
        (Revocation::NotLive, json!("not_live")),
        (Revocation::NotLiveAfterRetry, json!("not_live_after_retry")),
        (
            Revocation::Skipped(TokenKind::FineGrained),
            json!({ "skipped": "fine_grained" }),
        ),
        (Revocation::Duplicate, json!("duplicate")),
    ] {
        assert_eq!(to_value(verdict).unwrap(), json);
        assert_eq!(to_value(Redacted(verdict)).unwrap(), json);
        assert_eq!(from_value::<Revocation>(json).unwrap(), verdict);
    }
}

#[test]
fn a_page_needs_its_items_and_may_lack_the_numbers() {
    let page: Page<u8> = from_value(json!({ "items": [1], "next_is_elsewhere": true })).unwrap();
    assert_eq!(
        serde_json::to_string(&page).unwrap(),
        r#"{"items":[1],"next":null,"last":null,"next_is_elsewhere":true,"next_is_unreadable":false}"#
    );
    let error = from_value::<Page<u8>>(json!({ "next_is_elsewhere": true })).unwrap_err();
    assert_eq!(error.to_string(), "missing field `items`");
}

/// A secret may be where the name of a variant belongs.
#[test]
fn errors_name_the_variants_and_not_the_text() {
    fn refused<T: DeserializeOwned>(expected: &str) {
        let Err(error) = from_value::<T>(json!(SECRET)) else {
            panic!("it is a variant");
        };
        assert_eq!(error.to_string(), expected);
    }
    refused::<GetOrCreate>("unknown variant, expected one of created, existing");
    refused::<Conditional<u8>>("unknown variant, expected one of modified, not_modified");
    refused::<TokenKind>("invalid kind of token: it reads like classic, oauth or user_to_server");
}

#[test]
fn fields_are_written_in_the_order_of_the_spec_and_absent_ones_left_out() {
    let user = r#"{"id":2,"login":"octocat","site_admin":false,"type":"User"}"#;
    let read: SimpleUser = serde_json::from_str(user).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), user);
    let authorization: Authorization = from_value(json!({ "id": 1 })).unwrap();
    assert_eq!(
        serde_json::to_string(&Exposed(&authorization)).unwrap(),
        r#"{"id":1}"#
    );
}
