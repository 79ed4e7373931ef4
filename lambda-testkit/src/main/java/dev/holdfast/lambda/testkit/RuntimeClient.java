package dev.holdfast.lambda.testkit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/** The AWS runtime interface client on the class path of this JVM. */
final class RuntimeClient {
  static final String MAIN_CLASS = AWSLambda.class.getName();

  private static final String NATIVE_LIBRARY_PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private RuntimeClient() {}

  /** Returns the jars that a managed runtime contains: the client and its dependencies. */
  static List<Path> classPath() {
    return Stream.of(
            AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
        .map(RuntimeClient::jarOf)
        .toList();
  }

  /**
   * Unpacks the native library and returns the JVM flag with its path. By default, the client
   * unpacks the library to one path that all JVMs of a host share. A JVM that starts overwrites the
   * file that another JVM has mapped, and the other JVM crashes.
   */
  static String nativeLibraryFlag(Path folder) throws IOException {
    String name = nativeLibrary(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path library = folder.resolve(name);
    try (InputStream content = AWSLambda.class.getResourceAsStream("/jni/" + name)) {
      if (content == null) {
        throw new FileNotFoundException("the runtime client's jar has no jni/" + name);
      }
      Files.copy(content, library);
    }
    return "-D" + NATIVE_LIBRARY_PROPERTY + "=" + library;
  }

  static String nativeLibrary(String operatingSystem, String architecture) {
    if (!operatingSystem.toLowerCase(Locale.ROOT).equals("linux")) {
      throw new UnsupportedOperationException(
          "the runtime client requires Linux, got "
              + operatingSystem
              + "; use InProcessInvoker instead");
    }
    return switch (architecture) {
      case "amd64", "x86_64" -> "libaws-lambda-jni.linux-x86_64.so";
      case "aarch64", "arm64" -> "libaws-lambda-jni.linux-aarch_64.so";
      default ->
          throw new UnsupportedOperationException(
              "the runtime client requires x86_64 or aarch64, got " + architecture);
    };
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no file path to the jar of " + type.getName(), e);
    }
  }
}
