package dev.holdfast.lock.admin;

import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.lock.internal.dynamodb.SdkErrorKind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/**
 * Reads the tag that marks lock tables. The SDK has no paginator for tags.
 *
 * @param client client of the account and Region of the tables
 */
record TableTagReader(DynamoDbClient client) {
  /** A table has at most 50 tags, so more pages than that can only be an error of the server. */
  private static final int MAX_PAGES = 50;

  TagStatus tagStatusOf(String arn) {
    try {
      return readTagStatus(arn);
    } catch (AwsServiceException e) {
      if (SdkErrorKind.of(e) == SdkErrorKind.TAGGING_UNSUPPORTED) {
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
}
