"""Events into the deployed functions, and what came of them."""

import collections
import concurrent.futures
import datetime
import json

from cloud import eventually, require

ORDERS, STEPS = 40, ("pay", "pack", "label", "ship", "bill")
GROUPS, STEPS_IN_ORDER = 5, 8
REPORTS = 6
POISONED = {"Orders": 300, "OrderSteps": 310}


def orders(deployment):
    """200 messages, every fourth delivered twice: each step once, never two of an order at once"""
    a_few_sandboxes_at_once(deployment)
    messages = send_orders(deployment)
    deliver_again(deployment, list(messages.items())[::4])
    histories = finished(deployment, "order-1", len(messages))
    once_and_one_at_a_time(histories)
    nothing_is_held(deployment)
    sandboxes = {entry["environment"] for history in histories.values() for entry in history}
    return f"{len(messages)} steps in {len(sandboxes)} sandboxes"


def a_few_sandboxes_at_once(deployment):
    """Enough to collide, and not more than a small machine runs without running into time-outs."""
    client = deployment.cloud.client("lambda")
    mappings = client.list_event_source_mappings(FunctionName=deployment.function("ShipOrder"))
    for mapping in mappings["EventSourceMappings"]:
        require(mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"], mapping)
        client.update_event_source_mapping(UUID=mapping["UUID"], ScalingConfig={"MaximumConcurrency": 3})


def send_orders(deployment):
    """Step by step, so that the steps of an order are in different batches. Order 100 and on."""
    url = deployment.outputs["OrdersQueueUrl"]
    sent = {}
    bodies = [order(100 + number, step, 20) for step in STEPS for number in range(ORDERS)]
    for start in range(0, len(bodies), 10):
        entries = [{"Id": str(i), "MessageBody": b} for i, b in enumerate(bodies[start : start + 10])]
        answer = deployment.cloud.sqs.send_message_batch(QueueUrl=url, Entries=entries)
        for success in answer["Successful"]:
            sent[success["MessageId"]] = entries[int(success["Id"])]["MessageBody"]
    require(len(sent) == len(bodies), f"all {len(bodies)} messages are sent, got {len(sent)}")
    return sent


def deliver_again(deployment, messages):
    """What a second delivery is: the same message id in another batch, maybe at the same time."""
    batches = [messages[start : start + 10] for start in range(0, len(messages), 10)]
    answers = [invoke(deployment, "ShipOrder", sqs_event(batch)) for batch in batches]
    # One that is busy to the end is reported, for the queue to deliver it once more.
    again = {failure["itemIdentifier"] for answer in answers for failure in answer["batchItemFailures"]}
    require(len(again) <= len(messages) // 2, f"second deliveries that failed: {again}")


def groups_in_order(deployment):
    """FIFO groups: the order is kept in each, and what is sent twice is done once"""
    for step in range(STEPS_IN_ORDER):
        for group in range(GROUPS):
            for _ in range(2 if step % 3 == 0 else 1):
                send(deployment, "OrderSteps", 200 + group, f"step-{step}")
    histories = finished(deployment, "order-2", GROUPS * STEPS_IN_ORDER)
    once_and_one_at_a_time(histories)
    in_order(histories)
    return f"{GROUPS} groups of {STEPS_IN_ORDER} steps"


def poison(deployment):
    """a message that nobody can handle ends in the dead-letter queue; its neighbours and group go on"""
    for queue, number in POISONED.items():
        retry_soon(deployment, deployment.outputs[f"{queue}QueueUrl"])
        send(deployment, queue, number, "before")
        send(deployment, queue, number, "poison")
        send(deployment, queue, number + 1, "beside")
    for queue, number in POISONED.items():
        dies(deployment, deployment.resource(f"{queue}DeadLetters", "AWS::SQS::Queue"))
        # Only now: what stands behind it in its group is received with it as often, and would die too.
        send(deployment, queue, number, "after")
        url = deployment.outputs[f"{queue}QueueUrl"]
        eventually(f"{queue} is empty", lambda: deployment.waiting(url) == 0)
    once_and_one_at_a_time(finished(deployment, "order-3", 6))
    nothing_is_held(deployment)
    return "in both queues"


def send(deployment, queue, number, step):
    body = "not an order" if step == "poison" else order(number, step, 5)
    group = {"MessageGroupId": f"order-{number}", "MessageDeduplicationId": f"{number}-{step}"}
    deployment.cloud.sqs.send_message(
        QueueUrl=deployment.outputs[f"{queue}QueueUrl"],
        MessageBody=body,
        **(group if queue == "OrderSteps" else {}),
    )


def dies(deployment, dead_letters):
    eventually(f"a message in {dead_letters}", lambda: deployment.waiting(dead_letters))
    messages = deployment.cloud.sqs.receive_message(QueueUrl=dead_letters, MaxNumberOfMessages=10)["Messages"]
    require([message["Body"] for message in messages] == ["not an order"], f"poison alone, got {messages}")


def retry_soon(deployment, url):
    """Ten receives take half an hour with the deployed visibility time-out, which is read first."""
    sqs = deployment.cloud.sqs
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout", "RedrivePolicy"])
    require(found["Attributes"]["VisibilityTimeout"] == "180", found)
    require(int(json.loads(found["Attributes"]["RedrivePolicy"])["maxReceiveCount"]) == 10, found)
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "5"})


