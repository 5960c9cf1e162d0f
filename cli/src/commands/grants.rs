//! The command `grants`.

use super::user;
use crate::api::user::Deletable;
use crate::args::lists::GrantsCommand;
use crate::failure::{Exit, Failure};

/// Runs `ghes-oauth grants`.
pub(crate) async fn run(command: GrantsCommand) -> Result<Exit, Failure> {
    match command {
        GrantsCommand::List { user } => {
            let all = user::sign_in(&user)?.grants().await?;
            user::print(&user, &all, &["ID", "APP", "SCOPES", "CREATED"], |grant| {
                let app = grant.app.as_ref().and_then(|app| app.name.clone());
                vec![
                    grant.id.to_string(),
                    app.unwrap_or_default(),
                    grant.scopes.as_deref().unwrap_or_default().join(","),
                    grant
                        .created_at
                        .as_ref()
                        .map(ToString::to_string)
                        .unwrap_or_default(),
                ]
            })?;
            Ok(Exit::Done)
        }
        GrantsCommand::Delete(args) => user::delete(&args, &Deletable::Grant).await,
    }
}
