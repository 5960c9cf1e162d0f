"""github3.py: authorizations, their scopes, one-time passwords, and tokens in the path."""

import os

import github3

api, client_id, client_secret = (os.environ[name] for name in ("API", "CLIENT_ID", "CLIENT_SECRET"))


def client(**credentials):
    gh = github3.GitHub(**credentials)
    gh.session.base_url = api
    return gh


def refused(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was expected")


def authorizations():
    gh = client(username="octocat", password="password")
    before = len(list(gh.authorizations()))
    made = gh.authorize("octocat", "password", scopes=["repo"], note="github3.py")
    assert made.token and made.scopes == ["repo"], made.as_dict()
    refused(github3.exceptions.UnprocessableEntity, lambda: gh.authorize("octocat", "password", ["repo"], "github3.py"))
    assert gh.authorization(made.id).note == "github3.py"
    assert made.add_scopes(["user"]) and gh.authorization(made.id).scopes == ["repo", "user"]
    # It sends `rm_scopes`, which GitHub ignores.
    assert made.remove_scopes(["repo"]) and gh.authorization(made.id).scopes == ["repo", "user"]
    assert made.replace_scopes(["gist"]) and gh.authorization(made.id).scopes == ["gist"]
    assert len(list(gh.authorizations())) == before + 1
    assert made.delete()
    refused(github3.exceptions.NotFoundError, lambda: gh.authorization(made.id))
    wrong = client(username="octocat", password="wrong")
    refused(github3.exceptions.AuthenticationFailed, lambda: list(wrong.authorizations()))
    with_otp = client()
    with_otp.login("hubot", "password", two_factor_callback=lambda: "123456")
    assert list(with_otp.authorizations()) == []


def tokens_in_the_path(exist):
    gh = client(username="octocat", password="password")
    gh.set_client_id(client_id, client_secret)
    assert gh.check_authorization("gho_nobodys") is False
    assert gh.check_authorization(os.environ["TOKEN"]) is exist
    assert gh.revoke_authorization(os.environ["TOKEN"]) is exist
    assert gh.check_authorization(os.environ["TOKEN"]) is False


if os.environ["HAS_AUTHORIZATIONS"] == "yes":
    authorizations()
else:
    gh = client(username="octocat", password="password")
    refused(github3.exceptions.NotFoundError, lambda: gh.authorize("octocat", "password", ["repo"], "none"))
tokens_in_the_path(os.environ["HAS_TOKEN_IN_PATH"] == "yes")
