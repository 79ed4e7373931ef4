package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {
  private final Bench bench = new Bench();

  @AfterEach
  void clear() {
    MDC.clear();
  }

  private String seenIn(String resource) throws Exception {
    return bench.guard().call(resource, bench.context(), lease -> String.valueOf(MDC.get("lock")));
  }

  @Test
  void work_logsUnderItsLock_andNothingDoesAfterwards() throws Exception {
    assertThat(seenIn("order-17")).isEqualTo("order-17");
    assertThat(MDC.get("lock")).isNull();
  }

  @Test
  void work_insideOfWork_givesTheOuterNameBack() throws Exception {
    String names =
        bench
            .guard()
            .call(
                "outer",
                bench.context(),
                lease -> MDC.get("lock") + seenIn("inner") + MDC.get("lock"));
    assertThat(names).isEqualTo("outerinnerouter");
  }
}
