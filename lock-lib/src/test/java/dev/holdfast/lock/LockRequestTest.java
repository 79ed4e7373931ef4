package dev.holdfast.lock;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.lock.internal.engine.DefaultLockClient;
import dev.holdfast.lock.internal.engine.ScriptedLockStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LockRequestTest {

  @Test
  void name_mayHaveUpTo2048BytesOfUtf8() {
    assertThat(LockRequest.of("x".repeat(2_048)).name()).hasSize(2_048);
    assertThat(LockRequest.of("ü".repeat(1_024)).name()).hasSize(1_024);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LockRequest.of("ü".repeat(1_024) + "x"))
        .withMessage(
            "name must be 1 to 2048 bytes of UTF-8, got 2049 bytes: shorten it, or use a hash of"
                + " it");
  }

  @Test
  void emptyName_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LockRequest.of(""))
        .withMessageStartingWith("name must be 1 to 2048 bytes of UTF-8, got an empty name");
  }

  @Test
  void name_withUnpairedSurrogate_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LockRequest.of("order-\uD83D"))
        .withMessageStartingWith("name must be valid Unicode, got an unpaired surrogate");
    assertThat(LockRequest.of("order-\uD83D\uDE00").name()).hasSize(8);
  }

  @Test
  void leaseDuration_isFrom1sTo24h() {
    LockRequest request = LockRequest.of("a");
    assertThat(request.leaseDuration(ofMillis(1_500)).leaseDuration()).isEqualTo(ofMillis(1_500));
    assertThat(request.leaseDuration(ofHours(24)).leaseDuration()).isEqualTo(ofHours(24));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.leaseDuration(ofMillis(999)))
        .withMessage("leaseDuration must be at least 1 s, got 999 ms");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.leaseDuration(ofHours(25)))
        .withMessage("leaseDuration must be at most 24 h, got 25 h");
  }

  @Test
  void maxWait_isFrom0To24h() {
    LockRequest request = LockRequest.of("a");
    assertThat(request.maxWait(Duration.ZERO).maxWait()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.maxWait(ofSeconds(-1)))
        .withMessage("maxWait must be at least 0 s, got -1 s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.maxWait(ofHours(25)))
        .withMessage("maxWait must be at most 24 h, got 25 h");
  }

  @Test
  void maxSkew_isFrom0To1h() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClockModel.bounded(ofMillis(-1)))
        .withMessage("maxSkew must be at least 0 s, got -1 ms");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClockModel.bounded(ofSeconds(3_601)))
        .withMessage("maxSkew must be at most 1 h, got 3601 s");
  }

  @Test
  void negativeRequestDeadline_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LockRequest.of("a").requestDeadline(ofSeconds(-5)))
        .withMessage("requestDeadline must be at least 0 s, got -5 s");
  }

  @Test
  void clientDefaults_outOfRange_areRefused() {
    LockClient client = DefaultLockClient.create(new ScriptedLockStore());
    assertThatIllegalArgumentException().isThrownBy(() -> client.withLeaseDuration(ofMillis(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> client.withMaxWait(ofHours(25)));
  }
}
