"""A small OpenID Connect server on this machine, which vouches for whom the test says."""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

CLIENT, SECRET = "bangfu", "between us"


def _text(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _number(value):
    return _text(value.to_bytes((value.bit_length() + 7) // 8))


class SignOnServer:
    """Answers discovery, keys, tokens and who it is; `person` is whom it vouches for, `asked` what was sent."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person = "he"
        self.nonce = None
        self.asked = []
        server = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self):
                self._say(server.page(self.path))

            def do_POST(self):
                sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                server.asked.append((self.headers.get("Authorization"), sent))
                self._say(server.tokens())

            def log_message(self, *_):
                pass

            def _say(self, body):
                raw = json.dumps(body).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    def page(self, path):
        if path.endswith("openid-configuration"):
            names = ("authorization", "token", "userinfo")
            return {
                "issuer": self.address,
                "jwks_uri": f"{self.address}/jwks",
                **{f"{name}_endpoint": f"{self.address}/{name}" for name in names},
            }
        if path.startswith("/jwks"):
            public = self.key.public_key().public_numbers()
            key = {"kty": "RSA", "kid": "1", "alg": "RS256", "use": "sig"}
            return {"keys": [key | {"n": _number(public.n), "e": _number(public.e)}]}
        return self._claims()

    def tokens(self):
        head = _text(json.dumps({"alg": "RS256", "kid": "1", "typ": "JWT"}).encode())
        body = f"{head}.{_text(json.dumps(self._claims()).encode())}"
        seal = self.key.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256())
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": f"{body}.{_text(seal)}"}

    def _claims(self):
        now = int(time.time())
        who = {"sub": f"number of {self.person}", "preferred_username": self.person}
        return {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": self.nonce, **who}
