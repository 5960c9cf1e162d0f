//! Runs the program on a pseudo-terminal, where a person replies to its prompts.

use crate::command::Run;
use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use rustix::termios::{LocalModes, tcgetattr};
use std::io::{Read as _, Write as _};
use std::time::Duration;

/// A prompt, and what is typed after it.
pub(crate) type Reply<'a> = (&'a str, &'a str);

/// Runs the command on a terminal of 80 columns.
pub(crate) fn run(command: &std::process::Command, replies: &[Reply<'_>]) -> Run {
    run_with_width(command, 80, replies)
}

/// Runs the command on a terminal with this many columns; `out` has everything that the terminal got, the echo included.
pub(crate) fn run_with_width(
    command: &std::process::Command,
    columns: u16,
    replies: &[Reply<'_>],
) -> Run {
    let (mut terminal, other_end) = open().expect("a pseudo-terminal");
    terminal.resize(Size::new(24, columns)).expect("resized");
    let variables = command.get_envs();
    let mut child = Command::new(command.get_program())
        .args(command.get_args())
        .current_dir(command.get_current_dir().expect("a folder"))
        .env_clear()
        .envs(variables.filter_map(|(name, value)| Some((name, value?))))
        .env("TERM", "xterm")
        .spawn(other_end)
        .expect("started");
    let mut out = Vec::new();
    let mut seen = 0;
    let mut replies = replies.iter().peekable();
    let mut buffer = [0; 4096];
    // On Linux reading fails when the other end is closed.
    while let Ok(length @ 1..) = terminal.read(&mut buffer) {
        out.extend_from_slice(&buffer[..length]);
        let new = String::from_utf8_lossy(&out[seen..]).into_owned();
        if let Some((_, reply)) = replies.next_if(|(prompt, _)| new.contains(prompt)) {
            seen = out.len();
            if !new.contains("[y/N]") {
                wait_until_echo_is_off(&terminal);
            }
            writeln!(terminal, "{reply}").expect("typed");
        }
    }
    let code = child.wait().expect("ended").code();
    let run = Run {
        code,
        out: String::from_utf8(out).expect("UTF-8"),
        err: String::new(),
    };
    assert_eq!(replies.next(), None, "not asked for: {run:?}");
    run.without_secrets()
}

/// A person does not type faster than the program can switch echo off after it has printed the prompt.
fn wait_until_echo_is_off(terminal: &Pty) {
    while tcgetattr(terminal)
        .expect("modes")
        .local_modes
        .contains(LocalModes::ECHO)
    {
        std::thread::sleep(Duration::from_millis(5));
    }
}
