"""Learns an archive of EventBridge events with Spark.

Each partition of the archive (JSON, one event a line, packed with gzip or not) becomes a partial shape on the machine
that holds it; partial shapes are joined two by two. Learning is a join of evidence, so the result is the one that a
single machine would give, byte for byte.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

from pyspark.sql import SparkSession


def shape_of(codegen, lines):
    """The partial shape of some events."""
    with subprocess.Popen(
        [codegen, "learn", "--partial", "-", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as learn:
        for line in lines:
            learn.stdin.write(line + b"\n")
        learn.stdin.close()
        shape = learn.stdout.read()
    if learn.returncode:
        raise RuntimeError(f"{codegen} ended with {learn.returncode}")
    return shape


def joined(codegen, one, other):
    """Two partial shapes as one."""
    with tempfile.TemporaryDirectory() as folder:
        for name, shape in [("one.json", one), ("other.json", other)]:
            pathlib.Path(folder, name).write_bytes(shape)
        command = [codegen, "learn", "--partial", "-", folder]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("archive", help="files or folders, as Spark names them: s3a://archive/2026/*.gz")
    arguments.add_argument("shape", type=pathlib.Path, help="where the shape of all events goes")
    arguments.add_argument(
        "--codegen",
        default="eventbridge-codegen",
        help="the tool, on every machine (default: from the PATH)",
    )
    options = arguments.parse_args()
    codegen = options.codegen

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.appName("learn events").getOrCreate()
    events = spark.sparkContext.textFile(options.archive, use_unicode=False)
    shapes = events.mapPartitions(lambda lines: [shape_of(codegen, lines)])
    shape = shapes.treeReduce(lambda one, other: joined(codegen, one, other))
    options.shape.write_bytes(shape)
    spark.stop()


if __name__ == "__main__":
    main()
