package dev.holdfast.lock;

import dev.holdfast.lock.protocol.CallBudget;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Table;
import dev.holdfast.lock.protocol.Write;

/** A table that counts what it refuses to the one thread that acquires by it. */
final class CountingTable implements Table {
  private final Table table;
  private int refused;

  CountingTable(Table table) {
    this.table = table;
  }

  @Override
  public Answer send(Write write, CallBudget budget) {
    Answer answer = table.send(write, budget);
    if (write instanceof Write.Acquire && answer.reply() instanceof Reply.Refused) {
      refused++;
    }
    return answer;
  }

  @Override
  public String name() {
    return table.name();
  }

  int taken() {
    int count = refused;
    refused = 0;
    return count;
  }
}
