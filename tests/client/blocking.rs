//! Every operation, without an async runtime.

use crate::{app, app_credentials, ghes, live_token, user};
use ghes_oauth::{
    AccessToken, AuthorizationId, AuthorizationUpdate, Check, NewAuthorization, Operation,
    TokenRestriction,
};

#[test]
fn every_operation_can_be_waited_for() {
    let ghes = ghes().start().unwrap();
    let (app, mine) = (app(&ghes), user(&ghes));
    let token = || live_token(&ghes);
    let mut called = Vec::new();
    let mut done = |name: &'static str| called.push(name);

    let first = token();
    assert!(app.check_token(&first).wait().unwrap().is_some());
    done("check_token");
    let second = app.reset_token(&first).wait().unwrap().token;
    done("reset_token");
    app.scope_token(&second, TokenRestriction::of_login("octocat"))
        .wait()
        .unwrap();
    done("scope_token");
    app.delete_token(&second).wait().unwrap();
    done("delete_token");
    app.delete_authorization(&token()).wait().unwrap();
    done("delete_authorization");

    let third = token();
    assert!(app.check_authorization(&third).wait().unwrap().is_some());
    done("check_authorization");
    let fourth = app.reset_authorization(&third).wait().unwrap().token;
    done("reset_authorization");
    app.revoke_authorization_for_application(&fourth)
        .wait()
        .unwrap();
    done("revoke_authorization_for_application");
    app.revoke_grant_for_application(&token()).wait().unwrap();
    done("revoke_grant_for_application");

    let made = mine
        .create_authorization(None, NewAuthorization::new().note("one"))
        .wait_for_response()
        .unwrap();
    assert_eq!(made.metadata().status().as_u16(), 201);
    done("create_authorization");
    let id = made.value().authorization.id;
    assert_eq!(mine.get_authorization(id).wait().unwrap().id, id);
    done("get_authorization");
    mine.update_authorization(id, AuthorizationUpdate::new().note("two"))
        .wait()
        .unwrap();
    done("update_authorization");
    assert_eq!(mine.list_authorizations().wait().unwrap().items.len(), 1);
    done("list_authorizations");
    mine.delete_authorization(id).wait().unwrap();
    done("delete_authorization");
    mine.get_or_create_authorization_for_app(&app_credentials(), NewAuthorization::new())
        .wait()
        .unwrap();
    done("get_or_create_authorization_for_app");
    mine.get_or_create_authorization_for_app_and_fingerprint(
        &app_credentials(),
        "f",
        NewAuthorization::new(),
    )
    .wait()
    .unwrap();
    done("get_or_create_authorization_for_app_and_fingerprint");
    let grant = mine.list_grants().wait().unwrap().items[0].id;
    done("list_grants");
    assert_eq!(mine.get_grant(grant).wait().unwrap().id, grant);
    done("get_grant");
    mine.delete_grant(grant).wait().unwrap();
    done("delete_grant");

    let mut expected: Vec<&str> = Operation::all()
        .iter()
        .filter(|operation| operation.since().is_some())
        .map(|operation| operation.name())
        .collect();
    expected.sort_unstable();
    called.sort_unstable();
    assert_eq!(called, expected);
}

#[test]
fn jobs_can_be_waited_for() {
    let ghes = ghes().start().unwrap();
    let (app, mine) = (app(&ghes), user(&ghes));
    let own = live_token(&ghes);
    app.preflight().wait().unwrap();
    assert!(mine.find_authorization(&own).wait().unwrap().is_some());
    let ids: Vec<AuthorizationId> = mine
        .list_authorizations()
        .items()
        .blocking()
        .map(|item| item.unwrap().id)
        .collect();
    assert_eq!(ids.len(), 1);
    app.server().drained().wait().unwrap();
    crate::run(async { app.preflight().wait().unwrap() });
}

#[test]
fn waiting_inside_a_runtime_works_too() {
    crate::run(async {
        let ghes = ghes().start().unwrap();
        assert!(
            app(&ghes)
                .check_token(&live_token(&ghes))
                .wait()
                .unwrap()
                .is_some()
        );
    });
}

#[test]
fn calls_can_be_awaited_without_a_tokio_runtime() {
    let ghes = ghes().start().unwrap();
    let mut call = Box::pin(app(&ghes).check_token(&live_token(&ghes)).send());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let found = loop {
        match call.as_mut().poll(&mut context) {
            std::task::Poll::Ready(found) => break found,
            std::task::Poll::Pending => assert!(std::time::Instant::now() < deadline),
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    };
    assert!(found.unwrap().value().is_some());
}

#[test]
fn a_batch_can_be_read_as_an_iterator() {
    let ghes = ghes().start().unwrap();
    let live = live_token(&ghes);
    let leaked = [
        live,
        AccessToken::new("gho_never"),
        AccessToken::new("ghp_a"),
    ];
    let mut results: Vec<_> = app(&ghes)
        .check_tokens(leaked)
        .blocking()
        .map(|(index, result)| (index, result.unwrap()))
        .collect();
    results.sort_by_key(|(index, _)| *index);
    assert!(matches!(
        &results[..],
        [
            (0, Check::Live(_)),
            (1, Check::NotLive),
            (2, Check::Skipped(_))
        ]
    ));
}
