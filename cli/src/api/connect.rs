//! Creates the client from the settings and credentials.

use super::{errors, server};
use crate::args::connection::{AppArgs, UserArgs};
use crate::failure::Failure;
use crate::setup::secret::Source;
use crate::setup::settings::Settings;
use ghes_oauth::{AppCredentials, OAuthApp, Server, UserCredentials};
use std::path::PathBuf;

/// Returns the client for the tokens of an app.
pub(crate) fn app(settings: &Settings, args: &AppArgs) -> Result<OAuthApp, Failure> {
    let server = server::connect(settings)?;
    let of_file = settings.profile.client_id.clone();
    let id: String = settings
        .choose(
            "client-id",
            args.client_id.clone(),
            "GHES_OAUTH_CLIENT_ID",
            of_file,
        )?
        .ok_or_else(|| {
            Failure::nothing_done("no OAuth App is named").help(
                "give its client id by --client-id, GHES_OAUTH_CLIENT_ID or the settings file",
            )
        })?;
    let file = secret_file(
        settings,
        (
            "client-secret-file",
            "GHES_OAUTH_CLIENT_SECRET_FILE",
            "GHES_OAUTH_CLIENT_SECRET",
        ),
        args.client_secret_file.clone(),
        settings.profile.client_secret_file.clone(),
    )?;
    let secret = Source {
        name: "client secret",
        file: file.as_deref(),
        variable: "GHES_OAUTH_CLIENT_SECRET",
        option: "--client-secret-file",
    }
    .read(settings)?;
    let credentials = AppCredentials::new(id, secret.to_string());
    let credentials = credentials.map_err(|error| errors::failure(&error))?;
    Ok(server.oauth_app(credentials))
}

/// Returns the server and the credentials of a user.
pub(crate) fn user(
    settings: &Settings,
    args: &UserArgs,
) -> Result<(Server, UserCredentials), Failure> {
    let server = server::connect(settings)?;
    let of_file = settings.profile.login.clone();
    let login: String = settings
        .choose("login", args.login.clone(), "GHES_OAUTH_LOGIN", of_file)?
        .ok_or_else(|| {
            Failure::nothing_done("no user is named")
                .help("give a login by --login, GHES_OAUTH_LOGIN or the settings file")
        })?;
    let file = secret_file(
        settings,
        (
            "password-file",
            "GHES_OAUTH_PASSWORD_FILE",
            "GHES_OAUTH_PASSWORD",
        ),
        args.password_file.clone(),
        settings.profile.password_file.clone(),
    )?;
    let password = Source {
        name: "password",
        file: file.as_deref(),
        variable: "GHES_OAUTH_PASSWORD",
        option: "--password-file",
    }
    .read(settings)?;
    let credentials = UserCredentials::new(login, password.to_string());
    let credentials = credentials.map_err(|error| errors::failure(&error))?;
    Ok((server, credentials))
}

/// Returns the file of a secret; `None` if the environment holds the secret and no flag names a file.
fn secret_file(
    settings: &Settings,
    (option, file_variable, secret_variable): (&str, &str, &str),
    flag: Option<PathBuf>,
    of_settings: Option<PathBuf>,
) -> Result<Option<PathBuf>, Failure> {
    let of_settings = of_settings.filter(|_| std::env::var_os(secret_variable).is_none());
    settings.choose(option, flag, file_variable, of_settings)
}
