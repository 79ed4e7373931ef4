package dev.holdfast.cli;

import dev.holdfast.lock.LockTableMissingException;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException;
import picocli.CommandLine;

/** What the command's exit code says; {@code docs/cli.md} has them. */
enum ExitCode {
  /** It was done. */
  DONE(CommandLine.ExitCode.OK),
  /** It was not done, since it would do harm or was not confirmed. */
  REFUSED(1),
  /** The command line makes no sense. */
  USAGE(CommandLine.ExitCode.USAGE),
  /** There is no such table or lock. */
  NOT_THERE(3),
  /** DynamoDB could not be used. */
  UNUSABLE(4);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static ExitCode of(Exception failure) {
    if (failure instanceof LockTableRefusedException) {
      return REFUSED;
    }
    if (failure instanceof IllegalArgumentException) {
      return USAGE;
    }
    return failure instanceof LockTableMissingException ? NOT_THERE : UNUSABLE;
  }
}
