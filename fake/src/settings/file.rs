//! The fields of a settings file.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::value::Datetime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub(crate) version: Option<Spanned<String>>,
    pub(crate) listen: Option<Spanned<String>>,
    pub(crate) strict: Option<bool>,
    pub(crate) private_mode: Option<bool>,
    pub(crate) chunked: Option<bool>,
    pub(crate) time: Option<Spanned<Datetime>>,
    pub(crate) token_limit: Option<usize>,
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) lockout: Option<Lockout>,
    pub(crate) api_versions: Option<Vec<String>>,
    pub(crate) retired_api_versions: Option<Vec<String>>,
    pub(crate) create_authorization_gone: Option<bool>,
    #[serde(default)]
    pub(crate) apps: Vec<App>,
    #[serde(default)]
    pub(crate) users: Vec<User>,
    #[serde(default)]
    pub(crate) tokens: Vec<Token>,
    #[serde(default)]
    pub(crate) faults: Vec<Spanned<Fault>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RateLimit {
    pub(crate) requests: u32,
    pub(crate) window_ms: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lockout {
    pub(crate) bad_logins: u32,
    pub(crate) duration_ms: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct App {
    pub(crate) client_id: Spanned<String>,
    pub(crate) client_secret: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct User {
    pub(crate) login: Spanned<String>,
    pub(crate) password: String,
    pub(crate) otp: Option<String>,
    pub(crate) otp_by_sms: Option<Spanned<bool>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Token {
    pub(crate) login: Spanned<String>,
    pub(crate) client_id: Option<Spanned<String>>,
    pub(crate) value: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) scopes: Vec<String>,
    pub(crate) note: Option<String>,
    pub(crate) fingerprint: Option<String>,
    pub(crate) created_at: Option<Spanned<Datetime>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    pub(crate) operation: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) skip: usize,
    pub(crate) next: Option<usize>,
    pub(crate) for_ms: Option<u64>,
    pub(crate) delay_ms: Option<u64>,
    pub(crate) status: Option<Spanned<u16>>,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, Spanned<String>>,
    pub(crate) body: Option<String>,
    pub(crate) after_handling: Option<Spanned<bool>>,
    #[serde(default)]
    pub(crate) close: bool,
    pub(crate) truncate: Option<usize>,
    pub(crate) stall: Option<usize>,
    pub(crate) secondary_rate_limit_ms: Option<u64>,
    pub(crate) primary_rate_limit_ms: Option<u64>,
    #[serde(default)]
    pub(crate) maintenance: bool,
    pub(crate) upgrade: Option<Spanned<String>>,
}
