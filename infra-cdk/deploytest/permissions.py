"""Checks of the calls that the deployed roles and the managed policy allow and deny."""

import json

from cloud import Cloud, error_code, require

FUNCTIONS = ("ShipOrder", "NightlyReport", "RebuildIndex")
KEY = {"resource_id": {"S": "samples/permission"}}
ORDER = {"subject": {"S": "order-100"}}


def function_roles(deployment):
    """the functions' roles may put and delete items of the lock table only"""
    roles = [deployment.role(name) for name in FUNCTIONS]
    return f"{sum(check_permissions(deployment, role_credentials(deployment, role)) for role in roles)} calls"


def managed_policy(deployment):
    """the managed policy allows a user to put and delete items only"""
    iam = deployment.cloud.iam
    iam.create_user(UserName="locker")
    iam.attach_user_policy(UserName="locker", PolicyArn=deployment.outputs["LockingPolicyArn"])
    key = iam.create_access_key(UserName="locker")["AccessKey"]
    calls = check_permissions(deployment, client_of(key))
    iam.detach_user_policy(UserName="locker", PolicyArn=deployment.outputs["LockingPolicyArn"])
    after = error_code(client_of(key).dynamodb.put_item, TableName=deployment.locks, Item=KEY)
    require(after == "AccessDeniedException", f"the call must be denied without the policy, got {after}")
    iam.delete_access_key(UserName="locker", AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName="locker")
    return f"{calls + 1} calls"


def client_of(key):
    return Cloud(aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])


def role_credentials(deployment, role):
    """Adds the account to the trust policy of the role temporarily, because it trusts Lambda only."""
    iam = deployment.cloud.iam
    found = iam.get_role(RoleName=role)["Role"]
    trust = found["AssumeRolePolicyDocument"]
    account = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "000000000000"}}
    opened = dict(trust, Statement=trust["Statement"] + [account])
    iam.update_assume_role_policy(RoleName=role, PolicyDocument=json.dumps(opened))
    given = deployment.cloud.sts.assume_role(RoleArn=found["Arn"], RoleSessionName="check")["Credentials"]
    iam.update_assume_role_policy(RoleName=role, PolicyDocument=json.dumps(trust))
    return Cloud(
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
    )


def check_permissions(deployment, principal):
    dynamodb = principal.dynamodb
    lock_row = {"TableName": deployment.locks, "Key": KEY}
    equals = {"ExpressionAttributeValues": {":id": KEY["resource_id"]}}
    condition_check = {"ConditionCheck": {**lock_row, "ConditionExpression": "attribute_exists(nonce)"}}
    query = {"TableName": deployment.locks, "KeyConditionExpression": "resource_id = :id", **equals}
    cases = [
        ("none", dynamodb.put_item, {"TableName": deployment.locks, "Item": KEY}),
        ("none", dynamodb.delete_item, lock_row),
        ("denied", dynamodb.get_item, lock_row),
        ("denied", dynamodb.scan, {"TableName": deployment.locks}),
        ("denied", dynamodb.query, query),
        ("denied", dynamodb.update_item, {**lock_row, "UpdateExpression": "SET nonce = :id", **equals}),
        ("denied", dynamodb.transact_write_items, {"TransactItems": [condition_check]}),
        ("denied", dynamodb.describe_table, {"TableName": deployment.locks}),
        ("denied", dynamodb.delete_table, {"TableName": deployment.locks}),
        ("denied", dynamodb.put_item, {"TableName": deployment.ledger, "Item": ORDER}),
        ("denied", dynamodb.delete_item, {"TableName": deployment.ledger, "Key": ORDER}),
    ]
    for expected, call, arguments in cases:
        code = error_code(call, **arguments)
        found = "denied" if code == "AccessDeniedException" else code
        require(found == expected, f"{call.__name__} {arguments}: must be {expected}, got {code}")
    return len(cases)


CHECKS = (function_roles, managed_policy)
