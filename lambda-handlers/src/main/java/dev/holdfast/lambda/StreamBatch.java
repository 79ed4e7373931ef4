package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.holdfast.lock.LockException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run through the records of a shard, in their order; used once, by one thread.
 *
 * <p>It stops at the first record that cannot be handled, and reports that one: the next batch
 * begins there. So nothing behind it is worked on before it.
 *
 * @param <E> a record
 */
final class StreamBatch<E> {
  private final Gate gate;
  private final HandlerIds<E> ids;
  private final RecordWork<E> work;
  private final Function<E, String> sequence;
  private final Pace pace = new Pace();

  /** Where a record of a shard is. */
  record Shard<E>(HandlerIds<E> ids, Function<E, String> sequence) {}

  StreamBatch(Gate gate, Shard<E> shard, RecordWork<E> work) {
    this.gate = gate;
    this.ids = shard.ids();
    this.sequence = shard.sequence();
    this.work = work;
  }

  /**
   * The records of a batch, each of which can be reported.
   *
   * @throws InvalidEventException if one could not be; nothing ran
   */
  static <E> List<E> of(
      @Nullable List<E> records, String what, Function<E, @Nullable String> sequence) {
    List<E> all = AsyncRecords.of(records, what);
    for (int i = 0; i < all.size(); i++) {
      String number = sequence.apply(all.get(i));
      if (ItemId.reportable(number).isEmpty()) {
        throw new InvalidEventException(
            "each record of "
                + what
                + " must have a sequence number of valid Unicode, got none in Records["
                + i
                + "]");
      }
    }
    return all;
  }

  /** State that goes from batch to batch would be lost where a part of one is reported. */
  static void ensureNoWindow(@Nullable Object window) {
    if (window != null) {
      throw new InvalidEventException(
          "tumbling windows are not supported: set the event source mapping's window to 0");
    }
  }

  StreamsEventResponse run(List<E> records, RecordsJson json) {
    for (int i = 0; i < records.size(); i++) {
      if (!isHandled(records.get(i), json, i)) {
        return reporting(List.of(new BatchItemFailure(sequence.apply(records.get(i)))));
      }
    }
    return reporting(List.of());
  }

  private static StreamsEventResponse reporting(List<BatchItemFailure> failures) {
    return StreamsEventResponse.builder().withBatchItemFailures(failures).build();
  }

  private boolean isHandled(E event, RecordsJson json, int index) {
    Optional<HeldRows> rows;
    try {
      Subject subject = ids.of(event, () -> json.at(index));
      rows = new Entrance(pace.at(gate)).enterOnce(subject);
    } catch (LockException | TooLittleTimeException e) {
      return false; // the entrance has logged it
    } catch (Throwable e) {
      log(event, e);
      return false;
    }
    return rows.isEmpty() || isWorked(rows.get(), event);
  }

  /** What the work throws is a failure, also where it is of the types that the lock throws. */
  private boolean isWorked(HeldRows rows, E event) {
    Duration before = gate.invocation().remaining();
    try {
      rows.run(work.on(event, gate.invocation()));
      return true;
    } catch (Throwable e) {
      log(event, e);
      return false;
    } finally {
      pace.took(before.minus(gate.invocation().remaining()));
    }
  }

  private void log(E event, Throwable why) {
    gate.log().failed(sequence.apply(event), why);
    if (why instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }
}
