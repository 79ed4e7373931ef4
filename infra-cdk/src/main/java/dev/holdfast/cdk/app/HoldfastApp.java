package dev.holdfast.cdk.app;

import dev.holdfast.cdk.LockTableProps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awscdk.App;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.lambda.Code;

/**
 * CDK app that synthesizes the stack {@code HoldfastLocks}. With the context {@code samples=true}
 * it also synthesizes {@code HoldfastSamples}. The CDK command line runs it, see {@code cdk.json}.
 */
public final class HoldfastApp {

  private HoldfastApp() {}

  /**
   * Synthesizes the app into the folder that the CDK command line names.
   *
   * @param args the path of the samples' zip
   */
  public static void main(String[] args) {
    try {
      Path zip = samplesZip(args);
      App app = new App();
      addStacks(app, () -> samplesCode(zip));
      app.synth();
    } catch (AppConfigurationException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static Path samplesZip(String[] args) {
    if (args.length != 1) {
      throw new AppConfigurationException(
          "the app must have one argument, the path of the samples' zip, got " + args.length);
    }
    return Path.of(args[0]).toAbsolutePath().normalize();
  }

  /** Adds the stacks for the app's context. Gets the samples' code only if it is needed. */
  static void addStacks(App app, Supplier<Code> samplesCode) {
    AppConfiguration configuration =
        AppConfiguration.fromContext((Map<?, ?>) app.getNode().getAllContext());
    LockTableStack locks = new LockTableStack(app, "HoldfastLocks", lockTableProps(configuration));
    if (configuration.samples()) {
      new SamplesStack(app, "HoldfastSamples", locks.lockTable(), samplesCode.get());
    }
  }

  static Code samplesCode(Path zip) {
    if (!Files.isRegularFile(zip)) {
      throw new AppConfigurationException(
          String.format(
              Locale.ROOT,
              "samples=true needs %s, which is missing: build it with mvn -q -pl samples -am package -DskipTests",
              zip));
    }
    return Code.fromAsset(zip.toString());
  }

  private static LockTableProps lockTableProps(AppConfiguration configuration) {
    return LockTableProps.builder()
        .removalPolicy(configuration.retain() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
        .deletionProtection(configuration.retain())
        .build();
  }
}
