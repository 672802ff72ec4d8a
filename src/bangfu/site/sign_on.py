"""What signing in needs from the home and from its environment."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from bangfu.kernel.home import Home


def secret_key(home: Home) -> str:
    """Return the key that signs sessions: drawn from the root key, so that there is one secret to keep.

    A home that is not made yet has no key; nothing can sign in to it, and any text will do.
    """
    if not home.key_file.exists():
        return "no home yet"
    return hashlib.blake2b(home.key_file.read_bytes(), person=b"bangfu session").hexdigest()


def single_sign_on(settings: Mapping[str, str]) -> dict[str, object]:
    """Return allauth's description of the office's own sign-on server (统一身份认证), if one is named.

    BANGFU_OIDC_SERVER       address of the OpenID Connect server
    BANGFU_OIDC_CLIENT       the client that the server knows us by
    BANGFU_OIDC_SECRET_FILE  file with that client's secret
    BANGFU_OIDC_NAME         how the button calls it
    """
    server = settings.get("BANGFU_OIDC_SERVER")
    if not server:
        return {}
    app = {
        "provider_id": "office",
        "name": settings.get("BANGFU_OIDC_NAME", "统一身份认证"),
        "client_id": settings["BANGFU_OIDC_CLIENT"],
        "secret": Path(settings["BANGFU_OIDC_SECRET_FILE"]).read_text(encoding="utf-8").strip(),
        "settings": {"server_url": server, "token_auth_method": "client_secret_basic"},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
