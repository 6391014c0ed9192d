"""SAM's own code for schemas: reads an event of ours, adds one of its own, and reads the shareable test events."""

import json
import sys

import boto3
from samcli.lib.schemas.schemas_api_caller import SchemasApiCaller
from samcli.lib.shared_test_events.lambda_shared_test_event import LambdaSharedTestEvent
from samcli.lib.utils.cloudformation import CloudFormationResourceSummary

url, schema, source, detail_type, event_name = sys.argv[1:]
caller = SchemasApiCaller(boto3.client("schemas", endpoint_url=url))

told = caller.get_schema_metadata("kilns", schema)
assert told["event_source"] == source, told
assert told["event_source_detail_type"] == detail_type, told
assert told["schema_root_name"], told
assert schema in caller.list_schemas("kilns", limit=100)["schemas"]

function = CloudFormationResourceSummary("AWS::Lambda::Function", "Fire", "fire")
events = LambdaSharedTestEvent(caller, None)
ours = json.loads(events.get_event(event_name, function)["json"])
assert ours["detail-type"] == detail_type, ours
events.create_event("mine", function, json.dumps({"mine": 1}))
assert json.loads(events.get_event("mine", function)["json"]) == {"mine": 1}
print("SAM reads what we wrote, and adds to it")
