package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.OrderHandlers.StubHandler;
import dev.holdfast.lock.AlreadyCompletedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that a duplicate's answer is byte for byte the first answer, for any type of result. */
class ReplayedResultTest {

  record Receipt(String id, BigDecimal amount) {}

  /** Class that Jackson writes by its getter and cannot read. */
  static final class WriteOnly {
    private final String id;

    WriteOnly(String id) {
      this.id = id;
    }

    public String getId() {
      return id;
    }
  }

  /** Class that Jackson can neither write nor read. */
  static final class Unwritable {
    @SuppressWarnings("DoNotCallSuggester") // Jackson calls it
    public int getAmount() {
      throw new UnsupportedOperationException("no amount");
    }
  }

  /** Class whose JSON tells how often it was written. */
  static final class WriteCounter {
    private int writes;

    public int getWrites() {
      return ++writes;
    }
  }

  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard = fixture.guard().storingResults(GuardFixture.DAY, 4_096);

  private static <R> StubHandler<R, String> prepared(
      StubHandler<R, String> handler, Function<String, R> work) {
    return handler.withEventId("e-1").withWork(work);
  }

  private byte[] invoke(StubHandler<?, String> handler) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream("\"17\"".getBytes(UTF_8)), output, fixture.context());
    return output.toByteArray();
  }

  /** Returns a handler of each kind of result type, whose work returns null. */
  static Stream<Named<Function<Guard, StubHandler<?, String>>>> nullHandlers() {
    return Stream.of(
        Named.of("record", g -> prepared(new StubHandler<Receipt, String>(g) {}, e -> null)),
        Named.of("class", g -> prepared(new StubHandler<WriteOnly, String>(g) {}, e -> null)),
        Named.of("String", g -> prepared(new StubHandler<String, String>(g) {}, e -> null)),
        Named.of("Integer", g -> prepared(new StubHandler<Integer, String>(g) {}, e -> null)),
        Named.of("Boolean", g -> prepared(new StubHandler<Boolean, String>(g) {}, e -> null)),
        Named.of("Object", g -> prepared(new StubHandler<Object, String>(g) {}, e -> null)),
        Named.of("byte[]", g -> prepared(new StubHandler<byte[], String>(g) {}, e -> null)),
        Named.of("List", g -> prepared(new StubHandler<List<String>, String>(g) {}, e -> null)),
        Named.of(
            "Map", g -> prepared(new StubHandler<Map<String, Object>, String>(g) {}, e -> null)),
        Named.of(
            "event of Lambda", g -> prepared(new StubHandler<SQSEvent, String>(g) {}, e -> null)),
        Named.of("Void", g -> prepared(new StubHandler<Void, String>(g) {}, e -> null)));
  }

  @ParameterizedTest
  @MethodSource("nullHandlers")
  void nullResult_isNullForTheDuplicateToo(Function<Guard, StubHandler<?, String>> type)
      throws IOException {
    StubHandler<?, String> handler = type.apply(guard);
    assertThat(invoke(handler)).asString(UTF_8).isEqualTo("null");
    assertThat(invoke(handler)).asString(UTF_8).isEqualTo("null");
    assertThat(fixture.requestSummary())
        .as("two writes for the event, two for the resource, one for the duplicate")
        .isEqualTo("4 puts (1 rejected), 1 deletes, 0 others");
  }

  static Stream<Named<Function<Guard, StubHandler<?, String>>>> handlers() {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("big", new BigDecimal("12345678901234567890.123456789"));
    numbers.put("price", new BigDecimal("19.90"));
    numbers.put("long", Long.MIN_VALUE);
    numbers.put("float", 1.1f);
    numbers.put("zero", -0.0);
    byte[] invalidUtf8 = {'"', (byte) 0xff, (byte) 0xc0, 0, '"'};
    return Stream.of(
        Named.of(
            "numbers",
            g -> prepared(new StubHandler<Map<String, Object>, String>(g) {}, e -> numbers)),
        Named.of(
            "numbers of a record",
            g ->
                prepared(
                    new StubHandler<Receipt, String>(g) {},
                    e -> new Receipt("1", new BigDecimal("5.000")))),
        Named.of(
            "class that cannot be read",
            g -> prepared(new StubHandler<WriteOnly, String>(g) {}, e -> new WriteOnly("1"))),
        Named.of(
            "supertype",
            g ->
                prepared(
                    new StubHandler<Object, String>(g) {}, e -> new Receipt("1", BigDecimal.TEN))),
        Named.of(
            "text",
            g -> prepared(new StubHandler<String, String>(g) {}, e -> "é \u2028 \ud83d\ude02 \0")),
        Named.of(
            "unpaired surrogate",
            g -> prepared(new StubHandler<String, String>(g) {}, e -> "a\ud800b")),
        Named.of(
            "spaced JSON",
            g ->
                prepared(
                    new StubHandler<byte[], String>(g) {},
                    e -> "{ \"b\" : 1.0,\n\"a\" :1E2 } ".getBytes(UTF_8))),
        Named.of(
            "bytes that are no text",
            g -> prepared(new StubHandler<byte[], String>(g) {}, e -> invalidUtf8)),
        Named.of(
            "no bytes", g -> prepared(new StubHandler<byte[], String>(g) {}, e -> new byte[0])));
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void duplicate_receivesTheBytesOfTheFirstAnswer(Function<Guard, StubHandler<?, String>> type)
      throws IOException {
    StubHandler<?, String> handler = type.apply(guard);
    byte[] first = invoke(handler);
    assertThat(invoke(handler)).isEqualTo(first);
    assertThat(invoke(type.apply(guard))).as("in another environment").isEqualTo(first);
  }

  @Test
  void result_isWrittenOnce() throws IOException {
    StubHandler<WriteCounter, String> handler =
        prepared(new StubHandler<WriteCounter, String>(guard) {}, e -> new WriteCounter());
    assertThat(invoke(handler)).asString(UTF_8).isEqualTo("{\"writes\":1}");
    assertThat(invoke(handler)).asString(UTF_8).isEqualTo("{\"writes\":1}");
  }

  @Test
  void resultThatCannotBeWritten_isAnErrorAndItsWorkIsNotRepeated() {
    StubHandler<Object, String> handler =
        prepared(
            new StubHandler<Object, String>(guard) {},
            e -> {
              fixture.process(e);
              return new Unwritable();
            });
    assertThatIllegalStateException()
        .isThrownBy(() -> invoke(handler))
        .withMessage("result cannot be written as JSON of java.lang.Object");
    assertThatExceptionOfType(AlreadyCompletedException.class).isThrownBy(() -> invoke(handler));
    assertThat(fixture.processed).containsExactly("17");
    assertThat(fixture.table.rows()).as("the resource is free").hasSize(1);
  }

  @Test
  void resultThatCannotBeWritten_withoutDeduplication_isAnErrorAndFreesTheResource() {
    StubHandler<Object, String> handler =
        new StubHandler<Object, String>(fixture.guard()) {}.withWork(e -> new Unwritable());
    assertThatIllegalStateException().isThrownBy(() -> invoke(handler));
    assertThat(fixture.table.rows()).isEmpty();
  }
}
