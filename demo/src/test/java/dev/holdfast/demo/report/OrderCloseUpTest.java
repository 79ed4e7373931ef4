package dev.holdfast.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.demo.report.Timeline.Bar;
import dev.holdfast.demo.run.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OrderCloseUpTest {
  private final RunResult unguarded = SampleRuns.unguarded();
  private final RunResult guarded = SampleRuns.guarded();

  /** Work on order-2 overlaps only by the write after the freeze, which is not drawn as work. */
  @Test
  void orders_areThoseWithVisibleOverlaps() {
    assertThat(OrderCloseUp.orders(unguarded, guarded)).containsExactly("order-3");
    assertThat(OrderCloseUp.orders(guarded, guarded)).isEmpty();
  }

  @Test
  void overlap_isDrawnInTwoRows_atTheSameTime() {
    List<Bar> bars = OrderCloseUp.of(unguarded, List.of("order-3")).bars();
    assertThat(bars).extracting(Bar::cssClass).containsExactly("overlap", "overlap");
    assertThat(bars.get(1).y()).isGreaterThan(bars.get(0).y());
    assertThat(bars.get(1).x())
        .isGreaterThan(bars.get(0).x())
        .isLessThan(bars.get(0).x() + bars.get(0).width());
  }

  @Test
  void handoff_isDrawnInTwoRows_oneAfterTheOther() {
    List<Bar> bars = OrderCloseUp.of(guarded, List.of("order-3")).bars();
    assertThat(bars).extracting(Bar::cssClass).containsExactly("work", "work");
    assertThat(bars.get(1).x()).isGreaterThan(bars.get(0).x() + bars.get(0).width());
  }

  @Test
  void labels_nameOrderStartEnvironmentsAndSteps() {
    assertThat(OrderCloseUp.of(unguarded, List.of("order-3")).labels())
        .extracting(Timeline.Label::text)
        .containsExactly("order-3", "from 0.3 s", "s1", "reserve", "s3", "ship");
  }
}
