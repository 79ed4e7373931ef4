package dev.holdfast.lambda.testkit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.List;

/** Returns the bodies of a batch and rejects an empty batch. */
public class MessageBodiesHandler implements RequestHandler<SQSEvent, List<String>> {

  @Override
  public List<String> handleRequest(SQSEvent event, Context context) {
    if (event.getRecords().isEmpty()) {
      throw new IllegalArgumentException("batch must not be empty");
    }
    return event.getRecords().stream().map(SQSEvent.SQSMessage::getBody).toList();
  }
}
