package dev.holdfast.testkit.simulation;

import dev.holdfast.testkit.processes.Peer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One schedule played by a process of its own, where no hash and no memory is the same. */
final class Replay {
  private Replay() {}

  /**
   * Prints the digest of a schedule.
   *
   * @param schedule its world and its seed
   */
  public static void main(String[] schedule) {
    Schedule played = Schedule.of(Worlds.valueOf(schedule[0]), Long.parseLong(schedule[1]));
    System.out.println(digest(played));
  }

  static String digest(Schedule schedule) {
    try {
      byte[] everything = schedule.everything().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(everything));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JDK has SHA-256", e);
    }
  }

  static String inAnotherProcess(Schedule schedule) {
    String seed = Long.toString(schedule.seed());
    try (Peer other = Peer.start(Replay.class, schedule.kind().name(), seed)) {
      return other.answer();
    }
  }
}
