//! Tokens in a SQLite file, and two ways to replace them. The guide `docs/rotation.md` shows this file in parts.

use ghes_oauth::{AccessToken, ErrorKind, OAuthApp, Outcome, Rotation};
use rusqlite::{Connection, params};
use std::error::Error;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The tokens of an app's users, in a SQLite file.
pub struct Vault(Mutex<Connection>);

impl Vault {
    pub fn open(file: &Path) -> Result<Self> {
        let db = Connection::open(file)?;
        // A commit returns only once it is on the disk.
        db.pragma_update(None, "journal_mode", "WAL")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        db.execute_batch(
            "CREATE TABLE IF NOT EXISTS tokens (
                 login TEXT PRIMARY KEY,
                 token TEXT NOT NULL,
                 in_doubt INTEGER NOT NULL DEFAULT 0
             );
             CREATE TABLE IF NOT EXISTS superseded (token TEXT PRIMARY KEY);",
        )?;
        Ok(Self(Mutex::new(db)))
    }

    fn db(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stores a user's token, which is not in doubt.
    pub fn store(&self, login: &str, token: &AccessToken) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO tokens (login, token) VALUES (?1, ?2)";
        self.db()
            .execute(sql, params![login, token.expose_secret()])?;
        Ok(())
    }

    /// Stores a user's token, which may not be live: it stays in doubt.
    pub fn store_in_doubt(&self, login: &str, token: &AccessToken) -> Result<()> {
        let sql = "UPDATE tokens SET token = ?2, in_doubt = 1 WHERE login = ?1";
        self.db()
            .execute(sql, params![login, token.expose_secret()])?;
        Ok(())
    }

    /// Returns a user's token.
    pub fn token(&self, login: &str) -> Result<AccessToken> {
        let sql = "SELECT token FROM tokens WHERE login = ?1";
        let token: String = self.db().query_row(sql, [login], |row| row.get(0))?;
        Ok(AccessToken::new(token))
    }

    /// Records whether a user's token may have been replaced by one that is lost.
    pub fn set_in_doubt(&self, login: &str, in_doubt: bool) -> Result<()> {
        let sql = "UPDATE tokens SET in_doubt = ?2 WHERE login = ?1";
        self.db().execute(sql, params![login, in_doubt])?;
        Ok(())
    }

    /// Removes a token that is not live any more.
    pub fn remove(&self, login: &str) -> Result<()> {
        self.db()
            .execute("DELETE FROM tokens WHERE login = ?1", [login])?;
        Ok(())
    }

    /// Returns the users whose tokens are in doubt.
    pub fn in_doubt(&self) -> Result<Vec<String>> {
        let db = self.db();
        let mut query = db.prepare("SELECT login FROM tokens WHERE in_doubt")?;
        let logins = query
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(logins)
    }
}

/// Replaces a user's token.
///
/// Spawn it: a rotation whose future is dropped leaves its token in doubt.
pub async fn rotate(app: &OAuthApp, vault: &Vault, login: &str) -> Result<()> {
    let old = vault.token(login)?;
    vault.set_in_doubt(login, true)?; // on the disk before anything is sent
    match app.rotate_token(&old).await {
        Ok(Rotation::Rotated(issued)) => vault.store(login, &issued.token)?,
        // Still live: try again later.
        Ok(Rotation::Unchanged(_)) => vault.set_in_doubt(login, false)?,
        // The user must authorize the app again.
        Ok(Rotation::OldTokenGone) => vault.remove(login)?,
        Err(error) => {
            if let Some(token) = error.recovered_token() {
                vault.store_in_doubt(login, token)?; // `recover` checks it
            } else if error.kind() == ErrorKind::NotFound {
                vault.remove(login)?; // not live before: the user must authorize the app again
            } else if error.outcome() == Outcome::NotPerformed {
                vault.set_in_doubt(login, false)?;
            }
            return Err(error.into());
        }
        Ok(_) => {}
    }
    Ok(())
}

/// Settles what a crash or an error left in doubt, and returns the users whose tokens are lost.
///
/// Call it when the program starts.
pub async fn recover(app: &OAuthApp, vault: &Vault, wait: Duration) -> Result<Vec<String>> {
    let mut lost = Vec::new();
    let in_doubt = vault.in_doubt()?;
    if !in_doubt.is_empty() {
        // The server may still be working on a reset of the program that crashed.
        tokio::time::sleep(wait).await;
    }
    for login in in_doubt {
        match app.check_token(&vault.token(&login)?).await? {
            Some(_) => vault.set_in_doubt(&login, false)?,
            None => {
                vault.remove(&login)?;
                lost.push(login);
            }
        }
    }
    Ok(lost)
}

impl Vault {
    /// Stores a second token of a user and records the first as superseded, in one transaction.
    pub fn supersede(&self, login: &str, new: &AccessToken) -> Result<()> {
        let mut db = self.db();
        let change = db.transaction()?;
        change.execute(
            "INSERT INTO superseded SELECT token FROM tokens WHERE login = ?1",
            [login],
        )?;
        change.execute(
            "UPDATE tokens SET token = ?2 WHERE login = ?1",
            params![login, new.expose_secret()],
        )?;
        change.commit()?;
        Ok(())
    }

    /// Returns the superseded tokens that may still be live.
    pub fn superseded(&self) -> Result<Vec<AccessToken>> {
        let db = self.db();
        let mut query = db.prepare("SELECT token FROM superseded")?;
        let tokens = query.query_map([], |row| {
            row.get(0).map(|token: String| AccessToken::new(token))
        })?;
        Ok(tokens.collect::<rusqlite::Result<_>>()?)
    }

    fn forget(&self, superseded: &AccessToken) -> Result<()> {
        let sql = "DELETE FROM superseded WHERE token = ?1";
        self.db().execute(sql, [superseded.expose_secret()])?;
        Ok(())
    }
}

/// Revokes the superseded tokens.
///
/// Call it after each change, and when the program starts.
pub async fn revoke_superseded(app: &OAuthApp, vault: &Vault) -> Result<()> {
    for token in vault.superseded()? {
        match app.delete_token(&token).await {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            // Revoked now, or by the run before that was killed at this point.
            Ok(()) | Err(_) => vault.forget(&token)?,
        }
    }
    Ok(())
}
