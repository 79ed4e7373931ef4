package dev.holdfast.lambda.internal.json;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reader of an event's records as JSON. It parses the event at the first call. Thread-safe. */
public final class RecordsJsonReader {
  private final byte[] json;
  private final String description;
  private final UnaryOperator<JsonNode> transformation;
  private @Nullable JsonNode recordNodes;
  private final Map<String, Integer> indexes = new HashMap<>();

  /** Creates a reader; the description names the event in error messages. */
  public RecordsJsonReader(byte[] json, String description) {
    this(json, description, UnaryOperator.identity());
  }

  /** Creates a reader that transforms each record, for example to decode its data. */
  public RecordsJsonReader(
      byte[] json, String description, UnaryOperator<JsonNode> transformation) {
    this.json = json;
    this.description = description;
    this.transformation = transformation;
  }

  private JsonNode recordNodes() {
    if (recordNodes == null) {
      recordNodes = JsonTreeReader.read(json, description).path("Records");
    }
    return recordNodes;
  }

  /** Returns the record at an index. */
  public synchronized JsonNode recordAt(int index) {
    return transformation.apply(recordNodes().path(index));
  }

  /** Returns the first record whose field has this text. */
  public synchronized JsonNode firstRecordWith(String field, String text) {
    if (indexes.isEmpty()) {
      for (int i = 0; i < recordNodes().size(); i++) {
        indexes.putIfAbsent(recordAt(i).path(field).asText(), i);
      }
    }
    return recordAt(indexes.getOrDefault(text, recordNodes().size()));
  }
}
