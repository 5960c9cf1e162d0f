//! Standard error, and questions to the person at the terminal.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use zeroize::Zeroizing;

/// Prints a warning to standard error.
pub(crate) fn warn(text: &str) {
    note(&format!("warning: {text}"));
}

/// Prints a line to standard error; a failure to print is ignored.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Returns whether standard output is a terminal.
pub(crate) fn is_on_stdout() -> bool {
    io::stdout().is_terminal()
}

/// Asks for a secret without echo; `None` without a terminal or if nothing was typed.
pub(crate) fn ask_secret(prompt: &str) -> Option<Zeroizing<String>> {
    let secret = rpassword::prompt_password(prompt)
        .map(Zeroizing::new)
        .ok()?;
    (!secret.is_empty()).then_some(secret)
}

/// Asks whether to continue; `None` without a terminal.
pub(crate) fn confirm(question: &str) -> Option<bool> {
    let terminal = terminal()?;
    let _ = write!(io::stderr(), "{question} [y/N] ");
    let mut reply = String::new();
    BufReader::new(terminal).read_line(&mut reply).ok()?;
    Some(matches!(reply.trim(), "y" | "Y" | "yes"))
}

/// Opens the terminal, which remains when standard input is a file of tokens.
fn terminal() -> Option<File> {
    let path = if cfg!(windows) { "CONIN$" } else { "/dev/tty" };
    File::open(path).ok().filter(File::is_terminal)
}
