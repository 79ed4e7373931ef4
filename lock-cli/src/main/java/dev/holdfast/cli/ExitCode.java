package dev.holdfast.cli;

import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.LockTableSchemaException;
import dev.holdfast.lock.admin.LockTableRefusedException;
import dev.holdfast.lock.admin.LockTableRefusedException.Reason;
import picocli.CommandLine;

/** Exit codes of the command. {@code docs/cli.md} lists them. */
enum ExitCode {
  /** The command succeeded. */
  OK(CommandLine.ExitCode.OK),
  /**
   * The command was refused because it is unsafe or the table is not a lock table, or the user did
   * not confirm it.
   */
  REFUSED(1),
  /** The command line is invalid. */
  USAGE(CommandLine.ExitCode.USAGE),
  /** The table or the lock does not exist. */
  NOT_FOUND(3),
  /** DynamoDB or the table is unavailable. */
  UNAVAILABLE(4),
  /** The command itself failed. The launcher uses the code too. */
  FAILED(5);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ExitCode of(Exception failure) {
    if (failure instanceof LockTableRefusedException refused) {
      return refused.reason() == Reason.NOT_READY ? UNAVAILABLE : REFUSED;
    }
    if (failure instanceof LockTableSchemaException) {
      return REFUSED;
    }
    if (failure instanceof IllegalArgumentException) {
      return USAGE;
    }
    if (failure instanceof LockTableNotFoundException) {
      return NOT_FOUND;
    }
    boolean unavailable =
        failure instanceof LockTableException || failure instanceof ClientSetupException;
    return unavailable ? UNAVAILABLE : FAILED;
  }
}
