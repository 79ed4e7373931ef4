package dev.holdfast.lock.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultTest {
  private final byte[] content = {1, 2, 3};
  private final Result bytes = Result.Bytes.of(content);

  @Test
  void bytes_areEqualByContent_andNotToATextOfTheSame() {
    assertThat(bytes)
        .isEqualTo(Result.Bytes.of(new byte[] {1, 2, 3}))
        .hasSameHashCodeAs(Result.Bytes.of(new byte[] {1, 2, 3}))
        .isNotEqualTo(Result.Bytes.of(new byte[] {1, 2}))
        .doesNotHaveSameHashCodeAs(Result.Bytes.of(new byte[] {1, 2}))
        .isNotEqualTo(new Result.Text("\u0001\u0002\u0003"));
  }

  @Test
  void bytes_areTheirOwn_whateverBecomesOfTheCallersArrays() {
    content[0] = 9;
    ((Result.Bytes) bytes).toArray()[1] = 9;
    assertThat(((Result.Bytes) bytes).toArray()).containsExactly(1, 2, 3);
  }

  @Test
  void bytes_showHowManyTheyAre_andNothingElse() {
    assertThat(bytes).hasToString("Bytes[3]");
  }
}
