package dev.holdfast.cli;

import dev.holdfast.lock.dynamodb.TableSchema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Option that names the lock table. */
final class TableOption {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      defaultValue = "${env:HOLDFAST_TABLE}",
      description = "name or ARN of the lock table; default: HOLDFAST_TABLE")
  private @Nullable String name;

  String name() {
    if (name == null) {
      throw new ParameterException(
          Objects.requireNonNull(command).commandLine(),
          "Missing required option: '--table=NAME', or the environment variable HOLDFAST_TABLE");
    }
    return TableSchema.requireTableName(name);
  }
}
