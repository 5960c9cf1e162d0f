//! The media types that a client accepts, and `X-GitHub-Media-Type`.

use crate::http::documentation::Page;
use crate::http::request::Request;
use crate::http::response::Response;
use crate::state::product::Product;
use hyper::StatusCode;
use hyper::header::ACCEPT;

/// Refuses a client that does not accept JSON. GitHub's types are accepted with any parameters, and so are other vendors'.
pub(crate) fn check(request: &Request) -> Result<(), Response> {
    let ranges = ranges(request);
    let takes_json = |range: &str| {
        matches!(range, "*" | "*/*" | "application/*")
            || range.contains("json")
            || range.starts_with("application/vnd.")
    };
    if ranges.is_empty() || ranges.iter().any(|range| takes_json(range)) {
        return Ok(());
    }
    let accept = request.header("accept").unwrap_or_default();
    let message =
        format!("Unsupported 'Accept' header: '{accept}'. Must accept 'application/json'.");
    Err(Response::error(StatusCode::UNSUPPORTED_MEDIA_TYPE, message)
        .explained_on(Page::At("https://docs.github.com/v3/media")))
}

/// Returns the value of `X-GitHub-Media-Type`: the first of GitHub's types in `Accept`, by its parts.
pub(crate) fn of_response(product: Product, request: &Request) -> String {
    ranges(request)
        .iter()
        .find_map(|range| githubs(product, range))
        .unwrap_or_else(|| "github.v3; format=json".to_owned())
}

/// The types that the client lists, without their weights.
fn ranges(request: &Request) -> Vec<String> {
    let lines = request
        .headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let types = lines
        .flat_map(|line| line.split(','))
        .filter_map(|item| item.split(';').next());
    types
        .map(|range| range.trim().to_ascii_lowercase())
        .filter(|range| !range.is_empty())
        .collect()
}

/// Reads `application/vnd.github[.VERSION][.PARAM][+FORMAT]`.
fn githubs(product: Product, range: &str) -> Option<String> {
    let range = range.strip_prefix("application/vnd.github")?;
    let (names, format) = range
        .split_once('+')
        .map_or((range, None), |(names, format)| (names, Some(format)));
    let names: Vec<&str> = names.split('.').collect();
    let (version, param) = match &names[..] {
        [""] => ("v3", None),
        ["", version] if is_version(product, version) => (*version, None),
        ["", version, param @ ..] if is_version(product, version) => (*version, Some(param)),
        ["", param @ ..] => ("v3", Some(param)),
        _ => return None,
    };
    let param = param
        .filter(|words| words.iter().all(|word| is_word(word)))
        .map(|words| words.join("."));
    let format = format.filter(|format| is_word(format)).map(str::to_owned);
    let mut shown = format!("github.{version}");
    for (name, value) in [("param", param), ("format", format)] {
        if let Some(value) = value {
            shown.push_str(&format!("; {name}={value}"));
        }
    }
    Some(shown)
}

/// A preview was recorded as a parameter of v3 up to March 2020, and as a version with GHES 2.21 and later.
fn is_version(product: Product, name: &str) -> bool {
    let numbered = name
        .strip_prefix('v')
        .is_some_and(|number| number.parse::<u32>().is_ok());
    let preview = product.at_least(2, 21) && is_word(name) && name.ends_with("-preview");
    numbered || name == "beta" || preview
}

/// Whether it can be the name of a media type; nothing else is sent back.
fn is_word(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
