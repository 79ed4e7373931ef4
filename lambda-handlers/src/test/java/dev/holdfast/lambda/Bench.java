package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.RequestCounts;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table, a clock and what was done, for one test. */
final class Bench {
  static final Duration DAY = Duration.ofDays(1);

  final ManualTime time = ManualTime.at(Instant.parse("2026-01-01T00:00:00Z"));
  final SimulatedTable table = SimulatedTable.named("locks", time);
  final Locks locks = DynamoDbLocks.on(new LimitedTable(table), "locks").withTime(time);
  final List<String> done = new ArrayList<>();

  Guard guard() {
    return Guard.on(locks).time(time);
  }

  Guard remembering() {
    return guard().rememberingEvents(DAY);
  }

  /** An invocation that has 3 s from now. */
  TestContext context() {
    return TestContext.at(time);
  }

  String work(String what) {
    done.add(what);
    return what;
  }

  RequestCounts counts() {
    return table.counts();
  }

  /** What a user's own code throws that locks, too, and meets what was done. */
  AlreadyDoneException doneElsewhere() {
    String name = "elsewhere";
    OtherHost.on(table, time).completed(name, DAY);
    return assertThatExceptionOfType(AlreadyDoneException.class)
        .isThrownBy(() -> locks.acquire(name))
        .actual();
  }

  /** Requests seen: puts, deletes, puts refused; nothing else is ever sent. */
  String requests() {
    RequestCounts seen = counts();
    return "%d puts (%d refused), %d deletes, %d others"
        .formatted(seen.puts(), seen.refusedPuts(), seen.deletes(), seen.others());
  }

  String state(String key) {
    return table.row(key).isPresent() ? attribute(key, "state").s() : "none";
  }

  long number(String key, String name) {
    return Long.parseLong(attribute(key, name).n());
  }

  AttributeValue attribute(String key, String name) {
    return Objects.requireNonNull(table.row(key).orElseThrow().get(name), name);
  }
}
