package dev.holdfast.cdk.app;

import java.util.Arrays;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.Validations;
import software.constructs.IConstruct;

/** Acknowledgments of cdk-nag rules that a construct violates for a reason. */
final class NagRules {

  /** Rules of the packs AwsSolutions and NIST 800-53 R5 that a table has backups. */
  private static final String[] BACKUP = {
    "AwsSolutions-DDB3", "NIST.800.53.R5-DynamoDBInBackupPlan", "NIST.800.53.R5-DynamoDBPITREnabled"
  };

  private NagRules() {}

  /** Acknowledges rules for a construct and all that it contains. */
  static void acknowledge(IConstruct construct, String reason, String... rules) {
    Validations.of(construct)
        .acknowledge(
            Arrays.stream(rules)
                .map(rule -> Acknowledgment.builder().id(rule).reason(reason).build())
                .toArray(Acknowledgment[]::new));
  }

  static void acknowledgeMissingBackup(IConstruct table, String reason) {
    acknowledge(table, reason, BACKUP);
  }

  static void acknowledgeDeadLetterQueue(IConstruct queue) {
    acknowledge(
        queue,
        "This queue receives the events that failed in all attempts.",
        "AwsSolutions-SQS3",
        "Serverless-SQSRedrivePolicy");
  }

  /** Acknowledges rules for functions whose events come from queues, buses and schedules. */
  static void acknowledgeFunctions(IConstruct scope) {
    acknowledge(
        scope,
        "The source queue has a dead-letter queue. Asynchronous events have a failure destination,"
            + " which also receives the reason.",
        "Serverless-LambdaDLQ",
        "NIST.800.53.R5-LambdaDLQ");
    acknowledge(
        scope,
        "An event source mapping of a queue has no failure destination. The queue has a dead-letter"
            + " queue.",
        "Serverless-LambdaEventSourceMappingDestination");
    acknowledge(
        scope,
        "Tracing has a price for each invocation, and its permission applies to every resource.",
        "Serverless-LambdaTracing");
    acknowledge(
        scope,
        "A throttled message counts as received. The lock already limits the work on each resource.",
        "NIST.800.53.R5-LambdaConcurrency");
    acknowledge(
        scope,
        "The functions call DynamoDB only, with the permissions of their role. A VPC would need"
            + " endpoints.",
        "NIST.800.53.R5-LambdaInsideVPC");
    acknowledge(
        scope,
        "Each policy belongs to one role, and is deleted with it.",
        "NIST.800.53.R5-IAMNoInlinePolicy");
    acknowledge(
        scope,
        "CloudWatch Logs encrypts every log group. The samples log no secrets, and a customer managed"
            + " key has a monthly price.",
        "NIST.800.53.R5-CloudWatchLogGroupEncrypted");
  }
}
