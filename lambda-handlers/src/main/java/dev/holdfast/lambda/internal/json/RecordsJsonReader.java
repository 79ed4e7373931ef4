package dev.holdfast.lambda.internal.json;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The records of an event as JSON. Read when it is first asked for; thread-safe. */
public final class RecordsJsonReader {
  private final byte[] json;
  private final String description;
  private final UnaryOperator<JsonNode> transformation;
  private @Nullable JsonNode recordNodes;
  private final Map<String, Integer> indexes = new HashMap<>();

  public RecordsJsonReader(byte[] json, String description) {
    this(json, description, UnaryOperator.identity());
  }

  /** With records that are made readable before pointers point into them. */
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

  public synchronized JsonNode recordAt(int index) {
    return transformation.apply(recordNodes().path(index));
  }

  /** The first record that has this text in a field. */
  public synchronized JsonNode firstRecordWith(String field, String text) {
    if (indexes.isEmpty()) {
      for (int i = 0; i < recordNodes().size(); i++) {
        indexes.putIfAbsent(recordAt(i).path(field).asText(), i);
      }
    }
    return recordAt(indexes.getOrDefault(text, recordNodes().size()));
  }
}
