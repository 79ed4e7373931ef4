package dev.holdfast.demo.run;

import dev.holdfast.demo.aws.AtLeastOnceQueue;
import dev.holdfast.demo.aws.EnvironmentLifetime;
import dev.holdfast.demo.aws.EventBus;
import dev.holdfast.demo.aws.EventSourceMapping;
import dev.holdfast.demo.aws.ExecutionEnvironments;
import dev.holdfast.demo.aws.FunctionPool;
import dev.holdfast.demo.aws.InvocationRecord;
import dev.holdfast.demo.aws.SqsQueue;
import dev.holdfast.demo.checker.CheckResult;
import dev.holdfast.demo.checker.LedgerChecker;
import dev.holdfast.demo.concurrent.BackgroundTasks;
import dev.holdfast.demo.concurrent.RunClock;
import dev.holdfast.demo.dynamodb.DynamoDbProxy;
import dev.holdfast.demo.dynamodb.LedgerReader;
import dev.holdfast.demo.dynamodb.WriteCounter;
import dev.holdfast.demo.faults.FaultInjector;
import dev.holdfast.demo.faults.InjectedFault;
import dev.holdfast.demo.format.TextFormat;
import dev.holdfast.demo.workload.Workload;
import dev.holdfast.demo.workload.WorkloadMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Runs the workload once. Not thread-safe. */
public final class WorkloadRunner implements AutoCloseable {
  /** Concurrency of the function that processes the queue. */
  public static final int ORDER_CONCURRENCY = 8;

  /** Concurrency of the function that processes events. */
  public static final int REPORT_CONCURRENCY = 2;

  private static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(18);
  private static final Duration MAX_RUN_TIME = Duration.ofSeconds(70);
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(3);

  private final LocalInfrastructure infrastructure;
  private final Workload workload;
  private final Variant variant;
  private final Consumer<String> progressListener;
  private final DynamoDbProxy proxy;
  private final WriteCounter writeCounter;
  private final DynamoDbClient client;
  private final LedgerReader ledgerReader;
  private final ExecutionEnvironments environments;
  private final FunctionPool orderFunction;
  private final FunctionPool reportFunction;
  private final SqsQueue queue;

  /**
   * Creates the tables and the queue. Execution environments start with the run.
   *
   * @param infrastructure the servers
   * @param workload the workload
   * @param variant with or without the guard
   * @param progressListener receives lines of text; must be thread-safe
   */
  public WorkloadRunner(
      LocalInfrastructure infrastructure,
      Workload workload,
      Variant variant,
      Consumer<String> progressListener) {
    this.infrastructure = infrastructure;
    this.workload = workload;
    this.variant = variant;
    this.progressListener = progressListener;
    String lockTable = "locks-" + variant.suffix();
    client = infrastructure.dynamoDb().client();
    ledgerReader = new LedgerReader(client, "ledger-" + variant.suffix());
    infrastructure.dynamoDb().createLockTable(lockTable);
    infrastructure
        .dynamoDb()
        .createTable(ledgerReader.table(), LedgerReader.PARTITION_KEY, ScalarAttributeType.S);
    proxy = DynamoDbProxy.start(infrastructure.dynamoDb().endpoint());
    writeCounter = WriteCounter.attachTo(proxy, lockTable);
    FunctionFactory functionFactory =
        new FunctionFactory(
            variant,
            infrastructure.functionPackages().forVariant(variant),
            proxy.endpoint(),
            lockTable,
            ledgerReader.table());
    environments = new ExecutionEnvironments(infrastructure.time());
    orderFunction =
        new FunctionPool(functionFactory.shipOrder(), environments, infrastructure.time());
    reportFunction =
        new FunctionPool(functionFactory.nightlyReport(), environments, infrastructure.time());
    queue = infrastructure.sqs().create("orders-" + variant.suffix(), VISIBILITY_TIMEOUT);
  }

