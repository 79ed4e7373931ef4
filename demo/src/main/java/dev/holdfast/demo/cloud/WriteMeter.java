package dev.holdfast.demo.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** Counts what one table is asked for, at the wire. Thread-safe. */
public final class WriteMeter {
  private static final int BYTES_OF_A_UNIT = 1024;
  private static final int REFUSED = 400;

  private final AtomicReference<Writes> writes = new AtomicReference<>(Writes.NONE);
  private final String table;

  private WriteMeter(String table) {
    this.table = table;
  }

  /**
   * Counts from now on.
   *
   * @param wire what passes everything on
   * @param table whose writes are counted
   * @return the meter
   */
  public static WriteMeter on(Wire wire, String table) {
    WriteMeter meter = new WriteMeter(table);
    wire.tap(meter::count);
    return meter;
  }

  /**
   * What was counted since the start or the last {@link #reset()}.
   *
   * @return the numbers
   */
  public Writes writes() {
    return writes.get();
  }

  /** Starts to count anew. */
  public void reset() {
    writes.set(Writes.NONE);
  }

  private void count(WireTap.Exchange exchange) {
    if (!exchange.isAbout(table)) {
      return;
    }
    boolean refused =
        exchange.status() == REFUSED
            && exchange.reply().contains("ConditionalCheckFailedException");
    if (exchange.operation().equals("PutItem")) {
      add(new Writes(1, refused ? 1 : 0, 0, units(exchange.request().path("Item"))));
    } else if (exchange.operation().equals("DeleteItem")) {
      add(new Writes(0, 0, 1, 1));
    }
  }

  private void add(Writes more) {
    writes.accumulateAndGet(more, Writes::plus);
  }

  /** The JSON of a row is longer than the row, so this never counts too little. */
  private static int units(JsonNode item) {
    int bytes = item.toString().getBytes(StandardCharsets.UTF_8).length;
    return Math.max(1, (bytes + BYTES_OF_A_UNIT - 1) / BYTES_OF_A_UNIT);
  }
}
