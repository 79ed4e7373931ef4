package dev.holdfast.cdk.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cdk.SynthesizedTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;

/** Synthesized app with the settings of {@code cdk.json} and an empty zip for the samples. */
final class SynthesizedApp {

  /**
   * App with the samples. It is synthesized once for all test classes, because that takes seconds.
   */
  static final SynthesizedApp WITH_SAMPLES = new SynthesizedApp(Map.of("samples", "true"));

  private final App app;
  private final Map<String, SynthesizedTemplate> templates = new TreeMap<>();

  SynthesizedApp(Map<String, String> context) {
    app = app(context);
    HoldfastApp.addStacks(app, SynthesizedApp::emptyCode);
    app.getNode().getChildren().stream()
        .filter(Stack.class::isInstance)
        .map(Stack.class::cast)
        .forEach(stack -> templates.put(stack.getStackName(), SynthesizedTemplate.of(stack)));
  }

  /** Returns an app without stacks that has the feature flags of {@code cdk.json}. */
  static App app(Map<String, String> context) {
    Map<String, Object> all = new HashMap<>(context);
    try {
      ObjectMapper mapper = new ObjectMapper();
      JsonNode cdkJson = mapper.readTree(Files.readString(Path.of("..", "cdk.json")));
      cdkJson
          .path("context")
          .fields()
          .forEachRemaining(
              flag -> all.put(flag.getKey(), mapper.convertValue(flag.getValue(), Object.class)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new App(AppProps.builder().context(all).build());
  }

  App app() {
    return app;
  }

  /** Returns the templates by stack name. */
  Map<String, SynthesizedTemplate> templates() {
    return templates;
  }

  SynthesizedTemplate template(String stack) {
    return Objects.requireNonNull(templates.get(stack), stack);
  }

  /** Returns the text of a test resource. */
  static String committedFile(String name) {
    try (InputStream file = SynthesizedApp.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Code emptyCode() {
    try {
      Path zip = Files.createTempFile("samples", ".zip");
      zip.toFile().deleteOnExit();
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
        out.putNextEntry(new ZipEntry("empty"));
      }
      return Code.fromAsset(zip.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
