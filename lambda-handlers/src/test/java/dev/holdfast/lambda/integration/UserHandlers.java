package dev.holdfast.lambda.integration;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.LockedHandler;
import dev.holdfast.lambda.internal.json.Json;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Functions of users with their own structure, for the real runtime client. */
final class UserHandlers {

  /** Order as a user declares it. */
  public record Order(String id) {}

  /** Result with the lock under which the work ran. */
  public record Receipt(String order, String lock) {}

  /** Existing handler without a lock. */
  static final class UnguardedHandler implements RequestHandler<Map<String, String>, String> {
    @Override
    public String handleRequest(Map<String, String> order, Context context) {
      return id(order) + " shipped";
    }
  }

  private static String id(Map<String, String> order) {
    return order.getOrDefault("id", "");
  }

  /** Existing handler in a guard. */
  public static final class WrappedHandler implements RequestHandler<Map<String, String>, String> {
    private final RequestHandler<Map<String, String>, String> guarded =
        Guard.fromEnvironment().wrap(new UnguardedHandler(), UserHandlers::id);

    @Override
    public String handleRequest(Map<String, String> order, Context context) {
      return guarded.handleRequest(order, context);
    }
  }

  /** Annotation of a library that adds aspects to methods. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Traced {}

  /** Class of a user with an annotated method. */
  public static final class GuardCallHandler {
    private final Guard guard = Guard.fromEnvironment();

    @Traced
    public String handleRequest(Map<String, String> order, Context context) throws Exception {
      return guard.call(id(order), context, lease -> lease.name() + " shipped");
    }
  }

  /** Dependency of a handler. */
  interface Warehouse {
    Receipt ship(String order, Lease lease);
  }

  /** Handler with constructor injection, also by a framework. */
  public static final class InjectedHandler extends LockedHandler<Order, Receipt> {
    private final Warehouse warehouse;

    public InjectedHandler() {
      this(
          Guard.fromEnvironment(customClient()),
          (order, lease) -> new Receipt(order, lease.name()));
    }

    InjectedHandler(Guard guard, Warehouse warehouse) {
      super(guard);
      this.warehouse = warehouse;
    }

    private static DynamoDbClient customClient() {
      return DynamoDbClient.builder()
          .httpClientBuilder(UrlConnectionHttpClient.builder())
          .endpointOverride(URI.create(System.getenv("CUSTOM_ENDPOINT")))
          .build();
    }

    @Override
    protected String resourceId(Order order) {
      return order.id();
    }

    @Override
    protected Receipt handle(Order order, Lease lease, Context context) {
      return warehouse.ship(order.id(), lease);
    }
  }

  /** Handler that reads and writes the bytes itself. */
  public static final class BytesHandler extends LockedHandler<byte[], byte[]> {
    public BytesHandler() {
      super(Guard.fromEnvironment());
    }

    @Override
    protected String resourceId(byte[] event) {
      return "order-" + event.length;
    }

    @Override
    protected byte[] handle(byte[] event, Lease lease, Context context) {
      return event;
    }
  }

  /** Serializer that the runtime client finds as a service. It reads an order from a plain text. */
  @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"}) // declared by the interface
  public static final class CustomSerializer implements CustomPojoSerializer {
    @Override
    public <T> T fromJson(InputStream input, Type type) {
      try {
        return (T) Map.of("id", Json.MAPPER.readValue(input, String.class));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public <T> T fromJson(String input, Type type) {
      throw new UnsupportedOperationException("the runtime client reads streams");
    }

    @Override
    public <T> void toJson(T value, OutputStream output, Type type) {
      try {
        Json.MAPPER.writeValue(output, "custom: " + value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private UserHandlers() {}
}
