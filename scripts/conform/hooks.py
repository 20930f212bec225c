"""What Schemathesis cannot know of this server: how to sign in, and what a picture is."""

import json
import os
import pathlib
import uuid

import schemathesis
from hypothesis import strategies

TOKEN = "X-Forensic-Access-Token"
session, *spare = json.loads(os.environ["CONFORM_TOKENS"])
caller = os.environ["CONFORM_USER"]
picture = pathlib.Path(os.environ["CONFORM_PICTURE"]).read_bytes()

# Operations that end the session, or that give it up for a new one.
ENDS_SESSION = {"/api/authorize/session", "/api/authorize/refresh"}

schemathesis.openapi.media_type("image/jpeg", strategies.just(picture))


@schemathesis.auth()
class Token:
    """Signs every call with one session, and those that end theirs with a spare one."""

    def get(self, case, context):
        return session

    def set(self, case, data, context):
        if case.path in ENDS_SESSION:
            data = spare.pop() if len(spare) > 1 else spare[0]
        case.headers = case.headers or {}
        case.headers[TOKEN] = data


# What would end the run where it is done to its own user.
ENDS_RUN = {("PATCH", "/api/users/{user_id}"), ("DELETE", "/api/users/{user_id}"),
            ("DELETE", "/api/users/{user_id}/sessions"), ("DELETE", "/api/users/{user_id}/sessions/{session}")}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Keeps the user of the run from changing or deleting themselves, or from ending their sessions."""
    if (case.method, case.path) in ENDS_RUN and case.path_parameters.get("user_id") == caller:
        case.path_parameters["user_id"] = str(uuid.uuid4())
