"""Generators of others make code of the registry documents; it compiles, and reads and writes events whole.

    drive.py DOCUMENTS CASES OUT LANGUAGE…

CASES is JSON: of each document, by name, the events, and whether they arrived. What arrived every document allows; what
pages show, but for instants that are written otherwise when they arrive. A language is python, typescript-fetch, go or java, as
openapi-generator calls them, or quicktype. Prints a line a language; what is wrong ends it.
"""

import glob
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Iterator

from openapi_schema_validator import OAS30Validator

DOCUMENTS, OUT = Path(sys.argv[1]), Path(sys.argv[3])
HERE = Path(__file__).parent
NODE = os.environ.get("NODE_TOOLS", "")
OPTIONS = {
    "python": {},
    "typescript-fetch": {},
    "go": {"withGoMod": False, "isGoSubmodule": True},
    "java": {"library": "native", "hideGenerationTimestamp": True},
}


def run(*command: object, cwd: Path | None = None) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(str(part) for part in command)[:200]} failed\n{(done.stdout + done.stderr)[-4000:]}")
    return done.stdout


def components(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((DOCUMENTS / "openapi3" / f"{name}.json").read_text())
    return document["components"]["schemas"]


def allowed(name: str, told: list[dict[str, Any]]) -> list[Any]:
    whole = {"$ref": "#/components/schemas/AWSEvent", "components": {"schemas": components(name)}}
    validator, events = OAS30Validator(whole), []
    for case in told:
        wrong = list(validator.iter_errors(case["event"]))
        slips = all(error.schema.get("title", "").startswith("Timestamp") for error in wrong)
        if wrong and (case["arrived"] or not slips):
            sys.exit(f"{name} refuses {json.dumps(case['event'])}: {wrong[0].message}")
        if wrong:
            print(f"{name}: a page is overruled: {wrong[0].message}")
        else:
            events.append(case["event"])
    return events


CASES = {name: allowed(name, told) for name, told in json.loads(Path(sys.argv[2]).read_text()).items()}
NAMES = sorted(CASES)


def package(index: int) -> str:
    return f"d{index:02}"


def generate(language: str) -> Path:
    place = OUT / language
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    configs = []
    for index, name in enumerate(NAMES):
        own = package(index)
        options: dict[str, Any] = dict(OPTIONS[language], packageName=own)
        if language == "java":
            options |= {"modelPackage": f"{own}.model", "apiPackage": f"{own}.api", "invokerPackage": own}
        config = {
            "generatorName": language,
            "inputSpec": str(DOCUMENTS / "openapi3" / f"{name}.json"),
            "outputDir": str(place / own),
            "additionalProperties": options,
        }
        configs.append(place / f"{own}.config.json")
        configs[-1].write_text(json.dumps(config))
    from openapi_generator_cli import __file__ as module

    jar = Path(module).parent / "openapi-generator.jar"
    run("java", "-jar", jar, "batch", "-r", "2", "--root-dir", "/", *configs)
    return place


def cases() -> list[dict[str, Any]]:
    numbered = enumerate(NAMES)
    return [{"package": package(index), "event": event} for index, name in numbered for event in CASES[name]]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not isinstance(value, (dict, list)) or not value:
        yield path, value
    for key, part in parts:
        yield from leaves(part, (*path, key))


def is_known(schema: dict[str, Any], path: tuple[Any, ...], schemas: dict[str, Any]) -> bool:
    """Whether a document says anything of a place. What it says nothing of some generators drop."""
    for key in path:
        schema = schema.get("allOf", [schema])[0]
        if "$ref" in schema:
            schema = schemas[schema["$ref"].split("/")[-1]]
        if isinstance(key, int):
            schema = schema.get("items", {})
        elif key in schema.get("properties", {}):
            schema = schema["properties"][key]
        elif "properties" in schema or schema.get("additionalProperties") is True:
            return False
        else:
            schema = schema.get("additionalProperties", {})
    return True


def compare(language: str, written: list[Any], keeps_unknown: bool) -> None:
    """Every leaf stays, but for null and what is empty, which may be left out."""
    events = [(name, event) for name in NAMES for event in CASES[name]]
    assert len(events) == len(written), (language, len(events), len(written))
    for (name, event), back in zip(events, written):
        schemas = components(name)
        there = dict(leaves(back))
        for path, value in leaves(event):
            if path in there and there[path] == value or value in (None, {}, []):
                continue
            if keeps_unknown or is_known(schemas["AWSEvent"], path, schemas):
                sys.exit(f"{language}: {name}: {path} was {value!r} and is {there.get(path, 'gone')!r}\n{back}")
    print(f"{language}: {len(NAMES)} documents compile, {len(events)} events are read and written whole")


def names_are_ours(language: str, files: str, name: str) -> None:
    """No class is called otherwise than the document calls it."""
    plain = lambda text: re.sub("[^a-z0-9]", "", text.lower())  # noqa: E731
    for index, document in enumerate(NAMES):
        known = {plain(component) for component in components(document)} | {"abstractopenapischema", "init"}
        for file in glob.glob(str(OUT / language / package(index) / files.replace("PACKAGE", package(index)))):
            for found in [Path(file).stem] if name == "file" else re.findall(name, Path(file).read_text(), re.M):
                called = plain(found.removeprefix("model_") if language == "go" else found)
                assert called in known, f"{language}: {document}: {found} is no name of the document"


def python() -> None:
    place = generate("python")
    names_are_ours("python", "PACKAGE/models/*.py", "file")
    packages = [place / package(index) for index in range(len(NAMES))]
    run(sys.executable, "-m", "compileall", "-q", *packages)
    written = []
    for case in cases():
        sys.path.insert(0, str(place / case["package"]))
        module = __import__(f"{case['package']}.models.aws_event", fromlist=["AWSEvent"])
        written.append(json.loads(module.AWSEvent.from_json(json.dumps(case["event"])).to_json()))
    compare("python", written, keeps_unknown=True)


def typescript() -> None:
    place = generate("typescript-fetch")
    names_are_ours("typescript-fetch", "models/index.ts", r"^export (?:interface|type) (\w+)")
    typescript_config(place, "*/**/*.ts")
    run("node", f"{NODE}/typescript/bin/tsc", "-p", ".", cwd=place)
    program = "const event = require('./js/' + name + '/models/index.js'); return event.AWSEventToJSON(event.AWSEventFromJSON(given));"
    compare("typescript-fetch", node(place, program), keeps_unknown=True)


def typescript_config(place: Path, include: str) -> None:
    options = {"strict": True, "target": "es2020", "module": "commonjs", "lib": ["es2020", "dom"]}
    options |= {"outDir": "js", "rootDir": ".", "skipLibCheck": True, "types": []}
    (place / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": [include], "exclude": ["js"]}))


def node(place: Path, body: str) -> list[Any]:
    (place / "cases.json").write_text(json.dumps(cases()))
    program = "const one = (name, given) => { BODY };\nconsole.log(JSON.stringify(require('./cases.json').map((it) => one(it.package, it.event))));"
    (place / "main.js").write_text(program.replace("BODY", body))
    return json.loads(run("node", "main.js", cwd=place))


def go() -> None:
    place = generate("go")
    names_are_ours("go", "model_*.go", "file")
    body = "var event NAME.AWSEvent\n\t\tif err := json.Unmarshal(given, &event); err != nil {\n\t\t\treturn nil, err\n\t\t}\n\t\treturn json.Marshal(event)"
    compare("go", go_program(place, body), keeps_unknown=True)


def go_program(place: Path, body: str) -> list[Any]:
    packages = [package(index) for index in range(len(NAMES))]
    imports = "".join(f'\t"generated/{name}"\n' for name in packages)
    branches = "".join(f'\tcase "{name}":\n\t\t{body.replace("NAME", name)}\n' for name in packages)
    (place / "go.mod").write_text("module generated\n\ngo 1.21\n")
    (place / "main").mkdir()
    program = (HERE / "main.go.txt").read_text().replace("IMPORTS", imports).replace("BRANCHES", branches)
    (place / "main/main.go").write_text(program)
    (place / "cases.json").write_text(json.dumps(cases()))
    run("go", "vet", "./...", cwd=place)
    return json.loads(run("go", "run", "./main", cwd=place))


def java() -> None:
    place = generate("java")
    names_are_ours("java", "src/main/java/PACKAGE/model/*.java", "file")
    shutil.copy(HERE.parent / "tools/generators/pom.xml", place / "pom.xml")
    run("mvn", "-q", "dependency:copy-dependencies", "-DoutputDirectory=lib", cwd=place)
    shutil.copy(HERE / "Main.java.txt", place / "Main.java")
    sources = glob.glob(str(place / "d*/src/main/java/**/*.java"), recursive=True)
    (place / "sources").write_text("\n".join([*sources, str(place / "Main.java")]))
    (place / "cases.json").write_text(json.dumps(cases()))
    run("javac", "-nowarn", "-proc:none", "-d", "classes", "-cp", "lib/*", "@sources", cwd=place)
    written = run("java", "-cp", "classes:lib/*", "Main", "cases.json", cwd=place)
    compare("java", json.loads(written), keeps_unknown=True)


def quicktype() -> None:
    place = OUT / "quicktype"
    shutil.rmtree(place, ignore_errors=True)
    packages = {package(index): name for index, name in enumerate(NAMES)}
    for dialect in ["openapi3", "jsonschema-draft4"]:
        own = place / dialect
        own.mkdir(parents=True)
        (own / "documents.json").write_text(json.dumps({key: str(DOCUMENTS / dialect / f"{name}.json") for key, name in packages.items()}))
        run("node", HERE / "quicktype.js", own)
        body = "event, err := NAME.UnmarshalAwsEvent(given)\n\t\tif err != nil {\n\t\t\treturn nil, err\n\t\t}\n\t\treturn event.Marshal()"
        compare(f"quicktype, {dialect}, Go", go_program(own / "go", body), keeps_unknown=False)
        typescript_config(own / "typescript", "*/*.ts")
        run("node", f"{NODE}/typescript/bin/tsc", "-p", ".", cwd=own / "typescript")
        # It knows nothing of `nullable`, which is OpenAPI's: its checks at run time refuse null there.
        if dialect == "jsonschema-draft4":
            program = "const { Convert } = require('./js/' + name + '/event.js'); return JSON.parse(Convert.awsEventToJson(Convert.toAwsEvent(JSON.stringify(given))));"
            compare(f"quicktype, {dialect}, TypeScript", node(own / "typescript", program), keeps_unknown=False)


MAKERS = {"python": python, "typescript-fetch": typescript, "go": go, "java": java, "quicktype": quicktype}
for wanted in sys.argv[4:]:
    MAKERS[wanted]()
