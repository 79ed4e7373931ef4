package dev.holdfast.cli;

import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.admin.LockTableRefusedException;
import picocli.CommandLine;

/** What the command's exit code says; {@code docs/cli.md} has them. */
enum ExitCode {
  /** It was done. */
  OK(CommandLine.ExitCode.OK),
  /** It was not done, since it would do harm or was not confirmed. */
  REFUSED(1),
  /** The command line makes no sense. */
  USAGE(CommandLine.ExitCode.USAGE),
  /** There is no such table or lock. */
  NOT_FOUND(3),
  /** DynamoDB could not be used. */
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
