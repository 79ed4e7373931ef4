package dev.holdfast.lock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.TransferRefusedException;
import dev.holdfast.lock.TransferRefusedException.Reason;
import dev.holdfast.lock.internal.protocol.RowVersion;
import dev.holdfast.lock.internal.protocol.Transfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferCodecTest {
  private static final RowVersion ROW_VERSION =
      new RowVersion("nonce_-1", 1_700_000_000_000_001L, 3);
  private static final Transfer TRANSFER =
      new Transfer(
          "locks",
          "order-17/ünïcode 🔒",
          ROW_VERSION,
          10_000,
          2_000_000_000_000L,
          "event-1",
          "hash");

  @Test
  void decode_ofAnEncodedTransfer_returnsAnEqualTransfer() {
    assertThat(TransferCodec.decode(TransferCodec.encode(TRANSFER))).isEqualTo(TRANSFER);
  }

  @Test
  void decode_withoutAnEvent_returnsAnEqualTransfer() {
    Transfer plain = new Transfer("locks", "a", ROW_VERSION, 1_000, 0, null, null);
    assertThat(TransferCodec.decode(TransferCodec.encode(plain))).isEqualTo(plain);
  }

  @Test
  void encode_isPrintableVersionedAndCompact() {
    String text =
        TransferCodec.encode(new Transfer("locks", "order-17", ROW_VERSION, 10_000, 0, null, null));
    assertThat(text).matches("hold1\\.[A-Za-z0-9_-]+").hasSizeLessThan(150);
  }

  @Test
  void decode_withSurroundingWhitespace_isAccepted() {
    assertThat(TransferCodec.decode(" " + TransferCodec.encode(TRANSFER) + "\n"))
        .isEqualTo(TRANSFER);
  }

  @Test
  void decode_ofATruncatedText_isRefused() {
    String text = TransferCodec.encode(TRANSFER);
    for (int length = 0; length < text.length(); length++) {
      assertRefused(text.substring(0, length), Reason.MALFORMED);
    }
  }

  @Test
  void decode_ofAnAlteredText_isRefused() {
    String text = TransferCodec.encode(TRANSFER);
    for (int i = "hold1.".length(); i < text.length(); i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      assertRefused(text.substring(0, i) + other + text.substring(i + 1), Reason.MALFORMED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hold1.", "hold1.####", "order-17", "hold1.AAAA", "HOLD1.AAAAAAAAAAA"})
  void decode_ofAnyOtherText_isRefused(String text) {
    assertRefused(text, Reason.MALFORMED);
  }

  @Test
  void decode_ofANewerVersion_isRefused() {
    assertRefused(
        TransferCodec.encode(TRANSFER).replace("hold1", "hold2"), Reason.UNSUPPORTED_VERSION);
  }

  @Test
  void decode_withFieldsOutOfRange_isRefused() {
    RowVersion negative = new RowVersion("n", -1, 0);
    RowVersion huge = new RowVersion("n", Long.MAX_VALUE, 0);
    assertRefused(new Transfer("locks", "a", negative, 10_000, 0, null, null));
    assertRefused(new Transfer("locks", "a", huge, 10_000, 0, null, null));
    assertRefused(new Transfer("locks", "a", ROW_VERSION, 0, 0, null, null));
    assertRefused(new Transfer("locks", "a", ROW_VERSION, Long.MIN_VALUE, 0, null, null));
    assertRefused(new Transfer("locks", "", ROW_VERSION, 10_000, 0, null, null));
    assertRefused(new Transfer("locks", "x".repeat(2_049), ROW_VERSION, 10_000, 0, null, null));
  }

  private static void assertRefused(Transfer invalid) {
    assertRefused(TransferCodec.encode(invalid), Reason.MALFORMED);
  }

  private static void assertRefused(String text, Reason reason) {
    assertThatExceptionOfType(TransferRefusedException.class)
        .isThrownBy(() -> TransferCodec.decode(text))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
