package dev.holdfast.lock.dynamodb.admin;

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
record TableTags(DynamoDbClient client) {
  /** A table has 50 tags at most, so pages that go on for longer are not to be believed. */
  private static final int PAGES_MAX = 50;

  Marking of(String arn) {
    try {
      return look(arn);
    } catch (AwsServiceException e) {
      if (knowsNoTags(e)) {
        return Marking.NO_TAGS_HERE;
      }
      throw e;
    }
  }

  private Marking look(String arn) {
    String next = null;
    for (int page = 0; page < PAGES_MAX; page++) {
      ListTagsOfResourceResponse found = page(arn, next);
      if (found.tags().stream().map(Tag::key).anyMatch(TableSchema.TAG::equals)) {
        return Marking.TAGGED;
      }
      next = found.nextToken();
      if (next == null) {
        return Marking.UNTAGGED;
      }
    }
    return Marking.UNTAGGED;
  }

  private ListTagsOfResourceResponse page(String arn, @Nullable String next) {
    return client.listTagsOfResource(
        r -> r.resourceArn(arn).nextToken(next).overrideConfiguration(Calls.BOUNDED));
  }

  /** What DynamoDB Local answers. */
  private static boolean knowsNoTags(AwsServiceException e) {
    return Calls.code(e).equals("UnknownOperationException")
        || Calls.message(e).startsWith("Tagging is not currently supported");
  }
}
