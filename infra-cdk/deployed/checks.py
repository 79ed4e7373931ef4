"""What must be true of the deployment, looked at from outside.

usage: checks.py deployed <outputs> | changed <outputs> | destroyed
"""

import sys
import time

import events
import permissions
from cloud import Cloud, Deployment, error_code, eventually, require

KEPT_OVER_THE_CHANGE = {"resource_id": {"S": "kept-over-the-change"}}


def deployed(outputs):
    deployment = Deployment(outputs)
    table_is_the_synthesized_one(deployment)
    let_rows_expire(deployment)
    for check in events.CHECKS + permissions.CHECKS + (expired_rows_go,):
        began = time.monotonic()
        print(f"{'':8}{check.__doc__.splitlines()[0]}", end=" ", flush=True)
        found = check(deployment)
        print(f"({found}; {time.monotonic() - began:.0f} s)")
    deployment.cloud.dynamodb.put_item(TableName=deployment.locks, Item=KEPT_OVER_THE_CHANGE)


def table_is_the_synthesized_one(deployment):
    table = deployment.cloud.dynamodb.describe_table(TableName=deployment.locks)["Table"]
    require(table["KeySchema"] == [{"AttributeName": "resource_id", "KeyType": "HASH"}], table)
    require(table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST", table)
    require(table["DeletionProtectionEnabled"] is True, table)
    tags = deployment.cloud.dynamodb.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"]
    require("holdfast:lock-table" in {tag["Key"] for tag in tags}, f"known as a lock table, got {tags}")


def let_rows_expire(deployment):
    """CloudFormation sets this on AWS; here it has to be done by hand."""
    dynamodb = deployment.cloud.dynamodb
    setting = {"Enabled": True, "AttributeName": "ttl"}
    dynamodb.update_time_to_live(TableName=deployment.locks, TimeToLiveSpecification=setting)
    for name, seconds in (("long-ago", -3600), ("tomorrow", 86400)):
        ttl = {"N": f"{time.time() + seconds:.0f}"}
        row = {"resource_id": {"S": name}, "state": {"S": "FREE"}, "ttl": ttl}
        dynamodb.put_item(TableName=deployment.locks, Item=row)


def expired_rows_go(deployment):
    """rows whose ttl is past are deleted, others are not"""

    def names():
        return {row["resource_id"]["S"] for row in deployment.rows(deployment.locks)}

    eventually("the expired row is deleted", lambda: "long-ago" not in names())
    require("tomorrow" in names(), "a row that has not expired is still there")
    return f"{len(names())} rows left"


def changed(outputs):
    deployment = Deployment(outputs)
    dynamodb = deployment.cloud.dynamodb
    table = dynamodb.describe_table(TableName=deployment.locks)["Table"]
    require(table["DeletionProtectionEnabled"] is False, table)
    row = dynamodb.get_item(TableName=deployment.locks, Key=KEPT_OVER_THE_CHANGE).get("Item")
    require(row == KEPT_OVER_THE_CHANGE, f"the same table after the change, with its rows, found {row}")


def destroyed():
    cloud = Cloud()
    require(cloud.dynamodb.list_tables()["TableNames"] == [], "no table is left")
    require(cloud.client("lambda").list_functions()["Functions"] == [], "no function is left")
    require(not cloud.sqs.list_queues().get("QueueUrls"), "no queue is left")
    for stack in ("HoldfastLocks", "HoldfastSamples"):
        code = error_code(cloud.cloudformation.describe_stacks, StackName=stack)
        require(code == "ValidationError", f"no stack {stack} is left, got {code}")


if __name__ == "__main__":
    phase = {"deployed": deployed, "changed": changed, "destroyed": destroyed}
    try:
        phase[sys.argv[1]](*sys.argv[2:])
    except AssertionError as wrong:
        raise SystemExit(f"\nWRONG: {wrong}") from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
