package dev.holdfast.lambda.testkit;

import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Writes the file {@code started} to the folder in its event, waits for the file {@code continue}
 * and writes the file {@code ended}.
 */
public class WaitForFileHandler implements RequestHandler<String, String> {

  @Override
  public String handleRequest(String folder, Context context) {
    try {
      Files.createFile(Path.of(folder, "started"));
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.exists(Path.of(folder, "continue")));
      Files.createFile(Path.of(folder, "ended"));
      return "done";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
