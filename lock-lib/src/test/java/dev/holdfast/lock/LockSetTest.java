package dev.holdfast.lock;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LockSetTest {

  @Test
  void names_areSorted_eachOnce() {
    assertThat(LockSet.of("b", "a", "b", "c").names()).containsExactly("a", "b", "c");
    assertThat(LockSet.of(List.of("b", "a"))).isEqualTo(LockSet.of("a", "b"));
  }

  @Test
  void names_areSortedByTheirBytes_notByTheirChars() {
    String threeBytes = "\uFFFD";
    String fourBytes = "\uD83D\uDE00";
    assertThat(fourBytes).isLessThan(threeBytes);
    assertThat(LockSet.of(fourBytes, threeBytes, "z").names())
        .containsExactly("z", threeBytes, fourBytes);
  }

  @Test
  void set_hasFrom1To100Names() {
    List<String> most = IntStream.range(0, 100).mapToObj(i -> "n" + i).toList();
    assertThat(LockSet.of(most).names()).hasSize(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LockSet.of(List.of()))
        .withMessageStartingWith("a set of locks must have 1 to 100 names, got 0:");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LockSet.of("more", most.toArray(String[]::new)))
        .withMessageStartingWith("a set of locks must have 1 to 100 names, got 101:");
  }

  @Test
  void eachName_isCheckedAsForOneLock() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LockSet.of("a", ""))
        .withMessageStartingWith("name must be 1 to 2048 bytes");
    assertThatIllegalArgumentException().isThrownBy(() -> LockSet.of("a#permit-1"));
  }

  @Test
  void durations_areCheckedAsForOneLock() {
    LockSet set = LockSet.of("a");
    assertThatIllegalArgumentException().isThrownBy(() -> set.lease(ofMillis(999)));
    assertThatIllegalArgumentException().isThrownBy(() -> set.waitUpTo(ofMillis(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> set.callsWithin(ofMillis(-1)));
  }

  @Test
  void everyLockOfTheSet_isAskedForAlike() {
    LockSet set =
        LockSet.of("b", "a")
            .lease(ofSeconds(7))
            .waitUpTo(ofSeconds(3))
            .event("e-1")
            .holder("me")
            .callsWithin(ofSeconds(20));
    assertThat(set.request("a"))
        .isEqualTo(
            LockRequest.of("a")
                .lease(ofSeconds(7))
                .waitUpTo(ofSeconds(3))
                .event("e-1")
                .holder("me")
                .callsWithin(ofSeconds(20)));
  }
}
