"""A DNS server of a few lines: CNAME records as the test sets them, and addresses for the balancers of the account."""

import socket
import struct
from threading import Thread

from moto.elbv2.models import elbv2_backends

from state import canonical, state

A, CNAME = 1, 5
NO_SUCH_NAME = 3
# From the range that is reserved for documentation: nothing is ever sent there.
BALANCER_ADDRESSES = ("192.0.2.10", "192.0.2.11")


def is_balancer(name):
    return any(
        canonical(balancer.dns_name) == name
        for of_account in list(elbv2_backends.values())
        for backend in of_account.values()
        for balancer in backend.load_balancers.values()
    )


def encode(name):
    labels = [label.encode() for label in canonical(name).split(".")]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def record(name, kind, data):
    return encode(name) + struct.pack("!HHIH", kind, 1, 5, len(data)) + data


def look_up(name, kind):
    """The answer's records, and whether the name exists at all."""
    found = []
    while (target := state.cname(name)) and len(found) < 8:
        found.append(record(name, CNAME, encode(target)))
        if kind == CNAME:
            return found, True
        name = target
    if is_balancer(name):
        if kind == A:
            found += [record(name, A, socket.inet_aton(address)) for address in BALANCER_ADDRESSES]
        return found, True
    return found, bool(found)


def answer(question):
    ident, _, _, *_ = struct.unpack("!HHHHHH", question[:12])
    labels, at = [], 12
    while question[at]:
        labels.append(question[at + 1 : at + 1 + question[at]].decode())
        at += question[at] + 1
    (kind,) = struct.unpack("!H", question[at + 1 : at + 3])
    records, exists = look_up(canonical(".".join(labels)), kind)
    flags = 0x8580 | (0 if exists else NO_SUCH_NAME)
    header = struct.pack("!HHHHHH", ident, flags, 1, len(records), 0, 0)
    return header + question[12 : at + 5] + b"".join(records)


def serve(server):
    while True:
        question, sender = server.recvfrom(4096)
        try:
            server.sendto(answer(question), sender)
        except (IndexError, struct.error, UnicodeDecodeError):
            pass


def start(address):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind((address, 0))
    Thread(target=serve, args=(server,), daemon=True).start()
    return f"{address}:{server.getsockname()[1]}"
