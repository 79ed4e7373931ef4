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

/** Recipes of docs/operations.md. */
final class RecipesTest {

  private Stack stack;

  @BeforeEach
  void createStack() {
    Environment environment =
        Environment.builder().account("111122223333").region("us-east-1").build();
    stack = new Stack(new App(), "Stack", StackProps.builder().env(environment).build());
  }

  @Test
  void severalTables_needOneGrantEach() {
    LockTable orders = new LockTable(stack, "Orders");
    LockTable stock = new LockTable(stack, "Stock");
    ManagedPolicy both = new ManagedPolicy(stack, "Both");
    orders.grantLocking(both);
    stock.grantLocking(both);
    SynthesizedTemplate template = SynthesizedTemplate.of(stack);
    assertThat(template.propertiesByLogicalId("AWS::DynamoDB::Table")).hasSize(2);
    assertThat(
            template
                .onlyResourceProperties("AWS::IAM::ManagedPolicy")
                .at("/PolicyDocument/Statement"))
        .extracting(statement -> statement.at("/Resource/Fn::GetAtt/0").asText())
        .containsExactlyElementsOf(template.propertiesByLogicalId("AWS::DynamoDB::Table").keySet());
  }

  @Test
  void gatewayEndpointPolicy_allowsPutAndDeleteOnly() {
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
            .resources(List.of(locks.getTableArn()))
            .build());
    assertThat(
            SynthesizedTemplate.of(stack)
                .onlyResourceProperties("AWS::EC2::VPCEndpoint")
                .path("PolicyDocument"))
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
  void stronglyConsistentGlobalTable_isAccepted_withoutTimeToLive() {
    TableV2 global =
        globalTable(builder -> builder.multiRegionConsistency(MultiRegionConsistency.STRONG));
    LockTable.fromTableName(stack, "Locks", global.getTableName())
        .grantLocking(new ManagedPolicy(stack, "Locking"));
    JsonNode table =
        SynthesizedTemplate.of(stack).onlyResourceProperties("AWS::DynamoDB::GlobalTable");
    assertThat(table.path("MultiRegionConsistency").asText()).isEqualTo("STRONG");
    assertThat(table.path("Replicas")).hasSize(3);
    assertThat(table.has("TimeToLiveSpecification")).isFalse();
    assertThat(SynthesisWarnings.of(stack)).isEmpty();
  }

  @Test
  void eventuallyConsistentGlobalTable_causesWarning() {
    LockTable.fromTableName(stack, "Locks", globalTable(builder -> builder).getTableName())
        .grantLocking(new ManagedPolicy(stack, "Locking"));
    assertThat(SynthesisWarnings.of(stack))
        .singleElement()
        .asString()
        .startsWith(
            "lock table Stack/Locks must be strongly consistent across Regions, got eventually"
                + " consistent global table Stack/Global: each Region grants the same lock; use the"
                + " table from one Region only, or set multi-Region strong consistency");
  }

  @Test
  void singleRegionGlobalTable_causesNoWarning() {
    TableV2 alone = TableV2.Builder.create(stack, "Global").partitionKey(partitionKey()).build();
    LockTable.fromTableArn(stack, "Locks", alone.getTableArn());
    assertThat(SynthesisWarnings.of(stack)).isEmpty();
  }

  @Test
  void provisionedTable_isAccepted() {
    Table provisioned =
        Table.Builder.create(stack, "Provisioned")
            .partitionKey(partitionKey())
            .timeToLiveAttribute("ttl")
            .billingMode(BillingMode.PROVISIONED)
            .readCapacity(1)
            .writeCapacity(100)
            .build();
    LockTable.fromTableName(stack, "Locks", provisioned.getTableName())
        .grantLocking(new ManagedPolicy(stack, "Locking"));
    assertThat(grantedTable().path("ProvisionedThroughput"))
        .isEqualTo(json("{\"ReadCapacityUnits\": 1, \"WriteCapacityUnits\": 100}"));
  }

  @Test
  void warmThroughputTable_isAccepted() {
    Table warm =
        Table.Builder.create(stack, "Warm")
            .partitionKey(partitionKey())
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
    assertThat(grantedTable().path("WarmThroughput"))
        .isEqualTo(json("{\"ReadUnitsPerSecond\": 12000, \"WriteUnitsPerSecond\": 20000}"));
  }

  /** Returns the table of a grant, after checking the statement. */
  private JsonNode grantedTable() {
    SynthesizedTemplate template = SynthesizedTemplate.of(stack);
    String table =
        template.propertiesByLogicalId("AWS::DynamoDB::Table").keySet().iterator().next();
    assertThat(template.onlyResourceProperties("AWS::IAM::ManagedPolicy").toString())
        .contains(table);
    return template.onlyResourceProperties("AWS::DynamoDB::Table");
  }

  private TableV2 globalTable(UnaryOperator<TableV2.Builder> options) {
    TableV2.Builder builder =
        TableV2.Builder.create(stack, "Global")
            .partitionKey(partitionKey())
            .replicas(
                List.of(
                    ReplicaTableProps.builder().region("us-east-2").build(),
                    ReplicaTableProps.builder().region("us-west-2").build()));
    return options.apply(builder).build();
  }

  private static Attribute partitionKey() {
    return Attribute.builder().name("resource_id").type(AttributeType.STRING).build();
  }
}
