package dev.holdfast.lambda.testkit;

import java.time.Duration;

/** How one invocation in a {@link LocalExecutionEnvironment} ended. */
public sealed interface InvocationResult {

  /**
   * The handler returned.
   *
   * @param payload what it returned, as JSON text
   */
  record Response(String payload) implements InvocationResult {}

  /**
   * The handler threw, or could not be loaded.
   *
   * @param type the exception's class name
   * @param message the exception's message, empty where it has none
   * @param json the whole report of the runtime client, as JSON text
   */
  record FunctionError(String type, String message, String json) implements InvocationResult {}

  /**
   * The handler's class failed while it was made; its sandbox is gone.
   *
   * @param type the exception's class name
   * @param message the exception's message, empty where it has none
   * @param json the whole report of the runtime client, as JSON text
   */
  record InitError(String type, String message, String json) implements InvocationResult {}

  /**
   * The deadline passed before the handler returned; its sandbox is killed a little later, and what
   * the handler still does until then happens.
   *
   * @param timeout the time that the invocation had
   */
  record TimedOut(Duration timeout) implements InvocationResult {}

  /**
   * The sandbox's process ended before the handler returned, or before it saw the event.
   *
   * @param exitCode the process's exit code; 128 + n where signal n ended it
   * @param log the end of what the process wrote
   */
  record RuntimeExited(int exitCode, String log) implements InvocationResult {}
}
