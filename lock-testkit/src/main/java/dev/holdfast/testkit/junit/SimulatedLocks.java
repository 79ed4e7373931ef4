package dev.holdfast.testkit.junit;

import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.Faults;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a lock table of its own, in memory, on a clock that moves only when told: as
 * parameters of the constructor, of lifecycle methods and of tests.
 *
 * <pre>{@code
 * void busyOrder_isLeftAlone(Locks locks, OtherHost another) {
 *   another.holds("order-42");
 *   ...
 * }
 * }</pre>
 *
 * <p>There are: {@link Locks}, what the code under test locks with; {@link SimulatedTable} and its
 * {@link Faults}, to look at rows, to count requests and to lose replies; {@link ManualTime}, which
 * shows 2026-01-01T00:00:00Z at first; and {@link OtherHost}, who holds what a test wants to find
 * busy.
 */
public final class SimulatedLocks implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SimulatedLocks.class);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TABLE = "locks";

  /** As the SDK's standard retry mode does. */
  private static final int SDK_RESENDS = 2;

  /** Made by JUnit. */
  public SimulatedLocks() {}

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return things(context).containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Objects.requireNonNull(things(context).get(parameter.getParameter().getType()));
  }

  private static Map<?, ?> things(ExtensionContext context) {
    return context.getStore(NAMESPACE).computeIfAbsent(Map.class, key -> newTable(), Map.class);
  }

  private static Map<Class<?>, Object> newTable() {
    ManualTime time = ManualTime.at(START);
    SimulatedTable table = SimulatedTable.named(TABLE, time).resending(SDK_RESENDS);
    return Map.of(
        ManualTime.class, time,
        SimulatedTable.class, table,
        Faults.class, table.faults(),
        OtherHost.class, OtherHost.on(table, time),
        Locks.class, DynamoDbLocks.on(table, TABLE).withTime(time));
  }
}
