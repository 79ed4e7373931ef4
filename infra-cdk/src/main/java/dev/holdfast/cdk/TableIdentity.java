package dev.holdfast.cdk;

import java.util.Locale;
import java.util.regex.Pattern;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.TokenComparison;
import software.amazon.awscdk.interfaces.ResourceEnvironment;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.constructs.IConstruct;

/**
 * Account, Region, name and ARN of a table. Each part may be a token until deployment.
 *
 * @param account the owner account
 * @param region the Region
 * @param name the physical name
 * @param arn the ARN
 */
record TableIdentity(String account, String region, String name, String arn) {

  private static final Pattern TABLE_ARN =
      Pattern.compile("arn:[a-z-]+:dynamodb:[a-z0-9-]+:[0-9]{12}:table/[^/]+");

  /** Returns the identity of a table of this app, or of one that this app imports. */
  static TableIdentity of(ITable table) {
    String arn = table.getTableArn();
    if (!Token.isUnresolved(arn)) {
      return parseArn(arn);
    }
    ResourceEnvironment environment = table.getEnv();
    return new TableIdentity(
        environment.getAccount(), environment.getRegion(), table.getTableName(), arn);
  }

  /** Returns the identity of a table in the account and Region of a construct's stack. */
  static TableIdentity inStackOf(IConstruct construct, TableName name) {
    Stack stack = Stack.of(construct);
    String arn =
        stack.formatArn(
            ArnComponents.builder()
                .service("dynamodb")
                .resource("table")
                .resourceName(name.value())
                .build());
    return new TableIdentity(stack.getAccount(), stack.getRegion(), name.value(), arn);
  }

  /** Returns the identity of the table with an ARN, in any account and Region. */
  static TableIdentity parseArn(String arn) {
    if (!Token.isUnresolved(arn) && !TABLE_ARN.matcher(arn).matches()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "table ARN must have the form arn:aws:dynamodb:eu-central-1:111122223333:table/locks, got '%s'",
              arn));
    }
    ArnComponents components = Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME);
    TableName name = new TableName(components.getResourceName());
    return new TableIdentity(components.getAccount(), components.getRegion(), name.value(), arn);
  }

  /** Returns whether synthesis knows that the table belongs to a different account. */
  boolean isInDifferentAccount(String otherAccount) {
    return areDifferent(account, otherAccount);
  }

  /** Returns whether synthesis knows that two values are different. */
  static boolean areDifferent(String first, String second) {
    return Token.compareStrings(first, second) == TokenComparison.DIFFERENT;
  }
}
