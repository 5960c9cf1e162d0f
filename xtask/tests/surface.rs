//! A change of the generator's output shows in the surface and is judged, like an edit of the spec.

use ghes_oauth_codegen::surface::{self, Source, Surface};
use ghes_oauth_codegen::{lint, table};
use xtask::summary;

const SPEC: &str = include_str!("../../openapi/ghes-oauth.yaml");
const CLIENT: &str = include_str!("../../openapi/generated/generated.rs");
const METHODS: [&str; 5] = [
    include_str!("../../src/api/oauth_app.rs"),
    include_str!("../../src/api/revocation.rs"),
    include_str!("../../src/api/authorizations.rs"),
    include_str!("../../src/api/leaked.rs"),
    include_str!("../../src/api/path_tokens.rs"),
];
const LIB: &str = include_str!("../../src/lib.rs");

#[test]
fn each_change_of_generated_code_shows_in_its_sheet() {
    let before = surface(SPEC, CLIENT);
    for (anchor, old, new, expected) in [
        (
            "pub struct SimpleUser",
            "pub login:",
            "pub(crate) login:",
            "Breaking **changed** `SimpleUser.login`: `String, required` → `String, required, not public`",
        ),
        (
            "///A user or an organization.",
            "pub struct SimpleUser",
            "pub(crate) struct SimpleUser",
            "Breaking **added** `SimpleUser`, public: `no`",
        ),
        (
            "///Names the token of the call.",
            "#[non_exhaustive]",
            "#[non_exhaustive] #[serde(deny_unknown_fields)]",
            "Breaking **added** `AccessTokenBody`, serde: `deny_unknown_fields`",
        ),
        (
            "///Names the token of the call.",
            "#[non_exhaustive]",
            "#[non_exhaustive] #[deprecated]",
            "Not breaking **newly deprecated** `AccessTokenBody`: in Rust",
        ),
        (
            "pub struct AccessTokenBody",
            "pub access_token:",
            "#[deprecated] pub access_token:",
            "Not breaking **changed** `AccessTokenBody.access_token`: `AccessToken, required, secret` → `AccessToken, required, secret, deprecated`",
        ),
        (
            "pub struct AccessTokenBody",
            "pub access_token:",
            "#[serde(alias = \"token\")] pub access_token:",
            "Not breaking **added** `AccessTokenBody`, serde of field access_token: `alias token`",
        ),
        (
            "pub struct AccessTokenBody",
            "pub access_token:",
            "#[serde(skip)] pub access_token:",
            "Breaking **added** `AccessTokenBody`, serde of field access_token: `skip`",
        ),
        (
            "impl lenient::Lenient for SimpleUser",
            "\"login\" =>",
            "\"name\" =>",
            "Breaking **changed** `SimpleUser.login`: `String, required` → `String, required, not read`",
        ),
        (
            "",
            "///A user or an organization.",
            "///An account.",
            "Not breaking **added** `SimpleUser`, rust docs",
        ),
    ] {
        let after = surface(SPEC, &edited(CLIENT, anchor, old, new));
        let items = summary::items(&before, &after);
        assert_eq!(flat(&summary::markdown(&items, &[])), expected, "{new}");
    }
}

#[test]
fn each_change_of_code_is_judged_both_ways() {
    let (app, lib) = (METHODS[0], LIB);
    for (text, anchor, old, new, there, back) in [
        (
            app,
            "documentation!(apps_check_token)",
            "token: &AccessToken",
            "id: i64",
            "Breaking **changed** `apps/check-token`, rust",
            "Breaking **changed** `apps/check-token`, rust",
        ),
        (
            app,
            "impl OAuthApp",
            "#[doc = documentation!(apps_check_token)]",
            "",
            "Breaking **removed** `apps/check-token`, rust",
            "Not breaking **added** `apps/check-token`, rust",
        ),
        (
            lib,
            "pub use generated::types::",
            "SimpleUser, ",
            "",
            "Breaking **changed** `SimpleUser`, exported: `yes` → `no`",
            "Not breaking **changed** `SimpleUser`, exported: `no` → `yes`",
        ),
        (
            CLIENT,
            "///A user or an organization.",
            "#[non_exhaustive]",
            "",
            "Not breaking **changed** `SimpleUser`, non-exhaustive: `yes` → `no`",
            "Breaking **changed** `SimpleUser`, non-exhaustive: `no` → `yes`",
        ),
        (
            CLIENT,
            "///A user or an organization.",
            "Clone, PartialEq",
            "Clone",
            "Breaking **changed** `SimpleUser`, traits",
            "Not breaking **changed** `SimpleUser`, traits",
        ),
        (
            CLIENT,
            "pub struct SimpleUser",
            "pub type_:",
            "pub kind:",
            "Breaking **changed** `SimpleUser.type`",
            "Breaking **changed** `SimpleUser.type`",
        ),
        (
            CLIENT,
            "pub struct AccessTokenBody",
            "pub access_token:",
            "#[serde(alias = \"a\", alias = \"b\")] pub access_token:",
            "Not breaking **added** `AccessTokenBody`, serde of field access_token: `alias a, alias b`",
            "Breaking **removed** `AccessTokenBody`, serde of field access_token, was `alias a, alias b`",
        ),
    ] {
        let edited = edited(text, anchor, old, new);
        let swapped = |original| {
            if original == text {
                edited.as_str()
            } else {
                original
            }
        };
        let before = surface(SPEC, CLIENT);
        let after = surface_of(SPEC, swapped(CLIENT), METHODS.map(swapped), swapped(LIB));
        for (before, after, expected) in [(&before, &after, there), (&after, &before, back)] {
            let markdown = flat(&summary::markdown(&summary::items(before, after), &[]));
            assert!(markdown.starts_with(expected), "{markdown}");
        }
    }
}

