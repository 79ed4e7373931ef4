package dev.holdfast.testkit.junit;

import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.testkit.ManualClock;
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
 * <p>There are: {@link LockClient}, what the code under test locks with; {@link SimulatedTable} and
 * its {@link FaultInjector}, to look at rows, to count requests and to lose replies; {@link
 * ManualClock}, which shows 2026-01-01T00:00:00Z at first; and {@link OtherHost}, who holds what a
 * test wants to find busy.
 */
public final class SimulatedLockExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SimulatedLockExtension.class);
  private static final Instant START_TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TABLE = "locks";

  /** As the SDK's standard retry mode does. */
  private static final int SDK_RETRIES = 2;

  /** Made by JUnit. */
  public SimulatedLockExtension() {}

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return resources(context).containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Objects.requireNonNull(resources(context).get(parameter.getParameter().getType()));
  }

  private static Map<?, ?> resources(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Map.class, key -> createResources(), Map.class);
  }

  private static Map<Class<?>, Object> createResources() {
    ManualClock time = ManualClock.at(START_TIME);
    SimulatedTable table = SimulatedTable.named(TABLE, time).withRetries(SDK_RETRIES);
    return Map.of(
        ManualClock.class, time,
        SimulatedTable.class, table,
        FaultInjector.class, table.faults(),
        OtherHost.class, OtherHost.on(table, time),
        LockClient.class, DynamoDbLockClient.create(table, TABLE).withTimeSource(time));
  }
}
