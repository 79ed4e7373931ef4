"""Checks of a deployment from outside, one function for each phase.

usage: checks.py verify_deployed <outputs> | verify_changed <outputs> | verify_destroyed
"""

import sys
import time

import events
import permissions
from cloud import Cloud, Deployment, error_code, require, wait_until

ROW_KEPT_ON_UPDATE = {"resource_id": {"S": "kept-on-update"}}


def verify_deployed(outputs):
    deployment = Deployment(outputs)
    table_matches_template(deployment)
    enable_time_to_live(deployment)
    for check in events.CHECKS + permissions.CHECKS + (expired_rows_are_deleted,):
        began = time.monotonic()
        print(f"{'':8}{check.__doc__.splitlines()[0]}", end=" ", flush=True)
        found = check(deployment)
        print(f"({found}; {time.monotonic() - began:.0f} s)")
    deployment.cloud.dynamodb.put_item(TableName=deployment.locks, Item=ROW_KEPT_ON_UPDATE)


def table_matches_template(deployment):
    table = deployment.cloud.dynamodb.describe_table(TableName=deployment.locks)["Table"]
    require(table["KeySchema"] == [{"AttributeName": "resource_id", "KeyType": "HASH"}], table)
    require(table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST", table)
    require(table["DeletionProtectionEnabled"] is True, table)
    tags = deployment.cloud.dynamodb.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"]
    require("holdfast:lock-table" in {tag["Key"] for tag in tags}, f"the table must have the tag of lock tables, got {tags}")


def enable_time_to_live(deployment):
    """Enables time to live. CloudFormation does it on AWS, but MiniStack ignores the property."""
    dynamodb = deployment.cloud.dynamodb
    setting = {"Enabled": True, "AttributeName": "ttl"}
    dynamodb.update_time_to_live(TableName=deployment.locks, TimeToLiveSpecification=setting)
    for name, seconds in (("long-ago", -3600), ("tomorrow", 86400)):
        ttl = {"N": f"{time.time() + seconds:.0f}"}
        row = {"resource_id": {"S": name}, "state": {"S": "FREE"}, "ttl": ttl}
        dynamodb.put_item(TableName=deployment.locks, Item=row)


def expired_rows_are_deleted(deployment):
    """expired rows are deleted, other rows are kept"""

    def names():
        return {row["resource_id"]["S"] for row in deployment.scan_items(deployment.locks)}

    wait_until("the expired row is deleted", lambda: "long-ago" not in names())
    require("tomorrow" in names(), "a row that has not expired is kept")
    return f"{len(names())} rows left"


def verify_changed(outputs):
    deployment = Deployment(outputs)
    dynamodb = deployment.cloud.dynamodb
    table = dynamodb.describe_table(TableName=deployment.locks)["Table"]
    require(table["DeletionProtectionEnabled"] is False, table)
    row = dynamodb.get_item(TableName=deployment.locks, Key=ROW_KEPT_ON_UPDATE).get("Item")
    require(row == ROW_KEPT_ON_UPDATE, f"the update must keep the table and its rows, got {row}")


def verify_destroyed():
    cloud = Cloud()
    require(cloud.dynamodb.list_tables()["TableNames"] == [], "no table must remain")
    require(cloud.client("lambda").list_functions()["Functions"] == [], "no function must remain")
    require(not cloud.sqs.list_queues().get("QueueUrls"), "no queue must remain")
    for stack in ("HoldfastLocks", "HoldfastSamples"):
        code = error_code(cloud.cloudformation.describe_stacks, StackName=stack)
        require(code == "ValidationError", f"stack {stack} must not remain, got {code}")


if __name__ == "__main__":
    phase = {check.__name__: check for check in (verify_deployed, verify_changed, verify_destroyed)}
    try:
        phase[sys.argv[1]](*sys.argv[2:])
    except AssertionError as violation:
        raise SystemExit(f"\nFAILED: {violation}") from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
