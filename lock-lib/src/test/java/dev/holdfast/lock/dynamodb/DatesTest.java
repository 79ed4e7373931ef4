package dev.holdfast.lock.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

class DatesTest {
  private final Dates dates = new Dates(true);

  private static SdkHttpResponse dated(String date) {
    return SdkHttpResponse.builder().statusCode(200).putHeader("date", date).build();
  }

  @Test
  void date_isRead_whateverTheCaseOfItsName() {
    assertThat(dates.of(dated("Thu, 01 Jan 2026 00:00:07 GMT"))).isEqualTo(1_767_225_607_000L);
  }

  @Test
  void date_ofAnError_isRead() {
    var refused =
        ConditionalCheckFailedException.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .sdkHttpResponse(dated("Thu, 01 Jan 2026 00:00:07 GMT"))
                    .build())
            .build();
    assertThat(dates.of(refused)).isEqualTo(1_767_225_607_000L);
  }

  @Test
  void noAnswer_hasNoDate() {
    assertThat(dates.of(SdkClientException.create("broken pipe"))).isNull();
    assertThat(dates.of(ConditionalCheckFailedException.builder().build())).isNull();
    assertThat(dates.of((SdkHttpResponse) null)).isNull();
    assertThat(dates.of(SdkHttpResponse.builder().statusCode(200).build())).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "0", "Thu, 99 Jan 2026 00:00:07 GMT", "1767225607"})
  void whatIsNoDate_isNone(String date) {
    assertThat(dates.of(dated(date))).isNull();
  }

  @Test
  void endpointOfTheUsersOwn_countsForNothing() {
    DynamoDbClientBuilder builder = DynamoDbClient.builder().region(Region.US_EAST_1);
    try (DynamoDbClient service = builder.build();
        DynamoDbClient emulator =
            builder.endpointOverride(URI.create("http://127.0.0.1:8000")).build()) {
      assertThat(Dates.of(service).count()).isTrue();
      assertThat(Dates.of(emulator).of(dated("Thu, 01 Jan 2026 00:00:07 GMT"))).isNull();
    }
  }
}
