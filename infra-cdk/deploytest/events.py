"""Sends events to the deployed functions and checks the histories that they write."""

import collections
import concurrent.futures
import datetime
import json

from cloud import wait_until, require

ORDERS, STEPS = 40, ("pay", "pack", "label", "ship", "bill")
GROUPS, STEPS_IN_ORDER = 5, 8
REPORTS = 6
POISONED = {"Orders": 300, "OrderSteps": 310}
DEAD_LETTERS = {"Orders": "ShipOrderOrdersDeadLetters", "OrderSteps": "OrderStepsDeadLetters"}


def standard_queue(deployment):
    """200 messages, every fourth delivered twice: each step exactly once, one at a time for each order"""
    limit_concurrency(deployment)
    messages = send_orders(deployment)
    redeliver(deployment, list(messages.items())[::4])
    histories = wait_for_steps(deployment, "order-1", len(messages))
    require_exactly_once_and_exclusive(histories)
    require_no_held_locks(deployment)
    environments = {entry["environment"] for history in histories.values() for entry in history}
    return f"{len(messages)} steps in {len(environments)} execution environments"


def limit_concurrency(deployment):
    """Limits the concurrency to 3: enough for contention, without timeouts on a small machine."""
    client = deployment.cloud.client("lambda")
    mappings = client.list_event_source_mappings(FunctionName=deployment.function("ShipOrder"))
    for mapping in mappings["EventSourceMappings"]:
        require(mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"], mapping)
        client.update_event_source_mapping(UUID=mapping["UUID"], ScalingConfig={"MaximumConcurrency": 3})


def send_orders(deployment):
    """Sends orders from 100 on, step by step, so that the steps of an order are in different batches."""
    url = deployment.outputs["OrdersQueueUrl"]
    sent = {}
    bodies = [order(100 + number, step, 20) for step in STEPS for number in range(ORDERS)]
    for start in range(0, len(bodies), 10):
        entries = [{"Id": str(i), "MessageBody": b} for i, b in enumerate(bodies[start : start + 10])]
        answer = deployment.cloud.sqs.send_message_batch(QueueUrl=url, Entries=entries)
        for success in answer["Successful"]:
            sent[success["MessageId"]] = entries[int(success["Id"])]["MessageBody"]
    require(len(sent) == len(bodies), f"all {len(bodies)} messages must be sent, got {len(sent)}")
    return sent


def redeliver(deployment, messages):
    """Delivers messages again: the same message ids in another batch, maybe concurrently."""
    batches = [messages[start : start + 10] for start in range(0, len(messages), 10)]
    answers = [invoke(deployment, "ShipOrder", sqs_event(batch)) for batch in batches]
    # A message whose lock stays busy is a batch item failure, which the queue redelivers.
    again = {failure["itemIdentifier"] for answer in answers for failure in answer["batchItemFailures"]}
    require(len(again) <= len(messages) // 2, f"at most half of the redeliveries may fail, got {again}")


def fifo_groups(deployment):
    """FIFO groups: each group keeps its order, and a duplicate message has no effect"""
    for step in range(STEPS_IN_ORDER):
        for group in range(GROUPS):
            for _ in range(2 if step % 3 == 0 else 1):
                send(deployment, "OrderSteps", 200 + group, f"step-{step}")
    histories = wait_for_steps(deployment, "order-2", GROUPS * STEPS_IN_ORDER)
    require_exactly_once_and_exclusive(histories)
    require_ordered(histories)
    return f"{GROUPS} groups of {STEPS_IN_ORDER} steps"


def poison_messages(deployment):
    """a poison message ends in the dead-letter queue; its batch and its group continue"""
    for queue, number in POISONED.items():
        shorten_visibility_timeout(deployment, deployment.outputs[f"{queue}QueueUrl"])
        send(deployment, queue, number, "before")
        send(deployment, queue, number, "poison")
        send(deployment, queue, number + 1, "beside")
    for queue, number in POISONED.items():
        expect_in_dead_letter_queue(deployment, deployment.physical_id(DEAD_LETTERS[queue], "AWS::SQS::Queue"))
        # Sent after that, because a later message of the group is received as often as the poison message.
        send(deployment, queue, number, "after")
        url = deployment.outputs[f"{queue}QueueUrl"]
        wait_until(f"{queue} is empty", lambda: deployment.message_count(url) == 0)
    require_exactly_once_and_exclusive(wait_for_steps(deployment, "order-3", 6))
    require_no_held_locks(deployment)
    return "in both queues"


def send(deployment, queue, number, step):
    body = "not an order" if step == "poison" else order(number, step, 5)
    group = {"MessageGroupId": f"order-{number}", "MessageDeduplicationId": f"{number}-{step}"}
    deployment.cloud.sqs.send_message(
        QueueUrl=deployment.outputs[f"{queue}QueueUrl"],
        MessageBody=body,
        **(group if queue == "OrderSteps" else {}),
    )


def expect_in_dead_letter_queue(deployment, dead_letters):
    wait_until(f"a message in {dead_letters}", lambda: deployment.message_count(dead_letters))
    messages = deployment.cloud.sqs.receive_message(QueueUrl=dead_letters, MaxNumberOfMessages=10)["Messages"]
    require([message["Body"] for message in messages] == ["not an order"], f"the queue must contain the poison message only, got {messages}")


def shorten_visibility_timeout(deployment, url):
    """Checks the deployed settings, then shortens the timeout: ten receives would take 30 minutes."""
    sqs = deployment.cloud.sqs
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout", "RedrivePolicy"])
    require(found["Attributes"]["VisibilityTimeout"] == "180", found)
    require(int(json.loads(found["Attributes"]["RedrivePolicy"])["maxReceiveCount"]) == 10, found)
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "5"})


