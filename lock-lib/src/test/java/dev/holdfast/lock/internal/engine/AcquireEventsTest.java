package dev.holdfast.lock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.LockListener;
import org.junit.jupiter.api.Test;

class AcquireEventsTest {
  private final AttemptRunner attemptRunner =
      AttemptRunner.forStore(
          new ScriptedLockStore(), new ManualTimeSource(), SystemRandomSource.INSTANCE);

  @Test
  void attemptRunner_withoutAListener_isNotWrapped() {
    assertThat(AcquireEvents.forRunner(attemptRunner).attemptRunner()).isSameAs(attemptRunner);
    assertThat(ListenerNotifier.DISABLED.isEnabled()).isFalse();
  }

  @Test
  void attemptRunner_withAListener_countsItsStoreAndSharesTheRest() {
    AttemptRunner withListener =
        attemptRunner.withNotifier(new ListenerNotifier(new LockListener() {}));
    AttemptRunner counting = AcquireEvents.forRunner(withListener).attemptRunner();
    assertThat(counting.lockStore()).isInstanceOf(CountingLockStore.class);
    assertThat(counting.lockStore().tableName()).isEqualTo("scripted");
    assertThat(counting.waitQueues()).isSameAs(withListener.waitQueues());
    assertThat(counting.observations()).isSameAs(withListener.observations());
  }

  @Test
  void publish_withoutAListener_createsNoEvent() {
    ListenerNotifier.DISABLED.publish(
        listener -> {
          throw new IllegalStateException("must not be asked");
        });
    assertThat(ListenerNotifier.DISABLED.isEnabled()).isFalse();
  }
}
