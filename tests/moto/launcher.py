"""An AWS account to practise on, for the end-to-end test.

Starts moto on a free loopback port, with the gaps filled that the lessons fall into (see `patches`), and beside it a
DNS server and a small HTTP server, both on loopback. Prints one line of JSON that says where they are, then waits: when
its standard input ends, so does it. A test that crashes leaves nothing behind.
"""

import json
import logging
import os
import sys

# Read by moto when it is imported.
os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
# With it, moto would put everybody's calls into one account; without it, calls belong to the account of their key.
os.environ.pop("MOTO_ACCOUNT_ID", None)

from moto.moto_server.threaded_moto_server import ThreadedMotoServer  # noqa: E402

import control  # noqa: E402
import dns  # noqa: E402
import patches  # noqa: E402
from state import ACCOUNT, ROOT_KEY, ROOT_SECRET, state  # noqa: E402

LOOPBACK = "127.0.0.1"


def main():
    patches.apply()
    # One line for each request would drown what the test says.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    moto = ThreadedMotoServer(ip_address=LOOPBACK, port=0, verbose=False)
    moto.start()
    _, port = moto.get_host_and_port()
    state.control = control.start(LOOPBACK)
    print(
        json.dumps(
            {
                "aws": f"http://{LOOPBACK}:{port}",
                "control": state.control,
                "dns": dns.start(LOOPBACK),
                "root_key": ROOT_KEY + ACCOUNT,
                "root_secret": ROOT_SECRET,
            }
        ),
        flush=True,
    )
    sys.stdin.read()


if __name__ == "__main__":
    main()
