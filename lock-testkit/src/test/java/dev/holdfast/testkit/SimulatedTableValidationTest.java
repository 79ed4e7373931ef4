package dev.holdfast.testkit;

import static dev.holdfast.testkit.SampleRequests.delete;
import static dev.holdfast.testkit.SampleRequests.number;
import static dev.holdfast.testkit.SampleRequests.put;
import static dev.holdfast.testkit.SampleRequests.row;
import static dev.holdfast.testkit.SampleRequests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** Checks the errors that DynamoDB returns before it reads a row, with their messages. */
class SimulatedTableValidationTest {
  private final SimulatedTable table = SimulatedTable.named("locks");

  @Test
  void put_withoutKey_isInvalid() {
    assertInvalid(
        () -> table.putItem(put(Map.of("id", text("a"))).build()),
        "One or more parameter values were invalid: Missing the key resource_id in the item");
  }

  @Test
  void put_withKeyOfOtherType_isInvalid() {
    assertInvalid(
        () -> table.putItem(put(Map.of("resource_id", number("1"))).build()),
        "One or more parameter values were invalid: Type mismatch for key resource_id expected: S"
            + " actual: N");
  }

  @Test
  void put_withEmptyKey_isInvalid() {
    assertInvalid(
        () -> table.putItem(put(row("")).build()),
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: resource_id");
  }

  @Test
  void key_above2048Bytes_isInvalid() {
    table.putItem(put(row("ä".repeat(1024))).build());

    assertInvalid(
        () -> table.putItem(put(row("ä".repeat(1024) + "x")).build()),
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size"
            + " limit of2048 bytes");
  }

  @Test
  void item_above400Kilobytes_isInvalid() {
    int rest = 400 * 1024 - "resource_ida".length() - "d".length();
    table.putItem(put(row("a", "d", "x".repeat(rest))).build());

    assertInvalid(
        () -> table.putItem(put(row("a", "d", "x".repeat(rest + 1))).build()),
        "Item size has exceeded the maximum allowed size");
  }

  @Test
  void delete_byOtherKeyAttribute_isInvalid() {
    assertInvalid(
        () -> table.deleteItem(delete("a").key(Map.of("id", text("a"))).build()),
        "The provided key element does not match the schema");
  }

  @Test
  void tableWithOtherKey_rejectsLockRows() {
    var other = SimulatedTable.withKey("locks", "id");

    assertInvalid(
        () -> other.putItem(put(row("a")).build()),
        "One or more parameter values were invalid: Missing the key id in the item");
  }

  @ParameterizedTest
  @CsvSource({"UPDATED_NEW", "ALL_NEW"})
  void returnValues_unsupportedByPut_areInvalid(ReturnValue values) {
    assertInvalid(
        () -> table.putItem(put(row("a")).returnValues(values).build()),
        "Return values set to invalid value");
  }

  @Test
  void emptyAttributeValue_isInvalid() {
    assertInvalid(
        () -> table.putItem(put(Map.of("resource_id", AttributeValue.builder().build())).build()),
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
  }

  private static void assertInvalid(Callable<?> call, String message) {
    var invalid = catchThrowableOfType(DynamoDbException.class, call::call);
    assertThat(invalid.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
    assertThat(invalid.awsErrorDetails().errorMessage()).isEqualTo(message);
    assertThat(invalid.statusCode()).isEqualTo(400);
  }
}
