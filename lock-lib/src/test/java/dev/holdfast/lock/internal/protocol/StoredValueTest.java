package dev.holdfast.lock.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoredValueTest {
  private final byte[] content = {1, 2, 3};
  private final StoredValue bytes = StoredValue.Bytes.of(content);

  @Test
  void bytes_areEqualByContent_andNeverEqualToText() {
    assertThat(bytes)
        .isEqualTo(StoredValue.Bytes.of(new byte[] {1, 2, 3}))
        .hasSameHashCodeAs(StoredValue.Bytes.of(new byte[] {1, 2, 3}))
        .isNotEqualTo(StoredValue.Bytes.of(new byte[] {1, 2}))
        .doesNotHaveSameHashCodeAs(StoredValue.Bytes.of(new byte[] {1, 2}))
        .isNotEqualTo(new StoredValue.Text("\u0001\u0002\u0003"));
  }

  @Test
  void bytes_areCopied_fromAndToTheCallersArrays() {
    content[0] = 9;
    ((StoredValue.Bytes) bytes).toArray()[1] = 9;
    assertThat(((StoredValue.Bytes) bytes).toArray()).containsExactly(1, 2, 3);
  }

  @Test
  void bytes_toString_showsOnlyTheLength() {
    assertThat(bytes).hasToString("Bytes[3]");
  }
}
