package dev.holdfast.lambda.internal.streams;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.records.BatchItemId;
import dev.holdfast.lambda.internal.records.RecordValidator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Event format of one kind of stream.
 *
 * @param <E> the type of a record
 */
public interface StreamFormat<E> {
  /** Describes the event, for error messages. */
  String description();

  /**
   * Reads the records of a batch.
   *
   * @throws InvalidEventException if the event is not such a batch, or if a failure of one of its
   *     records could not be reported
   */
  List<E> read(byte[] json);

  /** Returns the sequence number of a record; an empty text if it has none. */
  String sequenceNumber(E record);

  /** Returns an id that each delivery of a record has. */
  String eventId(E record);

  /** Converts a record's JSON so that pointers can step into its data. */
  default JsonNode decode(JsonNode record) {
    return record;
  }

  /**
   * Checks a batch.
   *
   * @param window the tumbling window of the batch. A failure report would lose its state.
   */
  default List<E> requireReportable(@Nullable List<E> records, @Nullable Object window) {
    if (window != null) {
      throw new InvalidEventException(
          "tumbling windows are not supported: set the event source mapping's window to 0");
    }
    List<E> present = RecordValidator.requireRecords(records, description());
    for (int i = 0; i < present.size(); i++) {
      if (BatchItemId.reportable(sequenceNumber(present.get(i))).isEmpty()) {
        throw new InvalidEventException(
            "each record of "
                + description()
                + " must have a sequence number of valid Unicode, got none in Records["
                + i
                + "]");
      }
    }
    return present;
  }
}
