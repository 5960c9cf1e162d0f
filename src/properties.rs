//! Properties that hold for every input: paths, headers, unexpected responses, redaction, recovery. The other tests use examples.

use crate::call::page::Page;
use crate::generated::operations;
use crate::model::metadata::Metadata;
use crate::request::draft::Client;
use crate::request::path::path_segment;
use crate::response::classify::{self, Circumstances};
use crate::response::{decode, truncated};
use crate::secret::redact::Secrets;
use http::StatusCode;
use http::header::{HeaderMap, HeaderValue};
use proptest::prelude::*;
use reqwest::Url;
use serde_json::{Value, json};
use std::time::{Duration, UNIX_EPOCH};

fn metadata(name: &'static str, value: HeaderValue) -> Metadata {
    let mut headers = HeaderMap::new();
    headers.insert(name, value);
    Metadata::new(StatusCode::OK, headers)
}

fn page(link: &str) -> Page<()> {
    let link = HeaderValue::from_bytes(link.as_bytes()).expect("made of what a header can carry");
    let url = Url::parse("https://ghe.example.com/api/v3/authorizations").expect("a URL");
    Page::new(Vec::new(), &metadata("link", link), &url)
}

/// A secret as a client may have one: any characters that a header or a body can carry.
fn secret() -> impl Strategy<Value = String> {
    "[^\\p{C}\\s]([^\\p{C}]{1,40})[^\\p{C}\\s]"
}

/// Any text, often one that URL parsers treat specially.
fn segment() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), r"[./\%25eE]{0,4}"]
}

/// Any JSON; its objects have some fields of real responses.
fn json_value() -> impl Strategy<Value = Value> {
    let simple = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\\[\\]{}\",:\\\\]{0,6}".prop_map(Value::from),
    ];
    simple.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((field_name(), inner), 0..4).prop_map(Value::from_iter),
        ]
    })
}

/// The name of a field of an authorization, of one of its objects, or of neither; never `id` or `token`.
fn field_name() -> impl Strategy<Value = String> {
    const KNOWN: [&str; 12] = [
        "url",
        "app",
        "name",
        "note",
        "scopes",
        "created_at",
        "user",
        "login",
        "installation",
        "account",
        "permissions",
        "issues",
    ];
    prop_oneof![4 => proptest::sample::select(&KNOWN[..]).prop_map(str::to_owned), 1 => "[^dn]{0,6}"]
}

