package dev.holdfast.lambda.internal.streams;

import static dev.holdfast.lambda.fixtures.StreamTrigger.NO_FAILURES;
import static dev.holdfast.lambda.fixtures.StreamTrigger.failureAt;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import dev.holdfast.lambda.LockedKinesisHandler;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.StreamRecord;
import dev.holdfast.lock.Lease;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Tests records in the format of the Kinesis Producer Library. */
class AggregatedRecordTest {
  private static final String MAGIC = "f3899ac2";

  /** Two records with the partition keys a and b, and the data 1 and 2, in protocol buffers. */
  private static final String TWO_RECORDS = "0a01610a01621a0508001a01311a0508011a0132";

  private final GuardFixture fixture = new GuardFixture();

  private String invoke(byte[] data, boolean accepts) throws IOException {
    LockedKinesisHandler handler =
        new LockedKinesisHandler(fixture.guard()) {
          @Override
          protected String resourceId(KinesisEventRecord record) {
            return "order";
          }

          @Override
          protected boolean acceptsAggregatedRecords() {
            return accepts;
          }

          @Override
          protected void handle(KinesisEventRecord record, Lease lease, Context context) {
            fixture.process(Integer.toString(record.getKinesis().getData().remaining()));
          }
        };
    String event =
        SampleEvents.kinesis(new StreamRecord("1", "key", "text"))
            .replace(
                Base64.getEncoder().encodeToString("text".getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder().encodeToString(data));
    return InProcessInvoker.of(handler).invoke(event, fixture.context());
  }

  private static byte[] aggregated(String magic, String messages) throws NoSuchAlgorithmException {
    byte[] body = HexFormat.of().parseHex(messages);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(HexFormat.of().parseHex(magic));
    data.writeBytes(body);
    data.writeBytes(MessageDigest.getInstance("MD5").digest(body));
    return data.toByteArray();
  }

  @Test
  void aggregatedRecord_isReported_andNotHandledAsOne() throws Exception {
    assertThat(invoke(aggregated(MAGIC, TWO_RECORDS), false)).isEqualTo(failureAt("1"));
    assertThat(fixture.processed).isEmpty();
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void aggregatedRecord_ofAHandlerThatAcceptsIt_isHandledWhole() throws Exception {
    assertThat(invoke(aggregated(MAGIC, TWO_RECORDS), true)).isEqualTo(NO_FAILURES);
    assertThat(fixture.processed).containsExactly("40");
  }

  @Test
  void recordThatOnlyResemblesAnAggregatedOne_isHandled() throws Exception {
    byte[] otherDigest = aggregated(MAGIC, TWO_RECORDS);
    otherDigest[otherDigest.length - 1]++;
    assertThat(invoke(otherDigest, false)).isEqualTo(NO_FAILURES);
    assertThat(invoke(aggregated("f3899ac3", TWO_RECORDS), false)).isEqualTo(NO_FAILURES);
    assertThat(invoke(HexFormat.of().parseHex(MAGIC), false)).isEqualTo(NO_FAILURES);
    assertThat(fixture.processed).hasSize(3);
  }
}
