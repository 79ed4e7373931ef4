package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Handles every event on one resource, "report", and keeps the events. */
class Report extends LockedEventBridgeHandler {
  final List<EventBridgeEvent> events = new ArrayList<>();

  Report(Guard guard) {
    super(guard);
  }

  @Override
  protected String resourceId(EventBridgeEvent event) {
    return "report";
  }

  @Override
  protected void handle(EventBridgeEvent event, Lease lease, Context context) throws Exception {
    events.add(event);
  }

  String invoke(String event, TestContext context) throws IOException {
    return InProcess.of(this).invoke(event, context);
  }

  List<String> ids() {
    return events.stream().map(EventBridgeEvent::id).toList();
  }
}
