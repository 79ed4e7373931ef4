package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.keys.WorkKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class WorkKeyTest {
  private static final Ids<String> BOTH = Ids.<String>ofResource(e -> e).andEvent(e -> e + "!");

  @Test
  void ids_ofResource_haveNoEventId() {
    assertThat(Ids.<String>ofResource(e -> "order-" + e).workKey("17"))
        .isEqualTo(new WorkKey(Optional.of("order-17"), Optional.empty(), Optional.empty()));
  }

  @Test
  void ids_ofEvent_haveNoResourceId() {
    Ids<String> ids = Ids.ofEvent(e -> e);
    assertThat(ids.workKey("e-1"))
        .isEqualTo(new WorkKey(Optional.empty(), Optional.of("e-1"), Optional.empty()));
    assertThat(ids.isEventOnly()).isTrue();
    assertThat(BOTH.isEventOnly()).isFalse();
  }

  @Test
  void ids_andEvent_haveBothAndLeaveTheOriginalUnchanged() {
    Ids<String> resource = Ids.ofResource(e -> e);
    assertThat(resource.andEvent(e -> e + "!").workKey("x"))
        .isEqualTo(new WorkKey(Optional.of("x"), Optional.of("x!"), Optional.empty()));
    assertThat(resource.workKey("x").event()).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // callers without null checks
  void ids_nullFunction_isRefused() {
    assertThatNullPointerException().isThrownBy(() -> Ids.ofResource(null));
    assertThatNullPointerException().isThrownBy(() -> Ids.ofEvent(null));
    assertThatNullPointerException().isThrownBy(() -> BOTH.andEvent(null));
  }

  @ParameterizedTest
  @NullAndEmptySource
  void id_nullOrEmpty_isRefusedByName(@Nullable String id) {
    String actual = id == null ? "got null" : "got an empty text";
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> WorkKey.resource(id))
        .withMessageContaining("resource id must have at least one character, " + actual);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> WorkKey.event(id))
        .withMessageContaining("event id must have at least one character, " + actual);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> WorkKey.resource("x").withEvent(id))
        .withMessageContaining("event id");
  }

  @Test
  void key_withoutResourceAndEvent_isRefused() {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> new WorkKey(Optional.empty(), Optional.empty(), Optional.empty()))
        .withMessageContaining("got neither");
  }

  @Test
  void isDifferentEvent_onlyIfBothHaveAnEventId() {
    WorkKey run = WorkKey.resource("report").withEvent("e-1");
    assertThat(run.isDifferentEvent(Optional.of("e-2"))).isTrue();
    assertThat(run.isDifferentEvent(Optional.of("e-1"))).isFalse();
    assertThat(run.isDifferentEvent(Optional.empty())).isFalse();
    assertThat(WorkKey.resource("report").isDifferentEvent(Optional.of("e-2"))).isFalse();
  }

  @Test
  void toString_namesResourceAndEvent() {
    assertThat(WorkKey.resource("order-17").withEvent("e-1"))
        .hasToString("resource order-17 event e-1");
    assertThat(WorkKey.resource("order-17")).hasToString("resource order-17");
    assertThat(WorkKey.event("e-1")).hasToString("event e-1");
  }
}
