"""People of an office at the door: accounts with both factors, and the codes of an authenticator (RFC 6238)."""

import base64
import hashlib
import hmac
import struct
import time

from django.test import Client

PASSWORD = "three long rivers 37"
LOGIN, CHANGE, ACTIVATE = "/sign-in/login/", "/sign-in/password/change/", "/sign-in/2fa/totp/activate/"


def client(**options):
    """A browser that has met nobody yet."""
    return Client(headers={"host": "localhost"}, raise_request_exception=False, **options)


def code(secret, step=0):
    """The six digits that an authenticator shows now, or so many half minutes later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    mac = hmac.digest(base64.b32decode(secret), counter, hashlib.sha1)
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4]) & 0x7FFFFFFF) % 10**6:06d}"


def sign_in(browser, login, password, **more):
    return browser.post(LOGIN, {"login": login, "password": password, **more})


def settled(login, first):
    """Go through the first sign-in: own password, then the second factor; return the browser and the secret."""
    browser = client()
    assert sign_in(browser, login, first).status_code == 302
    browser.post(CHANGE, {"oldpassword": first, "password1": PASSWORD, "password2": PASSWORD})
    if "_auth_user_id" not in browser.session:
        sign_in(browser, login, PASSWORD)
    browser.get(ACTIVATE)
    secret = browser.session["mfa.totp.secret"]
    browser.post(ACTIVATE, {"code": code(secret)})
    return browser, secret
