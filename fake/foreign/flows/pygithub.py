"""PyGithub: authorizations with and without a one-time password, and the web application flow."""

import os

import github

api, client_id, client_secret = (os.environ[name] for name in ("API", "CLIENT_ID", "CLIENT_SECRET"))


def client(auth):
    return github.Github(auth=auth, base_url=api, retry=None, seconds_between_requests=0, seconds_between_writes=0)


def refused(status, call):
    try:
        call()
    except github.GithubException as error:
        assert error.status == status, error
        return error
    raise AssertionError(f"{status} was expected")


def web_flow():
    app = client(None).get_oauth_application(client_id, client_secret)
    assert app.get_login_url().startswith(os.environ["WEB"])
    token = app.get_access_token(os.environ["CODE"])
    assert token.token and token.scope == "repo" and token.type == "bearer", token
    refused(200, lambda: app.get_access_token("wrong"))


def authorizations():
    user = client(github.Auth.Login("octocat", "password")).get_user()
    before = user.get_authorizations().totalCount
    made = user.create_authorization(scopes=["repo"], note="PyGithub", note_url="http://example.com")
    assert made.token and made.scopes == ["repo"] and made.note == "PyGithub", made.raw_data
    error = refused(422, lambda: user.create_authorization(scopes=["repo"], note="PyGithub"))
    assert error.data["errors"][0]["code"] == "already_exists", error.data
    of_app = user.create_authorization(scopes=[], note="app", client_id=client_id, client_secret=client_secret)
    assert of_app.app.name
    found = user.get_authorization(made.id)
    assert found.token == "" and found.created_at == made.created_at
    found.edit(add_scopes=["user"], remove_scopes=["repo"], note="changed")
    assert user.get_authorization(made.id).scopes == ["user"]
    assert user.get_authorizations().totalCount == before + 2
    found.delete()
    refused(404, lambda: user.get_authorization(made.id))


def one_time_passwords():
    user = client(github.Auth.Login("hubot", "password")).get_user()
    error = refused(401, lambda: user.create_authorization(scopes=[], note="otp"))
    assert isinstance(error, github.TwoFactorException), error
    assert user.create_authorization(scopes=[], note="otp", onetime_password="123456").token
    refused(401, lambda: client(github.Auth.Login("octocat", "wrong")).get_user().get_authorization(1))


web_flow()
if os.environ["HAS_AUTHORIZATIONS"] == "yes":
    authorizations()
    one_time_passwords()
else:
    user = client(github.Auth.Login("octocat", "password")).get_user()
    refused(404, lambda: user.create_authorization(scopes=[], note="none"))
