package dev.holdfast.cdk.app;

import dev.holdfast.cdk.ILockTable;
import dev.holdfast.cdk.LockedFunction;
import dev.holdfast.cdk.SourceQueue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CrossStackReferences;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.ReferenceStrength;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionProps;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.scheduler.CronOptionsWithTimezone;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.targets.LambdaInvoke;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** Stack with the sample functions and their triggers. */
final class SamplesStack extends Stack {

  /** Key prefix of the samples' locks, which separates them from all other locks. */
  private static final String KEY_PREFIX = "samples/";

  private final ILockTable locks;
  private final Code code;
  private final Table ledger;

  SamplesStack(Construct scope, String id, ILockTable locks, Code code) {
    super(scope, id, StackProps.builder().description("Holdfast: sample functions").build());
    // CloudFormation then rejects deleting the lock table's stack while these functions use it.
    CrossStackReferences.of(this).consume(ReferenceStrength.STRONG);
    this.locks = locks;
    this.code = code;
    ledger = ledger();
    NagRules.acknowledgeFunctions(this);
    addShipOrder();
    addNightlyReport();
    addRebuildIndex();
  }

  private void addShipOrder() {
    LockedFunction shipOrder = createFunction("ShipOrder", options -> {});
    SourceQueue orders = shipOrder.addSqsEventSource("Orders");
    NagRules.acknowledgeDeadLetterQueue(orders.getDeadLetterQueue());
    addOutput("OrdersQueueUrl", "Queue for orders", orders.getQueue().getQueueUrl());
    IQueue steps = createOrderStepsQueue(shipOrder.getTimeout());
    shipOrder.addSqsEventSource(steps);
    addOutput("OrderStepsQueueUrl", "FIFO queue for the steps of orders", steps.getQueueUrl());
  }

  /** Creates a FIFO queue. Each order is a message group, so its steps keep their order. */
  private IQueue createOrderStepsQueue(Duration timeout) {
    IQueue deadLetterQueue =
        fifoQueueBuilder("OrderStepsDeadLetters").retentionPeriod(Duration.days(14)).build();
    NagRules.acknowledgeDeadLetterQueue(deadLetterQueue);
    return fifoQueueBuilder("OrderSteps")
        .visibilityTimeout(Duration.seconds(6 * timeout.toSeconds().intValue()))
        .deadLetterQueue(
            DeadLetterQueue.builder().queue(deadLetterQueue).maxReceiveCount(10).build())
        .build();
  }

  private Queue.Builder fifoQueueBuilder(String id) {
    return Queue.Builder.create(this, id)
        .fifo(true)
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true);
  }

  private void addNightlyReport() {
    IQueue failed = createFailureQueue("ReportsFailed");
    Function report =
        createFunction("NightlyReport", options -> options.onFailure(new SqsDestination(failed)));
    NagRules.acknowledge(
        this,
        "The schedule may invoke the versions and aliases of one function only.",
        String.format(Locale.ROOT, "AwsSolutions-IAM5[Resource::<%s.Arn>:*]", logicalId(report)));
    Rule.Builder.create(this, "ReportRequested")
        .description("Writes a report when an application asks for it")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("holdfast.samples"))
                .detailType(List.of("ReportRequested"))
                .build())
        .targets(List.of(LambdaFunction.Builder.create(report).deadLetterQueue(failed).build()))
        .build();
    Schedule.Builder.create(this, "Nightly")
        .description("Writes a report every night")
        .schedule(
            ScheduleExpression.cron(
                CronOptionsWithTimezone.builder()
                    .minute("0")
                    .hour("3")
                    .timeZone(TimeZone.ETC_UTC)
                    .build()))
        .target(LambdaInvoke.Builder.create(report).deadLetterQueue(failed).build())
        .build();
  }

  private void addRebuildIndex() {
    IQueue failed = createFailureQueue("RebuildsFailed");
    IFunction rebuild =
        createFunction("RebuildIndex", options -> options.onFailure(new SqsDestination(failed)));
    addOutput(
        "RebuildIndexFunction",
        "Function to invoke for an index rebuild",
        rebuild.getFunctionName());
  }

  /** Creates the ledger, a table in which the samples record their work. */
  private Table ledger() {
    Table table =
        Table.Builder.create(this, "Ledger")
            .partitionKey(Attribute.builder().name("subject").type(AttributeType.STRING).build())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    NagRules.acknowledgeMissingBackup(table, "The data of the samples need no backup.");
    addOutput(
        "LedgerTable",
        "Ledger of the samples, with one item for each order or report",
        table.getTableName());
    return table;
  }

  private LockedFunction createFunction(String name, Consumer<FunctionProps.Builder> options) {
    LockedFunction function =
        LockedFunction.Builder.create(this, name)
            .lockTable(locks)
            .handler("dev.holdfast.samples." + name + "Handler")
            .code(code)
            .keyPrefix(KEY_PREFIX)
            .functionOptions(o -> o.environment(Map.of("LEDGER_TABLE", ledger.getTableName())))
            .functionOptions(options)
            .build();
    ledger.grant(function, "dynamodb:UpdateItem");
    return function;
  }

  private String logicalId(Function function) {
    return getLogicalId((CfnElement) function.getNode().getDefaultChild());
  }

  private IQueue createFailureQueue(String id) {
    IQueue queue =
        Queue.Builder.create(this, id)
            .retentionPeriod(Duration.days(14))
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .build();
    NagRules.acknowledgeDeadLetterQueue(queue);
    return queue;
  }

  private void addOutput(String id, String description, String value) {
    CfnOutput.Builder.create(this, id).description(description).value(value).build();
  }
}
