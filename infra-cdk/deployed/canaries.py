"""Each rule that histories are judged by finds what breaks it."""

import events


def entries(*kinds_attempts_steps):
    return [
        {"kind": kind, "attempt": attempt, "step": step, "id": step}
        for kind, attempt, step in kinds_attempts_steps
    ]


PAID = (("start", "a", "pay"), ("end", "a", "pay"))
SHIPPED = (("start", "b", "ship"), ("end", "b", "ship"))
FINE = entries(*PAID, *SHIPPED)
BROKEN = {
    "two at once": entries(PAID[0], SHIPPED[0], PAID[1], SHIPPED[1]),
    "a step done twice": entries(*PAID, ("start", "b", "pay"), ("end", "b", "pay")),
    "work without an end": entries(*PAID, SHIPPED[0]),
    "an end that was rejected": entries(PAID[0], ("rejected", "a", "pay")),
}


def main():
    events.once_and_one_at_a_time({"order-1": FINE})
    events.in_order({"order-1": FINE})
    for what, history in BROKEN.items():
        must_fail(what, events.once_and_one_at_a_time, history)
    must_fail("steps out of order", events.in_order, entries(*SHIPPED, *PAID))


def must_fail(what, rule, history):
    try:
        rule({"order-1": history})
    except AssertionError:
        return
    raise SystemExit(f"missed: {what}")


if __name__ == "__main__":
    main()
