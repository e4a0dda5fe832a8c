# Reads the declared calls from stdin, prints what AWS's models do not know as a JSON list of sentences.
import json
import sys

import botocore.session

session = botocore.session.get_session()
asked = json.load(sys.stdin)
problems = []
models = {}


def service_model(name):
    if name not in models:
        models[name] = session.get_service_model(name)
    return models[name]


def wire_name(protocol, name, shape):
    location = shape.serialization.get("name")
    return location or name


def input_name(protocol, name, shape):
    if protocol == "ec2":
        query = shape.serialization.get("queryName")
        if query:
            return query
        location = shape.serialization.get("name")
        return (location or name)[0].upper() + (location or name)[1:]
    return shape.serialization.get("name") or name


def find_input(protocol, shape, parts):
    if not parts:
        return True
    if shape.type_name == "list":
        member = shape.member
        if protocol == "query":
            expected = member.serialization.get("name", "member")
            if parts[0] == expected:
                return find_input(protocol, member, parts[1:])
            return False
        return find_input(protocol, member, parts)
    if shape.type_name != "structure":
        return False
    for name, member in shape.members.items():
        if input_name(protocol, name, member) == parts[0]:
            return find_input(protocol, member, parts[1:])
    return False


def find_output(protocol, shape, parts):
    if not parts:
        return True
    if shape.type_name == "list":
        return parts[0] == "*" and find_output(protocol, shape.member, parts[1:])
    if shape.type_name == "map":
        if parts[0] != "*":
            return False
        if protocol == "query" and len(parts) > 1:
            if parts[1] == "key":
                return len(parts) == 2
            return parts[1] == "value" and find_output(protocol, shape.value, parts[2:])
        return find_output(protocol, shape.value, parts[1:])
    if shape.type_name != "structure":
        return False
    for name, member in shape.members.items():
        if wire_name(protocol, name, member) == parts[0]:
            return find_output(protocol, member, parts[1:])
    return False


for call in asked["calls"]:
    api = call["service"] + ":" + call["operation"]
    model = service_model(call["service"])
    if call["operation"] not in model.operation_names:
        problems.append(api + " is no operation")
        continue
    operation = model.operation_model(call["operation"])
    meta = model.metadata
    protocol = call["protocol"]
    if meta["serviceId"] != call["sdk_id"]:
        problems.append(api + ": the service's id is " + meta["serviceId"])
    if protocol == "sdk":
        continue
    spoken = meta.get("protocols", [meta["protocol"]])
    if protocol not in spoken:
        problems.append(api + " speaks " + ", ".join(spoken))
    if call["version"] and call["version"] != meta["apiVersion"]:
        problems.append(api + ": version is " + meta["apiVersion"])
    if call["target"] and call["target"] != meta.get("targetPrefix"):
        problems.append(api + ": target is " + str(meta.get("targetPrefix")))
    if protocol == "json" and meta.get("jsonVersion") != "1.1":
        problems.append(api + ": JSON version is " + str(meta.get("jsonVersion")))
    for name in call["takes"]:
        if operation.input_shape is None or not find_input(protocol, operation.input_shape, name.split(".")):
            problems.append(api + " takes no " + name)
    required = [] if operation.input_shape is None else operation.input_shape.required_members
    for name in required:
        shape = operation.input_shape.members[name]
        first = input_name(protocol, name, shape)
        if not any(taken.split(".")[0] == first for taken in call["takes"]):
            problems.append(api + " must be given " + first)
    for path in call["paths"]:
        if operation.output_shape is None or not find_output(protocol, operation.output_shape, path.split(".")):
            problems.append(api + " gives no " + path)

for endpoint in asked["endpoints"]:
    client = session.create_client(
        endpoint["service"],
        region_name=endpoint["region"],
        aws_access_key_id="a",
        aws_secret_access_key="b",
    )
    said = (client.meta.endpoint_url, client._request_signer._region_name, client._request_signer._signing_name)
    ours = (endpoint["url"], endpoint["signed_for"], endpoint["name"])
    if said != ours:
        problems.append(f"{endpoint['service']} in {endpoint['region']} is {said}, not {ours}")

json.dump(problems, sys.stdout)
