package dev.holdfast.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.TicketRefusedException.Reason;
import dev.holdfast.lock.protocol.Stamp;
import dev.holdfast.lock.protocol.Ticket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketTextTest {
  private static final Stamp STAMP = new Stamp("nonce_-1", 1_700_000_000_000_001L, 3);
  private static final Ticket TICKET =
      new Ticket(
          "locks", "order-17/ünïcode 🔒", STAMP, 10_000, 2_000_000_000_000L, "event-1", "hash");

  @Test
  void text_readsBackAsItWas() {
    assertThat(TicketText.read(TicketText.of(TICKET))).isEqualTo(TICKET);
  }

  @Test
  void text_ofWorkWithoutAnEvent_readsBackAsItWas() {
    Ticket plain = new Ticket("locks", "a", STAMP, 1_000, 0, null, null);
    assertThat(TicketText.read(TicketText.of(plain))).isEqualTo(plain);
  }

  @Test
  void text_isPrintable_versioned_andCompact() {
    String text = TicketText.of(new Ticket("locks", "order-17", STAMP, 10_000, 0, null, null));
    assertThat(text).matches("hold1\\.[A-Za-z0-9_-]+").hasSizeLessThan(150);
  }

  @Test
  void text_withWhiteSpaceAround_isRead() {
    assertThat(TicketText.read(" " + TicketText.of(TICKET) + "\n")).isEqualTo(TICKET);
  }

  @Test
  void truncatedText_isRefused_whereverItWasCut() {
    String text = TicketText.of(TICKET);
    for (int length = 0; length < text.length(); length++) {
      assertRefused(text.substring(0, length), Reason.DAMAGED);
    }
  }

  @Test
  void alteredText_isRefused_whicheverCharacterItIs() {
    String text = TicketText.of(TICKET);
    for (int i = "hold1.".length(); i < text.length(); i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      assertRefused(text.substring(0, i) + other + text.substring(i + 1), Reason.DAMAGED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hold1.", "hold1.####", "order-17", "hold1.AAAA", "HOLD1.AAAAAAAAAAA"})
  void anythingElse_isRefused(String text) {
    assertRefused(text, Reason.DAMAGED);
  }

  @Test
  void newerText_isRefused_asNewer() {
    assertRefused(TicketText.of(TICKET).replace("hold1", "hold2"), Reason.NEWER);
  }

  @Test
  void madeUpTickets_withAbsurdFields_areRefused() {
    Stamp negative = new Stamp("n", -1, 0);
    Stamp huge = new Stamp("n", Long.MAX_VALUE, 0);
    assertRefused(new Ticket("locks", "a", negative, 10_000, 0, null, null));
    assertRefused(new Ticket("locks", "a", huge, 10_000, 0, null, null));
    assertRefused(new Ticket("locks", "a", STAMP, 0, 0, null, null));
    assertRefused(new Ticket("locks", "a", STAMP, Long.MIN_VALUE, 0, null, null));
    assertRefused(new Ticket("locks", "", STAMP, 10_000, 0, null, null));
    assertRefused(new Ticket("locks", "x".repeat(2_049), STAMP, 10_000, 0, null, null));
  }

  private static void assertRefused(Ticket absurd) {
    assertRefused(TicketText.of(absurd), Reason.DAMAGED);
  }

  private static void assertRefused(String text, Reason reason) {
    assertThatExceptionOfType(TicketRefusedException.class)
        .isThrownBy(() -> TicketText.read(text))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
