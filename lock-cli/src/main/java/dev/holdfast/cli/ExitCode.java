package dev.holdfast.cli;

import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.admin.LockTableRefusedException;
import picocli.CommandLine;

/** Exit codes of the command. {@code docs/cli.md} lists them. */
enum ExitCode {
  /** The command succeeded. */
  OK(CommandLine.ExitCode.OK),
  /** The command was refused because it is unsafe, or the user did not confirm it. */
  REFUSED(1),
  /** The command line is invalid. */
  USAGE(CommandLine.ExitCode.USAGE),
  /** The table or the lock does not exist. */
  NOT_FOUND(3),
  /** DynamoDB is unavailable. */
  UNAVAILABLE(4);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ExitCode of(Exception failure) {
    if (failure instanceof LockTableRefusedException) {
      return REFUSED;
    }
    if (failure instanceof IllegalArgumentException) {
      return USAGE;
    }
    return failure instanceof LockTableNotFoundException ? NOT_FOUND : UNAVAILABLE;
  }
}
