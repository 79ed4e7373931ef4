package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.LockedCall;
import dev.holdfast.lock.Locks;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets at most one invocation at a time work on a resource, and lets each event be handled once.
 * Immutable and thread-safe; make one per handler, outside the invocations.
 *
 * <p>The lock lasts as long as the sandbox can and ends with the work; there is no thread and no
 * renewal. Where the lock table does not answer, nothing runs. Work that throws is not remembered,
 * and what it throws comes out unchanged; work that succeeded is a success, also where its lock
 * could not be released any more.
 */
public final class Guard {
  private final Locks locks;
  private final Settings settings;

  private Guard(Locks locks, Settings settings) {
    this.locks = locks;
    this.settings = settings;
  }

  /**
   * The guard of a deployed function: the table's name in {@code HOLDFAST_TABLE}, a key prefix, if
   * any, in {@code HOLDFAST_KEY_PREFIX}, Region and credentials in Lambda's own variables. Makes no
   * call.
   *
   * @return a guard with a client of its own
   * @throws IllegalStateException if a variable is missing; the message names it
   */
  public static Guard fromEnvironment() {
    return new Environment(System::getenv).guard();
  }

  /**
   * A guard on locks made by the caller: with a client of its own, or in tests.
   *
   * @param locks on the lock table
   * @return a guard that remembers no events
   */
  public static Guard on(Locks locks) {
    return new Guard(Objects.requireNonNull(locks, "locks"), Settings.DEFAULT);
  }

  /**
   * Remembers handled events, so that each is handled once within the window.
   *
   * @param window how long, from 1 s to 3,660 days: longer than the trigger may deliver again
   * @return a changed guard
   */
  public Guard rememberingEvents(Duration window) {
    return new Guard(locks, settings.withWindow(window));
  }

  /**
   * Says who remembers events; two consumers of one event both handle it. Unless set, it is the
   * function's name, whatever its version or alias.
   *
   * @param name not empty; functions that share it share what is remembered
   * @return a changed guard
   */
  public Guard consumer(String name) {
    return new Guard(locks, settings.withConsumer(name));
  }

  /**
   * Sets what every key starts with that this guard writes.
   *
   * @param prefix may be empty
   * @return a changed guard
   */
  public Guard keyPrefix(String prefix) {
    return new Guard(locks, settings.withKeyPrefix(prefix));
  }

  /**
   * Sets how long a sandbox may live past its deadline; the lease is longer by that.
   *
   * @param grace from 0 to 24 h; 1 s unless set
   * @return a changed guard
   */
  public Guard grace(Duration grace) {
    return new Guard(locks, settings.withTime(settings.time().withGrace(grace)));
  }

  /**
   * Sets how much time the work needs. Nothing is started that has less left.
   *
   * @param needed from 0 to 24 h; 500 ms unless set
   * @return a changed guard
   */
  public Guard timeNeeded(Duration needed) {
    return new Guard(locks, settings.withTime(settings.time().withNeeded(needed)));
  }

  /**
   * Bounds the wait for a busy lock. Unless set, it is waited for as long as the work still fits
   * into the invocation.
   *
   * @param bound from 0 to 24 h
   * @return a changed guard
   */
  public Guard waitUpTo(Duration bound) {
    return new Guard(locks, settings.withTime(settings.time().withWaitMax(bound)));
  }

  /**
   * Works on a resource, one at a time: two writes.
   *
   * @param resourceId shared by everyone who uses the table
   * @param context of the invocation
   * @param work what to do
   * @param <T> what the work returns
   * @param <X> what the work may throw
   * @return what the work returned
   * @throws X what the work threw, unchanged
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws LockUnavailableException if another had it until the work no longer fitted
   * @throws TooLittleTimeException if the work did not fit from the start
   */
  public <T, X extends Exception> T call(String resourceId, Context context, LockedCall<T, X> work)
      throws X, InterruptedException {
    return enter(Subject.resource(resourceId), context).run(work);
  }

