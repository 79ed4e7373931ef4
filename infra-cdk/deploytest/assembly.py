"""Changes a synthesized cloud assembly so that MiniStack can run it. These are the only changes:

- Functions run on `provided.al2023`, because MiniStack does not run the Java runtimes. Their package
  gets a `bootstrap` that starts the AWS runtime client with the JDK of this machine and trusts the
  certificate of the local cloud.
- The timeout of functions is 150 s instead of 30 s, so that a slow machine does not time out.
- Policies lose the condition that a request has a key. MiniStack does not support
  `dynamodb:LeadingKeys` and would deny every request.

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
        template.write_text(json.dumps(patch_template(json.loads(template.read_text())), indent=1))
    bootstrap = BOOTSTRAP.format(java=java, trust=trust, client=CLIENT, native=native)
    for package in assembly.glob("asset.*.zip"):
        add_runtime(package, sorted(client_jars.glob("*.jar")), bootstrap, native)


def patch_template(template):
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
