package dev.holdfast.lock.internal.dynamodb;

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

class ServerDateTest {
  private final ServerDate serverDate = new ServerDate(true);

  private static SdkHttpResponse responseWithDate(String date) {
    return SdkHttpResponse.builder().statusCode(200).putHeader("date", date).build();
  }

  @Test
  void date_isRead_ignoringTheCaseOfTheHeaderName() {
    assertThat(serverDate.of(responseWithDate("Thu, 01 Jan 2026 00:00:07 GMT")))
        .isEqualTo(1_767_225_607_000L);
  }

  @Test
  void date_ofAnError_isRead() {
    var refused =
        ConditionalCheckFailedException.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .sdkHttpResponse(responseWithDate("Thu, 01 Jan 2026 00:00:07 GMT"))
                    .build())
            .build();
    assertThat(serverDate.of(refused)).isEqualTo(1_767_225_607_000L);
  }

  @Test
  void missingResponseOrHeader_hasNoDate() {
    assertThat(serverDate.of(SdkClientException.create("broken pipe"))).isNull();
    assertThat(serverDate.of(ConditionalCheckFailedException.builder().build())).isNull();
    assertThat(serverDate.of((SdkHttpResponse) null)).isNull();
    assertThat(serverDate.of(SdkHttpResponse.builder().statusCode(200).build())).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "0", "Thu, 99 Jan 2026 00:00:07 GMT", "1767225607"})
  void malformedDate_isIgnored(String date) {
    assertThat(serverDate.of(responseWithDate(date))).isNull();
  }

  @Test
  void customEndpoint_isNotTrusted() {
    DynamoDbClientBuilder builder = DynamoDbClient.builder().region(Region.US_EAST_1);
    try (DynamoDbClient service = builder.build();
        DynamoDbClient emulator =
            builder.endpointOverride(URI.create("http://127.0.0.1:8000")).build()) {
      assertThat(ServerDate.of(service).trusted()).isTrue();
      assertThat(ServerDate.of(emulator).of(responseWithDate("Thu, 01 Jan 2026 00:00:07 GMT")))
          .isNull();
    }
  }
}