/// A length changes no generated code; the client checks it in request bodies.
#[test]
fn a_length_is_breaking_where_it_is_sent() {
    let with = |anchor: &str, text: &str| {
        let kind = "type: string\n";
        let spec = edited(SPEC, anchor, kind, &format!("{kind}{text}"));
        let items = summary::items(&surface(SPEC, CLIENT), &surface(&spec, CLIENT));
        let (breaking, others): (Vec<_>, Vec<_>) =
            items.into_iter().partition(|item| item.breaking);
        let subjects = |items: Vec<summary::Item>| {
            let subjects = items
                .into_iter()
                .map(|item| format!("{} {}", item.subject, item.part));
            subjects.collect::<Vec<String>>()
        };
        (subjects(breaking), subjects(others))
    };
    let (breaking, others) = with("\n    AccessToken:\n", "      x-max-length: 40\n");
    assert_eq!(
        breaking,
        [
            "`AccessTokenBody.access_token` ",
            "`ScopeTokenBody.access_token` "
        ]
    );
    for subject in [
        "`AccessToken` max length",
        "`Authorization.token` ",
        "`apps/check-authorization` path parameter `access_token`",
    ] {
        assert!(others.iter().any(|other| other == subject), "{others:?}");
    }
    let (breaking, others) = with("\n    ClientId:\n", "        x-max-length: 20\n");
    assert_eq!(breaking, [""; 0]);
    assert!(others.len() > 10, "{others:?}");
    assert!(
        others.iter().all(|other| other.contains("client_id")),
        "{others:?}"
    );
}

#[test]
fn a_type_of_responses_that_is_not_exported_is_an_error() {
    let document = lint::read(SPEC).expect("the spec has no errors");
    let operations = table::operations(&document);
    let errors = |lib: &str| {
        let source = Source {
            document: &document,
            client: CLIENT,
            methods: METHODS,
            lib,
        };
        surface::errors(&source, &operations).expect("the code is Rust")
    };
    assert_eq!(errors(LIB), [""; 0]);
    assert_eq!(
        errors(&LIB.replace("SimpleUser, ", "")),
        [
            "error: SimpleUser: responses have it, and src/lib.rs does not export it\n  = help: add it to `pub use generated::types::{…}`"
        ]
    );
}

#[test]
fn a_method_that_differs_from_its_operation_is_an_error() {
    let document = lint::read(SPEC).expect("the spec has no errors");
    let operations = table::operations(&document);
    let attribute = "#[doc = documentation!(apps_check_token)]";
    for (old, new, expected) in [
        (
            attribute,
            "",
            "apps/check-token: no method of OAuthApp calls it\n  = help: document one with `#[doc = documentation!(apps_check_token)]`",
        ),
        (
            "#[doc = documentation!(apps_reset_token)]",
            attribute,
            "apps/check-token: more than one method of OAuthApp calls it\n  = help: document one with `#[doc = documentation!(apps_check_token)]`",
        ),
        (
            "pub fn check_token(",
            "pub fn inspect_token(",
            "apps/check-token: its method is OAuthApp::inspect_token\n  = help: call it OAuthApp::check_token",
        ),
        (
            attribute,
            "#[doc = documentation!(apps_check_token)]\n#[deprecated(note = \"old\")]",
            "apps/check-token: OAuthApp::check_token is not deprecated as the spec says\n  = help: remove `#[deprecated]`",
        ),
        (
            attribute,
            "#[doc = documentation!(apps_peek_token)]",
            "OAuthApp::check_token: the spec has no operation `apps_peek_token`\n  = help: remove the method, or fix the name",
        ),
    ] {
        let oauth_app = edited(METHODS[0], "", old, new);
        let [_, revocation, authorizations, leaked, path_tokens] = METHODS;
        let source = Source {
            document: &document,
            client: CLIENT,
            methods: [&oauth_app, revocation, authorizations, leaked, path_tokens],
            lib: LIB,
        };
        let errors = surface::errors(&source, &operations).expect("the code is Rust");
        assert!(errors.contains(&format!("error: {expected}")), "{errors:?}");
    }
}

/// The text with its first `old` after the anchor replaced.
fn edited(text: &str, anchor: &str, old: &str, new: &str) -> String {
    let at = text.find(anchor).expect("it is there");
    let (head, tail) = text.split_at(at);
    assert!(tail.contains(old), "nothing has {old} after {anchor}");
    format!("{head}{}", tail.replacen(old, new, 1))
}

fn surface(spec: &str, client: &str) -> Surface {
    surface_of(spec, client, METHODS, LIB)
}

fn surface_of(spec: &str, client: &str, methods: [&str; 5], lib: &str) -> Surface {
    let document = lint::read(spec).expect("the spec has no errors");
    surface::of(&Source {
        document: &document,
        client,
        methods,
        lib,
    })
    .expect("the code is Rust")
}

/// A summary of one change in one line.
fn flat(markdown: &str) -> String {
    let words: Vec<&str> = markdown
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("## "))
        .map(|line| line.trim_start_matches("### ").trim_start_matches("- "))
        .collect();
    words.join(" ")
}
