"""Checks that each rule for histories finds its violation."""

import events


def entries(*kinds_attempts_steps):
    return [
        {"kind": kind, "attempt": attempt, "step": step, "id": step}
        for kind, attempt, step in kinds_attempts_steps
    ]


PAID = (("start", "a", "pay"), ("end", "a", "pay"))
SHIPPED = (("start", "b", "ship"), ("end", "b", "ship"))
VALID = entries(*PAID, *SHIPPED)
MUTANTS = {
    "concurrent steps": entries(PAID[0], SHIPPED[0], PAID[1], SHIPPED[1]),
    "duplicate step": entries(*PAID, ("start", "b", "pay"), ("end", "b", "pay")),
    "step without an end": entries(*PAID, SHIPPED[0]),
    "rejected end": entries(PAID[0], ("rejected", "a", "pay")),
}


def main():
    events.require_exactly_once_and_exclusive({"order-1": VALID})
    events.require_ordered({"order-1": VALID})
    for name, history in MUTANTS.items():
        require_violation(name, events.require_exactly_once_and_exclusive, history)
    require_violation("wrong order", events.require_ordered, entries(*SHIPPED, *PAID))


def require_violation(name, rule, history):
    try:
        rule({"order-1": history})
    except AssertionError:
        return
    raise SystemExit(f"missed: {name}")


if __name__ == "__main__":
    main()
