package dev.holdfast.cli;

import picocli.CommandLine.Option;

/** Option that names the lock table. */
final class TableOption {
  @Option(
      names = "--table",
      paramLabel = "NAME",
      required = true,
      defaultValue = "${env:HOLDFAST_TABLE}",
      description = "name or ARN of the lock table; default: HOLDFAST_TABLE")
  private String name = "";

  String name() {
    return name;
  }
}
