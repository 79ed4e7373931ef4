package dev.holdfast.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.protocol.Memory;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoriesTest {
  private static final int MORE_THAN_ARE_KEPT = 20_000;

  private final Memories memories = new Memories();

  @Test
  void keys_areForgottenOnceThereAreTooMany_thoseUsedLongestAgoFirst() {
    memories.update("first", known -> known.withOrphans(Set.of("n")));

    for (int key = 0; key < MORE_THAN_ARE_KEPT; key++) {
      memories.update("key-" + key, known -> known.withOrphans(Set.of("n")));
    }

    assertThat(memories.of("first")).isEqualTo(Memory.EMPTY);
    assertThat(memories.of("key-" + (MORE_THAN_ARE_KEPT - 1)).orphans()).containsExactly("n");
  }
}