def duplicate_events(deployment):
    """EventBridge events, each delivered twice: one report for each event, one at a time"""
    sent = []
    for number in range(REPORTS):
        entry = report_requested({"report": f"r{number}", "takesMillis": 20})
        sent.append(deployment.cloud.events.put_events(Entries=[entry])["Entries"][0]["EventId"])
        event = {**bus_event(entry), "id": sent[-1]}
        invoke(deployment, "NightlyReport", event)
    histories = wait_for_steps(deployment, "nightly-report", REPORTS)
    require_exactly_once_and_exclusive(histories)
    done = {entry["id"] for entry in histories["nightly-report"] if entry["kind"] == "end"}
    require(done == set(sent), f"reports must be for {sent}, got {done}")
    failed = deployment.physical_id("ReportsFailed", "AWS::SQS::Queue")
    require(deployment.message_count(failed) == 0, "no event must fail")
    return f"{REPORTS} events"


def failed_asynchronous_event(deployment):
    """an asynchronous event that always fails ends in the failure queue"""
    # Invokes the function as the bus on AWS does. The bus of MiniStack does not retry.
    event = {**bus_event(report_requested({"takesMillis": "long"})), "id": "fails-each-time"}
    deployment.cloud.client("lambda").invoke(
        FunctionName=deployment.function("NightlyReport"),
        InvocationType="Event",
        Payload=json.dumps(event),
    )
    failed = deployment.physical_id("ReportsFailed", "AWS::SQS::Queue")
    wait_until("the event is in the failure queue", lambda: deployment.message_count(failed))
    body = deployment.cloud.sqs.receive_message(QueueUrl=failed)["Messages"][0]["Body"]
    require(event["id"] in body, f"the message must contain event {event['id']}, got {body}")
    require_no_held_locks(deployment)
    return "1 event"


