"""Starts Authlib's authorization server over TLS on a free port, and says where.

Authlib does the OAuth: password grant, refresh tokens, revocation, introspection. Here are only its
clients, one user, a store in memory, and what the API behind it would answer. A refresh token is
replaced with each use by the client `rotating`, and kept by the others.

Environment: CERTIFICATE and KEY are PEM files, CLIENTS a JSON array of clients, USERNAME and PASSWORD
the user's. The end of standard input is the end of the server.
"""

import json
import logging
import os
import sys
import threading
import time

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin, grants
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7662 import IntrospectionEndpoint
from flask import Flask, jsonify
from werkzeug.serving import make_server


class Client(ClientMixin):
    def __init__(self, metadata):
        self.__dict__.update(metadata)

    def get_client_id(self):
        return self.client_id

    def get_default_redirect_uri(self):
        return None

    def get_allowed_scope(self, scope):
        allowed = self.scope.split()
        return " ".join(word for word in (scope or "").split() if word in allowed)

    def check_redirect_uri(self, redirect_uri):
        return False

    def check_client_secret(self, client_secret):
        return self.client_secret == client_secret

    def check_endpoint_auth_method(self, method, endpoint):
        return method in self.auth_methods

    def check_response_type(self, response_type):
        return False

    def check_grant_type(self, grant_type):
        return grant_type in self.__dict__.get("grant_types", ("password", "refresh_token"))


class Token(TokenMixin):
    def __init__(self, client, user, audience, data):
        self.client = client
        self.user = user
        self.audience = audience
        self.access_token = data["access_token"]
        self.refresh_token = data.get("refresh_token")
        self.scope = data.get("scope", "")
        self.expires_in = data["expires_in"]
        self.issued_at = int(time.time())
        self.access_revoked = False
        self.refresh_revoked = False

    def check_client(self, client):
        return self.client.client_id == client.client_id

    def get_scope(self):
        return self.scope

    def get_expires_in(self):
        return self.expires_in

    def is_expired(self):
        return time.time() > self.issued_at + self.expires_in

    def is_revoked(self):
        return self.access_revoked

    def get_user(self):
        return self.user

    def get_client(self):
        return self.client


CLIENTS = {client["client_id"]: Client(client) for client in json.loads(os.environ["CLIENTS"])}
TOKENS = []


def save_token(data, request):
    audience = request.form.get("audience")
    TOKENS.append(Token(request.client, request.user, audience, data))


def find(value):
    for token in reversed(TOKENS):
        if value in (token.access_token, token.refresh_token):
            return token
    return None


class PasswordGrant(grants.ResourceOwnerPasswordCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "client_secret_post", "none"]

    def authenticate_user(self, username, password):
        known = (os.environ["USERNAME"], os.environ["PASSWORD"])
        return username if (username, password) == known else None


class RefreshTokenGrant(grants.RefreshTokenGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "client_secret_post", "none"]

    @property
    def INCLUDE_NEW_REFRESH_TOKEN(self):
        return self.request.client.client_id == "rotating"

    def authenticate_refresh_token(self, refresh_token):
        token = find(refresh_token)
        if token and token.refresh_token == refresh_token and not token.refresh_revoked:
            return token
        return None

    def authenticate_user(self, refresh_token):
        return refresh_token.user

    def revoke_old_credential(self, refresh_token):
        # A refresh ends the access tokens before it; a login leaves them alone. The last is the new one.
        for token in TOKENS[:-1]:
            if token.check_client(refresh_token.client):
                token.access_revoked = True
        if self.INCLUDE_NEW_REFRESH_TOKEN:
            refresh_token.refresh_revoked = True


class Revocation(RevocationEndpoint):
    CLIENT_AUTH_METHODS = ["client_secret_basic", "client_secret_post", "none"]

    def query_token(self, token_string, token_type_hint):
        return find(token_string)

    def revoke_token(self, token, request):
        token.access_revoked = True
        if request.form["token"] == token.refresh_token:
            token.refresh_revoked = True


class Introspection(IntrospectionEndpoint):
    def check_permission(self, token, client, request):
        return True

    def query_token(self, token_string, token_type_hint):
        return find(token_string)

    def introspect_token(self, token):
        return {
            "active": True,
            "client_id": token.client.client_id,
            "username": token.user,
            "scope": token.scope,
            "aud": token.audience,
        }


class Validator(BearerTokenValidator):
    def authenticate_token(self, token_string):
        token = find(token_string)
        return token if token and token.access_token == token_string else None


app = Flask(__name__)
app.config["OAUTH2_REFRESH_TOKEN_GENERATOR"] = True
app.config["OAUTH2_TOKEN_EXPIRES_IN"] = {"password": 3600, "refresh_token": 3600}
server = AuthorizationServer(app, query_client=CLIENTS.get, save_token=save_token)
server.register_grant(PasswordGrant)
server.register_grant(RefreshTokenGrant)
server.register_endpoint(Revocation)
server.register_endpoint(Introspection)
protect = ResourceProtector()
protect.register_token_validator(Validator())


@app.post("/oauth/token")
def token():
    return server.create_token_response()


@app.post("/oauth/revoke")
def revoke():
    return server.create_endpoint_response(Revocation.ENDPOINT_NAME)


@app.post("/oauth/introspect")
def introspect():
    return server.create_endpoint_response(Introspection.ENDPOINT_NAME)


@app.get("/api/me")
@protect()
def me():
    return jsonify({"hello": "someone"})


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    tls = (os.environ["CERTIFICATE"], os.environ["KEY"])
    listener = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=tls)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    print(f"= https://127.0.0.1:{listener.port}", flush=True)
    sys.stdin.read()


main()
