package dev.holdfast.lambda.internal.streams;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.DynamodbTimeWindowEvent;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.internal.keys.CompositeId;
import java.util.List;

/** Event format of DynamoDB streams. */
public record DynamoDbStreamFormat() implements StreamFormat<DynamodbStreamRecord> {
  private static final JsonCodec<DynamodbTimeWindowEvent> EVENT_CODEC =
      JsonCodec.of(DynamodbTimeWindowEvent.class);

  @Override
  public String description() {
    return "a batch of a DynamoDB stream";
  }

  @Override
  public List<DynamodbStreamRecord> read(byte[] json) {
    DynamodbTimeWindowEvent batch = EVENT_CODEC.read(json);
    return requireReportable(batch.getRecords(), batch.getWindow());
  }

  @Override
  public String sequenceNumber(DynamodbStreamRecord record) {
    String number = record.getDynamodb() == null ? null : record.getDynamodb().getSequenceNumber();
    return number == null ? "" : number;
  }

  @Override
  public String eventId(DynamodbStreamRecord record) {
    return CompositeId.join(String.valueOf(record.getEventSourceARN()), sequenceNumber(record));
  }
}
