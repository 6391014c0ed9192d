"""What went over the wire against botocore's model of the Schema Registry: exchanges come in as a file of JSON."""

import json
import re
import sys
from urllib.parse import parse_qsl, unquote

from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.validate import ParamValidator

MODEL = ServiceModel(Loader().load_service_model("schemas", "service-2"))


def pattern(uri):
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", uri) + "$")


ROUTES = {
    name: (MODEL.operation_model(name).http["method"], pattern(MODEL.operation_model(name).http["requestUri"]))
    for name in MODEL.operation_names
}


def route(exchange):
    for name, (method, uri) in ROUTES.items():
        match = uri.match(exchange["path"])
        if match and method == exchange["method"]:
            return MODEL.operation_model(name), match.groupdict()
    raise AssertionError(f"no operation: {exchange}")


def parameters(operation, names, exchange):
    """The input as the model names it; whatever it does not name is an error."""
    query = dict(parse_qsl(exchange["query"]))
    body = json.loads(exchange["body"]) if exchange["body"] else {}
    given = {}
    for member, shape in operation.input_shape.members.items():
        where = shape.serialization.get("location", "body")
        name = shape.serialization.get("name", member)
        place = {"uri": names, "querystring": query, "body": body}[where]
        if name in place:
            value = place.pop(name)
            value = unquote(value) if where == "uri" else value
            given[member] = int(value) if shape.type_name == "integer" else value
    assert not query and not body, f"{operation.name} does not take {query} {body}"
    return given


def check(exchange):
    operation, names = route(exchange)
    given = parameters(operation, names, exchange)
    report = ParamValidator().validate(given, operation.input_shape)
    assert not report.has_errors(), f"{operation.name}: {report.generate_report()}"
    status, answer = exchange["status"], exchange["answer"]
    if status >= 300:
        assert set(answer) == {"Code", "Message"}, answer
        return operation.name
    assert status == operation.http.get("responseCode", 200), f"{operation.name}: {status}"
    if operation.output_shape is None:
        assert answer is None
        return operation.name
    known = {shape.serialization.get("name", member) for member, shape in operation.output_shape.members.items()}
    assert set(answer) <= known, f"{operation.name} does not answer {set(answer) - known}"
    response = {"status_code": status, "headers": {}, "body": json.dumps(answer).encode()}
    parsed = create_parser("rest-json").parse(response, operation.output_shape)
    parsed.pop("ResponseMetadata")
    lost = len(answer) - len(parsed)
    assert lost <= 0, f"{operation.name}: {answer} is read as {parsed}"
    return operation.name


exchanges = json.load(open(sys.argv[1]))
seen = {check(exchange) for exchange in exchanges}
print(f"{len(exchanges)} exchanges are as the model says: {', '.join(sorted(seen))}")
