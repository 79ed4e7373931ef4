package dev.holdfast.lambda.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DeploymentPackageIT {
  @AutoClose private final TestEnvironments environments = new TestEnvironments();
  @TempDir private Path folder;

  @Test
  void invoke_zipWithClassesAndLib_needsNothingElseOnClassPath() throws Exception {
    Path zip = zipOf(MessageBodiesHandler.class);
    FunctionCode code = FunctionCode.unzip(zip, folder.resolve("code"));
    FunctionConfiguration function =
        TestEnvironments.withLongTimeout(MessageBodiesHandler.class.getName());

    LocalExecutionEnvironment environment = environments.start(function, code);

    assertThat(environment.invoke(SampleEvents.sqs(SqsMessage.of("m-1", "pay"))).join())
        .isEqualTo(new Response("[\"pay\"]"));
  }

  private Path zipOf(Class<?> handler) throws Exception {
    Path zip = folder.resolve("function.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(file)) {
      String classFile = handler.getName().replace('.', '/') + ".class";
      try (InputStream bytes = handler.getClassLoader().getResourceAsStream(classFile)) {
        add(entries, classFile, bytes.readAllBytes());
      }
      add(entries, "lib/events.jar", Files.readAllBytes(jarOf(SQSEvent.class)));
      Class<?> neededByEvents = Class.forName("org.joda.time.DateTime");
      add(entries, "lib/joda-time.jar", Files.readAllBytes(jarOf(neededByEvents)));
    }
    return zip;
  }

  private static Path jarOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }
}
