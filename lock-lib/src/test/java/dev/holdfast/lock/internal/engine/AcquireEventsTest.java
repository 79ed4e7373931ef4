package dev.holdfast.lock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.LockListener;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.internal.protocol.CallTimeouts;
import dev.holdfast.lock.internal.protocol.LockStore;
import dev.holdfast.lock.internal.protocol.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcquireEventsTest {
  private static final int FRAMES_MAX = 6;

  private final FrameRecorder frames = new FrameRecorder();

  @Test
  void acquire_withoutAListener_reachesTheStoreInSixFrames() throws InterruptedException {
    DefaultLockClient client = DefaultLockClient.create(frames);

    client.tryAcquire(LockRequest.of("a"));
    client.tryAcquire(LockRequest.of("b"), Duration.ofSeconds(1));
    client.acquire(LockRequest.of("c"));

    assertThat(frames.recorded).hasSize(3).allSatisfy(AcquireEventsTest::isShort);
  }

  @Test
  void acquire_withAListener_reachesTheStoreInSixFrames() throws InterruptedException {
    LockListener listener = new LockListener() {};

    DefaultLockClient.create(frames).withListener(listener).acquire(LockRequest.of("a"));

    assertThat(frames.recorded).hasSize(1).allSatisfy(AcquireEventsTest::isShort);
  }

  @Test
  void publish_withoutAListener_createsNoEvent() {
    ListenerNotifier.DISABLED.publish(
        listener -> {
          throw new IllegalStateException("must not be called");
        });
    assertThat(ListenerNotifier.DISABLED.isEnabled()).isFalse();
  }

  private static void isShort(List<String> ownFrames) {
    assertThat(ownFrames).isNotEmpty().hasSizeLessThanOrEqualTo(FRAMES_MAX);
  }

  /** Records the frames of this library from the call of the test to the store. */
  private static final class FrameRecorder implements LockStore {
    private final ScriptedLockStore delegate = new ScriptedLockStore();
    private final List<List<String>> recorded = new ArrayList<>();

    @Override
    public TimedReply send(Write write, CallTimeouts timeouts) {
      List<String> ownFrames = new ArrayList<>();
      for (StackTraceElement frame : Thread.currentThread().getStackTrace()) {
        if (frame.getClassName().equals(AcquireEventsTest.class.getName())) {
          break;
        }
        if (frame.getClassName().startsWith("dev.holdfast.lock.")) {
          ownFrames.add(frame.getClassName() + "." + frame.getMethodName());
        }
      }
      recorded.add(ownFrames);
      return delegate.send(write, timeouts);
    }

    @Override
    public String tableName() {
      return delegate.tableName();
    }
  }
}
