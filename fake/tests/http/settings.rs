//! The settings file.

use crate::client::{APP, SECRET, TOKEN, USER, app, check, get, request, send};
use ghes_oauth_fake::{Builder, FakeGhes};
use serde_json::json;

fn start(text: &str) -> FakeGhes {
    Builder::from_toml(text)
        .unwrap_or_else(|error| panic!("{error}"))
        .start()
        .unwrap()
}

#[test]
fn the_example_names_every_setting() {
    let text = include_str!("../../examples/serve.toml").replace("127.0.0.1:8380", "127.0.0.1:0");
    let ghes = start(&text);
    assert_eq!(ghes.live().len(), 2);
    let reply = check(&ghes, "gho_planted");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("x-github-enterprise-version"), Some("3.16.0"));
    // Every name that a file may have is in the example.
    let source = include_str!("../../src/settings/file.rs");
    let fields = source.lines().filter_map(|line| {
        let (name, _) = line.strip_prefix("    pub(crate) ")?.split_once(": ")?;
        Some(name)
    });
    let mut count = 0;
    for name in fields {
        assert!(text.contains(name), "examples/serve.toml lacks {name}");
        count += 1;
    }
    assert!(count > 30, "{count}");
    let date = reply.header("date").unwrap();
    assert!(date.starts_with("Tue, 01 Jan 2030"), "{date}");
}

#[test]
fn an_upgrade_and_a_fault_for_some_time_are_settings_too() {
    let ghes = start(
        r#"
        version = "3.16"
        faults = [{ skip = 1, upgrade = "3.17" }, { for_ms = 3600000, status = 503 }, { for_ms = 0, delay_ms = 3600000 }]
        "#,
    );
    let version = || {
        let reply = send(request(&ghes, "GET", "/nothing"));
        let version = reply.header("x-github-enterprise-version");
        (reply.status, version.map(str::to_owned))
    };
    assert_eq!(version(), (503, None));
    assert_eq!(version(), (404, Some("3.17.0".to_owned())));
    assert_eq!(version(), (503, None));
}

#[test]
fn faults_are_rules() {
    let ghes = start(&format!(
        r#"
        version = "github.com"
        apps = [{{ client_id = "{APP}", client_secret = "{SECRET}" }}]
        users = [{{ login = "{USER}", password = "p" }}]
        faults = [
            {{ operation = "apps/check-token", skip = 1, next = 1, status = 502, body = "<p>", headers = {{ x-a = "b" }} }},
            {{ operation = "apps/delete-token", next = 1, status = 500, after_handling = true }},
        ]
        "#
    ));
    let check = || check(&ghes, "unknown");
    assert_eq!(check().status, 404);
    let reply = check();
    assert_eq!(
        (reply.status, reply.text.as_str(), reply.header("x-a")),
        (502, "<p>", Some("b"))
    );
    assert_eq!(check().status, 404);
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let reply = app(&ghes, "DELETE", TOKEN, json!({ "access_token": token }));
    assert_eq!((reply.status, ghes.is_live(&token)), (500, false));
}

#[test]
fn a_fake_listens_where_the_settings_say() {
    let ghes = start("listen = \"[::1]:0\"\nprivate_mode = true");
    assert!(ghes.url().starts_with("http://[::1]:"), "{}", ghes.url());
    assert_eq!(send(request(&ghes, "GET", "/authorizations")).status, 401);
    let everywhere = start("listen = \"0.0.0.0:0\"");
    assert_eq!(get(&everywhere, "/authorizations").status, 401);
}
