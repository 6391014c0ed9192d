"""botocore with sixteen threads: creates a schema of each file, in the registry of its source, and tells how long."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3
from botocore.config import Config

url, folder = sys.argv[1:]
began = time.perf_counter()
client = boto3.client("schemas", endpoint_url=url, config=Config(max_pool_connections=16))
files = sorted(Path(folder).glob("*.json"))
for registry in sorted({"events-" + file.name.split("@")[0] for file in files}):
    client.create_registry(RegistryName=registry)


def create(file):
    client.create_schema(
        RegistryName="events-" + file.name.split("@")[0],
        SchemaName=file.stem,
        Type="OpenApi3",
        Content=file.read_text(),
    )


with ThreadPoolExecutor(16) as pool:
    list(pool.map(create, files))
print(f"{time.perf_counter() - began:.3f}")
