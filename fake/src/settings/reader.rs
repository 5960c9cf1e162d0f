//! Turns a settings file into a builder.

use crate::builder::Builder;
use crate::new_token::NewToken;
use crate::settings::error::SettingsError;
use crate::settings::faults;
use crate::settings::file::{File, Token};
use crate::settings::source::Source;
use crate::state::users::OtpDelivery;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::{Duration, SystemTime};
use toml::Spanned;
use toml::value::Datetime;

impl Builder {
    /// Reads a builder from a settings file in TOML; `fake/examples/serve.toml` in the repository names every setting.
    ///
    /// ```
    /// use ghes_oauth_fake::Builder;
    ///
    /// let ghes = Builder::from_toml(
    ///     r#"
    ///     version = "3.16"
    ///     apps = [{ client_id = "Iv1.8a61f9b3a7aba766", client_secret = "client-secret" }]
    ///     users = [{ login = "octocat", password = "password" }]
    ///     tokens = [{ client_id = "Iv1.8a61f9b3a7aba766", login = "octocat", value = "gho_planted" }]
    ///     faults = [{ operation = "apps/reset-token", next = 1, close = true, after_handling = true }]
    ///     "#,
    /// )?
    /// .start()?;
    /// assert!(ghes.is_live("gho_planted"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`SettingsError`] with line and key for text that is not TOML, unknown names, values of another type, and a token whose app or user
    /// the file does not name.
    pub fn from_toml(text: &str) -> Result<Self, SettingsError> {
        let source = Source(text);
        let file: File = source.read()?;
        let mut builder = server(source, &file)?;
        let mut client_ids = BTreeSet::new();
        for (index, app) in file.apps.into_iter().enumerate() {
            if !client_ids.insert(app.client_id.get_ref().clone()) {
                let key = format!("apps[{index}].client_id");
                return Err(source.wrong(&app.client_id, key, "another app has the same one"));
            }
            builder = builder.app(app.client_id.into_inner(), app.client_secret);
        }
        let mut logins = BTreeSet::new();
        for (index, user) in file.users.into_iter().enumerate() {
            if !logins.insert(user.login.get_ref().to_ascii_lowercase()) {
                let key = format!("users[{index}].login");
                return Err(source.wrong(&user.login, key, "another user has the same one"));
            }
            let login = user.login.into_inner();
            builder = match (user.otp, user.otp_by_sms) {
                (None, None) => builder.user(login, user.password),
                (None, Some(by_sms)) => {
                    let key = format!("users[{index}].otp_by_sms");
                    return Err(source.wrong(&by_sms, key, "it needs otp"));
                }
                (Some(otp), by_sms) => {
                    let delivery = match by_sms.map(Spanned::into_inner) {
                        Some(true) => OtpDelivery::Sms,
                        _ => OtpDelivery::App,
                    };
                    builder.user_with_otp(login, user.password, otp, delivery)
                }
            };
        }
        let known = Known { client_ids, logins };
        let mut values = BTreeSet::new();
        for (index, token) in file.tokens.into_iter().enumerate() {
            let key = format!("tokens[{index}]");
            if let Some(value) = &token.value
                && !values.insert(value.get_ref().clone())
            {
                let key = format!("{key}.value");
                return Err(source.wrong(value, key, "another token has the same one"));
            }
            builder = builder.token(new_token(source, &key, token, &known)?);
        }
        for (index, fault) in file.faults.iter().enumerate() {
            builder = builder.rule(faults::rule(source, &format!("faults[{index}]"), fault)?);
        }
        Ok(builder)
    }
}

/// The apps and users of the file; logins in lower case.
struct Known {
    client_ids: BTreeSet<String>,
    logins: BTreeSet<String>,
}

fn server(source: Source<'_>, file: &File) -> Result<Builder, SettingsError> {
    let mut builder = match &file.version {
        Some(version) if version.get_ref() == "github.com" => Builder::new().github_com(),
        Some(version) => {
            let version = source.version("version", version)?;
            Builder::new().version(version.major, version.minor)
        }
        None => Builder::new(),
    };
    if let Some(listen) = &file.listen {
        let address: Option<SocketAddr> = listen.get_ref().parse().ok();
        let wrong = || source.wrong(listen, "listen", "an address reads like \"127.0.0.1:8080\"");
        builder = builder.bind(address.ok_or_else(wrong)?);
    }
    if let Some(time) = &file.time {
        builder = builder.time(instant(source, "time", time)?);
    }
    if let Some(strict) = file.strict {
        builder = builder.strict(strict);
    }
    if file.private_mode == Some(true) {
        builder = builder.private_mode();
    }
    if file.chunked == Some(true) {
        builder = builder.chunked();
    }
    if file.create_authorization_gone == Some(true) {
        builder = builder.create_authorization_gone();
    }
    // Zero means no limit, because TOML has no null.
    if let Some(limit) = file.token_limit {
        builder = builder.token_limit((limit > 0).then_some(limit));
    }
    if let Some(limit) = &file.rate_limit {
        builder = builder.rate_limit(limit.requests);
        if let Some(window) = limit.window_ms {
            builder = builder.rate_limit_window(Duration::from_millis(window));
        }
    }
    if let Some(lockout) = &file.lockout {
        builder = builder.max_logins(lockout.bad_logins);
        if let Some(duration) = lockout.duration_ms {
            builder = builder.lockout(Duration::from_millis(duration));
        }
    }
    if let Some(versions) = &file.api_versions {
        builder = builder.api_versions(&borrowed(versions));
    }
    if let Some(versions) = &file.retired_api_versions {
        builder = builder.retired_api_versions(&borrowed(versions));
    }
    Ok(builder)
}

fn new_token(
    source: Source<'_>,
    key: &str,
    token: Token,
    known: &Known,
) -> Result<NewToken, SettingsError> {
    if !known
        .logins
        .contains(&token.login.get_ref().to_ascii_lowercase())
    {
        let key = format!("{key}.login");
        return Err(source.wrong(&token.login, key, "no user of this file has it"));
    }
    let login = token.login.into_inner();
    let mut new = match token.client_id {
        Some(client_id) if !known.client_ids.contains(client_id.get_ref()) => {
            let key = format!("{key}.client_id");
            return Err(source.wrong(&client_id, key, "no app of this file has it"));
        }
        Some(client_id) => NewToken::of_app(client_id.into_inner(), login),
        None => NewToken::personal(login, ""),
    };
    new = new.scopes(&borrowed(&token.scopes));
    if let Some(value) = token.value {
        new = new.value(value.into_inner());
    }
    if let Some(note) = token.note {
        new = new.note(note);
    }
    if let Some(fingerprint) = token.fingerprint {
        new = new.fingerprint(fingerprint);
    }
    if let Some(created_at) = token.created_at {
        new = new.created_at(instant(source, &format!("{key}.created_at"), &created_at)?);
    }
    Ok(new)
}

fn instant(
    source: Source<'_>,
    key: &str,
    time: &Spanned<Datetime>,
) -> Result<SystemTime, SettingsError> {
    humantime::parse_rfc3339(&time.get_ref().to_string()).map_err(|_| {
        source.wrong(
            time,
            key,
            "a time is in UTC and reads like 2024-05-01T12:00:00Z",
        )
    })
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
