package dev.holdfast.verification.simulation;

import dev.holdfast.verification.processes.JvmProcess;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Runs one schedule in a separate process, with other hash codes and other memory. */
final class ReplayProcess {
  private ReplayProcess() {}

  /**
   * Prints the digest of a schedule.
   *
   * @param args the kind of world and the seed
   */
  public static void main(String[] args) {
    Schedule replayed = Schedule.of(WorldKind.valueOf(args[0]), Long.parseLong(args[1]));
    System.out.println(digest(replayed));
  }

  static String digest(Schedule schedule) {
    try {
      byte[] trace = schedule.fullTrace().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(trace));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JDK has SHA-256", e);
    }
  }

  static String digestInOtherProcess(Schedule schedule) {
    String seed = Long.toString(schedule.seed());
    try (JvmProcess process =
        JvmProcess.start(ReplayProcess.class, schedule.worldKind().name(), seed)) {
      return process.readReply();
    }
  }
}