  /**
   * Works on a resource, one at a time, and once for each event: four writes, of which a duplicate
   * costs one.
   *
   * @param ids where the ids are in the event; an event id is needed
   * @param event what they are found in
   * @param context of the invocation
   * @param work what to do
   * @param <E> the event
   * @param <T> what the work returns
   * @param <X> what the work may throw
   * @return what the work returned
   * @throws X what the work threw, unchanged
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws AlreadyDoneException if the event was handled before
   * @throws LockUnavailableException if another had it until the work no longer fitted
   * @throws TooLittleTimeException if the work did not fit from the start
   */
  public <E, T, X extends Exception> T call(
      Ids<E> ids, E event, Context context, LockedCall<T, X> work) throws X, InterruptedException {
    return enter(subject(ids, event), context).run(work);
  }

  /**
   * Puts this guard around an existing handler. It serialises and remembers nothing.
   *
   * @param handler the handler
   * @param resourceId gives the resource's id of an event
   * @param <E> the event
   * @param <R> the result
   * @return a handler that holds the lock while the given one works
   */
  public <E, R> RequestHandler<E, R> around(
      RequestHandler<E, R> handler, Function<? super E, String> resourceId) {
    Objects.requireNonNull(handler, "handler");
    Ids<E> ids = Ids.ofResource(resourceId);
    return (event, context) -> {
      try {
        return enter(ids.of(event), context).run(lease -> handler.handleRequest(event, context));
      } catch (InterruptedException e) {
        throw Unchecked.rethrown(e);
      }
    };
  }

  /**
   * Handles each message of a batch by itself, under its own lock.
   *
   * @param event the batch
   * @param context of the invocation
   * @param resourceId gives the resource's id of a message
   * @param work what to do with a message
   * @return the messages that failed or were not worked on, and no others
   * @throws InvalidEventException if this is no batch of SQS messages; nothing ran
   */
  public SQSBatchResponse eachMessage(
      SQSEvent event,
      Context context,
      Function<? super SQSMessage, String> resourceId,
      MessageWork work) {
    return eachMessage(
        event,
        context,
        Ids.<SQSMessage>ofResource(resourceId).andEvent(m -> m.getMessageId()),
        work);
  }

  /**
   * Handles each message of a batch by itself, under its own lock.
   *
   * @param event the batch
   * @param context of the invocation
   * @param ids where a message's ids are
   * @param work what to do with a message
   * @return the messages that failed or were not worked on, and no others
   * @throws InvalidEventException if this is no batch of SQS messages; nothing ran
   */
  public SQSBatchResponse eachMessage(
      SQSEvent event, Context context, Ids<SQSMessage> ids, MessageWork work) {
    if (ids.isEventAlone()) {
      ensureRemembering();
    }
    return new SqsBatch(gate(context), SqsMessages.of(event), ids, work).run();
  }

  boolean remembersEvents() {
    return settings.window().isPresent();
  }

  private <E> Subject subject(Ids<E> ids, E event) {
    ensureRemembering();
    return ids.of(event);
  }

  private void ensureRemembering() {
    if (!remembersEvents()) {
      throw new IllegalStateException(
          "this guard remembers no events, so it cannot handle one once: say for how long with"
              + " Guard.rememberingEvents");
    }
  }

  /** Acquires what the work needs, or says in one log line why not. */
  HeldRows enter(Subject subject, Context context) throws InterruptedException {
    Gate gate = gate(context);
    try {
      return gate.enter(subject);
    } catch (AlreadyDoneException e) {
      gate.log().duplicate(e.completion());
      throw e;
    } catch (LockException | TooLittleTimeException e) {
      gate.log().notStarted(subject, e);
      throw e;
    }
  }

  /**
   * For schedules: nothing where another event's run has the resource. A holder that works on this
   * very event is an earlier delivery that may have crashed, and is waited for.
   */
  Optional<HeldRows> enterUnlessOverlapping(Subject subject, Context context)
      throws InterruptedException {
    Gate gate = gate(context);
    try {
      return Optional.of(gate.enter(subject, Duration.ZERO));
    } catch (LockUnavailableException e) {
      if (subject.isAnotherThan(e.holder().event())) {
        gate.log().skipped(subject, e.holder());
        return Optional.empty();
      }
      return Optional.of(enter(subject, context));
    } catch (AlreadyDoneException e) {
      gate.log().duplicate(e.completion());
      throw e;
    } catch (LockException | TooLittleTimeException e) {
      gate.log().notStarted(subject, e);
      throw e;
    }
  }

  private Gate gate(Context context) {
    return new Gate(locks, settings, new Invocation(context));
  }
}
