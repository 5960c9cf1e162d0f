//! If a pass meets code in an unknown form, the error names the pass and the item.

use ghes_oauth_codegen::{generate, passes};

/// The output of another release of progenitor, which the passes do not know.
const OTHER_RELEASE: &str = include_str!("generator/progenitor-0.14.rs");

/// The change that makes it the output of the known one.
const IMPL: &str = "    impl ::std::default::Default for AuthorizationApp {";

#[test]
fn the_output_of_another_release_is_refused_with_the_pass_and_the_item() {
    assert_eq!(
        error(OTHER_RELEASE),
        "pass `types`: `AuthorizationApp` has an `impl Default`, which progenitor is known to derive"
    );
}

#[test]
fn each_other_shape_is_refused() {
    let known = known();
    assert_eq!(error(&known), "");
    let method = "`oauth_authorizations_list_authorizations`";
    for (old, new, expected) in [
        (
            "let url =",
            "let address =",
            format!("pass `methods`: {method} has no `let url`"),
        ),
        (
            "let mut request =",
            "let mut draft =",
            format!("pass `methods`: {method} has no `let request`"),
        ),
        (
            "Result<ResponseValue<::std::vec::Vec<types::AuthorizationApp>>, Error<types::Error>>",
            "Vec<u8>",
            format!("pass `requests`: {method} does not return `Result<ResponseValue<_>, _>`"),
        ),
        (
            ".query(&progenitor_client::QueryParam::new(\"page\", &page))",
            ".query(&[progenitor_client::QueryParam::new(\"page\", &page)])",
            format!("pass `methods`: {method} adds a query parameter in another form"),
        ),
        (
            "self.baseurl,",
            "encode_path(self.baseurl),",
            format!("pass `leftovers`: {method} still has `encode_path` after all passes"),
        ),
        (
            "pub struct AuthorizationApp {",
            "pub struct AuthorizationApp(String); pub struct Other {",
            "pass `types`: `AuthorizationApp` is not a struct with named fields".to_owned(),
        ),
        (
            "pub struct AuthorizationApp {",
            "pub enum Kind { One } pub struct AuthorizationApp {",
            "pass `types`: `Kind` is an enum".to_owned(),
        ),
        (
            "async fn",
            "fn",
            "pass `items`: neither `mod types` nor an `impl Client` with async methods".to_owned(),
        ),
        (
            "pub mod types {",
            "pub mod data {",
            "pass `items`: neither `mod types` nor an `impl Client` with async methods".to_owned(),
        ),
    ] {
        assert!(known.contains(old), "it has no {old}");
        assert_eq!(error(&known.replacen(old, new, 1)), expected, "{new}");
    }
}

#[test]
fn the_known_release_is_the_pinned_one() {
    let manifest = include_str!("../../codegen/Cargo.toml");
    let pin = format!("progenitor-impl = \"={}\"", generate::PROGENITOR);
    assert!(manifest.contains(&pin), "codegen/Cargo.toml lacks {pin}");
}

/// The recorded output without the code that only the other release writes.
fn known() -> String {
    let (head, tail) = OTHER_RELEASE.split_once(IMPL).expect("it is there");
    let (_, tail) = tail.split_once("\n    }\n").expect("it ends");
    format!("{head}{tail}")
}

fn error(code: &str) -> String {
    let file = syn::parse_file(code).expect("it is Rust");
    passes::apply(file)
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default()
}
