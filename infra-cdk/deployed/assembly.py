"""Makes a synthesized cloud assembly one that MiniStack runs, by these changes and no others.

- Functions run on `provided.al2023`: MiniStack only plays at running Java runtimes. Their package gets
  a `bootstrap` that starts the runtime client of AWS with the JDK of this machine, and trusts this
  cloud's certificate.
- A function may run for 150 s instead of 30, so that a busy machine runs into no time-out.
- The condition that a key is there is taken from policies: MiniStack knows no `dynamodb:LeadingKeys`
  and would refuse everything.

usage: assembly.py <cloud assembly> <folder with the runtime client's jars> <trust store> <java>
"""

import json
import pathlib
import platform
import sys
import zipfile

MACHINE = platform.machine().lower().replace("arm64", "aarch64")
NATIVE = {"x86_64": "libaws-lambda-jni.linux-x86_64.so", "aarch64": "libaws-lambda-jni.linux-aarch_64.so"}
ARCHITECTURE = {"x86_64": "x86_64", "aarch64": "arm64"}
CLIENT = "com.amazonaws.services.lambda.runtime.api.client"
BOOTSTRAP = """#!/bin/sh
exec '{java}' -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \\
  -Djavax.net.ssl.trustStore='{trust}' -Djavax.net.ssl.trustStorePassword=changeit \\
  -D{client}.runtimeapi.NativeClient.JNI="$LAMBDA_TASK_ROOT/{native}" \\
  -cp "$LAMBDA_TASK_ROOT:$LAMBDA_TASK_ROOT/lib/*" {client}.AWSLambda "$_HANDLER"
"""


def main(assembly, client_jars, trust, java):
    native = NATIVE[MACHINE]
    for template in sorted(assembly.glob("*.template.json")):
        template.write_text(json.dumps(changed(json.loads(template.read_text())), indent=1))
    bootstrap = BOOTSTRAP.format(java=java, trust=trust, client=CLIENT, native=native)
    for package in assembly.glob("asset.*.zip"):
        add_runtime(package, sorted(client_jars.glob("*.jar")), bootstrap, native)


def changed(template):
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::Lambda::Function":
            properties["Runtime"] = "provided.al2023"
            properties["Architectures"] = [ARCHITECTURE[MACHINE]]
            properties["Timeout"] *= 5
        for statement in properties.get("PolicyDocument", {}).get("Statement", []):
            condition = statement.get("Condition", {})
            if condition.get("Null") == {"dynamodb:LeadingKeys": "false"}:
                del condition["Null"]
    return template


def add_runtime(package, jars, bootstrap, native):
    with zipfile.ZipFile(package, "a", zipfile.ZIP_DEFLATED) as code:
        names = code.namelist()
        if "bootstrap" in names:
            return
        code.writestr("bootstrap", bootstrap)
        for jar in jars:
            if f"lib/{jar.name}" not in names:
                code.write(jar, f"lib/{jar.name}")
            with zipfile.ZipFile(jar) as client:
                if f"jni/{native}" in client.namelist():
                    code.writestr(native, client.read(f"jni/{native}"))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), *sys.argv[3:])
