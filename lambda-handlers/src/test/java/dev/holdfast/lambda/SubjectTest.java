package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class SubjectTest {
  private static final Ids<String> BOTH = Ids.<String>ofResource(e -> e).andEvent(e -> e + "!");

  @Test
  void ids_ofResource_nameNoEvent() {
    assertThat(Ids.<String>ofResource(e -> "order-" + e).of("17"))
        .isEqualTo(new Subject(Optional.of("order-17"), Optional.empty(), Optional.empty()));
  }

  @Test
  void ids_ofEvent_nameNoResource() {
    Ids<String> ids = Ids.ofEvent(e -> e);
    assertThat(ids.of("e-1"))
        .isEqualTo(new Subject(Optional.empty(), Optional.of("e-1"), Optional.empty()));
    assertThat(ids.isEventAlone()).isTrue();
    assertThat(BOTH.isEventAlone()).isFalse();
  }

  @Test
  void ids_ofBoth_nameBothAndLeaveTheFirstAsItWas() {
    Ids<String> resource = Ids.ofResource(e -> e);
    assertThat(resource.andEvent(e -> e + "!").of("x"))
        .isEqualTo(new Subject(Optional.of("x"), Optional.of("x!"), Optional.empty()));
    assertThat(resource.of("x").event()).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // what code without null checks passes
  void ids_withoutAFunction_areRefused() {
    assertThatNullPointerException().isThrownBy(() -> Ids.ofResource(null));
    assertThatNullPointerException().isThrownBy(() -> Ids.ofEvent(null));
    assertThatNullPointerException().isThrownBy(() -> BOTH.andEvent(null));
  }

  @ParameterizedTest
  @NullAndEmptySource
  void idMissing_isRefusedByItsName(@Nullable String id) {
    String got = id == null ? "got null" : "got an empty text";
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> Subject.resource(id))
        .withMessageContaining("resource id must be a text of at least one character, " + got);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> Subject.event(id))
        .withMessageContaining("event id must be a text of at least one character, " + got);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> Subject.resource("x").withEvent(id))
        .withMessageContaining("event id");
  }

  @Test
  void neither_isRefused() {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> new Subject(Optional.empty(), Optional.empty(), Optional.empty()))
        .withMessageContaining("got neither");
  }

  @Test
  void isAnotherThan_onlyWhereBothSayWhatTheyWorkOn() {
    Subject run = Subject.resource("report").withEvent("e-1");
    assertThat(run.isAnotherThan(Optional.of("e-2"))).isTrue();
    assertThat(run.isAnotherThan(Optional.of("e-1"))).isFalse();
    assertThat(run.isAnotherThan(Optional.empty())).isFalse();
    assertThat(Subject.resource("report").isAnotherThan(Optional.of("e-2"))).isFalse();
  }

  @Test
  void toString_namesWhatThereIs() {
    assertThat(Subject.resource("order-17").withEvent("e-1"))
        .hasToString("resource order-17 event e-1");
    assertThat(Subject.resource("order-17")).hasToString("resource order-17");
    assertThat(Subject.event("e-1")).hasToString("event e-1");
  }
}
