package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Handlers of one resource, "order", which do what a function says, and events as users declare
 * them. Between them and the library lies a generic class whose parameters are turned round.
 */
final class Orders {

  /** A user's own base class. */
  abstract static class Base<R, E> extends LockedHandler<E, R> {
    Function<E, R> work = event -> fail();
    Optional<String> eventId = Optional.empty();

    Base(Guard guard) {
      super(guard);
    }

    private R fail() {
      throw new IllegalStateException("no work was set");
    }

    Base<R, E> doing(Function<E, R> changed) {
      work = changed;
      return this;
    }

    Base<R, E> knownBy(String id) {
      eventId = Optional.of(id);
      return this;
    }

    @Override
    protected String resourceId(E event) {
      return "order";
    }

    @Override
    protected Optional<String> eventId(E event) {
      return eventId;
    }

    @Override
    protected R handle(E event, Lease lease, Context context) throws Exception {
      return work.apply(event);
    }

    String invoke(String json, Context context) throws IOException {
      return InProcess.of(this).invoke(json, context);
    }
  }

  /** A record as users declare it. */
  record Order(String id, int amount) {
    Order {
      if (amount < 0) {
        throw new IllegalArgumentException("amount must be at least 0, got " + amount);
      }
    }
  }

  /** A class with setters as users declare it. */
  public static final class Parcel {
    private String id = "";

    public String getId() {
      return id;
    }

    public void setId(String value) {
      id = value;
    }
  }

  private Orders() {}
}