proptest! {
    #[test]
    fn an_unexpected_field_costs_no_token(
        fields in proptest::collection::vec((field_name(), json_value()), 0..6),
        place in any::<proptest::sample::Index>(),
        pretty in any::<bool>(),
    ) {
        let write = if pretty { serde_json::to_string_pretty } else { serde_json::to_string };
        let field = |(name, value): &(String, Value)| format!("{}: {}", Value::from(name.as_str()), write(value).expect("JSON"));
        let mut texts: Vec<String> = fields.iter().map(field).collect();
        texts.insert(place.index(texts.len() + 1), r#""id": 7, "token" :"abc""#.to_owned());
        let text = format!("{{\n{}\n}}", texts.join(if pretty { ",\n  " } else { "," }));
        let authorization: crate::generated::types::Authorization = decode::value(text.as_bytes()).ok_or_else(|| TestCaseError::fail(text.clone()))?;
        prop_assert_eq!(authorization.token.map(|token| token.expose_secret().to_owned()), Some("abc".to_owned()));
        let list = format!("[{text}, {text}]");
        let both: Vec<crate::generated::types::Authorization> = decode::value(list.as_bytes()).ok_or_else(|| TestCaseError::fail(list.clone()))?;
        prop_assert_eq!(both.len(), 2);
    }

    #[test]
    fn a_path_segment_is_refused_or_arrives_as_it_is(segment in segment()) {
        let base = Url::parse("https://ghe.example.com/api/v3").expect("a URL");
        if let Ok(encoded) = path_segment("fingerprint", &segment.as_str()) {
            let draft = Client::new(&base).client.get(format!("/api/v3/before/{encoded}/after"));
            let url = draft.build().expect("a path that was let through").url;
            let segments: Vec<&str> = url.path_segments().expect("a path").collect();
            prop_assert_eq!(segments.len(), 5);
            let arrived = percent_encoding::percent_decode_str(segments[3]).decode_utf8().expect("UTF-8");
            prop_assert_eq!(arrived, segment);
            prop_assert_eq!((url.host_str(), url.query(), url.fragment()), (Some("ghe.example.com"), None, None));
        }
    }

    #[test]
    fn a_query_value_arrives_as_it_is(value in any::<String>()) {
        let base = Url::parse("https://ghe.example.com").expect("a URL");
        let mut request = Client::new(&base).client.get("/x".to_owned()).build().expect("a path");
        request.set_query("a", &value);
        let url = request.url;
        prop_assert_eq!(url.query_pairs().collect::<Vec<_>>(), [("a".into(), value.into())]);
    }

    #[test]
    fn times_are_read_back(seconds in 0u64..100_000_000_000) {
        let text = |text: String| HeaderValue::from_str(&text).expect("digits");
        // A longer wait is a time since the epoch.
        let wait = seconds % 1_000_000_000;
        prop_assert_eq!(metadata("retry-after", text(wait.to_string())).retry_after(), Some(Duration::from_secs(wait)));
        let time = UNIX_EPOCH + Duration::from_secs(seconds);
        prop_assert_eq!(metadata("sunset", text(httpdate::fmt_http_date(time))).sunset(), Some(time));
        let since = Some(crate::model::metadata::DeprecationHeader::Since(time));
        prop_assert_eq!(metadata("deprecation", text(format!("@{seconds}"))).deprecation(), since);
        prop_assert_eq!(metadata("x-ratelimit-reset", text(seconds.to_string())).rate_limit().and_then(|limit| limit.reset), Some(time));
    }

    #[test]
    fn no_header_stops_a_response(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        let Ok(value) = HeaderValue::from_bytes(&bytes) else { return Ok(()) };
        for name in ["retry-after", "sunset", "deprecation", "etag", "link", "x-github-enterprise-version", "x-ratelimit-reset"] {
            let metadata = metadata(name, value.clone());
            let _ = (metadata.retry_after(), metadata.sunset(), metadata.deprecation(), metadata.etag(), metadata.ghes_version());
            let url = Url::parse("https://h/").expect("a URL");
            let page: Page<()> = Page::new(Vec::new(), &metadata, &url);
            prop_assert!(page.next.is_none() || !page.next_is_unreadable);
            let _ = classify::from_response(&operations::APPS_CHECK_TOKEN, metadata, b"{}", Circumstances::default(), &Secrets::default());
        }
    }

    #[test]
    fn a_link_is_found_after_any_title(number in 1u32.., title in "[ -~\u{e4}-\u{ff}]{0,30}") {
        let title = title.replace('\\', "\\\\").replace('"', "\\\"");
        let page = page(&format!(r#"<?page=7>; title="{title}"; rel="prev", <?page={number}>; title="{title}"; rel="next""#));
        prop_assert_eq!(page.next, Some(number));
    }

    #[test]
    fn a_secret_is_masked_in_the_servers_texts(secret in secret(), before in "\\PC{0,20}", after in "\\PC{0,20}") {
        let json = Value::from(secret.as_str()).to_string();
        let percent = percent_encoding::utf8_percent_encode(&secret, percent_encoding::NON_ALPHANUMERIC).to_string();
        let secrets = Secrets::of(&secret);
        for form in [secret.as_str(), json.trim_matches('"'), percent.as_str()] {
            let text = format!("{before}{form}{after}");
            // Characters that the texts around it share with the secret remain.
            prop_assume!(!before.contains(&secret) && !after.contains(&secret));
            let masked = secrets.redact(&text);
            prop_assert!(!masked.contains(&secret), "{:?} of {:?}", masked, text);
            let body = json!({ "message": text, "errors": [text, { "message": text }], "documentation_url": text }).to_string();
            let metadata = Metadata::new(StatusCode::UNPROCESSABLE_ENTITY, HeaderMap::new());
            let error = classify::from_response(&operations::APPS_CHECK_TOKEN, metadata, body.as_bytes(), Circumstances::default(), &secrets);
            prop_assert!(!error.github_message().unwrap_or_default().contains(&secret));
            prop_assert!(!error.documentation_url().unwrap_or_default().contains(&secret));
            for problem in error.validation_problems() {
                prop_assert!(!problem.message.as_deref().unwrap_or_default().contains(&secret));
            }
        }
    }

    #[test]
    fn the_token_is_found_from_its_closing_quote_on(note in any::<String>(), token in "\\PC{1,30}", deep in 0usize..40) {
        let nested = (0..deep).fold(json!({ "token": note }), |inner, _| json!([{ "token": "decoy" }, inner]));
        // The fields are in this order, which an object of serde_json would not keep.
        let before = format!(r#"{{"note":{},"app":{nested},"token":{}"#, Value::from(note.as_str()), Value::from(token.as_str()));
        let whole = format!("{before},\"id\":1}}");
        for length in (0..=whole.len()).rev().take(80) {
            let found = truncated::token(&whole.as_bytes()[..length]);
            let expected = (length >= before.len()).then_some(token.as_str());
            prop_assert_eq!(found.as_ref().map(crate::secret::newtypes::AccessToken::expose_secret), expected, "truncated at {}", length);
        }
    }
}
