"""The small HTTP server beside moto: the learner's endpoint, stored image configs, and the test's switches."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from kept import Moment
from patches import ecs, elbv2
from state import ACCOUNT, acting_in, canonical, state

SWITCHES = ("settled", "linked_role", "quota_left")
ROOT_SWITCHES = ("root_mfa", "root_password", "root_keys")


def switch(wanted):
    """What it does to root, to services and to tasks it does in `account`, where one is named."""
    with acting_in(wanted.pop("account", ACCOUNT)):
        for name, value in wanted.items():
            turn(name, value)
        if state.settled:
            ecs.settle_everything()


def turn(name, value):
    if name in SWITCHES and isinstance(value, bool):
        setattr(state, name, value)
    elif name in ROOT_SWITCHES and isinstance(value, bool):
        setattr(state.root(), name, value)
    elif name == "crash" and (value is None or isinstance(value, dict)):
        # Tasks that start from now on; those that run go on.
        state.crash = value
    elif name == "blobs":
        # Nothing is ever taken out of a registry's store by pushing to it.
        state.blobs |= value
    elif name == "app":
        state.app = dict(value)
        ecs.replace_unwell()
    elif name == "refusals":
        state.refusals = dict(value)
    elif name == "records":
        state.records = {canonical(key): canonical(to) for key, to in value.items()}
    else:
        raise ValueError(f"no switch {name!r} with such a value")


class Handler(BaseHTTPRequestHandler):
    # The moment to go back to.
    kept = None

    def do_GET(self):
        # `/docs`, or `/111122223333/docs` where there is more than one account.
        number, slash, path = self.path[1:].partition("/")
        if self.path == "/docs" or (path == "docs" and number.isdigit()):
            with acting_in(number if slash else ACCOUNT):
                self.answer_as_the_app()
        elif self.path == "/landfall-control/calls":
            self.answer(200, json.dumps(state.calls))
        elif self.path == "/landfall-control/signed":
            self.answer(200, json.dumps(state.signed))
        elif self.path.startswith("/blobs/"):
            state.calls.append("s3:GetObject")
            blob = state.blobs.get(self.path.removeprefix("/blobs/"))
            self.answer(404 if blob is None else 200, blob or "")
        else:
            self.answer(404, "")

    def answer_as_the_app(self):
        if not elbv2.lets_visitors_in():
            # Nobody answers: the connection ends without a word. (AWS would let it time out; that takes too long here.)
            self.close_connection = True
            return
        # What a load balancer answers while no target is healthy.
        self.answer(200 if elbv2.is_served() else 503, "the News API\n")

    def do_POST(self):
        if self.path == "/landfall-control/keep":
            Handler.kept = Moment()
            return self.answer(200, "")
        if self.path == "/landfall-control/restore":
            Handler.kept.restore()
            return self.answer(200, "")
        if self.path != "/landfall-control":
            return self.answer(404, "")
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            switch(json.loads(body))
        except (ValueError, AttributeError) as error:
            return self.answer(400, str(error))
        self.answer(200, "")

    def answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def start(address):
    server = ThreadingHTTPServer((address, 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://{address}:{server.server_port}"
