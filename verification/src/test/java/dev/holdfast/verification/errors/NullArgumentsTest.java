package dev.holdfast.verification.errors;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockAction;
import dev.holdfast.lock.LockCallback;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockListener;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.StoredResult;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.admin.LockAdmin;
import dev.holdfast.lock.admin.LockTableAdmin;
import dev.holdfast.lock.admin.NewLockTable;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.RequestCounts;
import dev.holdfast.testkit.SimulatedTable;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** Null as an argument of each public entry point: the message names the argument. */
class NullArgumentsTest {
  private static final ManualClock TIME = ManualClock.at(Instant.parse("2040-01-01T12:00:00Z"));
  private static final SimulatedTable TABLE = SimulatedTable.named("locks", TIME);
  private static final LockClient CLIENT =
      DynamoDbLockClient.create(TABLE, "locks").withTimeSource(TIME);
  private static final HeldLock LOCK = ((Acquisition.Acquired) CLIENT.tryAcquire("held")).lock();
  private static final Map<Class<?>, Object> INSTANCES = instances();
  private static final Map<Class<?>, Object> VALUES = values();

  /** Null as one argument of a method or constructor. */
  record NullArgument(Executable executable, int index) {
    Parameter parameter() {
      return executable.getParameters()[index];
    }

    @Override
    public String toString() {
      String types =
          String.join(
              ", ",
              Arrays.stream(executable.getParameterTypes()).map(Class::getSimpleName).toList());
      return executable.getDeclaringClass().getSimpleName()
          + "."
          + executable.getName()
          + "("
          + types
          + "): "
          + parameter().getName();
    }
  }

  private static Map<Class<?>, Object> instances() {
    Map<Class<?>, Object> instances = new HashMap<>();
    instances.put(LockClient.class, CLIENT);
    instances.put(HeldLock.class, LOCK);
    instances.put(HeldMultiLock.class, multiLock());
    instances.put(LockRequest.class, LockRequest.of("a"));
    instances.put(MultiLockRequest.class, MultiLockRequest.of("a", "b"));
    instances.put(StoredResult.class, StoredResult.of("text"));
    instances.put(ClockModel.class, ClockModel.unsynchronized());
    instances.put(Fence.class, Fence.of("a", new FencingToken(7)));
    instances.put(LockAdmin.class, LockAdmin.create(TABLE, "locks"));
    instances.put(LockTableAdmin.class, LockTableAdmin.create(TABLE));
    instances.put(DynamoDbLockClient.class, "static methods only");
    return instances;
  }

  private static HeldMultiLock multiLock() {
    try {
      return CLIENT.acquireAll(MultiLockRequest.of("m-1", "m-2"));
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private static Map<Class<?>, Object> values() {
    Map<Class<?>, Object> values = new HashMap<>();
    values.put(String.class, "a");
    values.put(String[].class, new String[] {"b"});
    values.put(byte[].class, new byte[] {1});
    values.put(int.class, 1);
    values.put(boolean.class, true);
    values.put(Duration.class, ofSeconds(5));
    values.put(TimeSource.class, TIME);
    values.put(LockListener.class, LockListener.logging());
    values.put(DynamoDbClient.class, TABLE);
    values.put(FencingToken.class, new FencingToken(7));
    values.put(Map.class, Map.of());
    values.put(List.class, List.of("a"));
    values.put(Consumer.class, (Consumer<Object>) ignored -> {});
    values.put(LockCallback.class, (LockCallback<Object, Object, RuntimeException>) l -> "done");
    values.put(Function.class, (Function<Object, Object>) any -> "done");
    values.put(NewLockTable.class, NewLockTable.of("locks-2"));
    values.put(Runnable.class, (Runnable) () -> {});
    values.put(LockAction.class, (LockAction<Object, RuntimeException>) l -> {});
    return values;
  }

  static Stream<NullArgument> arguments() {
    return INSTANCES.keySet().stream()
        .flatMap(
            type ->
                Stream.<Executable>concat(
                    Arrays.stream(type.getMethods()), Arrays.stream(type.getConstructors())))
        .filter(executable -> executable.getDeclaringClass().getName().startsWith("dev.holdfast."))
        .filter(executable -> !executable.getName().equals("equals"))
        .filter(executable -> !executable.isSynthetic())
        .flatMap(NullArgumentsTest::nonNullArguments)
        .sorted((a, b) -> a.toString().compareTo(b.toString()));
  }

  private static Stream<NullArgument> nonNullArguments(Executable executable) {
    return Stream.iterate(0, i -> i < executable.getParameterCount(), i -> i + 1)
        .filter(i -> !executable.getParameterTypes()[i].isPrimitive())
        .filter(
            i -> !executable.getAnnotatedParameterTypes()[i].isAnnotationPresent(Nullable.class))
        .map(i -> new NullArgument(executable, i));
  }

  @ParameterizedTest
  @MethodSource("arguments")
  void nullArgument_isNamed_andNothingIsSent(NullArgument argument) {
    Object[] values =
        Arrays.stream(argument.executable().getParameterTypes())
            .map(NullArgumentsTest::valueOf)
            .toArray();
    values[argument.index()] = null;
    RequestCounts before = TABLE.counts();
    Throwable thrown = catchThrowable(() -> invoke(argument.executable(), values));
    assertThat(thrown)
        .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class)
        .message()
        .containsAnyOf(argument.parameter().getName(), argument.executable().getName());
    assertThat(TABLE.counts()).isEqualTo(before);
  }

  /** Client without a configuration, as a mock returns it. */
  private record MockedClient(SimulatedTable table) implements DynamoDbClient {
    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      return table.putItem(request);
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
      return table.deleteItem(request);
    }

    @Override
    public @Nullable DynamoDbServiceClientConfiguration serviceClientConfiguration() {
      return null;
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  @Test
  void clientWithoutAConfiguration_works() throws InterruptedException {
    SimulatedTable table = SimulatedTable.named("locks");
    LockClient mocked = DynamoDbLockClient.create(new MockedClient(table), "locks");
    mocked.run("a", lease -> assertThat(table.row("a")).isPresent());
    assertThat(table.row("a")).isEmpty();
  }

  private static @Nullable Object valueOf(Class<?> type) {
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    Object value = VALUES.get(type);
    return value == null ? INSTANCES.get(type) : value;
  }

  private static @Nullable Object invoke(Executable executable, @Nullable Object[] arguments)
      throws Throwable {
    try {
      if (executable instanceof Method method) {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        Object receiver = isStatic ? null : receiver(method.getDeclaringClass());
        return method.invoke(receiver, arguments);
      }
      return ((java.lang.reflect.Constructor<?>) executable).newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object receiver(Class<?> type) {
    return INSTANCES.values().stream().filter(type::isInstance).findFirst().orElseThrow();
  }
}
