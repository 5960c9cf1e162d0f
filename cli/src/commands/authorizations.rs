//! The command `authorizations`.

use super::user;
use crate::api::user::Deletable;
use crate::args::lists::AuthorizationsCommand;
use crate::failure::{Exit, Failure};
use ghes_oauth::Authorization;
use std::time::{Duration, SystemTime};

/// Runs `ghes-oauth authorizations`.
pub(crate) async fn run(command: AuthorizationsCommand) -> Result<Exit, Failure> {
    const HEADING: [&str; 6] = ["ID", "APP", "SCOPES", "CREATED", "TOKEN ENDS IN", "NOTE"];
    match command {
        AuthorizationsCommand::List {
            older_than,
            app,
            user,
        } => {
            let mut all = user::sign_in(&user)?.authorizations().await?;
            all.retain(|authorization| {
                older_than.is_none_or(|age| is_older(authorization, age))
                    && app.as_ref().is_none_or(|app| is_of(authorization, app))
            });
            user::print(&user, &all, &HEADING, cells)?;
        }
        AuthorizationsCommand::Show { id, user } => {
            let one = user::sign_in(&user)?.authorization(id).await?;
            user::print(&user, &[one], &HEADING, cells)?;
        }
        AuthorizationsCommand::Delete(args) => {
            return user::delete(&args, &Deletable::Authorization).await;
        }
    }
    Ok(Exit::Done)
}

/// Returns whether the authorization was created at least this long ago. One of unknown age is not old.
fn is_older(authorization: &Authorization, age: Duration) -> bool {
    let created = authorization
        .created_at
        .as_ref()
        .and_then(|time| time.to_system_time());
    let elapsed = created.and_then(|created| SystemTime::now().duration_since(created).ok());
    elapsed.is_some_and(|elapsed| elapsed >= age)
}

fn is_of(authorization: &Authorization, app: &str) -> bool {
    let name = authorization
        .app
        .as_ref()
        .and_then(|app| app.name.as_deref());
    name.is_some_and(|name| name.eq_ignore_ascii_case(app))
}

fn cells(authorization: &Authorization) -> Vec<String> {
    let app = authorization.app.as_ref().and_then(|app| app.name.clone());
    vec![
        authorization.id.to_string(),
        app.unwrap_or_default(),
        authorization
            .scopes
            .as_deref()
            .unwrap_or_default()
            .join(","),
        authorization
            .created_at
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        authorization.token_last_eight.clone().unwrap_or_default(),
        authorization.note.clone().unwrap_or_default(),
    ]
}
