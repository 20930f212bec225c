"""Generates clients in Go and Python, and runs a scenario by each and by web/client against a server."""

import argparse
import os
import pathlib
import shutil
import subprocess
import tempfile

import down
import server

OAPI_CODEGEN = "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2"
OAPI_RUNTIME = "github.com/oapi-codegen/runtime@v1.9.0"

here = pathlib.Path(__file__).parent


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--root", type=pathlib.Path, required=True, help="folder of the repository")
    p.add_argument("--binary", type=pathlib.Path, help="server to talk to, build/bonafide")
    p.add_argument("--only", choices=["go", "python", "typescript"], help="one language")
    return p.parse_args()


def call(*command, **options):
    subprocess.run([str(word) for word in command], check=True, **options)


def go(root, folder, environment):
    """oapi-codegen reads OpenAPI 3.0 only."""
    down.main(root / "api/openapi.json", folder / "openapi.json")
    (folder / "bonafideapi").mkdir()
    (folder / "go.mod").write_text("module clients\n\ngo 1.26\n")
    shutil.copy(here / "testdata/scenario.go", folder / "main.go")
    environment = environment | {"GOFLAGS": "-mod=mod"}
    call("go", "run", OAPI_CODEGEN, "-generate", "types,client", "-package", "bonafideapi", "-o", "bonafideapi/api.gen.go", "openapi.json",
         cwd=folder, env=environment)
    call("go", "get", OAPI_RUNTIME, cwd=folder, env=environment)
    call("go", "vet", "./...", cwd=folder, env=environment)
    call("go", "run", ".", cwd=folder, env=environment)


def python(root, folder, environment):
    call("openapi-python-client", "generate", "--path", root / "api/openapi.json", "--meta", "none", "--output-path", folder / "bonafide_api_client",
         cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # it warns of the two downloads that are no JSON
    call("python", here / "testdata/scenario.py", env=environment | {"PYTHONPATH": str(folder)})


def typescript(root, folder, environment):
    """web/client is committed, and only built here."""
    if not (root / "web/node_modules").exists():
        call("npm", "ci", "--prefix", root / "web", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    call("npx", "--prefix", root / "web", "tsc", "-p", root / "web/client", "--outDir", folder / "dist")
    (folder / "package.json").write_text('{"type": "module"}')
    call("node", folder / "dist/tests/scenario.js", env=environment)


def main():
    a = arguments()
    binary = (a.binary or a.root / "build/bonafide").resolve()
    samples = a.root / "build/samples"
    with server.started(binary, a.root / "build", "--log-level", "error") as s:
        environment = os.environ | {"BONAFIDE_URL": s.url, "BONAFIDE_EMAIL": s.email, "BONAFIDE_PASSWORD": s.password,
                                    "BONAFIDE_SELFIE": str(samples / "selfie.jpg"), "BONAFIDE_REFERENCE": str(samples / "reference.jpg")}
        for scenario in (python, go, typescript):
            if a.only in (None, scenario.__name__):
                with tempfile.TemporaryDirectory(prefix="clients-") as folder:
                    scenario(a.root, pathlib.Path(folder), environment)


if __name__ == "__main__":
    main()
