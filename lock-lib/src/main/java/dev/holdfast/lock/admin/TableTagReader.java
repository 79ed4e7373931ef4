package dev.holdfast.lock.admin;

import dev.holdfast.lock.dynamodb.TableSchema;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/**
 * Looks for the tag by which lock tables are known.
 *
 * @param client where the tables are
 */
record TableTagReader(DynamoDbClient client) {
  /** A table has 50 tags at most, so pages that go on for longer are not to be believed. */
  private static final int MAX_PAGES = 50;

  TagStatus tagStatusOf(String arn) {
    try {
      return readTagStatus(arn);
    } catch (AwsServiceException e) {
      if (isTaggingUnsupported(e)) {
        return TagStatus.TAGS_UNSUPPORTED;
      }
      throw e;
    }
  }

  private TagStatus readTagStatus(String arn) {
    String next = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      ListTagsOfResourceResponse found = listPage(arn, next);
      if (found.tags().stream().map(Tag::key).anyMatch(TableSchema.TAG::equals)) {
        return TagStatus.TAGGED;
      }
      next = found.nextToken();
      if (next == null) {
        return TagStatus.UNTAGGED;
      }
    }
    return TagStatus.UNTAGGED;
  }

  private ListTagsOfResourceResponse listPage(String arn, @Nullable String next) {
    return client.listTagsOfResource(
        r -> r.resourceArn(arn).nextToken(next).overrideConfiguration(SdkCalls.WITH_TIMEOUT));
  }

  /** What DynamoDB Local answers. */
  private static boolean isTaggingUnsupported(AwsServiceException e) {
    return SdkCalls.errorCode(e).equals("UnknownOperationException")
        || SdkCalls.errorMessage(e).startsWith("Tagging is not currently supported");
  }
}
