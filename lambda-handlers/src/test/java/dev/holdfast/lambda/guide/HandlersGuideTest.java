package dev.holdfast.lambda.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.LockedHandler;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.PayloadMismatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Compares the examples of docs/handlers.md with the compiled sources. */
class HandlersGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "handlers.md");
  private static final Path SOURCES = Path.of("src/test/java/dev/holdfast/lambda/guide");

  record Order(String id, int amount, long sentAt) {}

  private static final class PaymentHandler extends LockedHandler<Order, String> {
    PaymentHandler(Guard guard) {
      super(guard);
    }

    @Override
    protected String resourceId(Order order) {
      return "order-" + order.id();
    }

    @Override
    protected Optional<String> eventId(Order order) {
      return Optional.of("pay-" + order.id());
    }

    // tag::payload[]
    @Override
    protected Optional<Object> payload(Order order) {
      return Optional.of(List.of(order.id(), order.amount()));
    }

    // end::payload[]

    @Override
    protected String handle(Order order, Lease lease, Context context) {
      return "paid at " + order.sentAt();
    }
  }

  private static String region(String file, String tag) throws IOException {
    String source = Files.readString(SOURCES.resolve(file));
    String start = "// tag::" + tag + "[]\n";
    return source.substring(
        source.indexOf(start) + start.length(), source.indexOf("// end::" + tag + "[]"));
  }

  private static void assertIsShown(String example) throws IOException {
    assertThat(Files.readString(GUIDE)).contains("```java\n" + example + "```\n");
  }

  @Test
  void testExample_inTheGuide_equalsTheSource() throws IOException {
    assertIsShown(region("ShipOrderTest.java", "example"));
  }

  @Test
  void payloadExample_inTheGuide_equalsTheSource() throws IOException {
    String indented = region("HandlersGuideTest.java", "payload");
    assertIsShown(indented.stripIndent().strip() + "\n");
  }

  @Test
  void payloadExample_otherTimeIsADuplicate_otherAmountIsRefused() throws IOException {
    GuardFixture fixture = new GuardFixture();
    InProcessInvoker handler =
        InProcessInvoker.of(
            new PaymentHandler(fixture.guard().storingResults(GuardFixture.DAY, 100)));
    for (int sentAt = 1; sentAt <= 2; sentAt++) {
      String order = "{\"id\":\"17\",\"amount\":5,\"sentAt\":" + sentAt + "}";
      assertThat(handler.invoke(order, fixture.context())).isEqualTo("\"paid at 1\"");
    }
    assertThatExceptionOfType(PayloadMismatchException.class)
        .isThrownBy(
            () -> handler.invoke("{\"id\":\"17\",\"amount\":6,\"sentAt\":1}", fixture.context()));
  }
}
