package dev.holdfast.demo.aws;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Writes messages in the JSON format in which Lambda passes them to a function.
 *
 * @param queueArn the ARN of the source queue
 */
record SqsEventWriter(String queueArn) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String REGION = "us-east-1";

  String toJson(List<Message> batch) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    batch.forEach(message -> writeRecord(records.addObject(), message));
    return event.toString();
  }

  private void writeRecord(ObjectNode entry, Message message) {
    entry.put("messageId", message.messageId());
    entry.put("receiptHandle", message.receiptHandle());
    entry.put("body", message.body());
    ObjectNode attributes = entry.putObject("attributes");
    message.attributesAsStrings().forEach(attributes::put);
    entry.putObject("messageAttributes");
    entry.put("md5OfBody", message.md5OfBody());
    entry.put("eventSource", "aws:sqs");
    entry.put("eventSourceARN", queueArn);
    entry.put("awsRegion", REGION);
  }
}
