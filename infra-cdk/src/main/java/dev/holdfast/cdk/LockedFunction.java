package dev.holdfast.cdk;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleProps;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionProps;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * Lambda function in Java that is connected to a lock table.
 *
 * <pre>{@code
 * LockedFunction shipOrder =
 *     new LockedFunction(
 *         this,
 *         "ShipOrder",
 *         LockedFunctionProps.builder(locks, "shop.ShipOrder", code).keyPrefix("orders/").build());
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
   * @param id the construct id; the log group has the id {@code idLogs} in the same scope, and the
   *     role has {@code idRole} unless the props contain a role
   * @param props the code and the options
   */
  public LockedFunction(Construct scope, String id, LockedFunctionProps props) {
    super(scope, id, functionProps(scope, id, props));
    if (props.keyPrefix == null) {
      props.table.connect(this);
    } else {
      props.table.connect(this, props.keyPrefix.value());
    }
    live = props.snapStart ? addAlias("live") : null;
    if (props.onFailure != null) {
      getLive()
          .configureAsyncInvoke(
              EventInvokeConfigOptions.builder().onFailure(props.onFailure).build());
    }
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
   * @param id the id of the queue in the scope of the function; the dead-letter queue has the id
   *     {@code idDeadLetters}
   * @return the queue and its dead-letter queue
   */
  public SourceQueue addSqsEventSource(String id) {
    Construct scope = (Construct) getNode().getScope();
    IQueue deadLetterQueue =
        Queue.Builder.create(scope, String.format(Locale.ROOT, "%sDeadLetters", id))
            .retentionPeriod(DEAD_LETTER_RETENTION)
            .enforceSsl(true)
            .build();
    IQueue queue =
        Queue.Builder.create(scope, id)
            .visibilityTimeout(Duration.seconds(6 * getTimeout().toSeconds().intValue()))
            .deadLetterQueue(
                DeadLetterQueue.builder()
                    .queue(deadLetterQueue)
                    .maxReceiveCount(MAX_RECEIVE_COUNT)
                    .build())
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
   * @param id the id of the rule in the scope of the function; the queue has the id {@code idQueue}
   * @param props the rule: pattern or schedule, event bus, description
   * @return the queue and its dead-letter queue
   */
  public SourceQueue addEventBridgeRule(String id, RuleProps props) {
    SourceQueue queue = addSqsEventSource(String.format(Locale.ROOT, "%sQueue", id));
    Rule rule = new Rule((Construct) getNode().getScope(), id, props);
    rule.addTarget(SqsQueue.Builder.create(queue.queue()).build());
    return queue;
  }

  private static FunctionProps functionProps(
      Construct scope, String id, LockedFunctionProps props) {
    LogGroup logs =
        LogGroup.Builder.create(scope, String.format(Locale.ROOT, "%sLogs", id))
            .retention(RetentionDays.ONE_MONTH)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    IRole role = props.role == null ? role(scope, id) : props.role;
    logs.grantWrite(role);
    FunctionProps.Builder builder =
        FunctionProps.builder()
            .runtime(props.runtime)
            .architecture(props.architecture)
            .handler(props.handler)
            .code(props.code)
            .memorySize(props.memorySize)
            .timeout(props.timeout)
            .role(role)
            .logGroup(logs)
            .environment(props.environment);
    if (props.snapStart) {
      builder.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
    }
    return builder.build();
  }

  /** Creates a role without the AWS managed policy, which allows writing to every log group. */
  private static Role role(Construct scope, String id) {
    return Role.Builder.create(scope, String.format(Locale.ROOT, "%sRole", id))
        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
        .build();
  }
}
