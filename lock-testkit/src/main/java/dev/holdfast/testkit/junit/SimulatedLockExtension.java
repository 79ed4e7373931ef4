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
 * Gives each test a lock table in memory with a manual clock, as parameters of the constructor, of
 * lifecycle methods and of tests.
 *
 * <pre>{@code
 * void ship_orderBusy_isSkipped(LockClient locks, OtherHost otherHost) {
 *   otherHost.acquire("order-42");
 *   ...
 * }
 * }</pre>
 *
 * <p>A parameter can be the {@link LockClient} of the code under test or another holder, {@link
 * OtherHost}. {@link SimulatedTable} and its {@link FaultInjector} give access to rows, request
 * counts and faults. {@link ManualClock} starts at 2026-01-01T00:00:00Z.
 */
public final class SimulatedLockExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SimulatedLockExtension.class);
  private static final Instant START_TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TABLE = "locks";

  /** Number of retries, as in the SDK's standard retry mode. */
  private static final int SDK_RETRIES = 2;

  /** Creates the extension for JUnit. */
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
