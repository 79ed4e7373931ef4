package dev.holdfast.cdk;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleProps;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.AliasOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionProps;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * Lambda function in Java that is connected to a lock table.
 *
 * <pre>{@code
 * LockedFunction shipOrder =
 *     LockedFunction.Builder.create(this, "ShipOrder")
 *         .lockTable(locks)
 *         .handler("shop.ShipOrder")
 *         .code(Code.fromAsset("shop.zip"))
 *         .keyPrefix("orders/")
 *         .build();
 * SourceQueue orders = shipOrder.addSqsEventSource("Orders");
 * }</pre>
 *
 * <p>Synthesis validates its triggers, as it does for each function that {@link
 * ILockTable#connect(Function)} connects. JVM options are those of the Lambda runtime, which is
 * already tuned for short invocations.
 */
public final class LockedFunction extends Function {

  private static final Duration DEAD_LETTER_RETENTION = Duration.days(14);

  /** Maximum receive count. A message that finds a busy lock also counts as received. */
  private static final int MAX_RECEIVE_COUNT = 10;

  private final @Nullable Alias live;

  /**
   * Creates a connected function.
   *
   * @param scope the parent construct
   * @param id the construct id of the function with its log group, role and queues
   * @param props the lock table, the code and the options
   */
  public LockedFunction(Construct scope, String id, LockedFunctionProps props) {
    this(new Construct(scope, id), props);
  }

  /**
   * Creates the function inside a construct of its own, which also contains its log group and role.
   * Both must exist before the function.
   */
  private LockedFunction(Construct parent, LockedFunctionProps props) {
    this(parent, props, FunctionResources.create(parent, props.function()));
  }

  private LockedFunction(Construct parent, LockedFunctionProps props, FunctionProps function) {
    super(parent, ConstructPath.DEFAULT_CHILD, function);
    parent.getNode().setDefaultChild(getNode().getDefaultChild());
    if (props.keyPrefix == null) {
      props.lockTable.connect(this);
    } else {
      props.lockTable.connect(this, props.keyPrefix.value());
    }
    live = function.getSnapStart() == null ? null : addAlias("live", asynchronousOptions(function));
  }

  /**
   * Returns the target of triggers. With SnapStart it is the alias {@code live} of the newest
   * version, because only versions start from a snapshot. Otherwise it is the function itself.
   *
   * @return the alias or the function
   */
  public IFunction getLive() {
    return live == null ? this : live;
  }

  /**
   * Creates a queue with a dead-letter queue, and adds the queue as an event source. The visibility
   * timeout is six times the function's timeout. The maximum receive count is 10. Both queues
   * require encrypted requests.
   *
   * @param id the id of the queue inside this function; the dead-letter queue has the id {@code
   *     idDeadLetters}
   * @return the queue and its dead-letter queue
   */
  public SourceQueue addSqsEventSource(String id) {
    IQueue deadLetterQueue =
        Queue.Builder.create(this, String.format(Locale.ROOT, "%sDeadLetters", id))
            .retentionPeriod(DEAD_LETTER_RETENTION)
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .build();
    IQueue queue =
        Queue.Builder.create(this, id)
            .visibilityTimeout(Duration.seconds(6 * getTimeout().toSeconds().intValue()))
            .deadLetterQueue(
                DeadLetterQueue.builder()
                    .queue(deadLetterQueue)
                    .maxReceiveCount(MAX_RECEIVE_COUNT)
                    .build())
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .build();
    addSqsEventSource(queue);
    return new SourceQueue(queue, deadLetterQueue);
  }

  /**
   * Adds a queue as an event source, with batch item failures. Synthesis validates the settings of
   * the queue if this app defines it.
   *
   * @param queue the queue
   */
  public void addSqsEventSource(IQueue queue) {
    getLive()
        .addEventSource(SqsEventSource.Builder.create(queue).reportBatchItemFailures(true).build());
  }

  /**
   * Creates an EventBridge rule that sends its events to a queue of the function. This is the
   * recommended way. The queue delivers an event that finds a busy lock up to ten times, whereas an
   * asynchronous invocation retries twice. After that the event is in the dead-letter queue. The
   * handler receives SQS messages whose body is the event.
   *
   * @param id the id of the rule inside this function; the queue has the id {@code idQueue}
   * @param props the rule: pattern or schedule, event bus, description
   * @return the queue and its dead-letter queue
   */
  public SourceQueue addEventBridgeRule(String id, RuleProps props) {
    SourceQueue queue = addSqsEventSource(String.format(Locale.ROOT, "%sQueue", id));
    Rule rule = new Rule(this, id, props);
    rule.addTarget(SqsQueue.Builder.create(queue.getQueue()).build());
    return queue;
  }

  private static AliasOptions asynchronousOptions(FunctionProps function) {
    return AliasOptions.builder()
        .onFailure(function.getOnFailure())
        .onSuccess(function.getOnSuccess())
        .maxEventAge(function.getMaxEventAge())
        .retryAttempts(function.getRetryAttempts())
        .build();
  }

  /** Builder of {@link LockedFunction}. Not thread-safe. */
  public static final class Builder extends LockedFunctionOptions<Builder> {

    private final Construct scope;
    private final String id;

    private Builder(Construct scope, String id) {
      this.scope = scope;
      this.id = id;
    }

    /**
     * Returns a builder with the default of every option.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return the builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Creates the function.
     *
     * @return the function
     * @throws NullPointerException if the lock table, the handler or the code is missing
     */
    public LockedFunction build() {
      return new LockedFunction(scope, id, new LockedFunctionProps(this));
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
