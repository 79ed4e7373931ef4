package dev.holdfast.lambda.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.Ids;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.testkit.OtherHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests functions with tenant isolation. */
class TenantIsolationTest {
  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard =
      fixture.deduplicatingGuard().keyPrefix("shop/").maxWait(Duration.ZERO);
  private final Ids<String> ids = Ids.<String>ofResource(e -> "order-17").andEvent(e -> e);

  private String process(String tenant, String event) throws Exception {
    return guard.call(ids, event, fixture.context().tenantId(tenant), lease -> lease.name());
  }

  @Test
  void call_withTenant_prefixesEveryKeyWithIt() throws Exception {
    assertThat(process("blue", "e-1")).isEqualTo("shop/blue:order-17#4,8#tenant");
    assertThat(fixture.table.rows())
        .containsKey("shop/blue:test-function:e-1#4,13,3#event")
        .allSatisfy((key, row) -> assertThat(key).startsWith("shop/blue:"));
  }

  @Test
  void call_sameEventOfTwoTenants_runsForBoth() throws Exception {
    process("blue", "e-1");
    process("green", "e-1");
    assertThat(fixture.counts().rejectedPuts()).isZero();
  }

  @Test
  void call_busyResource_blocksOnlyTheSameTenant() throws Exception {
    OtherHost.on(fixture.table, fixture.time).acquire("shop/blue:order-17#4,8#tenant");
    assertThat(process("green", "e-2")).isEqualTo("shop/green:order-17#5,8#tenant");
    String withoutTenant = guard.call(ids, "e-3", fixture.context(), lease -> lease.name());
    assertThat(withoutTenant).isEqualTo("shop/order-17");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> process("blue", "e-4"));
  }

  @Test
  void keys_ofDistinctTenants_neverCollide() {
    List<String> texts =
        List.of("a", "a:a", "1", "#1,1#tenant", "a#1,1", "#event", "a:a#1,1#tenant");
    Set<String> distinct = new HashSet<>();
    List<String> all = new ArrayList<>();
    for (String prefix : List.of("", "a", "a:")) {
      texts.forEach(id -> all.add(new KeyFormat(prefix + "-", Optional.empty()).resourceKey(id)));
      for (String tenant : texts) {
        KeyFormat tenantKeys = new KeyFormat(prefix + "-", Optional.of(tenant));
        texts.forEach(id -> all.add(tenantKeys.resourceKey(id)));
        texts.forEach(id -> all.add(tenantKeys.eventKey("ship", id)));
      }
    }
    distinct.addAll(all);
    assertThat(distinct).hasSameSizeAs(all);
  }
}
