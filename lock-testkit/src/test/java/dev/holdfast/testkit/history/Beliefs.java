package dev.holdfast.testkit.history;

import dev.holdfast.testkit.history.Said.Believed;
import dev.holdfast.testkit.history.Said.Doubted;
import dev.holdfast.testkit.history.Said.Granted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From when to when each holder certainly believed in its lock. */
final class Beliefs {
  private final List<Believed> believed;
  private final List<Doubted> doubted;
  private final Map<String, Granted> grants;
  private final List<String> wrong;

  /** A holder believed at all times in between, since over is over. */
  private record Span(String hold, long from, long to) {
    Span and(Span other) {
      return new Span(hold, Math.min(from, other.from), Math.max(to, other.to));
    }
  }

  Beliefs(
      List<Believed> believed,
      List<Doubted> doubted,
      Map<String, Granted> grants,
      List<String> wrong) {
    this.believed = believed;
    this.doubted = doubted;
    this.grants = grants;
    this.wrong = wrong;
  }

  void check() {
    Map<String, Span> spans = new HashMap<>();
    for (Believed each : believed) {
      spans.merge(each.hold(), new Span(each.hold(), each.known(), each.asked()), Span::and);
    }
    for (Doubted each : doubted) {
      Span span = spans.get(each.hold());
      if (span != null && span.to() > each.known()) {
        wrong.add("believed in again: " + each.hold());
      }
    }
    Map<String, List<Span>> byName = new HashMap<>();
    for (Span span : spans.values()) {
      byName.computeIfAbsent(name(span.hold()), name -> new ArrayList<>()).add(span);
    }
    byName.values().forEach(this::checkOneAtATime);
  }

  private String name(String hold) {
    Granted grant = grants.get(hold);
    if (grant == null) {
      throw new IllegalArgumentException("a belief in a hold that nobody was granted: " + hold);
    }
    return grant.name();
  }

  private void checkOneAtATime(List<Span> ofOneName) {
    List<Span> certain =
        new ArrayList<>(ofOneName.stream().filter(s -> s.from() <= s.to()).toList());
    certain.sort(Comparator.comparingLong(Span::from));
    Span longest = null;
    for (Span span : certain) {
      if (longest != null && span.from() <= longest.to()) {
        wrong.add("two holders at once: " + longest.hold() + " and " + span.hold());
      }
      longest = longest == null || span.to() > longest.to() ? span : longest;
    }
  }
}
