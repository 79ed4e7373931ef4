package dev.holdfast.lambda.testkit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Handler with a constructor that throws an exception. */
public class FailingConstructorHandler implements RequestHandler<String, String> {

  /** Throws an exception. */
  public FailingConstructorHandler() {
    throw new IllegalStateException("TABLE is not set");
  }

  @Override
  public String handleRequest(String event, Context context) {
    return event;
  }
}
