package dev.holdfast.lock;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MultiLockRequestTest {

  @Test
  void names_areSortedAndUnique() {
    assertThat(MultiLockRequest.of("b", "a", "b", "c").names()).containsExactly("a", "b", "c");
    assertThat(MultiLockRequest.of(List.of("b", "a"))).isEqualTo(MultiLockRequest.of("a", "b"));
  }

  @Test
  void names_areSortedByUtf8Bytes() {
    String threeBytes = "\uFFFD";
    String fourBytes = "\uD83D\uDE00";
    assertThat(fourBytes).isLessThan(threeBytes);
    assertThat(MultiLockRequest.of(fourBytes, threeBytes, "z").names())
        .containsExactly("z", threeBytes, fourBytes);
  }

  @Test
  void request_hasFrom1To100Names() {
    List<String> maxNames = IntStream.range(0, 100).mapToObj(i -> "n" + i).toList();
    assertThat(MultiLockRequest.of(maxNames).names()).hasSize(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultiLockRequest.of(List.of()))
        .withMessageStartingWith("a request must have 1 to 100 names, got 0:");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultiLockRequest.of("more", maxNames.toArray(String[]::new)))
        .withMessageStartingWith("a request must have 1 to 100 names, got 101:");
  }

  @Test
  void name_outOfRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultiLockRequest.of("a", ""))
        .withMessageStartingWith("name must be 1 to 2048 bytes");
    assertThatIllegalArgumentException().isThrownBy(() -> MultiLockRequest.of("a#permit-1"));
  }

  @Test
  void duration_outOfRange_isRefused() {
    MultiLockRequest request = MultiLockRequest.of("a");
    assertThatIllegalArgumentException().isThrownBy(() -> request.leaseDuration(ofMillis(999)));
    assertThatIllegalArgumentException().isThrownBy(() -> request.maxWait(ofMillis(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> request.requestDeadline(ofMillis(-1)));
  }
}
