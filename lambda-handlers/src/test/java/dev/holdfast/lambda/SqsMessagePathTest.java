package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.fixtures.LoadedTypes;
import dev.holdfast.lambda.fixtures.SqsMessagePath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Bounds of the path of one SQS message, from {@code handleRequest} to {@code
 * DynamoDbClient.putItem}.
 *
 * <p>A frame is a stack frame of a class of Holdfast, {@code handleRequest} included and {@code
 * putItem} excluded. A lambda body counts; hidden frames of the JVM do not. A type is a class of
 * the handlers or of the lock library that a new class loader loads after {@code handleRequest}
 * starts and before the first {@code putItem}. Types that the construction of the handler has
 * loaded already, types that only the verifier of the JVM loads, and hidden classes of lambdas do
 * not count.
 */
class SqsMessagePathTest {
  private static final int MAX_FRAMES = 14;
  private static final int MAX_FRAMES_OF_LOCK_LIBRARY = 7;
  private static final int MAX_TYPES = 63;
  private static final Pattern MAIN_TYPE =
      Pattern.compile("dev\\.holdfast\\.(lock|lambda(?!\\.fixtures|\\.testkit))\\..*");

  private final List<List<String>> stacks = new ArrayList<>();

  @Test
  void acquire_takesFewFrames() {
    new SqsMessagePath().accept(() -> {}, stacks::add);
    List<String> frames =
        stacks.get(0).stream().filter(frame -> !frame.startsWith(getClass().getName())).toList();
    System.out.printf("frames: %d%n  %s%n", frames.size(), String.join("\n  ", frames));
    assertThat(frames.get(frames.size() - 1)).endsWith(".handleRequest");
    assertThat(frames).hasSizeLessThanOrEqualTo(MAX_FRAMES);
    assertThat(frames)
        .filteredOn(frame -> frame.startsWith("dev.holdfast.lock."))
        .hasSizeLessThanOrEqualTo(MAX_FRAMES_OF_LOCK_LIBRARY);
  }

  @Test
  void acquire_loadsFewTypes() throws Exception {
    List<String> types =
        LoadedTypes.ofAnotherJvm().stream().filter(MAIN_TYPE.asMatchPredicate()).toList();
    System.out.printf("types: %d%n  %s%n", types.size(), String.join("\n  ", types));
    assertThat(types)
        .contains("dev.holdfast.lock.internal.protocol.AcquireProtocol")
        .hasSizeLessThanOrEqualTo(MAX_TYPES);
  }
}
