package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.testkit.OtherHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Functions with tenant isolation. */
class TenantTest {
  private final Bench bench = new Bench();
  private final Guard guard = bench.remembering().keyPrefix("shop/").waitUpTo(Duration.ZERO);
  private final Ids<String> ids = Ids.<String>ofResource(e -> "order-17").andEvent(e -> e);

  private String work(String tenant, String event) throws Exception {
    return guard.call(ids, event, bench.context().tenantId(tenant), lease -> lease.name());
  }

  @Test
  void call_tenantIsAPartOfEachKey() throws Exception {
    assertThat(work("blue", "e-1")).isEqualTo("shop/blue:order-17#4,8#tenant");
    assertThat(bench.table.rows())
        .containsKey("shop/blue:test-function:e-1#4,13,3#event")
        .allSatisfy((key, row) -> assertThat(key).startsWith("shop/blue:"));
  }

  @Test
  void call_sameEventOfTwoTenants_isHandledForBoth() throws Exception {
    work("blue", "e-1");
    work("green", "e-1");
    assertThat(bench.counts().refusedPuts()).isZero();
  }

  @Test
  void call_twoTenants_neverWaitForEachOther_butATenantDoesForItself() throws Exception {
    OtherHost.on(bench.table, bench.time).holds("shop/blue:order-17#4,8#tenant");
    assertThat(work("green", "e-2")).isEqualTo("shop/green:order-17#5,8#tenant");
    String ofNobody = guard.call(ids, "e-3", bench.context(), lease -> lease.name());
    assertThat(ofNobody).isEqualTo("shop/order-17");
    assertThatExceptionOfType(LockUnavailableException.class).isThrownBy(() -> work("blue", "e-4"));
  }

  @Test
  void keys_ofDifferentTenantsAndNone_areNeverTheSame() {
    List<String> texts =
        List.of("a", "a:a", "1", "#1,1#tenant", "a#1,1", "#event", "a:a#1,1#tenant");
    Set<String> keys = new HashSet<>();
    List<String> all = new ArrayList<>();
    for (String prefix : List.of("", "a", "a:")) {
      texts.forEach(id -> all.add(new Keys(prefix + "-", Optional.empty()).resource(id)));
      for (String tenant : texts) {
        Keys owned = new Keys(prefix + "-", Optional.of(tenant));
        texts.forEach(id -> all.add(owned.resource(id)));
        texts.forEach(id -> all.add(owned.event("ship", id)));
      }
    }
    keys.addAll(all);
    assertThat(keys).hasSameSizeAs(all);
  }
}
