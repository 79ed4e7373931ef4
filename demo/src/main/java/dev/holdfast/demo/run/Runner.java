package dev.holdfast.demo.run;

import dev.holdfast.demo.cloud.AtLeastOnceQueue;
import dev.holdfast.demo.cloud.Background;
import dev.holdfast.demo.cloud.EventBus;
import dev.holdfast.demo.cloud.EventSourceMapping;
import dev.holdfast.demo.cloud.FunctionPool;
import dev.holdfast.demo.cloud.Handling;
import dev.holdfast.demo.cloud.LedgerTable;
import dev.holdfast.demo.cloud.Mishap;
import dev.holdfast.demo.cloud.Mishaps;
import dev.holdfast.demo.cloud.Producer;
import dev.holdfast.demo.cloud.Queue;
import dev.holdfast.demo.cloud.RunClock;
import dev.holdfast.demo.cloud.SandboxLife;
import dev.holdfast.demo.cloud.Sandboxes;
import dev.holdfast.demo.cloud.Wire;
import dev.holdfast.demo.cloud.WriteMeter;
import dev.holdfast.demo.judge.Judge;
import dev.holdfast.demo.judge.Verdict;
import dev.holdfast.demo.plan.Plan;
import dev.holdfast.demo.words.Seconds;
import dev.holdfast.demo.words.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Runs the plan once. For one thread. */
public final class Runner implements AutoCloseable {
  /** The concurrency of the function that the queue feeds. */
  public static final int ORDER_SANDBOXES = 8;

  /** The concurrency of the function that the event bus feeds. */
  public static final int REPORT_SANDBOXES = 2;

  private static final Duration VISIBILITY = Duration.ofSeconds(18);
  private static final Duration LONGEST_RUN = Duration.ofSeconds(70);
  private static final Duration TELL_EVERY = Duration.ofSeconds(3);

  private final Stage stage;
  private final Plan plan;
  private final Variant variant;
  private final Progress progress;
  private final Wire wire;
  private final WriteMeter meter;
  private final DynamoDbClient client;
  private final LedgerTable ledger;
  private final Sandboxes sandboxes;
  private final FunctionPool orders;
  private final FunctionPool reports;
  private final Queue queue;

  /**
   * Creates tables and queues; no sandbox yet.
   *
   * @param stage the servers
   * @param plan what to feed in
   * @param variant with or without the guard
   * @param progress where to tell how far it is
   */
  public Runner(Stage stage, Plan plan, Variant variant, Progress progress) {
    this.stage = stage;
    this.plan = plan;
    this.variant = variant;
    this.progress = progress;
    String lockTable = "locks-" + variant.suffix();
    client = stage.dynamoDb().client();
    ledger = new LedgerTable(client, "ledger-" + variant.suffix());
    stage.dynamoDb().createLockTable(lockTable);
    stage.dynamoDb().createTable(ledger.table(), LedgerTable.KEY, ScalarAttributeType.S);
    wire = Wire.to(stage.dynamoDb().endpoint());
    meter = WriteMeter.on(wire, lockTable);
    Functions functions =
        new Functions(
            variant, stage.code().of(variant), wire.endpoint(), lockTable, ledger.table());
    sandboxes = new Sandboxes(stage.time());
    orders = new FunctionPool(functions.shipOrder(), sandboxes, stage.time());
    reports = new FunctionPool(functions.nightlyReport(), sandboxes, stage.time());
    queue = stage.queues().create("orders-" + variant.suffix(), VISIBILITY);
  }

  /**
   * Runs until every message is handled or dead.
   *
   * @param raw where to keep the ledger and what the sandboxes wrote
   * @return what came of it
   * @throws InterruptedException if the thread is interrupted
   */
  public Run run(RawFiles raw) throws InterruptedException {
    startSandboxes();
    RunClock clock = RunClock.startingNow(stage.time());
    EventSourceMapping mapping =
        new EventSourceMapping(new AtLeastOnceQueue(queue, plan.messages()), orders);
    Mishaps mishaps = new Mishaps(plan, sandboxes, clock, progress::tell);
    mishaps.lurk(wire, ledger.table());
    CompletableFuture<Void> polling = mapping.start(ORDER_SANDBOXES);
    CompletableFuture<Void> sending = new Producer(queue, clock).start(plan.messages());
    CompletableFuture<Void> events = new EventBus(reports, clock).start(plan.events());
    CompletableFuture<Mishap> killed = Background.call("kill", mishaps::kill);
    CompletableFuture<Mishap> frozen = Background.call("freeze", mishaps::freeze);
    waitUntilOver(clock, CompletableFuture.allOf(sending, events, killed, frozen), polling);
    mapping.stop();
    polling.join();
    Instant end = stage.time().wall();
    raw.keepLogs(sandboxes.logs());
    raw.keepLedger(ledger.read());
    sandboxes.close();
    return result(clock.start(), end, killed.join(), frozen.join());
  }

  private void startSandboxes() {
    Instant from = stage.time().wall();
    CompletableFuture.allOf(orders.start(ORDER_SANDBOXES), reports.start(REPORT_SANDBOXES)).join();
    meter.reset();
    Duration took = Duration.between(from, stage.time().wall());
    progress.tell(
        Text.of(
            "%d sandboxes for orders and %d for reports are warm after %s",
            ORDER_SANDBOXES, REPORT_SANDBOXES, Seconds.of(took)));
  }

  private void waitUntilOver(
      RunClock clock, CompletableFuture<Void> input, CompletableFuture<Void> polling)
      throws InterruptedException {
    BooleanSupplier over =
        () ->
            polling.isDone()
                || input.isCompletedExceptionally()
                || (input.isDone() && queue.size() == 0);
    Duration next = TELL_EVERY;
    while (next.compareTo(LONGEST_RUN) < 0 && !clock.waitUntil(over, next)) {
      tellSteps(clock);
      next = next.plus(TELL_EVERY);
    }
    input.join();
  }

  private void tellSteps(RunClock clock) {
    Verdict now = new Judge(plan.work(), Map.of(), Map.of()).verdict(ledger.read());
    progress.tell(
        Text.of(
            "%s: %d of %d steps done, %d in the queue",
            Seconds.of(clock.elapsed()), now.done().size(), plan.work().size(), queue.size()));
  }

  private Run result(Instant start, Instant end, Mishap killed, Mishap frozen) {
    List<SandboxLife> lives = sandboxes.lives();
    Map<String, Instant> ends =
        lives.stream().collect(Collectors.toMap(SandboxLife::name, SandboxLife::end));
    Judge judge = new Judge(plan.work(), ends, Map.of(frozen.sandbox(), frozen.from()));
    List<Handling> handlings =
        Stream.of(orders, reports).flatMap(pool -> pool.handlings().stream()).toList();
    return new Run(
        variant,
        plan,
        start,
        end,
        handlings,
        lives,
        killed,
        frozen,
        meter.writes(),
        judge.verdict(ledger.read()));
  }

  /** Ends every sandbox, and removes what the run had for itself. */
  @Override
  public void close() {
    try (client;
        wire) {
      sandboxes.close();
    }
  }
}
