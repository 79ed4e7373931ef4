package dev.holdfast.lock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.internal.protocol.KeyObservations;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObservationCacheTest {
  private static final int MORE_THAN_KEYS_MAX = 20_000;

  private final ObservationCache cache = new ObservationCache();

  @Test
  void update_aboveTheLimit_evictsTheLeastRecentlyUsedKey() {
    cache.update("first", known -> known.withOrphans(Set.of("n")));

    for (int key = 0; key < MORE_THAN_KEYS_MAX; key++) {
      cache.update("key-" + key, known -> known.withOrphans(Set.of("n")));
    }

    assertThat(cache.get("first")).isEqualTo(KeyObservations.EMPTY);
    assertThat(cache.get("key-" + (MORE_THAN_KEYS_MAX - 1)).orphans()).containsExactly("n");
  }
}
