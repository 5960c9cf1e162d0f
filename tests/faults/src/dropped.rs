//! If the caller is dropped, the new token is not lost.

use crate::cases::{delivers, once};
use crate::responses::good;
use crate::secrets::NEW_TOKEN;
use crate::server::{Script, Server, Step};
use crate::setup::Setup;
use crate::trial;
use crate::truncated::short_name;
use ghes_oauth::Operation;
use libtest_mimic::Trial;
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

/// One trial for each moment at which the future of each call that is not idempotent may be dropped.
pub(crate) fn trials() -> Vec<Trial> {
    let moments = [
        (Moment::Never, "before_its_first_poll"),
        (Moment::AtOnce, "after_its_first_poll"),
        (Moment::OnTheWay, "when_the_request_has_arrived"),
        (Moment::InTheResponse, "within_the_response"),
    ];
    let mut trials = Vec::new();
    for operation in Operation::all()
        .iter()
        .copied()
        .filter(|operation| once(operation))
    {
        for (moment, name) in moments {
            let name = format!("dropped::{}::{name}", short_name(operation));
            trials.push(trial::of(name, move || async move {
                let _permit = crate::permits::one().await;
                Vec::from_iter(drop_at(operation, moment).await)
            }));
        }
    }
    trials
}

/// When the caller is dropped.
#[derive(Clone, Copy)]
enum Moment {
    /// Before the call was polled: then nothing is sent.
    Never,
    /// When the call was polled once.
    AtOnce,
    /// When the request has arrived.
    OnTheWay,
    /// When half of the response is there.
    InTheResponse,
}

async fn drop_at(operation: &'static Operation, moment: Moment) -> Option<String> {
    const PAUSE: Duration = Duration::from_millis(40);
    let response = good(operation);
    let (first, second) = response.split_at(response.len() / 2);
    let steps = vec![
        Step::Read,
        Step::Pause(PAUSE),
        Step::Write(first.to_vec()),
        Step::Pause(PAUSE),
        Step::Write(second.to_vec()),
    ];
    let server = Server::start(Script {
        exchanges: vec![steps],
        tls: None,
    })
    .await;
    let setup = Setup::default();
    let client = setup.server(server.address).unwrap();
    {
        let mut call = pin!(setup.call(operation, &client));
        match moment {
            Moment::Never => {}
            Moment::AtOnce => assert!(
                call.as_mut()
                    .poll(&mut Context::from_waker(Waker::noop()))
                    .is_pending()
            ),
            Moment::OnTheWay => {
                tokio::select! {
                    _ = &mut call => {}
                    () = arrived(&server) => {}
                }
            }
            Moment::InTheResponse => {
                tokio::select! {
                    _ = &mut call => {}
                    () = async { arrived(&server).await; tokio::time::sleep(PAUSE + PAUSE / 2).await } => {}
                }
            }
        }
    }
    let requests = usize::from(!matches!(moment, Moment::Never));
    let tokens = if delivers(operation) { requests } else { 0 };
    for _ in 0..24_000 {
        if setup.delivered.lock().unwrap().len() == tokens && server.begun() == requests {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // An additional request would arrive within this time.
    tokio::time::sleep(Duration::from_millis(5)).await;
    let delivered = setup.delivered.lock().unwrap();
    let right = delivered.len() == tokens
        && delivered.iter().all(|token| token == NEW_TOKEN)
        && server.begun() == requests;
    (!right).then(|| {
        format!(
            "{} tokens delivered, {} requests",
            delivered.len(),
            server.begun()
        )
    })
}

async fn arrived(server: &Server) {
    while server.requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}
