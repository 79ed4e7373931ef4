package dev.holdfast.cdk.app;

import dev.holdfast.cdk.ILockTable;
import dev.holdfast.cdk.LockedFunction;
import dev.holdfast.cdk.LockedFunctionProps;
import dev.holdfast.cdk.SourceQueue;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CrossStackReferences;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.ReferenceStrength;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.scheduler.CronOptionsWithTimezone;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.targets.LambdaInvoke;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;
import software.constructs.IConstruct;

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
    addShipOrder();
    addNightlyReport();
    addRebuildIndex();
  }

  private void addShipOrder() {
    LockedFunction shipOrder = createFunction("ShipOrder", options -> options);
    SourceQueue orders = shipOrder.addSqsEventSource("Orders");
    addOutput("OrdersQueueUrl", "Queue for orders", orders.queue().getQueueUrl());
    IQueue steps = createOrderStepsQueue(shipOrder.getTimeout());
    shipOrder.addSqsEventSource(steps);
    addOutput("OrderStepsQueueUrl", "FIFO queue for the steps of orders", steps.getQueueUrl());
  }

  /** Creates a FIFO queue. Each order is a message group, so its steps keep their order. */
  private IQueue createOrderStepsQueue(Duration timeout) {
    IQueue deadLetterQueue =
        fifoQueueBuilder("OrderStepsDeadLetters").retentionPeriod(Duration.days(14)).build();
    return fifoQueueBuilder("OrderSteps")
        .visibilityTimeout(Duration.seconds(6 * timeout.toSeconds().intValue()))
        .deadLetterQueue(
            DeadLetterQueue.builder().queue(deadLetterQueue).maxReceiveCount(10).build())
        .build();
  }

  private Queue.Builder fifoQueueBuilder(String id) {
    return Queue.Builder.create(this, id).fifo(true).enforceSsl(true);
  }

  private void addNightlyReport() {
    IQueue failed = createFailureQueue("ReportsFailed");
    acknowledge(
        failed, "AwsSolutions-SQS3", "This queue receives the events that failed in all attempts.");
    Function report =
        createFunction("NightlyReport", options -> options.onFailure(new SqsDestination(failed)));
    acknowledge(
        this,
        String.format(Locale.ROOT, "AwsSolutions-IAM5[Resource::<%s.Arn>:*]", logicalId(report)),
        "The schedule may invoke the versions and aliases of one function only.");
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
    IFunction rebuild = createFunction("RebuildIndex", options -> options);
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
    acknowledge(table, "AwsSolutions-DDB3", "The data of the samples need no backup.");
    addOutput(
        "LedgerTable",
        "Ledger of the samples, with one item for each order or report",
        table.getTableName());
    return table;
  }

  private LockedFunction createFunction(
      String name, UnaryOperator<LockedFunctionProps.Builder> options) {
    LockedFunctionProps.Builder builder =
        LockedFunctionProps.builder(locks, "dev.holdfast.samples." + name + "Handler", code)
            .keyPrefix(KEY_PREFIX)
            .environment("LEDGER_TABLE", ledger.getTableName());
    LockedFunction function = new LockedFunction(this, name, options.apply(builder).build());
    ledger.grant(function, "dynamodb:UpdateItem");
    return function;
  }

  private String logicalId(Function function) {
    return getLogicalId((CfnElement) function.getNode().getDefaultChild());
  }

  private static void acknowledge(IConstruct construct, String rule, String reason) {
    Validations.of(construct).acknowledge(Acknowledgment.builder().id(rule).reason(reason).build());
  }

  private IQueue createFailureQueue(String id) {
    return Queue.Builder.create(this, id)
        .retentionPeriod(Duration.days(14))
        .enforceSsl(true)
        .build();
  }

  private void addOutput(String id, String description, String value) {
    CfnOutput.Builder.create(this, id).description(description).value(value).build();
  }
}
