package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.ArrayNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes events that nobody should have sent from one that AWS sends: one to four flaws each. */
final class OddEvents {
  private static final int FLAWS_MAX = 4;
  private static final int LONG = 5_000;
  private static final int DEEP = 300;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Random random;

  OddEvents(Random random) {
    this.random = random;
  }

  byte[] from(String event) throws IOException {
    JsonNode tree = Json.MAPPER.readTree(event);
    for (int flaws = 1 + random.nextInt(FLAWS_MAX); flaws > 0; flaws--) {
      tree = flawed(tree);
    }
    byte[] json = Json.MAPPER.writeValueAsBytes(tree);
    return random.nextInt(5) == 0 ? damaged(json) : json;
  }

  private JsonNode flawed(JsonNode tree) {
    List<JsonNode> containers = new ArrayList<>();
    collect(tree, containers);
    if (containers.isEmpty() || random.nextInt(40) == 0) {
      return odd(tree);
    }
    JsonNode container = containers.get(random.nextInt(containers.size()));
    if (container instanceof ObjectNode object) {
      flaw(object);
    } else {
      flaw((ArrayNode) container);
    }
    return tree;
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode() && !node.isEmpty()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private void flaw(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.get(random.nextInt(names.size()));
    JsonNode value = object.get(name);
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(name + "x", object.remove(name));
      case 2 -> object.set(names.get(random.nextInt(names.size())), value.deepCopy());
      default -> object.set(name, odd(value));
    }
  }

  private void flaw(ArrayNode array) {
    int which = random.nextInt(array.size());
    switch (random.nextInt(4)) {
      case 0 -> array.remove(which);
      case 1 -> array.add(array.get(which).deepCopy());
      default -> array.set(which, odd(array.get(which)));
    }
  }

  private JsonNode odd(JsonNode value) {
    return switch (random.nextInt(14)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextLong());
      case 3 -> JSON.numberNode(new BigDecimal("1E+400"));
      case 4 -> JSON.numberNode(-0.5);
      case 5 -> JSON.textNode("");
      case 6 -> JSON.textNode(" \n\u0000\u2028");
      case 7 -> JSON.textNode("\ud800");
      case 8 -> JSON.textNode("x".repeat(LONG));
      case 9 -> JSON.textNode("{\"a\":");
      case 10 -> JSON.arrayNode().add(value.deepCopy());
      case 11 -> JSON.objectNode().set("a", value.deepCopy());
      case 12 -> JSON.arrayNode();
      default -> deep();
    };
  }

  private static JsonNode deep() {
    JsonNode node = JSON.objectNode();
    for (int i = 0; i < DEEP; i++) {
      node = JSON.arrayNode().add(node);
    }
    return node;
  }

  /** What is no JSON any more, or only by luck. */
  private byte[] damaged(byte[] json) {
    byte[] damaged = json.clone();
    int at = random.nextInt(json.length);
    switch (random.nextInt(4)) {
      case 0 -> damaged[at] = (byte) random.nextInt(256);
      case 1 -> damaged = Arrays.copyOf(json, at);
      case 2 -> damaged = (new String(json, UTF_8) + " {}").getBytes(UTF_8);
      default -> damaged = ('\ufeff' + new String(json, UTF_8)).getBytes(UTF_8);
    }
    return damaged;
  }
}
