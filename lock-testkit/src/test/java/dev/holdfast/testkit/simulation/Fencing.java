package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.FenceRefusedException;
import dev.holdfast.testkit.fence.ItemTable;
import dev.holdfast.testkit.history.Said;
import dev.holdfast.testkit.processes.Register;
import java.util.HashMap;
import java.util.Map;

/**
 * A count that owners keep under the fence of their locks: read after the fence was raised, then
 * written back by one more. No write that was acknowledged may be lost, whatever clocks do.
 */
final class Fencing {
  private final Tally tally;
  private final Records records;
  private final ItemTable items = new ItemTable(Register.TABLE);
  private final Map<Grant, Long> read = new HashMap<>();
  private Register register = new Register(items, "count-1");
  private int registers = 1;
  private long acknowledged;

  Fencing(Tally tally, Records records) {
    this.tally = tally;
    this.records = records;
  }

  /** Raises the fence and reads; or writes what was read before, by one more. */
  void use(Grant grant) {
    if (grant.isBeforeDeletion()) {
      return;
    }
    try {
      Long value = read.get(grant);
      if (value == null) {
        grant.see();
        read.put(grant, register.raised(grant.lock()));
        tally.count(Event.FENCE_RAISED);
      } else {
        write(grant, value + 1);
      }
    } catch (FenceRefusedException e) {
      tally.count(Event.FENCE_REFUSED);
    }
  }

  private void write(Grant grant, long value) {
    records.add(new Said.Attempted(grant.holder(), register.name()));
    register.write(grant.lock(), value);
    acknowledged++;
    records.add(new Said.Written(grant.holder(), register.name(), value));
    tally.count(Event.FENCED_WRITE);
    long counted = register.read();
    Judge.require(counted == acknowledged, "a fenced write was lost", grant.holder());
    records.counts(register.name(), counted);
    read.put(grant, value);
  }

  /** Tokens begin again, and whoever deleted the row sees to a new register. */
  void tokensBeginAgain() {
    read.clear();
    registers++;
    register = new Register(items, "count-" + registers);
    acknowledged = 0;
  }
}
