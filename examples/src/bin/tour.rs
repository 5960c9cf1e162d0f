//! The life of a token, and a walk through a user's authorizations.
//!
//! `cargo run --bin tour` runs against the embedded fake. To run against a server, set
//! `GHES_URL`, `GHES_CLIENT_ID`, `GHES_CLIENT_SECRET` and `GHES_TOKEN`, and for the user's side `GHES_USER`,
//! `GHES_PASSWORD` and perhaps `GHES_OTP`. There it only reads, unless `GHES_ALLOW_CHANGES=yes`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example talks to the person who runs it"
)]
#![allow(
    deprecated,
    reason = "the user's side is deprecated as a whole; this shows how it is called where it is still needed"
)]

use ghes_oauth::{
    AccessToken, AppCredentials, AppPermissions, AuthorizationUpdate, Authorizations, GetOrCreate,
    NewAuthorization, OAuthApp, OneTimePassword, PermissionLevel, Server, TokenRestriction,
    UserCredentials,
};
use ghes_oauth_fake::FakeGhes;
use std::env;
use std::error::Error;
use std::process::ExitCode;

/// The settings of the tour, from the fake or from the environment.
struct Plan {
    url: String,
    app: AppCredentials,
    token: AccessToken,
    user: Option<(UserCredentials, Option<OneTimePassword>)>,
    may_change: bool,
    /// Held while the tour runs, because dropping it stops the fake.
    _fake: Option<FakeGhes>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match tour().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tour: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn tour() -> Result<(), Box<dyn Error>> {
    let plan = match env::var("GHES_URL") {
        Ok(url) => from_environment(url)?,
        Err(_) => from_fake()?,
    };
    let server = Server::new(&plan.url)?;
    println!("Server {}", server.base_url());
    app_side(&server.oauth_app(plan.app.clone()), &plan).await?;
    println!(
        "       (it is a GHES {})",
        server
            .ghes_version()
            .map_or("of unknown version".to_owned(), |version| version
                .to_string())
    );
    if let Some((user, otp)) = &plan.user {
        user_side(&server.authorizations(user.clone()), otp.as_ref(), &plan).await?;
    }
    Ok(())
}

async fn app_side(app: &OAuthApp, plan: &Plan) -> Result<(), Box<dyn Error>> {
    println!("\nThe app's side");
    app.preflight().await?;
    println!("  preflight  base URL and credentials are right");
    let Some(authorization) = app.check_token(&plan.token).await? else {
        println!("  check      not a live token of this app");
        return Ok(());
    };
    println!(
        "  check      live: authorization {}, scopes {:?}, {:?}",
        authorization.id,
        authorization.scopes.unwrap_or_default(),
        plan.token
    );
    if !plan.may_change {
        println!(
            "  (scope, reset and delete are left out: set GHES_ALLOW_CHANGES=yes to run them)"
        );
        return Ok(());
    }

    let login = authorization
        .user
        .map(|user| user.login)
        .unwrap_or_default();
    let mut permissions = AppPermissions::default();
    permissions.metadata = Some(PermissionLevel::Read);
    let scoped = app
        .scope_token(
            &plan.token,
            TokenRestriction::of_login(login)
                .repository_names(["hello-world"])
                .permissions(permissions),
        )
        .await?;
    println!(
        "  scope      a token for one repository: authorization {}",
        scoped.authorization.id
    );

    // The receiver gets the new token even if this program gives up, or if the response is truncated after it.
    let (deliver, delivered) = tokio::sync::oneshot::channel();
    let response = app
        .reset_token(&plan.token)
        .deliver_to(move |token| drop(deliver.send(token)))
        .send()
        .await;
    let Ok(fresh) = delivered.await else {
        return Err(response
            .err()
            .map_or_else(|| "the response has no token".into(), Into::into));
    };
    let request_id = response
        .as_ref()
        .ok()
        .and_then(|response| response.metadata().request_id())
        .unwrap_or("unknown");
    println!("  reset      new token {fresh:?}, request {request_id}");
    println!(
        "  check      the old one is {}",
        if app.check_token(&plan.token).await?.is_none() {
            "not live"
        } else {
            "live"
        }
    );

    app.delete_token(&fresh).await?;
    println!(
        "  delete     done; the new one is {}",
        if app.check_token(&fresh).await?.is_none() {
            "not live"
        } else {
            "live"
        }
    );
    Ok(())
}

async fn user_side(
    mine: &Authorizations,
    otp: Option<&OneTimePassword>,
    plan: &Plan,
) -> Result<(), Box<dyn Error>> {
    /// Sets the one-time password on a call, if the user has one.
    macro_rules! with_otp {
        ($call:expr) => {
            match otp {
                Some(code) => $call.otp(code).await?,
                None => $call.await?,
            }
        };
    }
    println!("\nThe user's side");
    if plan.may_change {
        for note in ["laptop", "nightly build", "backup"] {
            let made =
                with_otp!(mine.create_authorization(
                    None,
                    NewAuthorization::new().scopes(["repo"]).note(note)
                ));
            println!(
                "  create     authorization {} for the {note}",
                made.authorization.id
            );
        }
        for _ in 0..2 {
            match with_otp!(mine.get_or_create_authorization_for_app(
                &plan.app,
                NewAuthorization::new().scopes(["gist"])
            )) {
                GetOrCreate::Created(made) => {
                    println!(
                        "  get/create authorization {} is new, and this is its token: {:?}",
                        made.authorization.id, made.token
                    )
                }
                GetOrCreate::Existing(found) => {
                    println!(
                        "  get/create authorization {} was there, its token stays hidden: {:?}",
                        found.id, found.token
                    )
                }
            }
        }
    }
    let mut number = Some(1);
    let mut last = None;
    while let Some(current) = number {
        let page = with_otp!(mine.list_authorizations().per_page(2).page(current));
        println!(
            "  page {current}     authorizations {:?}",
            page.items
                .iter()
                .map(|item| item.id.get())
                .collect::<Vec<_>>()
        );
        last = page.items.last().map(|item| item.id).or(last);
        number = page.next;
    }
    let grants = with_otp!(mine.list_grants());
    println!(
        "  grants     {:?}",
        grants
            .items
            .iter()
            .filter_map(|grant| grant.app.as_ref()?.name.clone())
            .collect::<Vec<_>>()
    );
    if let Some(id) = last.filter(|_| plan.may_change) {
        let update = AuthorizationUpdate::new()
            .add_scopes(["user"])
            .note("updated by the tour");
        let updated = with_otp!(mine.update_authorization(id, update));
        println!(
            "  update     authorization {id} has scopes {:?}",
            updated.scopes.unwrap_or_default()
        );
        with_otp!(mine.delete_authorization(id));
        println!("  delete     authorization {id} is gone");
    }
    Ok(())
}

fn from_fake() -> Result<Plan, Box<dyn Error>> {
    const CLIENT_ID: &str = "Iv1.8a61f9b3a7aba766";
    let ghes = FakeGhes::builder()
        .app(CLIENT_ID, "client-secret")
        .user("octocat", "password")
        .start()?;
    let token = ghes
        .issue_token(CLIENT_ID, "octocat", &["repo", "user"])
        .ok_or("the fake knows neither app nor user")?;
    Ok(Plan {
        url: ghes.url().to_owned(),
        app: AppCredentials::new(CLIENT_ID, "client-secret")?,
        token: AccessToken::new(token),
        user: Some((UserCredentials::new("octocat", "password")?, None)),
        may_change: true,
        _fake: Some(ghes),
    })
}

fn from_environment(url: String) -> Result<Plan, Box<dyn Error>> {
    let required = |name: &str| {
        env::var(name).map_err(|_| format!("GHES_URL is set, so {name} must be set too"))
    };
    let user = match env::var("GHES_USER") {
        Ok(login) => Some((
            UserCredentials::new(login, required("GHES_PASSWORD")?)?,
            env::var("GHES_OTP").ok().map(OneTimePassword::new),
        )),
        Err(_) => None,
    };
    Ok(Plan {
        url,
        app: AppCredentials::new(required("GHES_CLIENT_ID")?, required("GHES_CLIENT_SECRET")?)?,
        token: AccessToken::new(required("GHES_TOKEN")?),
        user,
        may_change: env::var("GHES_ALLOW_CHANGES").is_ok_and(|value| value == "yes"),
        _fake: None,
    })
}
