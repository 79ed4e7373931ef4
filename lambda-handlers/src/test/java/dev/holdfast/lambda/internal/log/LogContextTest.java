package dev.holdfast.lambda.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.fixtures.GuardFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {
  private final GuardFixture fixture = new GuardFixture();

  @AfterEach
  void clear() {
    MDC.clear();
  }

  private String lockNameInMdc(String resource) throws Exception {
    return fixture
        .guard()
        .call(resource, fixture.context(), lease -> String.valueOf(MDC.get("lock")));
  }

  @Test
  void work_mdcHasTheLockName_onlyWhileRunning() throws Exception {
    assertThat(lockNameInMdc("order-17")).isEqualTo("order-17");
    assertThat(MDC.get("lock")).isNull();
  }

  @Test
  void nestedWork_restoresTheOuterLockName() throws Exception {
    String names =
        fixture
            .guard()
            .call(
                "outer",
                fixture.context(),
                lease -> MDC.get("lock") + lockNameInMdc("inner") + MDC.get("lock"));
    assertThat(names).isEqualTo("outerinnerouter");
  }
}
