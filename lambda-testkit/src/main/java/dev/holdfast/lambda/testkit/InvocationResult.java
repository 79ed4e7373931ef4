package dev.holdfast.lambda.testkit;

import java.time.Duration;

/** Result of one invocation in a {@link LocalExecutionEnvironment}. */
public sealed interface InvocationResult {

  /**
   * The handler returned.
   *
   * @param payload the result of the handler as JSON text
   */
  record Response(String payload) implements InvocationResult {}

  /**
   * The handler threw an exception or could not be loaded.
   *
   * @param type the class name of the exception
   * @param message the message of the exception, or an empty string
   * @param json the error report of the runtime client as JSON text
   */
  record FunctionError(String type, String message, String json) implements InvocationResult {}

  /**
   * The handler class threw an exception during initialization; the execution environment has
   * ended.
   *
   * @param type the class name of the exception
   * @param message the message of the exception, or an empty string
   * @param json the error report of the runtime client as JSON text
   */
  record InitError(String type, String message, String json) implements InvocationResult {}

  /**
   * The deadline passed before the handler returned. The execution environment is killed shortly
   * afterwards; until then the work of the handler takes effect.
   *
   * @param timeout the timeout of the invocation
   */
  record TimedOut(Duration timeout) implements InvocationResult {}

  /**
   * The process ended before the handler returned or before it received the event.
   *
   * @param exitCode the exit code of the process; 128 + n if signal n ended it
   * @param log the last part of the output of the process
   */
  record RuntimeExited(int exitCode, String log) implements InvocationResult {}
}
