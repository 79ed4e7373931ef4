package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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

class EnvironmentTest {
  private static final List<String> PROFILE_FILES =
      List.of("aws.configFile", "aws.sharedCredentialsFile");

  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "HOLDFAST_TABLE", "locks",
              "HOLDFAST_KEY_PREFIX", "shop/",
              "AWS_REGION", "eu-central-1"));

  private Guard guard() {
    return new Environment(variables::get).guard();
  }

  @BeforeEach
  void profileFilesOfSomebodyElse(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config"), "[default]\nendpoint_url = http://127.0.0.1:9/\n");
    PROFILE_FILES.forEach(property -> System.setProperty(property, file.toString()));
  }

  @AfterEach
  void forget() {
    PROFILE_FILES.forEach(System::clearProperty);
    System.clearProperty("aws.endpointUrl");
  }

  @Test
  void client_takesNothingFromProfileFiles() {
    try (DynamoDbClient client = TunedClient.in(Region.EU_CENTRAL_1)) {
      assertThat(client.serviceClientConfiguration().endpointOverride()).isEmpty();
    }
  }

  @Test
  void clientWithoutTuning_takesItsEndpointFromThatFile() {
    try (DynamoDbClient client = DynamoDbClient.builder().region(Region.EU_CENTRAL_1).build()) {
      assertThat(client.serviceClientConfiguration().endpointOverride())
          .hasValue(URI.create("http://127.0.0.1:9/"));
    }
  }

  @Test
  void guard_makesNoCall() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      server.bind(new InetSocketAddress(loopback, 0)).configureBlocking(false);
      int port = server.socket().getLocalPort();
      System.setProperty("aws.endpointUrl", "http://127.0.0.1:" + port);

      assertThat(guard()).isNotNull();
      assertThat(server.accept()).isNull();

      try (SocketChannel caller = SocketChannel.open(server.getLocalAddress())) {
        assertThat(caller.isConnected()).isTrue();
        assertThat(server.accept()).as("a call would have been seen").isNotNull();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"HOLDFAST_TABLE, LockTable.connect", "AWS_REGION, Lambda sets it"})
  void guard_variableMissing_namesItAndSaysWhatToDo(String variable, String whatToDo) {
    variables.remove(variable);
    assertThatIllegalStateException()
        .isThrownBy(this::guard)
        .withMessageContaining("environment variable " + variable + " is not set")
        .withMessageContaining(whatToDo);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void guard_variableBlank_isAsIfMissing(String blank) {
    variables.put("HOLDFAST_TABLE", blank);
    assertThatIllegalStateException()
        .isThrownBy(this::guard)
        .withMessageContaining("HOLDFAST_TABLE is not set");
  }

  @Test
  void guard_noPrefix_isFine() {
    variables.remove("HOLDFAST_KEY_PREFIX");
    assertThat(guard()).isNotNull();
  }

  @Test
  void metrics_areOnInTheirNamespaceUnlessToldOtherwise() {
    assertThat(guard().settings().telemetry().namespace()).hasValue("Holdfast");
    variables.put("HOLDFAST_METRICS_NAMESPACE", "Shop");
    assertThat(guard().settings().telemetry().namespace()).hasValue("Shop");
    variables.put("HOLDFAST_METRICS", "off");
    assertThat(guard().settings().telemetry().namespace()).isEmpty();
    variables.put("HOLDFAST_METRICS", "on");
    assertThat(guard().settings().telemetry().namespace()).hasValue("Shop");
  }

  @Test
  void metrics_neitherOnNorOff_areRefused() {
    variables.put("HOLDFAST_METRICS", "maybe");
    assertThatIllegalStateException()
        .isThrownBy(this::guard)
        .withMessage("environment variable HOLDFAST_METRICS must be on or off, got maybe");
  }

  @Test
  void pointers_areRead() {
    variables.put("HOLDFAST_RESOURCE_ID", "/body/orderId");
    variables.put("HOLDFAST_EVENT_ID", "/body/id");
    Pointers pointers = guard().settings().naming().pointers();
    assertThat(pointers.resource().orElseThrow().text()).isEqualTo("/body/orderId");
    assertThat(pointers.event().orElseThrow().text()).isEqualTo("/body/id");
  }

  @Test
  void pointer_thatIsNone_failsAtTheStart() {
    variables.put("HOLDFAST_RESOURCE_ID", "body.orderId");
    assertThatIllegalStateException().isThrownBy(this::guard).withMessageContaining("JSON Pointer");
  }

  @Test
  void clientOfOnesOwn_needsNoRegion() {
    variables.remove("AWS_REGION");
    try (DynamoDbClient client = TunedClient.in(Region.EU_CENTRAL_1)) {
      assertThat(new Environment(variables::get).guard(client)).isNotNull();
    }
  }

  @Test
  void fromEnvironment_outsideOfLambda_saysWhatIsMissing() {
    assertThat(System.getenv("HOLDFAST_TABLE")).isNull();
    assertThatIllegalStateException()
        .isThrownBy(Guard::fromEnvironment)
        .withMessageContaining("HOLDFAST_TABLE");
  }
}
