package dev.holdfast.cli;

import picocli.CommandLine.Option;

/** Which table. */
final class TableOption {
  @Option(
      names = "--table",
      paramLabel = "NAME",
      required = true,
      defaultValue = "${env:HOLDFAST_TABLE}",
      description = "the lock table's name or ARN; HOLDFAST_TABLE unless given")
  private String name = "";

  String name() {
    return name;
  }
}
