package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.lambda.internal.client.LambdaDynamoDbClient;
import dev.holdfast.lambda.internal.keys.IdPointers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class FunctionEnvironmentTest {
  private static final List<String> PROFILE_FILES =
      List.of("aws.configFile", "aws.sharedCredentialsFile");

  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "HOLDFAST_TABLE", "locks",
              "HOLDFAST_KEY_PREFIX", "shop/",
              "AWS_REGION", "eu-central-1"));

  private Guard guard() {
    return new FunctionEnvironment(variables::get).createGuard();
  }

  @BeforeEach
  void setProfileFiles(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config"), "[default]\nendpoint_url = http://127.0.0.1:9/\n");
    PROFILE_FILES.forEach(property -> System.setProperty(property, file.toString()));
  }

  @AfterEach
  void clearSystemProperties() {
    PROFILE_FILES.forEach(System::clearProperty);
    System.clearProperty("aws.endpointUrl");
  }

  @Test
  void client_withProfileFiles_ignoresThem() {
    try (DynamoDbClient client = LambdaDynamoDbClient.create(Region.EU_CENTRAL_1)) {
      assertThat(client.serviceClientConfiguration().endpointOverride()).isEmpty();
    }
  }

  @Test
  void defaultClient_withProfileFiles_takesItsEndpointFromThem() {
    try (DynamoDbClient client = DynamoDbClient.builder().region(Region.EU_CENTRAL_1).build()) {
      assertThat(client.serviceClientConfiguration().endpointOverride())
          .hasValue(URI.create("http://127.0.0.1:9/"));
    }
  }

  @Test
  void guard_creation_sendsNoRequest() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      server.bind(new InetSocketAddress(loopback, 0)).configureBlocking(false);
      int port = server.socket().getLocalPort();
      System.setProperty("aws.endpointUrl", "http://127.0.0.1:" + port);

      assertThat(guard()).isNotNull();
      assertThat(server.accept()).isNull();

      try (SocketChannel caller = SocketChannel.open(server.getLocalAddress())) {
        assertThat(caller.isConnected()).isTrue();
        assertThat(server.accept()).as("the server accepts a connection").isNotNull();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"HOLDFAST_TABLE, LockTable.connect", "AWS_REGION, Lambda sets it"})
  void guard_missingVariable_isNamedWithAdvice(String variable, String advice) {
    variables.remove(variable);
    assertThatIllegalStateException()
        .isThrownBy(this::guard)
        .withMessageContaining("environment variable " + variable + " is not set")
        .withMessageContaining(advice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void guard_blankVariable_isTreatedAsMissing(String blank) {
    variables.put("HOLDFAST_TABLE", blank);
    assertThatIllegalStateException()
        .isThrownBy(this::guard)
        .withMessageContaining("HOLDFAST_TABLE is not set");
  }

  @Test
  void guard_withoutKeyPrefix_isCreated() {
    variables.remove("HOLDFAST_KEY_PREFIX");
    assertThat(guard()).isNotNull();
  }

  @Test
  void metrics_default_areOnWithTheConfiguredNamespace() {
    assertThat(guard().config().metricsOptions().namespace()).hasValue("Holdfast");
    variables.put("HOLDFAST_METRICS_NAMESPACE", "Shop");
    assertThat(guard().config().metricsOptions().namespace()).hasValue("Shop");
    variables.put("HOLDFAST_METRICS", "off");
    assertThat(guard().config().metricsOptions().namespace()).isEmpty();
    variables.put("HOLDFAST_METRICS", "on");
    assertThat(guard().config().metricsOptions().namespace()).hasValue("Shop");
  }

  @Test
  void metrics_invalidSwitch_isRefused() {
    variables.put("HOLDFAST_METRICS", "maybe");
    assertThatIllegalStateException()
        .isThrownBy(this::guard)
        .withMessage("environment variable HOLDFAST_METRICS must be on or off, got maybe");
  }

  @Test
  void idPointers_set_areRead() {
    variables.put("HOLDFAST_RESOURCE_ID", "/body/orderId");
    variables.put("HOLDFAST_EVENT_ID", "/body/id");
    IdPointers pointers = guard().config().keySettings().idPointers();
    assertThat(pointers.resourceId().orElseThrow().text()).isEqualTo("/body/orderId");
    assertThat(pointers.eventId().orElseThrow().text()).isEqualTo("/body/id");
  }

  @Test
  void idPointer_notAJsonPointer_failsAtStart() {
    variables.put("HOLDFAST_RESOURCE_ID", "body.orderId");
    assertThatIllegalStateException().isThrownBy(this::guard).withMessageContaining("JSON Pointer");
  }

  @Test
  void customClient_needsNoRegion() {
    variables.remove("AWS_REGION");
    try (DynamoDbClient client = LambdaDynamoDbClient.create(Region.EU_CENTRAL_1)) {
      assertThat(new FunctionEnvironment(variables::get).createGuard(client)).isNotNull();
    }
  }

  @Test
  void fromEnvironment_outsideLambda_namesTheMissingVariable() {
    assertThat(System.getenv("HOLDFAST_TABLE")).isNull();
    assertThatIllegalStateException()
        .isThrownBy(Guard::fromEnvironment)
        .withMessageContaining("HOLDFAST_TABLE");
  }
}
