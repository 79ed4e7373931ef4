package dev.holdfast.testkit.simulation;

import dev.holdfast.testkit.history.Said;
import java.util.List;

/** When a lock was asked for and handed out, and when it said that it was held. */
final class Spell {
  private final Records records;
  private final String name;
  private final long asked;
  private final long answered;
  private long firstKnown;
  private long lastAsked;
  private long doubted;
  private long completed;
  private long until;

  /** It was handed out just now. */
  Spell(Records records, String name, long asked) {
    this.records = records;
    this.name = name;
    this.asked = asked;
    this.answered = records.next();
  }

  void said(boolean held) {
    long now = records.next();
    if (held) {
      firstKnown = firstKnown == 0 ? now : firstKnown;
      lastAsked = now;
    } else if (doubted == 0) {
      doubted = now;
    }
  }

  void completed(long untilMicros) {
    completed = records.next();
    until = untilMicros;
  }

  void addTo(List<Said> said, String holder, long token, boolean judgesHolders) {
    said.add(new Said.Granted(holder, name, token, asked, answered));
    if (judgesHolders && lastAsked > 0) {
      said.add(new Said.Believed(holder, firstKnown, firstKnown));
      said.add(new Said.Believed(holder, lastAsked, lastAsked));
    }
    if (judgesHolders && doubted > 0) {
      said.add(new Said.Doubted(holder, doubted));
    }
    if (completed > 0) {
      said.add(new Said.Completed(holder, name, completed, until));
    }
  }
}
