package dev.holdfast.lock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AskingTest {
  private final Shell shell = Shell.on(new ScriptedTable(), new HandTime(), RandomDraws.INSTANCE);

  @Test
  void nothingIsCounted_whereNobodyListens() {
    assertThat(Asking.by(shell).shell()).isSameAs(shell);
    assertThat(Listening.NONE.isOn()).isFalse();
  }

  @Test
  void tableIsCounted_whereSomebodyListens_andKnowsNothingElse() {
    Shell heard = shell.telling(new Listening(new LockListener() {}));
    Shell asked = Asking.by(heard).shell();
    assertThat(asked.table()).isInstanceOf(CountingTable.class);
    assertThat(asked.table().name()).isEqualTo("scripted");
    assertThat(asked.lines()).isSameAs(heard.lines());
    assertThat(asked.memories()).isSameAs(heard.memories());
  }

  @Test
  void event_isNotEvenMade_whereNobodyListens() {
    Listening.NONE.tell(
        listener -> {
          throw new IllegalStateException("must not be asked");
        });
    assertThat(Listening.NONE.isOn()).isFalse();
  }
}
