//! Kills a process at random moments while it replaces tokens, and counts what is lost.
//!
//! `KILLS=30 cargo test -p ghes-oauth-examples --test rotation killed -- --nocapture` measures the figures of the guide.

use crate::vault::{self, Vault};
use crate::{CLIENT_ID, SECRET, SERVER_LIMIT, app};
use ghes_oauth::AccessToken;
use ghes_oauth_fake::{FakeGhes, Operation};
use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use std::{env, thread};
use tokio::task::JoinSet;

const USERS: usize = 40;

/// The program of the process that is killed.
#[derive(Clone, Copy, Debug)]
enum Way {
    Reset,
    WebFlow,
}

#[test]
fn a_killed_process_knows_each_token_that_it_lost() {
    for in_flight in [16, 1] {
        let (replaced, lost) = kill(Way::Reset, in_flight);
        println!(
            "resets, {in_flight} in flight: {replaced} rotations, {lost} tokens lost, each of them known"
        );
    }
}

#[test]
fn the_web_flow_loses_none_in_a_killed_process() {
    for in_flight in [16, 1] {
        let (replaced, lost) = kill(Way::WebFlow, in_flight);
        println!("web flow, {in_flight} in flight: {replaced} rotations, {lost} tokens lost");
        assert_eq!(lost, 0);
    }
}

/// Kills a process as often as `KILLS` says, and returns how many tokens were replaced and how many were lost.
fn kill(way: Way, in_flight: usize) -> (usize, usize) {
    let kills = env::var("KILLS").map_or(2, |kills| kills.parse().unwrap());
    let logins: Vec<String> = (0..USERS).map(|user| format!("user-{user}")).collect();
    let mut builder = FakeGhes::builder().app(CLIENT_ID, SECRET).token_limit(None);
    for login in &logins {
        builder = builder.user(login, "password");
    }
    let ghes = builder.start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tokens.db");
    let vault = Vault::open(&file).unwrap();
    let authorize = |login: &String| {
        let token = ghes.issue_token(CLIENT_ID, login, &["repo"]).unwrap();
        vault.store(login, &AccessToken::new(token)).unwrap();
    };
    logins.iter().for_each(authorize);

    let mut lost = 0;
    for _ in 0..kills {
        let mut child = child(way, in_flight, &ghes, &file);
        let before = performed(&ghes, way);
        while performed(&ghes, way) < before + in_flight {
            assert!(
                child.try_wait().unwrap().is_none(),
                "it ended before it was killed"
            );
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(random(100));
        child.kill().unwrap();
        child.wait().unwrap();
        settle(&ghes);

        let is_live = |login: &String| ghes.is_live(vault.token(login).unwrap().expose_secret());
        let gone: BTreeSet<String> = logins
            .iter()
            .filter(|login| !is_live(login))
            .cloned()
            .collect();
        let in_doubt = BTreeSet::from_iter(vault.in_doubt().unwrap());
        assert!(gone.is_subset(&in_doubt), "a loss that is not known");
        assert!(in_doubt.len() <= in_flight, "{} in doubt", in_doubt.len());
        let known = on_a_runtime(async {
            vault::revoke_superseded(&app(ghes.url()), &vault)
                .await
                .unwrap();
            vault::recover(&app(ghes.url()), &vault, SERVER_LIMIT)
                .await
                .unwrap()
        });
        assert_eq!(gone, BTreeSet::from_iter(known));
        lost += gone.len();
        gone.iter().for_each(authorize);
    }
    let unknown = ghes.live().len() - USERS;
    println!("{kills} kills; live tokens that are not stored: {unknown}");
    (performed(&ghes, way), lost)
}

/// Waits until the fake has performed the process's requests: it has one thread, so a later request is served later.
fn settle(ghes: &FakeGhes) {
    on_a_runtime(async {
        for _ in 0..5 {
            let unknown = AccessToken::new("gho_unknown");
            app(ghes.url()).check_token(&unknown).await.unwrap();
        }
    });
}

fn performed(ghes: &FakeGhes, way: Way) -> usize {
    match way {
        Way::Reset => ghes.times(Operation::ResetToken),
        Way::WebFlow => ghes.times(Operation::DeleteToken),
    }
}

/// This program again, which runs only `the_process_that_is_killed`.
fn child(way: Way, in_flight: usize, ghes: &FakeGhes, file: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "killed::the_process_that_is_killed", "--ignored"])
        .env("ROTATION_WAY", format!("{way:?}"))
        .env("ROTATION_IN_FLIGHT", in_flight.to_string())
        .env("ROTATION_SERVER", ghes.url())
        .env("ROTATION_WEB", ghes.web_url())
        .env("ROTATION_FILE", file)
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "the other tests run and kill it"]
fn the_process_that_is_killed() {
    let Ok(file) = env::var("ROTATION_FILE") else {
        return;
    };
    let variable = |name: &str| env::var(name).unwrap();
    let (app, web) = (app(&variable("ROTATION_SERVER")), variable("ROTATION_WEB"));
    let vault = Arc::new(Vault::open(Path::new(&file)).unwrap());
    let by_reset = variable("ROTATION_WAY") == "Reset";
    on_a_runtime(async {
        let mut logins = (0..USERS).cycle().map(|user| format!("user-{user}"));
        let mut running = JoinSet::new();
        loop {
            while running.len() < variable("ROTATION_IN_FLIGHT").parse().unwrap() {
                let (app, vault, web) = (app.clone(), vault.clone(), web.clone());
                let login = logins.next().unwrap();
                running.spawn(async move {
                    if by_reset {
                        vault::rotate(&app, &vault, &login).await.unwrap();
                    } else {
                        vault.supersede(&login, &web_flow(&web, &login)).unwrap();
                        vault::revoke_superseded(&app, &vault).await.unwrap();
                    }
                });
            }
            running.join_next().await.unwrap().unwrap();
        }
    });
}

/// The part of a browser and of an app's callback, over plain http.
fn web_flow(web: &str, login: &str) -> AccessToken {
    let path = format!("/login/oauth/authorize?client_id={CLIENT_ID}&login={login}&scope=repo");
    let redirect = request(web, "GET", &path);
    let code = redirect
        .split("code=")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap();
    let path = format!(
        "/login/oauth/access_token?client_id={CLIENT_ID}&client_secret={SECRET}&code={code}"
    );
    let response = request(web, "POST", &path);
    let token = response
        .split("access_token=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    AccessToken::new(token.replace("%5F", "_"))
}

fn request(web: &str, method: &str, path: &str) -> String {
    let host = web.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let lines = "User-Agent: rotation\r\nContent-Length: 0\r\nConnection: close";
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\n{lines}\r\n\r\n"
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response
}

fn random(below_ms: u32) -> Duration {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap();
    Duration::from_millis(u64::from(now.subsec_micros() % below_ms))
}

fn on_a_runtime<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}
