package dev.holdfast.lambda.testkit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Fails in its constructor. */
public class FailingConstructorHandler implements RequestHandler<String, String> {

  /** Throws. */
  public FailingConstructorHandler() {
    throw new IllegalStateException("TABLE is not set");
  }

  @Override
  public String handleRequest(String event, Context context) {
    return event;
  }
}
