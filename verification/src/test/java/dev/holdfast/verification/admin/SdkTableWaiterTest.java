package dev.holdfast.verification.admin;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.admin.LockTableRefusedException;
import dev.holdfast.lock.admin.NewLockTable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** Tests limits of the SDK's waiter, which the polling of the administration API does not have. */
class SdkTableWaiterTest extends AdminFixture {
  private static final int MAX_ATTEMPTS = 3;

  private void waitByTheSdk() {
    WaiterOverrideConfiguration configuration =
        WaiterOverrideConfiguration.builder()
            .maxAttempts(MAX_ATTEMPTS)
            .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(ofMillis(1)))
            .build();
    try (DynamoDbWaiter waiter =
        DynamoDbWaiter.builder()
            .client(dynamoDb.client())
            .overrideConfiguration(configuration)
            .build()) {
      waiter.waitUntilTableExists(r -> r.tableName(TABLE));
    }
  }

  @Test
  void throttledPoll_endsTheWaitOfTheSdk() throws InterruptedException {
    createTable();
    dynamoDb.answerNext(
        "describeTable",
        real -> {
          throw ServiceErrors.create(400, "ThrottlingException", "slow down");
        });

    assertThatExceptionOfType(SdkClientException.class)
        .isThrownBy(this::waitByTheSdk)
        .withCauseInstanceOf(AwsServiceException.class);
  }

  @Test
  void tableInDeletion_isPolledByTheSdkUntilTheLastAttempt_butRefusedImmediatelyByLockTableAdmin()
      throws InterruptedException {
    createTable();
    dynamoDb.answerAlways("describeTable", real -> inDeletion(real.execute()));

    assertThatThrownBy(this::waitByTheSdk)
        .hasMessageContaining("The waiter has exceeded the max retry attempts: " + MAX_ATTEMPTS);
    assertThat(dynamoDb.drainCalls())
        .containsExactly("describeTable", "describeTable", "describeTable");

    assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(() -> lockTableAdmin().createTable(NewLockTable.of(TABLE)));
    assertThat(dynamoDb.drainCalls()).containsExactly("createTable", "describeTable");
  }

  private static DescribeTableResponse inDeletion(Object response) {
    DescribeTableResponse real = (DescribeTableResponse) response;
    return real.toBuilder()
        .table(real.table().toBuilder().tableStatus(TableStatus.DELETING).build())
        .build();
  }
}
