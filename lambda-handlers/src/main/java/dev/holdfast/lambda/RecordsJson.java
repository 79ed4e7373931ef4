package dev.holdfast.lambda;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The records of an event as JSON. Read when it is first asked for; thread-safe. */
final class RecordsJson {
  private final byte[] json;
  private final String what;
  private final UnaryOperator<JsonNode> readable;
  private @Nullable JsonNode records;
  private final Map<String, Integer> indexes = new HashMap<>();

  RecordsJson(byte[] json, String what) {
    this(json, what, UnaryOperator.identity());
  }

  /** With records that are made readable before pointers point into them. */
  RecordsJson(byte[] json, String what, UnaryOperator<JsonNode> readable) {
    this.json = json;
    this.what = what;
    this.readable = readable;
  }

  private JsonNode records() {
    if (records == null) {
      records = JsonTree.read(json, what).path("Records");
    }
    return records;
  }

  synchronized JsonNode at(int index) {
    return readable.apply(records().path(index));
  }

  /** The first record that has this text in a field. */
  synchronized JsonNode firstWith(String field, String text) {
    if (indexes.isEmpty()) {
      for (int i = 0; i < records().size(); i++) {
        indexes.putIfAbsent(at(i).path(field).asText(), i);
      }
    }
    return at(indexes.getOrDefault(text, records().size()));
  }
}
