package dev.holdfast.cdk;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.MultiRegionConsistency;
import software.amazon.awscdk.services.dynamodb.ReplicaTableProps;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.dynamodb.WarmThroughput;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpoint;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** The recipes of docs/operations.md, for those who outgrow the defaults. */
final class RecipesTest {

  private Stack stack;

  @BeforeEach
  void createStack() {
    Environment environment =
        Environment.builder().account("111122223333").region("us-east-1").build();
    stack = new Stack(new App(), "Stack", StackProps.builder().env(environment).build());
  }

  @Test
  void severalTables_areSeveralGrants() {
    LockTable orders = new LockTable(stack, "Orders");
    LockTable stock = new LockTable(stack, "Stock");
    ManagedPolicy both = new ManagedPolicy(stack, "Both");
    orders.grantLocking(both);
    stock.grantLocking(both);
    SynthesizedTemplate template = SynthesizedTemplate.of(stack);
    assertThat(template.properties("AWS::DynamoDB::Table")).hasSize(2);
    assertThat(template.only("AWS::IAM::ManagedPolicy").at("/PolicyDocument/Statement"))
        .extracting(statement -> statement.at("/Resource/Fn::GetAtt/0").asText())
        .containsExactlyElementsOf(template.properties("AWS::DynamoDB::Table").keySet());
  }

  @Test
  void endpoint_letsOnlyTheTwoActionsThrough() {
    LockTable locks = new LockTable(stack, "Locks");
    GatewayVpcEndpoint endpoint =
        new Vpc(stack, "Vpc")
            .addGatewayEndpoint(
                "DynamoDb",
                GatewayVpcEndpointOptions.builder()
                    .service(GatewayVpcEndpointAwsService.DYNAMODB)
                    .build());
    endpoint.addToPolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new AnyPrincipal()))
            .actions(List.of("dynamodb:PutItem", "dynamodb:DeleteItem"))
            .resources(List.of(locks.tableArn()))
            .build());
    assertThat(SynthesizedTemplate.of(stack).only("AWS::EC2::VPCEndpoint").path("PolicyDocument"))
        .isEqualTo(
            json(
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [{
                    "Effect": "Allow",
                    "Principal": {"AWS": "*"},
                    "Action": ["dynamodb:PutItem", "dynamodb:DeleteItem"],
                    "Resource": {"Fn::GetAtt": ["Locks3E7D824A", "Arn"]}
                  }]
                }
                """));
  }

  @Test
  void stronglyConsistentGlobalTable_isALockTable_withoutTimeToLive_andWithoutAWarning() {
    TableV2 global =
        global(builder -> builder.multiRegionConsistency(MultiRegionConsistency.STRONG));
    LockTable.fromTableName(stack, "Locks", global.getTableName())
        .grantLocking(new ManagedPolicy(stack, "Locking"));
    JsonNode table = SynthesizedTemplate.of(stack).only("AWS::DynamoDB::GlobalTable");
    assertThat(table.path("MultiRegionConsistency").asText()).isEqualTo("STRONG");
    assertThat(table.path("Replicas")).hasSize(3);
    assertThat(table.has("TimeToLiveSpecification")).isFalse();
    assertThat(Messages.warnings(stack)).isEmpty();
  }

  @Test
  void eventuallyConsistentGlobalTable_isWarnedAbout() {
    LockTable.fromTableName(stack, "Locks", global(builder -> builder).getTableName())
        .grantLocking(new ManagedPolicy(stack, "Locking"));
    assertThat(Messages.warnings(stack))
        .singleElement()
        .asString()
        .startsWith(
            "lock table Stack/Locks is Stack/Global, whose replicas agree only in the end: each"
                + " Region hands out the same lock; use it from one Region only, or make it"
                + " strongly consistent");
  }

  @Test
  void globalTableOfOneRegion_isNotWarnedAbout() {
    TableV2 alone = TableV2.Builder.create(stack, "Global").partitionKey(key()).build();
    LockTable.fromTableArn(stack, "Locks", alone.getTableArn());
    assertThat(Messages.warnings(stack)).isEmpty();
  }

  @Test
  void provisionedTable_isALockTable() {
    Table provisioned =
        Table.Builder.create(stack, "Provisioned")
            .partitionKey(key())
            .timeToLiveAttribute("ttl")
            .billingMode(BillingMode.PROVISIONED)
            .readCapacity(1)
            .writeCapacity(100)
            .build();
    LockTable.fromTableName(stack, "Locks", provisioned.getTableName())
        .grantLocking(new ManagedPolicy(stack, "Locking"));
    assertThat(locked().path("ProvisionedThroughput"))
        .isEqualTo(json("{\"ReadCapacityUnits\": 1, \"WriteCapacityUnits\": 100}"));
  }

  @Test
  void warmTable_isALockTable() {
    Table warm =
        Table.Builder.create(stack, "Warm")
            .partitionKey(key())
            .timeToLiveAttribute("ttl")
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .warmThroughput(
                WarmThroughput.builder()
                    .readUnitsPerSecond(12_000)
                    .writeUnitsPerSecond(20_000)
                    .build())
            .build();
    LockTable.fromTableName(stack, "Locks", warm.getTableName())
        .grantLocking(new ManagedPolicy(stack, "Locking"));
    assertThat(locked().path("WarmThroughput"))
        .isEqualTo(json("{\"ReadUnitsPerSecond\": 12000, \"WriteUnitsPerSecond\": 20000}"));
  }

  /** The table, after a look that the grant is on it. */
  private JsonNode locked() {
    SynthesizedTemplate template = SynthesizedTemplate.of(stack);
    String table = template.properties("AWS::DynamoDB::Table").keySet().iterator().next();
    assertThat(template.only("AWS::IAM::ManagedPolicy").toString()).contains(table);
    return template.only("AWS::DynamoDB::Table");
  }

  private TableV2 global(UnaryOperator<TableV2.Builder> options) {
    TableV2.Builder builder =
        TableV2.Builder.create(stack, "Global")
            .partitionKey(key())
            .replicas(
                List.of(
                    ReplicaTableProps.builder().region("us-east-2").build(),
                    ReplicaTableProps.builder().region("us-west-2").build()));
    return options.apply(builder).build();
  }

  private static Attribute key() {
    return Attribute.builder().name("resource_id").type(AttributeType.STRING).build();
  }
}
