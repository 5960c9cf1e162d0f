//! The real program against the fake, as a person or a script would run it.

mod any_owner;
mod command;
mod connection;
mod fake;
#[cfg(unix)]
mod guides;
mod inputs;
mod interrupted;
mod lists;
mod rotate;
mod rows;
mod shards;
#[cfg(unix)]
mod terminal;
mod triage;
