"""Runs Schemathesis over every operation of a fresh server and judges what it found."""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import findings
import server

PHASES = "examples,coverage,fuzzing,stateful"
SPARE_SESSIONS = 40  # for the operations that end the session they are called with


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--root", type=pathlib.Path, required=True, help="folder of the repository")
    p.add_argument("--binary", type=pathlib.Path, help="server to check, build/bonafide")
    p.add_argument("--examples", type=int, default=20, help="cases for each operation in the fuzzing phase, 20")
    p.add_argument("--minutes", type=float, default=15, help="longest run, 15")
    p.add_argument("--cases", type=int, default=0, help="fewer cases than this are a failure, 0")
    p.add_argument("--phases", default=PHASES, help=PHASES)
    p.add_argument("--only", help="regular expression of paths")
    p.add_argument("--seed", help="repeats a run")
    p.add_argument("--keep", type=pathlib.Path, help="keeps the report of all cases in this file (large)")
    return p.parse_args()


def main():
    a = arguments()
    build = a.root / "build"
    binary = (a.binary or build / "bonafide").resolve()
    # A sign-in with a wrong password is part of the run, and after some of them the
    # address must wait; so the sessions are made before.
    flags = ["--session-ttl", "24h", "--single-wait", "2s", "--log-level", "error"]
    with server.started(binary, build, *flags) as s, tempfile.TemporaryDirectory() as folder:
        report = a.keep or pathlib.Path(folder) / "report.ndjson"
        code = run(a, s, build, report, pathlib.Path(folder))
        found = findings.read(report)
    if code not in (0, 1):  # 1: disagreements, which are judged below
        sys.exit(f"schemathesis ended with {code}")
    print(found.table())
    if found.cases < a.cases:
        sys.exit(f"{found.cases} cases are fewer than {a.cases}")
    if found.open:
        sys.exit(1)


def run(a, s, build, report, folder):
    command = [
        pathlib.Path(sys.executable).parent / "st", "run", a.root / "api/openapi.json", "--url", s.url,
        "--phases", a.phases, "--max-examples", str(a.examples), "--max-time", str(int(a.minutes * 60)),
        # Oz API Lite answers a wrong method with 400, and takes no picture that is not one.
        "--exclude-path-regex", "^/(v1/|version$)",
        "--continue-on-failure", "--no-shrink", "--generation-database", "none", "--suppress-health-check", "all",
        "--report", "ndjson", "--report-ndjson-path", report, "--no-color", "--warnings", "off", "--request-timeout", "30",
    ]
    if a.only:
        command += ["--include-path-regex", a.only]
    if a.seed:
        command += ["--seed", a.seed]
    sessions = [s.sign_in() for _ in range(1 + SPARE_SESSIONS)]
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": "hooks",
        "PYTHONPATH": str(pathlib.Path(__file__).parent),
        "CONFORM_TOKENS": json.dumps([session["access_token"] for session in sessions]),
        "CONFORM_USER": sessions[0]["user"]["user_id"],
        "CONFORM_PICTURE": str(picture(build, folder)),
    }
    with (folder / "output").open("w") as out:
        done = subprocess.run(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT)
    if done.returncode not in (0, 1):
        print((folder / "output").read_text()[-4000:], file=sys.stderr)
    return done.returncode


def picture(build, folder):
    """A face, small enough to be sent thousands of times."""
    small = folder / "face.jpg"
    subprocess.run(["ffmpeg", "-v", "error", "-i", build / "samples/selfie.jpg", "-vf", "scale=240:-2", small], check=True)
    return small


if __name__ == "__main__":
    main()
