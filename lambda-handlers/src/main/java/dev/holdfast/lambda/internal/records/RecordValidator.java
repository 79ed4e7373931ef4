package dev.holdfast.lambda.internal.records;

import dev.holdfast.lambda.error.InvalidEventException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of the record list of an event. */
public final class RecordValidator {
  private RecordValidator() {}

  /**
   * Returns the records of an event.
   *
   * @throws InvalidEventException if there are none, or one is null
   */
  public static <E> List<E> requireRecords(@Nullable List<E> records, String description) {
    if (records == null || records.isEmpty()) {
      throw new InvalidEventException(
          "event must be "
              + description
              + ", got one without Records: is this function invoked by that service?");
    }
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i) == null) {
        throw new InvalidEventException(
            "event must be " + description + ", got null in Records[" + i + "]");
      }
    }
    return records;
  }
}
