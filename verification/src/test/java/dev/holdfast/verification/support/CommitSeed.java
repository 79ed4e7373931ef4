package dev.holdfast.verification.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * First seed of the schedules that differ from build to build. It is derived from the commit, so
 * that each build of a commit runs the same schedules and another commit runs others.
 */
public final class CommitSeed {
  private static final Pattern COMMIT_PATTERN = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");
  private static final int HEX_DIGITS = 10;
  private static final int HEX_RADIX = 16;
  private static final int RANDOM_BITS = 40;

  private CommitSeed() {}

  /** Returns the seed of this checkout, or a random seed where there is no commit. */
  public static long get() {
    return currentCommit().map(CommitSeed::of).orElseGet(CommitSeed::random);
  }

  /**
   * Returns the seed of a commit.
   *
   * @param commit the hash of the commit
   */
  static long of(String commit) {
    return Long.parseLong(commit.substring(0, HEX_DIGITS), HEX_RADIX);
  }

  static long random() {
    return new SecureRandom().nextLong() >>> (Long.SIZE - RANDOM_BITS);
  }

  /** Returns the hash of the current commit; empty without git or outside of a repository. */
  private static Optional<String> currentCommit() {
    try {
      return firstLine(new ProcessBuilder("git", "rev-parse", "--verify", "HEAD"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<String> firstLine(ProcessBuilder command) throws IOException {
    Process git = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader output = git.inputReader(StandardCharsets.UTF_8)) {
      return Optional.ofNullable(output.readLine())
          .filter(line -> COMMIT_PATTERN.matcher(line).matches());
    } finally {
      git.destroy();
    }
  }
}
