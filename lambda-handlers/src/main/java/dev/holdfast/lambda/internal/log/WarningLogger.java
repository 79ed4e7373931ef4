package dev.holdfast.lambda.internal.log;

import static java.util.stream.Collectors.joining;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.holdfast.lock.internal.text.LogText;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.Logger;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;

/**
 * Logger of warnings that must be visible. It uses SLF4J if that logs warnings, and otherwise the
 * logger that Lambda gives to each invocation, so that a warning is written exactly once.
 *
 * @param slf4j the logger of SLF4J
 * @param context the context of the invocation
 */
public record WarningLogger(Logger slf4j, Context context) {

  /** Writes a warning. The last argument may be an exception in addition to the placeholders. */
  public void warn(String format, Object... arguments) {
    if (slf4j.isWarnEnabled()) {
      slf4j.warn(format, arguments);
      return;
    }
    FormattingTuple line = MessageFormatter.arrayFormat(format, arguments);
    Throwable error = line.getThrowable();
    String text = error == null ? line.getMessage() : line.getMessage() + "\n" + stackTrace(error);
    lambdaLogger().log(text, LogLevel.ERROR);
  }

  /** A context of a test may have no logger. */
  private LambdaLogger lambdaLogger() {
    LambdaLogger logger = context.getLogger();
    return logger == null ? LambdaRuntime.getLogger() : logger;
  }

  private static String stackTrace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, true));
    return text.toString()
        .lines()
        .map(line -> LogText.message(line.replace("\t", "    ")))
        .collect(joining("\n"));
  }
}
