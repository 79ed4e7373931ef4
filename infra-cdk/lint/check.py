"""Compares the findings of cfn-lint and checkov with the rules in reasons.txt."""

import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
LINTERS = pathlib.Path(sys.executable).parent
CANARY = {"E3002", "CKV_AWS_20"}


def run(*command):
    """Returns the JSON that a linter prints. Its exit code only says whether it found something."""
    result = subprocess.run([LINTERS / command[0], *command[1:]], capture_output=True, text=True)
    try:
        return json.loads(result.stdout)
    except json.JSONDecodeError:
        sys.exit(f"{command[0]} failed: {result.stdout}{result.stderr}")


def findings(templates):
    """Returns the findings in templates: pairs of a rule and a description."""
    found = [
        (match["Rule"]["Id"], f"{pathlib.Path(match['Filename']).name}: {match['Message']}")
        for match in run("cfn-lint", "--format", "json", "--", *templates)
    ]
    options = [option for template in templates for option in ("--file", template)]
    reports = run("checkov", *options, "--framework", "cloudformation", "--skip-download", "--output", "json")
    for check in reports["results"]["failed_checks"]:
        found.append((check["check_id"], f"{check['resource']}: {check['check_name']}"))
    return found


def main(folder):
    lines = (HERE / "reasons.txt").read_text().splitlines()
    reasons = dict(line.split(" ", 1) for line in lines if not line.startswith("#"))
    templates = sorted(map(str, pathlib.Path(folder).glob("*.template.json")))
    if not templates:
        sys.exit(f"{folder} must contain templates")
    found = findings(templates)
    problems = [f"{rule} {description}" for rule, description in found if rule not in reasons]
    unused = reasons.keys() - {rule for rule, _ in found}
    problems += [f"{rule} has a reason and no finding: delete it from reasons.txt" for rule in sorted(unused)]
    missed = CANARY - {rule for rule, _ in findings([str(HERE / "canary.template.json")])}
    problems += [f"{rule} must be found in canary.template.json" for rule in sorted(missed)]
    if problems:
        sys.exit("\n".join(problems))
    print(f"{len(templates)} templates have {len(found)} findings, each with one of {len(reasons)} reasons")


main(sys.argv[1])
