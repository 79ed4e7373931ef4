package dev.holdfast.testkit.junit;

import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.SimulatedTable;
import java.lang.reflect.Constructor;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

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
public final class SimulatedLockExtension
    implements ParameterResolver, TestInstancePreConstructCallback {
  private static final Namespace NAMESPACE = Namespace.create(SimulatedLockExtension.class);
  private static final Instant START_TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TABLE = "locks";

  /** Key of the resources that the constructor of a test received first. */
  private static final String OF_INSTANCE = "instance";

  /** Key of the resources that a method of a test received first. */
  private static final String OF_METHOD = "method";

  /** Number of retries, as in the SDK's standard retry mode. */
  private static final int SDK_RETRIES = 2;

  /** Creates the extension for JUnit. */
  public SimulatedLockExtension() {}

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  /**
   * Removes what the constructor of the previous test received. Before JUnit 5.12, constructors
   * have the context of the class, whatever the scope is.
   */
  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factoryContext, ExtensionContext context) {
    context.getStore(NAMESPACE).remove(OF_INSTANCE);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return resources(parameter, context).containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Objects.requireNonNull(
        resources(parameter, context).get(parameter.getParameter().getType()));
  }

  /** Returns the resources of the test, of the context that received them first. */
  @SuppressWarnings("deprecation") // computeIfAbsent does not exist before JUnit 6.
  private static Map<?, ?> resources(ParameterContext parameter, ExtensionContext context) {
    Store store = context.getStore(NAMESPACE);
    String key =
        parameter.getDeclaringExecutable() instanceof Constructor ? OF_INSTANCE : OF_METHOD;
    String other = key.equals(OF_METHOD) ? OF_INSTANCE : OF_METHOD;
    Map<?, ?> existing = store.get(other, Map.class);
    return existing != null
        ? existing
        : Objects.requireNonNull(
            store.getOrComputeIfAbsent(key, absent -> createResources(), Map.class));
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