def events_twice(deployment):
    """EventBridge events, each delivered twice: one report each, never two at once"""
    sent = []
    for number in range(REPORTS):
        entry = report_requested({"report": f"r{number}", "takesMillis": 20})
        sent.append(deployment.cloud.events.put_events(Entries=[entry])["Entries"][0]["EventId"])
        event = {**bus_event(entry), "id": sent[-1]}
        invoke(deployment, "NightlyReport", event)
    histories = finished(deployment, "nightly-report", REPORTS)
    once_and_one_at_a_time(histories)
    done = {entry["id"] for entry in histories["nightly-report"] if entry["kind"] == "end"}
    require(done == set(sent), f"reports for {sent}, got {done}")
    failed = deployment.resource("ReportsFailed", "AWS::SQS::Queue")
    require(deployment.waiting(failed) == 0, "no event failed")
    return f"{REPORTS} events"


def failed_report(deployment):
    """an asynchronous event that fails each time ends in the queue of failures"""
    # As a bus invokes a function on AWS; the bus of this cloud tries once and forgets.
    event = {**bus_event(report_requested({"takesMillis": "long"})), "id": "fails-each-time"}
    deployment.cloud.client("lambda").invoke(
        FunctionName=deployment.function("NightlyReport"),
        InvocationType="Event",
        Payload=json.dumps(event),
    )
    failed = deployment.resource("ReportsFailed", "AWS::SQS::Queue")
    eventually("the event is in the queue of failures", lambda: deployment.waiting(failed))
    body = deployment.cloud.sqs.receive_message(QueueUrl=failed)["Messages"][0]["Body"]
    require(event["id"] in body, f"event {event['id']}, got {body}")
    nothing_is_held(deployment)
    return "1 event"


def schedule(deployment):
    """a schedule with target and role of the deployed one, but for now: it writes its report once"""
    scheduler = deployment.cloud.scheduler
    name = deployment.resource("Nightly", "AWS::Scheduler::Schedule").split("/")[-1]
    found = scheduler.get_schedule(Name=name)
    require(found["ScheduleExpression"] == "cron(0 3 * * ? *)", found)
    before = ends(deployment.histories()["nightly-report"])
    scheduler.create_schedule(
        **{key: found[key] for key in ("Target", "FlexibleTimeWindow", "State")},
        Name="nightly-now",
        ScheduleExpression=f"at({datetime.datetime.now(datetime.timezone.utc):%Y-%m-%dT%H:%M:%S})",
    )
    histories = finished(deployment, "nightly-report", before + 1)
    scheduler.delete_schedule(Name="nightly-now")
    once_and_one_at_a_time(histories)
    require(ends(histories["nightly-report"]) == before + 1, f"one more report, got {histories}")
    return name


def rebuilds(deployment):
    """invocations by people, eight at once for one index: one after the other, with rising tokens"""
    wanted = [{"index": "books", "reason": f"r{number}"} for number in range(8)]
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda w: invoke(deployment, "RebuildIndex", w), wanted))
    tokens = {answer["token"] for answer in answers}
    require(len(tokens) == len(wanted), f"a token for each, got {answers}")
    histories = {s: h for s, h in deployment.histories().items() if s.endswith("index-books")}
    once_and_one_at_a_time(histories)
    (history,) = histories.values()
    taken = [int(entry["token"]) for entry in history]
    require(taken == sorted(taken), f"tokens rise, got {taken}")
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
    require("FunctionError" not in answer, f"{function} succeeds, got {body}")
    return json.loads(body) if body else None


def finished(deployment, subject_prefix, steps):
    """Waits for the steps of the subjects with a prefix, and for the ends of all that began."""

    def found():
        histories = {s: h for s, h in deployment.histories().items() if s.startswith(subject_prefix)}
        return histories if sum(map(ends, histories.values())) >= steps else None

    return eventually(f"{steps} steps of {subject_prefix}…", found)


def ends(history):
    return sum(entry["kind"] == "end" for entry in history)


def once_and_one_at_a_time(histories):
    for subject, history in histories.items():
        require(len(history) % 2 == 0, f"{subject}: what began ended, got {history}")
        for start, end in zip(history[::2], history[1::2]):
            pair = (start["kind"], end["kind"], start["attempt"] == end["attempt"])
            require(pair == ("start", "end", True), f"{subject}: one at a time, got {history}")
        counts = collections.Counter((entry["step"], entry["id"]) for entry in history[::2])
        require(set(counts.values()) == {1}, f"{subject}: each step once, got {counts}")


def in_order(histories):
    for subject, history in histories.items():
        steps = [entry["step"] for entry in history]
        require(steps == sorted(steps), f"{subject} in the order of sending, got {steps}")


def nothing_is_held(deployment):
    def held():
        return [row for row in deployment.rows(deployment.locks) if row["state"]["S"] == "HELD"]

    eventually("no lock row is held", lambda: not held())


CHECKS = (orders, groups_in_order, events_twice, failed_report, schedule, rebuilds, poison)
