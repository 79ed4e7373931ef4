package dev.holdfast.lambda.testkit;

import java.util.Map;
import java.util.Optional;

/** Error report that the runtime client sends if a handler throws an exception. */
record ErrorReport(String type, String message, String json) {

  static ErrorReport of(String json) {
    Map<String, Object> fields = LambdaJson.readObject(json);
    return new ErrorReport(text(fields, "errorType"), text(fields, "errorMessage"), json);
  }

  InvocationResult.FunctionError toFunctionError() {
    return new InvocationResult.FunctionError(type, message, json);
  }

  InvocationResult.InitError toInitError() {
    return new InvocationResult.InitError(type, message, json);
  }

  private static String text(Map<String, Object> fields, String name) {
    return Optional.ofNullable(fields.get(name)).map(Object::toString).orElse("");
  }
}
