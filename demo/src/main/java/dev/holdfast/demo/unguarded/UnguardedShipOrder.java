package dev.holdfast.demo.unguarded;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.samples.Ledger;
import dev.holdfast.samples.Task;
import java.util.List;

/** Handler that ships orders as the sample does, without a lock. */
public final class UnguardedShipOrder implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Ledger ledger = Ledger.fromEnvironment();

  /** Creates the handler for the Lambda runtime. */
  public UnguardedShipOrder() {}

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    try {
      for (SQSMessage message : event.getRecords()) {
        ledger.executeUnguarded(Task.ofOrder(message.getBody()), context);
      }
      return new SQSBatchResponse(List.of());
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
