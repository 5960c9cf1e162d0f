//! The real program against the fake, as a person or a script would run it.

mod command;
mod connection;
mod lists;
mod rotate;
mod triage;
