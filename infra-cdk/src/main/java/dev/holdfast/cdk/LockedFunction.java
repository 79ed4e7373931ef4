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
 * A Lambda function in Java that is connected to a lock table, with settings that suit it.
 *
 * <pre>{@code
 * LockedFunction shipOrder =
 *     new LockedFunction(
 *         this,
 *         "ShipOrder",
 *         LockedFunctionProps.builder(locks, "shop.ShipOrder", code).keyPrefix("orders/").build());
 * LockedQueue orders = shipOrder.fromQueue("Orders");
 * }</pre>
 *
 * <p>It is a {@link Function} like any other; what invokes it is checked at synthesis, as for each
 * function that {@link ILockTable#connect(Function)} connects. The JVM's own settings are left to
 * Lambda, whose Java runtimes are tuned for short runs already.
 */
public final class LockedFunction extends Function {

  private static final Duration DEAD_LETTER_RETENTION = Duration.days(14);

  /** Messages that met a busy lock count as received too, so there is room for several. */
  private static final int MAX_RECEIVE_COUNT = 10;

  private final @Nullable Alias live;

  /**
   * Creates a function, connected.
   *
   * @param scope the construct that it belongs to
   * @param id its id there; its role and its log group stand beside it as {@code idRole} and {@code
   *     idLogs}, unless they are given
   * @param props what it runs
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
      live()
          .configureAsyncInvoke(
              EventInvokeConfigOptions.builder().onFailure(props.onFailure).build());
    }
  }

  /**
   * Returns what has to be invoked: with SnapStart the alias {@code live} of the newest version,
   * since only versions start from a snapshot, and else the function itself.
   *
   * @return what triggers take as their target
   */
  public IFunction live() {
    return live == null ? this : live;
  }

  /**
   * Creates a queue that fits this function, with a dead-letter queue, and lets the function work
   * on its messages. It hides a message for six times the function's time-out, gives it up after 10
   * receives, and takes no request that is not encrypted.
   *
   * @param id the queue's id beside the function; the dead-letter queue's is {@code idDeadLetters}
   * @return both queues
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
   * Lets the function work on the messages of a queue, each reported on its own. Whether the queue
   * fits is checked at synthesis, where it is one of the app.
   *
   * @param queue the queue
   */
  public void addSqsEventSource(IQueue queue) {
    live()
        .addEventSource(SqsEventSource.Builder.create(queue).reportBatchItemFailures(true).build());
  }

  /**
   * Lets the function work on the events that match a rule, by way of a queue: the recommended way,
   * since an event that meets a busy lock is then tried again by the queue, ten times instead of
   * two, and kept when that was not enough. The handler gets messages whose body is the event.
   *
   * @param id the rule's id beside the function; the queue's is {@code idQueue}
   * @param props the rule: pattern or schedule, bus, description
   * @return the queue, and where its messages end that nobody could handle
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

  /** The managed policy that CDK would attach to a role of its own may write to every log group. */
  private static Role role(Construct scope, String id) {
    return Role.Builder.create(scope, String.format(Locale.ROOT, "%sRole", id))
        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
        .build();
  }
}
