"""Registry documents against their standards, and samples against the documents."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import OpenAPIV30SpecValidator


def sample(detail: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": "0",
        "id": "1",
        "detail-type": "Demo Job State Change",
        "source": "aws.demo",
        "account": "111122223333",
        "time": "2026-01-01T00:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail": detail,
    }


job = {"JobName": "j", "JobStatus": "Paused", "Inputs": [{}], "Limits": {}, "New": 1}
good = [
    job,
    job | dict.fromkeys(["FailureReason", "VpcConfig", "Mixed", "CreationTime", "Tags", "Anything", "Bag"]),
    job | {"Mixed": 1, "Tags": {"a": "b"}, "Attempts": 3},
    job | {"CreationTime": "2026-01-01T00:00:00Z", "Mixed": {"DataSource": None}, "Bag": ["x", 0.5]},
    job | {"Statuses": ["Failed", "New"], "Groups": {"a": [{"InputName": "x"}]}},
]
# Both documents refuse these; the one for validation also those whose kind nobody has seen, and other events.
bad = [
    {},
    job | {"JobName": None},
    job | {"Attempts": "3"},
    job | {"Tags": {"a": 1}},
    job | {"Inputs": [{"DataSource": {"S3DataSource": {"S3Uri": 1}}}]},
]
unseen = [job | {"Mixed": True}, job | {"Bag": [None]}]


def check(validator: Any, for_validation: bool) -> None:
    for detail in good:
        validator.validate(sample(detail))
    for detail in bad:
        assert not validator.is_valid(sample(detail)), detail
    for detail in unseen:
        assert validator.is_valid(sample(detail)) != for_validation, detail
    assert not validator.is_valid(sample(job | {"CreationTime": {}}))
    number = sample(job | {"CreationTime": 1592411992203.0})
    assert validator.is_valid(number) == for_validation, "bindings take it as it is documented"
    assert not validator.is_valid({"detail": job})
    for key in ["source", "detail-type"]:
        assert validator.is_valid(sample(job) | {key: "other"}) != for_validation


openapi = sorted(Path("registry/openapi3").iterdir())
draft4 = sorted(Path("registry/jsonschema-draft4").iterdir())
assert [path.name for path in openapi] == [path.name for path in draft4] and len(draft4) == 9

for path in openapi:
    text = path.read_text()
    assert "anyOf" not in text and "oneOf" not in text and "Example" not in text, path
    document = json.loads(text)
    OpenAPIV30SpecValidator(document).validate()
    if "JobStateChange" in path.name:
        whole = {"$ref": "#/components/schemas/AWSEvent", "components": document["components"]}
        check(OAS30Validator(whole), for_validation=False)

for path in draft4:
    document = json.loads(path.read_text())
    Draft4Validator.check_schema(document)
    if "JobStateChange" in path.name:
        check(Draft4Validator(document), for_validation=True)
