"""Checks a file of tokens by requests, with a session in each of eight threads."""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import requests

client_id = os.environ["GHES_OAUTH_CLIENT_ID"]
url = f"{os.environ['GHES_OAUTH_SERVER']}/applications/{client_id}/token"
auth = (client_id, os.environ["CLIENT_SECRET"])
local = threading.local()


def check(token):
    if not hasattr(local, "session"):
        local.session = requests.Session()
    status = local.session.post(url, json={"access_token": token}, auth=auth).status_code
    if status not in (200, 404):
        raise RuntimeError(status)
    return status == 200


with open(sys.argv[1]) as tokens, ThreadPoolExecutor(8) as pool:
    for is_live in pool.map(check, tokens.read().split()):
        if is_live:
            print("live")
