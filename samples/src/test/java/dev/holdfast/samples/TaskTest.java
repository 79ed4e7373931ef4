package dev.holdfast.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskTest {

  @Test
  void ofOrder_parsesStep() {
    assertThat(
            Task.ofOrder("{\"order\":17,\"step\":\"pay\",\"id\":\"o17-pay\",\"takesMillis\":120}"))
        .isEqualTo(new Task("order-17", "pay", "o17-pay", Duration.ofMillis(120)));
  }

  @Test
  void ofOrder_missingStep_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Task.ofOrder("{\"order\":17,\"id\":\"x\"}"))
        .withMessage("order must have a field step, got {order=17, id=x}");
  }

  @Test
  void ofReport_emptyDetail_isFullReport() {
    assertThat(Task.ofReport("{}", "e-1"))
        .isEqualTo(new Task("nightly-report", "all", "e-1", Duration.ofMillis(50)));
  }
}
