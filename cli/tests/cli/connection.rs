//! Arguments, settings and secrets.

use crate::command::{CLIENT_ID, Desk, SECRET, finish, set_mode};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;

#[test]
fn secrets_as_arguments_are_refused_with_the_reason() {
    let desk = Desk::new();
    let token = desk.tokens(1).remove(0);
    for arguments in [
        &["check", token.as_str()][..],
        &["preflight", "--client-secret", "hunter2"],
        &["preflight", "--client-secret=hunter2"],
        &["grants", "list", "--password=hunter2"],
    ] {
        let run = desk.run(arguments);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains("list of processes"), "{}", run.err);
        assert!(
            !run.err.contains(&token) && !run.err.contains("hunter2"),
            "{}",
            run.err
        );
    }
    let run = desk.run(&["check", "some-secret-of-another-kind"]);
    assert_eq!(run.code, Some(2));
    assert!(!run.err.contains("another-kind"), "{}", run.err);
    assert_eq!(desk.ghes.requests(), 0);
}

#[test]
fn a_flag_wins_over_the_environment_which_wins_over_the_file() {
    let desk = Desk::new();
    let host = desk
        .ghes
        .url()
        .trim_start_matches("http://")
        .split('/')
        .next()
        .expect("a host")
        .to_owned();
    let secret = desk.path("secret");
    desk.write("config.toml", &format!(
        "server = \"{}\"\n[host.\"{host}\"]\nclient_id = \"of-file\"\nclient_secret_file = {secret:?}\n",
        desk.ghes.url()
    ));
    let run = |flag: Option<&str>, variable: Option<&str>| {
        let mut arguments = vec!["preflight", "--config", "config.toml", "--verbose"];
        arguments.extend(flag.iter().flat_map(|id| ["--client-id", id]));
        let mut command = desk.bare(&arguments);
        variable.map(|id| command.env("GHES_OAUTH_CLIENT_ID", id));
        finish(command.output())
    };
    let from_file = run(None, None);
    assert!(
        from_file
            .err
            .contains("client-id: \"of-file\", from config.toml"),
        "{}",
        from_file.err
    );
    assert_eq!(from_file.code, Some(2), "{}", from_file.err);
    let from_variable = run(None, Some("of-variable"));
    assert!(
        from_variable
            .err
            .contains("\"of-variable\", from GHES_OAUTH_CLIENT_ID"),
        "{}",
        from_variable.err
    );
    let from_flag = run(Some(CLIENT_ID), Some("of-variable"));
    assert!(
        from_flag.err.contains("from --client-id"),
        "{}",
        from_flag.err
    );
    assert_eq!(from_flag.code, Some(0), "{}", from_flag.err);
    assert!(from_flag.out.contains("GHES 3.16"), "{}", from_flag.out);
}

#[test]
fn the_settings_file_is_found_at_its_xdg_place_and_holds_no_secret() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("xdg/ghes-oauth")).expect("made");
    desk.write(
        "xdg/ghes-oauth/config.toml",
        "server = \"https://ghe.example.com\"\n",
    );
    let mut command = desk.bare(&["preflight", "--verbose"]);
    let run = finish(command.env("XDG_CONFIG_HOME", desk.path("xdg")).output());
    assert!(
        run.err
            .contains("server: \"https://ghe.example.com\", from "),
        "{}",
        run.err
    );
    assert!(run.err.contains("--client-id"), "{}", run.err);
    desk.write(
        "bad.toml",
        &format!("[host.'a']\nclient_secret = '{SECRET}'\n"),
    );
    let run = finish(desk.bare(&["preflight", "--config", "bad.toml"]).output());
    assert!(
        run.err.contains("secrets do not belong here"),
        "{}",
        run.err
    );
}

#[cfg(unix)]
#[test]
fn files_that_others_may_read_are_warned_of() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["preflight"]).err, "");
    set_mode(&desk.path("secret"), 0o644);
    let run = desk.run(&["preflight"]);
    assert_eq!(run.code, Some(0));
    assert!(run.err.contains("chmod 600"), "{}", run.err);
}

#[test]
fn a_secret_comes_from_the_environment_too_and_is_missed_otherwise() {
    let desk = Desk::new();
    let mut command = desk.bare(&[
        "preflight",
        "--server",
        desk.ghes.url(),
        "--client-id",
        CLIENT_ID,
    ]);
    let run = finish(
        command
            .arg("-v")
            .env("GHES_OAUTH_CLIENT_SECRET", SECRET)
            .output(),
    );
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.err
            .contains("client secret, from GHES_OAUTH_CLIENT_SECRET"),
        "{}",
        run.err
    );
    let run = finish(desk.bare(&["preflight"]).output());
    assert!(run.err.contains("give it by --server"), "{}", run.err);
}

#[test]
fn a_proxy_is_taken_from_the_environment() {
    let desk = Desk::new();
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = proxy.local_addr().expect("bound");
    let asked = std::thread::spawn(move || {
        let (connection, _) = proxy.accept().expect("connected");
        let mut line = String::new();
        BufReader::new(connection)
            .read_line(&mut line)
            .expect("read");
        line
    });
    let mut command = desk.command(&["preflight", "--server", "https://ghe.example.com"]);
    let run = finish(
        command
            .env("HTTPS_PROXY", format!("http://{address}"))
            .output(),
    );
    assert_eq!(
        (run.code, run.err.lines().count()),
        (Some(2), 1),
        "{}",
        run.err
    );
    let asked = asked.join().expect("asked");
    assert_eq!(asked.trim_end(), "CONNECT ghe.example.com:443 HTTP/1.1");
}

#[test]
fn errors_are_one_line_and_verbose_adds_the_chain() {
    let desk = Desk::new();
    let closed = TcpListener::bind("127.0.0.1:0")
        .and_then(|socket| socket.local_addr())
        .expect("a port");
    let server = format!("http://{closed}");
    let run = desk.run(&["preflight", "--server", &server]);
    assert_eq!(
        (run.code, run.err.lines().count()),
        (Some(2), 1),
        "{}",
        run.err
    );
    assert!(run.err.contains("check the network"), "{}", run.err);
    let run = desk.run(&["preflight", "--server", &server, "--verbose"]);
    assert!(run.err.contains("caused by:"), "{}", run.err);
}

#[test]
fn completions_and_man_pages_come_from_the_command_line() {
    let desk = Desk::new();
    let run = desk.run(&["completions", "bash"]);
    assert!(
        run.code == Some(0) && run.out.contains("--shard"),
        "{}",
        run.err
    );
    fs::create_dir(desk.path("man")).expect("made");
    assert_eq!(desk.run(&["man", "man"]).code, Some(0));
    assert!(desk.read("man/ghes-oauth-triage.1").contains("shard"));
}
