//! From a settings file to a builder.

use crate::builder::Builder;
use crate::faults::action::Action;
use crate::faults::canned::CannedResponse;
use crate::faults::plan::{Active, Matcher};
use crate::new_token::NewToken;
use crate::settings::error::SettingsError;
use crate::settings::file::{Fault, File, Token};
use crate::spec::generated::Operation;
use crate::state::users::OtpDelivery;
use std::net::SocketAddr;
use std::sync::OnceLock;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;
use toml::Spanned;

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
    /// [`SettingsError`] with the line, for what is not TOML, for unknown names and for values of another type.
    pub fn from_toml(text: &str) -> Result<Self, SettingsError> {
        let reader = Reader(text);
        let file: File = toml::from_str(text).map_err(|error| reader.unreadable(&error))?;
        let mut builder = reader.server(&file)?;
        for app in file.apps {
            builder = builder.app(app.client_id, app.client_secret);
        }
        for user in file.users {
            let delivery = match user.otp_by_sms {
                Some(true) => OtpDelivery::Sms,
                _ => OtpDelivery::App,
            };
            builder = match user.otp {
                Some(otp) => builder.user_with_otp(user.login, user.password, otp, delivery),
                None => builder.user(user.login, user.password),
            };
        }
        for token in file.tokens {
            builder = builder.token(reader.token(token)?);
        }
        for fault in file.faults {
            builder = builder.rule(reader.rule(fault)?);
        }
        Ok(builder)
    }
}

/// Reads what serde leaves to be read, and knows the lines.
struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn server(&self, file: &File) -> Result<Builder, SettingsError> {
        let mut builder = match &file.version {
            Some(version) if version.get_ref() == "github.com" => Builder::new().github_com(),
            Some(version) => {
                let numbers = version.get_ref().split_once('.');
                let numbers = numbers
                    .and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
                let wrong =
                    || self.wrong(version, "version is \"github.com\" or reads like \"3.16\"");
                let (major, minor) = numbers.ok_or_else(wrong)?;
                Builder::new().version(major, minor)
            }
            None => Builder::new(),
        };
        if let Some(listen) = &file.listen {
            let address: SocketAddr = listen
                .get_ref()
                .parse()
                .map_err(|_| self.wrong(listen, "listen reads like \"127.0.0.1:8080\""))?;
            builder = builder.bind(address);
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
        // Zero is "no limit": TOML has no null.
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

    fn token(&self, token: Token) -> Result<NewToken, SettingsError> {
        let mut new = match token.client_id {
            Some(client_id) => NewToken::of_app(client_id, token.login),
            None => NewToken::personal(token.login, ""),
        };
        new = new.scopes(&borrowed(&token.scopes));
        if let Some(value) = token.value {
            new = new.value(value);
        }
        if let Some(note) = token.note {
            new = new.note(note);
        }
        if let Some(fingerprint) = token.fingerprint {
            new = new.fingerprint(fingerprint);
        }
        if let Some(created_at) = token.created_at {
            let time = humantime::parse_rfc3339(&created_at.get_ref().to_string());
            let reason = "created_at is in UTC and reads like 2024-05-01T12:00:00Z";
            new = new.created_at(time.map_err(|_| self.wrong(&created_at, reason))?);
        }
        Ok(new)
    }

    fn rule(&self, spanned: Spanned<Fault>) -> Result<Active, SettingsError> {
        let wrong = self.wrong(&spanned, "");
        let wrong = |reason: &str| SettingsError {
            line: wrong.line,
            reason: reason.to_owned(),
        };
        let mut fault = spanned.into_inner();
        let matcher = match &fault.operation {
            Some(id) => {
                let operation = Operation::from_id(id.get_ref());
                let reason = "operation is one of GitHub's ids, such as \"apps/check-token\"";
                Matcher::Operation(operation.ok_or_else(|| self.wrong(id, reason))?)
            }
            None => Matcher::Every,
        };
        let millis = |time: Option<u64>| time.map(Duration::from_millis);
        let after = fault.after_handling;
        let actions = [
            millis(fault.delay_ms).map(Action::Delay),
            canned(&mut fault)
                .map_err(wrong)?
                .map(|response| match after {
                    true => Action::RespondAfter(response),
                    false => Action::Respond(response),
                }),
            fault.close.then_some(if after {
                Action::CloseAfter
            } else {
                Action::Close
            }),
            fault.truncate.map(Action::Truncate),
            fault.stall.map(Action::Stall),
            millis(fault.secondary_rate_limit_ms).map(Action::SecondaryRateLimit),
            millis(fault.primary_rate_limit_ms).map(Action::PrimaryRateLimit),
            fault.maintenance.then_some(Action::Maintenance),
        ];
        let mut actions: Vec<Action> = actions.into_iter().flatten().collect();
        let (Some(action), true) = (actions.pop(), actions.is_empty()) else {
            return Err(wrong(
                "a fault says one thing: delay_ms, status, close, truncate, stall, secondary_rate_limit_ms, primary_rate_limit_ms or \
                 maintenance",
            ));
        };
        Ok(Active {
            matcher,
            action,
            skip: fault.skip,
            next: fault.next,
            until: OnceLock::new(),
            met: AtomicUsize::new(0),
        })
    }

    fn wrong<T>(&self, place: &Spanned<T>, reason: &str) -> SettingsError {
        self.at(place.span().start, reason.to_owned())
    }

    fn unreadable(&self, error: &toml::de::Error) -> SettingsError {
        let start = error.span().map_or(0, |span| span.start);
        let message = error.message();
        // The other messages may quote a value, which may be a secret; these name fields.
        let names_a_field = ["unknown field ", "missing field "]
            .iter()
            .any(|known| message.starts_with(known));
        let reason = if names_a_field {
            message.to_owned()
        } else {
            "not TOML, or a value of another type than this setting has".to_owned()
        };
        self.at(start, reason)
    }

    fn at(&self, start: usize, reason: String) -> SettingsError {
        let before = self.0.get(..start).unwrap_or_default();
        SettingsError {
            line: before.matches('\n').count() + 1,
            reason,
        }
    }
}

/// The response that a fault describes, where it describes one.
fn canned(fault: &mut Fault) -> Result<Option<CannedResponse>, &'static str> {
    let Some(status) = fault.status else {
        let alone = fault.headers.is_empty() && fault.body.is_none();
        return alone
            .then_some(None)
            .ok_or("headers and body need a status");
    };
    let mut response = CannedResponse::with_status(status).ok_or("status is from 200 to 999")?;
    for (name, value) in &fault.headers {
        response = response
            .try_header(name, value)
            .ok_or("a header has a name and a value that HTTP can carry")?;
    }
    Ok(Some(response.body(fault.body.take().unwrap_or_default())))
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
