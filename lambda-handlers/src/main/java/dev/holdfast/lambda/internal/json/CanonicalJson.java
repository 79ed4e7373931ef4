package dev.holdfast.lambda.internal.json;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Canonical form of a JSON text (RFC 8785): no white space, members in the order of their names'
 * UTF-16 code units, one form of each string and number. Two JSON texts have the same canonical
 * form only if they have the same content. For this, a number that a double does not hold as
 * written has all of its digits in its place; RFC 8785 would round it.
 */
public final class CanonicalJson {
  private final StringBuilder text = new StringBuilder();

  private CanonicalJson() {}

  /**
   * Returns the canonical form of a JSON text. There is none if the bytes are not JSON, if it is
   * nested more than 1,000 deep, if an object has a member twice, or if a string has an unpaired
   * surrogate.
   */
  public static Optional<CanonicalJson> of(byte[] json) {
    CanonicalJson canonical = new CanonicalJson();
    try {
      boolean complete = canonical.append(JsonTreeReader.readStrictly(json));
      return complete ? Optional.of(canonical) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns whether the text is an object or an array. */
  public boolean isContainer() {
    return text.charAt(0) == '{' || text.charAt(0) == '[';
  }

  /** Returns the canonical form. */
  public String text() {
    return text.toString();
  }

  private boolean append(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> appendObject(node);
      case ARRAY -> appendArray(node);
      case STRING -> appendString(node.textValue());
      case NUMBER, BOOLEAN, NULL -> {
        text.append(node.isNumber() ? CanonicalNumber.format(node.asText()) : node.asText());
        yield true;
      }
      default -> false;
    };
  }

  private boolean appendObject(JsonNode object) {
    Map<String, JsonNode> members = new TreeMap<>(); // compares UTF-16 code units
    object.fields().forEachRemaining(member -> members.put(member.getKey(), member.getValue()));
    String separator = "{";
    for (Map.Entry<String, JsonNode> member : members.entrySet()) {
      text.append(separator);
      if (!appendString(member.getKey()) || !append(member.getValue(), ':')) {
        return false;
      }
      separator = ",";
    }
    text.append(members.isEmpty() ? "{}" : "}");
    return true;
  }

  private boolean appendArray(JsonNode array) {
    char separator = '[';
    for (JsonNode element : array) {
      if (!append(element, separator)) {
        return false;
      }
      separator = ',';
    }
    text.append(array.isEmpty() ? "[]" : "]");
    return true;
  }

  private boolean append(JsonNode node, char separator) {
    text.append(separator);
    return append(node);
  }

  private boolean appendString(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.getType(value.codePointAt(i)) == Character.SURROGATE) {
          return false;
        }
        text.append(c).append(value.charAt(++i));
      } else {
        appendCharacter(c);
      }
    }
    text.append('"');
    return true;
  }

  private void appendCharacter(char c) {
    switch (c) {
      case '"', '\\' -> text.append('\\').append(c);
      case '\b' -> text.append("\\b");
      case '\t' -> text.append("\\t");
      case '\n' -> text.append("\\n");
      case '\f' -> text.append("\\f");
      case '\r' -> text.append("\\r");
      default -> {
        if (c < ' ') {
          text.append("\\u").append(HexFormat.of().toHexDigits(c));
        } else {
          text.append(c);
        }
      }
    }
  }
}