  /**
   * Runs until every message is processed or in the dead-letter queue.
   *
   * @param rawData writes the ledger and the logs
   * @return the result
   * @throws InterruptedException if the thread is interrupted
   */
  public RunResult run(RawDataWriter rawData) throws InterruptedException {
    startEnvironments();
    RunClock clock = RunClock.startNow(infrastructure.time());
    EventSourceMapping mapping =
        new EventSourceMapping(new AtLeastOnceQueue(queue, workload.messages()), orderFunction);
    FaultInjector faultInjector =
        new FaultInjector(workload, environments, clock, progressListener);
    faultInjector.attachTo(proxy, ledgerReader.table());
    CompletableFuture<Void> polling = mapping.start(ORDER_CONCURRENCY);
    CompletableFuture<Void> sending = BackgroundTasks.run("producer", () -> sendMessages(clock));
    CompletableFuture<Void> events = new EventBus(reportFunction, clock).start(workload.events());
    CompletableFuture<InjectedFault> killed =
        BackgroundTasks.call("kill", faultInjector::awaitKill);
    CompletableFuture<InjectedFault> frozen =
        BackgroundTasks.call("freeze", faultInjector::awaitFreeze);
    awaitCompletion(clock, CompletableFuture.allOf(sending, events, killed, frozen), polling);
    mapping.stop();
    polling.join();
    Instant endedAt = infrastructure.time().wallTime();
    rawData.writeLogs(environments.logs());
    rawData.writeLedger(ledgerReader.read());
    environments.close();
    return createResult(clock.startedAt(), endedAt, killed.join(), frozen.join());
  }

  private void startEnvironments() {
    Instant startedAt = infrastructure.time().wallTime();
    CompletableFuture.allOf(
            orderFunction.start(ORDER_CONCURRENCY), reportFunction.start(REPORT_CONCURRENCY))
        .join();
    writeCounter.reset();
    Duration elapsed = Duration.between(startedAt, infrastructure.time().wallTime());
    progressListener.accept(
        TextFormat.format(
            "%d execution environments for orders and %d for reports are ready after %s",
            ORDER_CONCURRENCY, REPORT_CONCURRENCY, TextFormat.seconds(elapsed)));
  }

  private void sendMessages(RunClock clock) throws InterruptedException {
    for (WorkloadMessage message : workload.messages()) {
      clock.sleepUntil(message.sendAt());
      queue.send(message.body());
    }
  }

  private void awaitCompletion(
      RunClock clock, CompletableFuture<Void> input, CompletableFuture<Void> polling)
      throws InterruptedException {
    BooleanSupplier isCompleted =
        () ->
            polling.isDone()
                || input.isCompletedExceptionally()
                || (input.isDone() && queue.size() == 0);
    Duration nextReport = PROGRESS_INTERVAL;
    while (nextReport.compareTo(MAX_RUN_TIME) < 0 && !clock.waitUntil(isCompleted, nextReport)) {
      reportProgress(clock);
      nextReport = nextReport.plus(PROGRESS_INTERVAL);
    }
    input.join();
  }

  private void reportProgress(RunClock clock) {
    CheckResult current =
        new LedgerChecker(workload.workItems(), Map.of(), Map.of()).check(ledgerReader.read());
    progressListener.accept(
        TextFormat.format(
            "%s: %d of %d steps completed, %d messages in the queue",
            TextFormat.seconds(clock.elapsed()),
            current.completed().size(),
            workload.workItems().size(),
            queue.size()));
  }

  private RunResult createResult(
      Instant startedAt, Instant endedAt, InjectedFault killed, InjectedFault frozen) {
    List<EnvironmentLifetime> lifetimes = environments.lifetimes();
    Map<String, Instant> terminationTimes =
        lifetimes.stream()
            .collect(
                Collectors.toMap(EnvironmentLifetime::name, EnvironmentLifetime::terminatedAt));
    LedgerChecker checker =
        new LedgerChecker(
            workload.workItems(),
            terminationTimes,
            Map.of(frozen.environment(), frozen.startedAt()));
    List<InvocationRecord> invocations =
        Stream.of(orderFunction, reportFunction)
            .flatMap(pool -> pool.invocations().stream())
            .toList();
    return new RunResult(
        variant,
        workload,
        startedAt,
        endedAt,
        invocations,
        lifetimes,
        killed,
        frozen,
        writeCounter.counts(),
        checker.check(ledgerReader.read()));
  }

  /** Kills all execution environments and closes the clients of the run. */
  @Override
  public void close() {
    try (client;
        proxy) {
      environments.close();
    }
  }
}
