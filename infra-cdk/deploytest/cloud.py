"""Clients, stack outputs, table items and queue sizes of a deployment."""

import json
import time

import botocore.config
import botocore.exceptions
import botocore.session

TIMEOUT_SECONDS = 300
POLL_SECONDS = 0.5
CONFIG = botocore.config.Config(read_timeout=200, retries={"total_max_attempts": 1})


class Cloud:
    """Clients with the credentials of the account, or of a role or user."""

    def __init__(self, **credentials):
        self.session = botocore.session.get_session()
        self.credentials = credentials

    def client(self, service):
        return self.session.create_client(service, config=CONFIG, **self.credentials)

    def __getattr__(self, service):
        client = self.client(service)
        setattr(self, service, client)
        return client


class Deployment:
    """Outputs of both stacks by name, and resources by logical id."""

    def __init__(self, outputs_file):
        self.cloud = Cloud()
        with open(outputs_file, encoding="utf-8") as file:
            stacks = json.load(file)
        self.outputs = {name: value for stack in stacks.values() for name, value in stack.items()}
        self.locks = self.outputs["TableName"]
        self.ledger = self.outputs["LedgerTable"]

    def physical_id(self, prefix, kind):
        """Returns the physical id of the only resource of a type whose logical id has a prefix."""
        pages = self.cloud.cloudformation.get_paginator("list_stack_resources")
        found = [
            resource["PhysicalResourceId"]
            for page in pages.paginate(StackName="HoldfastSamples")
            for resource in page["StackResourceSummaries"]
            if resource["ResourceType"] == kind and resource["LogicalResourceId"].startswith(prefix)
        ]
        require(len(found) == 1, f"one {kind} {prefix}, found {found}")
        return found[0]

    def role(self, function):
        return self.physical_id(f"{function}Role", "AWS::IAM::Role")

    def function(self, name):
        return self.physical_id(name, "AWS::Lambda::Function")

    def histories(self):
        """Returns the history of each subject, in the order of the ledger."""
        return {
            item["subject"]["S"]: [
                {name: next(iter(value.values())) for name, value in entry["M"].items()}
                for entry in item["history"]["L"]
            ]
            for item in self.scan_items(self.ledger)
        }

    def scan_items(self, table):
        pages = self.cloud.dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
        return [item for page in pages for item in page["Items"]]

    def message_count(self, queue_url):
        """Returns the number of messages in a queue, including those in flight."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.cloud.sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=names)
        return sum(int(found["Attributes"][name]) for name in names)


def require(condition, message):
    if not condition:
        raise AssertionError(message)


def wait_until(what, condition):
    """Waits until a condition returns a true value, and returns the value."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while True:
        result = condition()
        if result:
            return result
        require(time.monotonic() < deadline, f"timeout after {TIMEOUT_SECONDS} s: {what}")
        time.sleep(POLL_SECONDS)


def error_code(call, **arguments):
    """Returns the error code of a call, or 'none' if it succeeds."""
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    return "none"
