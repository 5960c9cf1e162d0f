//! Sign-in, printing and deletion, which `authorizations` and `grants` share.

use crate::api::connect;
use crate::api::user::{Deletable, User};
use crate::args::lists::{DeleteArgs, UserCommandArgs};
use crate::failure::{Exit, Failure};
use crate::report::table;
use crate::setup::settings::Settings;
use crate::terminal;
use ghes_oauth::{Redacted, SerializeSecrets};
use std::io::{self, Write};

/// Returns the user's client, and says once that the API is deprecated.
pub(super) fn sign_in(args: &UserCommandArgs) -> Result<User, Failure> {
    let settings = Settings::read(&args.server)?;
    let (server, credentials) = connect::user(&settings, &args.user)?;
    terminal::note(
        "note: GitHub has deprecated the Authorizations API; new tokens come from the web application flow",
    );
    Ok(User::new(server, credentials))
}

/// Prints items as a table on a terminal, as JSON elsewhere.
pub(super) fn print<T: SerializeSecrets>(
    args: &UserCommandArgs,
    items: &[T],
    heading: &[&str],
    row: impl Fn(&T) -> Vec<String>,
) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let written = if args.json || !terminal::is_on_stdout() {
        items.iter().try_for_each(|item| {
            serde_json::to_writer(&mut out, &Redacted(item))?;
            out.write_all(b"\n")
        })
    } else {
        let rows: Vec<_> = items
            .iter()
            .map(|item| {
                row(item)
                    .iter()
                    .map(|cell| table::printable(cell))
                    .collect()
            })
            .collect();
        table::columns(&mut out, heading, &rows)
    };
    written
        .map_err(|error| Failure::nothing_done(format!("cannot write to standard output: {error}")))
}

/// Deletes by id after asking; prints the ids that are deleted.
pub(super) async fn delete(args: &DeleteArgs, what: &Deletable) -> Result<Exit, Failure> {
    let count = args.ids.len();
    let plural = if count == 1 { "" } else { "s" };
    if !args.yes {
        let question = format!("Delete {count} {what}{plural} and revoke what belongs to it?");
        match terminal::confirm(&question) {
            Some(true) => {}
            Some(false) => return Err(Failure::nothing_done("nothing was deleted")),
            None => {
                return Err(Failure::nothing_done("there is no terminal to ask on")
                    .help("give --yes to delete without being asked"));
            }
        }
    }
    let user = sign_in(&args.user)?;
    let mut failed = 0;
    for &id in &args.ids {
        match user.delete(what, id).await {
            Ok(()) => terminal::note(&format!("deleted {what} {id}")),
            Err(failure) => {
                failed += 1;
                terminal::note(&format!("error: {what} {id}: {failure}"));
            }
        }
    }
    Ok(match failed {
        0 => Exit::Done,
        _ if failed == count => Exit::NothingDone,
        _ => Exit::SomeFailed,
    })
}