def schedule(deployment):
    """a schedule with the target and role of the deployed one, due now, writes one report"""
    scheduler = deployment.cloud.scheduler
    name = deployment.physical_id("Nightly", "AWS::Scheduler::Schedule").split("/")[-1]
    found = scheduler.get_schedule(Name=name)
    require(found["ScheduleExpression"] == "cron(0 3 * * ? *)", found)
    before = completed_count(deployment.histories()["nightly-report"])
    scheduler.create_schedule(
        **{key: found[key] for key in ("Target", "FlexibleTimeWindow", "State")},
        Name="nightly-now",
        ScheduleExpression=f"at({datetime.datetime.now(datetime.timezone.utc):%Y-%m-%dT%H:%M:%S})",
    )
    histories = wait_for_steps(deployment, "nightly-report", before + 1)
    scheduler.delete_schedule(Name="nightly-now")
    require_exactly_once_and_exclusive(histories)
    require(completed_count(histories["nightly-report"]) == before + 1, f"there must be one more report, got {histories}")
    return name


def concurrent_invocations(deployment):
    """eight concurrent invocations for one index run one at a time, with increasing fencing tokens"""
    wanted = [{"index": "books", "reason": f"r{number}"} for number in range(8)]
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda w: invoke(deployment, "RebuildIndex", w), wanted))
    tokens = {answer["token"] for answer in answers}
    require(len(tokens) == len(wanted), f"each invocation must have its own token, got {answers}")
    histories = {s: h for s, h in deployment.histories().items() if s.endswith("index:books#5,5")}
    require_exactly_once_and_exclusive(histories)
    (history,) = histories.values()
    taken = [int(entry["token"]) for entry in history]
    require(taken == sorted(taken), f"tokens must increase, got {taken}")
    return f"{len(tokens)} tokens"


def order(number, step, takes_millis):
    return json.dumps({"order": number, "step": step, "id": f"o{number}-{step}", "takesMillis": takes_millis})


def sqs_event(messages):
    return {
        "Records": [
            {
                "messageId": message_id,
                "body": body,
                "attributes": {"ApproximateReceiveCount": "2"},
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:Orders",
            }
            for message_id, body in messages
        ]
    }


def report_requested(detail):
    detail = json.dumps(detail)
    return {"Source": "holdfast.samples", "DetailType": "ReportRequested", "Detail": detail}


def bus_event(entry):
    detail = json.loads(entry["Detail"])
    return {"source": entry["Source"], "detail-type": entry["DetailType"], "detail": detail}


def invoke(deployment, function, event):
    client = deployment.cloud.client("lambda")
    answer = client.invoke(FunctionName=deployment.function(function), Payload=json.dumps(event))
    body = answer["Payload"].read().decode()
    require("FunctionError" not in answer, f"{function} must succeed, got {body}")
    return json.loads(body) if body else None


def wait_for_steps(deployment, subject_prefix, steps):
    """Waits until the subjects with a prefix have completed a number of steps."""

    def found():
        histories = {s: h for s, h in deployment.histories().items() if s.startswith(subject_prefix)}
        return histories if sum(map(completed_count, histories.values())) >= steps else None

    return wait_until(f"{steps} steps of {subject_prefix}…", found)


def completed_count(history):
    return sum(entry["kind"] == "end" for entry in history)


def require_exactly_once_and_exclusive(histories):
    for subject, history in histories.items():
        require(len(history) % 2 == 0, f"{subject}: each step must have an end, got {history}")
        for start, end in zip(history[::2], history[1::2]):
            pair = (start["kind"], end["kind"], start["attempt"] == end["attempt"])
            require(pair == ("start", "end", True), f"{subject}: steps must not overlap, got {history}")
        counts = collections.Counter((entry["step"], entry["id"]) for entry in history[::2])
        require(set(counts.values()) == {1}, f"{subject}: each step must occur once, got {counts}")


def require_ordered(histories):
    for subject, history in histories.items():
        steps = [entry["step"] for entry in history]
        require(steps == sorted(steps), f"{subject}: steps must be in the order of sending, got {steps}")


def require_no_held_locks(deployment):
    def held():
        return [row for row in deployment.scan_items(deployment.locks) if row["state"]["S"] == "HELD"]

    wait_until("no lock row is held", lambda: not held())


CHECKS = (standard_queue, fifo_groups, duplicate_events, failed_asynchronous_event, schedule, concurrent_invocations, poison_messages)
