"""What a deployment looks like from outside: clients, outputs, what tables and queues hold."""

import json
import time

import botocore.config
import botocore.exceptions
import botocore.session

PATIENCE_SECONDS = 300
POLL_SECONDS = 0.5
CONFIG = botocore.config.Config(read_timeout=200, retries={"total_max_attempts": 1})


class Cloud:
    """Clients with the key of the account, or with those of a role or user."""

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
    """The two stacks: outputs by their names, resources by their logical ids."""

    def __init__(self, outputs_file):
        self.cloud = Cloud()
        with open(outputs_file, encoding="utf-8") as file:
            stacks = json.load(file)
        self.outputs = {name: value for stack in stacks.values() for name, value in stack.items()}
        self.locks = self.outputs["TableName"]
        self.ledger = self.outputs["LedgerTable"]

    def resource(self, prefix, kind):
        """The physical id of the one resource of a kind whose logical id starts with a prefix."""
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
        return self.resource(f"{function}Role", "AWS::IAM::Role")

    def function(self, name):
        return self.resource(name, "AWS::Lambda::Function")

    def histories(self):
        """What was done to each subject, in the order in which the ledger took it."""
        return {
            item["subject"]["S"]: [
                {name: next(iter(value.values())) for name, value in entry["M"].items()}
                for entry in item["history"]["L"]
            ]
            for item in self.rows(self.ledger)
        }

    def rows(self, table):
        pages = self.cloud.dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
        return [item for page in pages for item in page["Items"]]

    def waiting(self, queue_url):
        """How many messages a queue has, also those that somebody works on."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.cloud.sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=names)
        return sum(int(found["Attributes"][name]) for name in names)


def require(holds, what):
    if not holds:
        raise AssertionError(what)


def eventually(what, condition):
    """Waits until a condition holds, and returns what it returned."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        result = condition()
        if result:
            return result
        require(time.monotonic() < until, f"not within {PATIENCE_SECONDS} s: {what}")
        time.sleep(POLL_SECONDS)


def error_code(call, **arguments):
    """The code of the error that a call ends with, 'none' where it succeeds."""
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as refused:
        return refused.response["Error"]["Code"]
    return "none"
