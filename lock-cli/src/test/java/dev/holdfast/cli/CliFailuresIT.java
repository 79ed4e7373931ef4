package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.cli.CliProcess.Result;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Failures of the commands, each run in a separate process. */
class CliFailuresIT {
  private static final URI NOBODY_LISTENS = URI.create("http://127.0.0.1:9");
  private static final List<String[]> READS =
      List.of(
          new String[] {"list-tables"},
          new String[] {"locks", "--table", "locks"},
          new String[] {"show", "order-1", "--table", "locks"});

  private final CliProcess cli = CliProcess.forEndpoint(NOBODY_LISTENS);

  /** Checks what holds for each failure: one line without results, stack traces and raw texts. */
  private static void assertFailure(Result result, ExitCode code, String message) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(code.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err())
        .startsWith("holdfast: ")
        .contains(message)
        .doesNotContain("Exception:", "@", "ProfileFile", "Service: DynamoDb");
  }

  @Test
  void missingCredentials_areReported_byEachCommand() throws Exception {
    CliProcess without = cli.withoutVariable("AWS_ACCESS_KEY_ID");
    for (String[] command : READS) {
      assertFailure(
          without.run(command),
          ExitCode.UNAVAILABLE,
          "no AWS credentials are found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }
  }

  @Test
  void missingRegion_isReported() throws Exception {
    assertFailure(
        cli.withoutVariable("AWS_REGION").run("list-tables"),
        ExitCode.UNAVAILABLE,
        "no AWS Region is set: pass --region, or set AWS_REGION");
    assertFailure(
        cli.withoutVariable("AWS_REGION").run("list-tables", "--region", "us-east-1"),
        ExitCode.UNAVAILABLE,
        "the connection is refused");
  }

  @Test
  void unknownProfile_isReported_fromOptionAndEnvironment() throws Exception {
    String message = "profile 'nosuch' does not exist in the AWS configuration files";
    assertFailure(cli.run("list-tables", "--profile", "nosuch"), ExitCode.UNAVAILABLE, message);
    CliProcess without = cli.withoutVariable("AWS_ACCESS_KEY_ID").withoutVariable("AWS_REGION");
    assertFailure(without.run("list-tables", "--profile", "nosuch"), ExitCode.UNAVAILABLE, message);
    assertFailure(
        without.withVariable("AWS_PROFILE", "nosuch").run("list-tables"),
        ExitCode.UNAVAILABLE,
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[profile p] | profile 'p' has no credentials: add its access key",
        "[profile p];role_arn = arn:x | run 'aws configure export-credentials --profile p",
        "[profile p];sso_session = s | run 'aws configure export-credentials --profile p",
        "[profile p | the AWS configuration files cannot be read: Profile definition must end",
      })
  void profileWithoutUsableCredentials_isReported(
      String config, String message, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("config"), config.replace(';', '\n'));
    assertFailure(
        cli.withVariable("AWS_CONFIG_FILE", file.toString()).run("list-tables", "--profile", "p"),
        ExitCode.UNAVAILABLE,
        message);
  }

  @Test
  void invalidEndpointVariable_isReported() throws Exception {
    assertFailure(
        cli.withVariable("AWS_ENDPOINT_URL_DYNAMODB", "localhost").run("list-tables"),
        ExitCode.UNAVAILABLE,
        "the AWS settings of the environment are not valid, check AWS_ENDPOINT_URL");
  }

  @Test
  void unreachableServer_isReported_andOnlyAWriteIsInDoubt() throws Exception {
    for (String[] command : READS) {
      Result result = cli.run(command);
      assertFailure(result, ExitCode.UNAVAILABLE, "(the connection is refused): check the endp");
      assertThat(result.err()).doesNotContain("taken effect");
    }
    Result write = cli.run("create-table", "locks");
    assertFailure(write, ExitCode.UNAVAILABLE, "which may or may not have taken effect");
  }

  @Test
  void tableWithAnotherKey_isRefused_byLocksAndShow() throws Exception {
    try (LocalDynamoDb server = LocalDynamoDb.start()) {
      server.createTable("orders", "id", ScalarAttributeType.S);
      server.createTable("numeric", "resource_id", ScalarAttributeType.N);
      createTableWithSortKey(server);
      for (String table : new String[] {"orders", "numeric", "sorted"}) {
        String message = "table '" + table + "' has another key than lock rows need";
        CliProcess local = CliProcess.forEndpoint(server.endpoint());
        assertFailure(local.run("locks", "--table", table), ExitCode.REFUSED, message);
        assertFailure(local.run("show", "order-1", "--table", table), ExitCode.REFUSED, message);
      }
    }
  }

  private static void createTableWithSortKey(LocalDynamoDb server) {
    try (var client = server.client()) {
      client.createTable(
          r ->
              r.tableName("sorted")
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(attribute("resource_id"), attribute("part"))
                  .keySchema(key("resource_id", KeyType.HASH), key("part", KeyType.RANGE)));
    }
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  /** Each code is sent by a server that answers each request with it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | AccessDeniedException | no permission for dynamodb:Scan on table 'locks': grant it",
        "400 | ExpiredTokenException | the credentials are not accepted (ExpiredTokenException)",
        "400 | ThrottlingException | dynamodb:Scan of table 'locks' is throttled: try again later",
        "400 | ProvisionedThroughputExceededException | is throttled: try again later",
        "400 | ResourceNotFoundException | there is no table 'locks' in the account and Region",
        "500 | InternalServerError | (server error, HTTP status 500): try again later",
      })
  void errorOfTheService_isReported(int status, String code, String message) throws Exception {
    boolean missing = code.equals("ResourceNotFoundException");
    assertFailure(
        listLocksOfServerThatAnswers(status, "{\"__type\": \"x#" + code + "\"}"),
        missing ? ExitCode.NOT_FOUND : ExitCode.UNAVAILABLE,
        message);
  }

  @Test
  void serverThatIsNotDynamoDb_isReported() throws Exception {
    assertFailure(
        listLocksOfServerThatAnswers(404, "<html>not found</html>"),
        ExitCode.UNAVAILABLE,
        "the endpoint does not answer dynamodb:Scan as DynamoDB does: check the endpoint");
    assertFailure(
        listLocksOfServerThatAnswers(200, "<html>welcome</html>"),
        ExitCode.UNAVAILABLE,
        "(the answer is missing, or cannot be read): check the endpoint");
  }

  private static Result listLocksOfServerThatAnswers(int status, String body) throws Exception {
    HttpServer server = startServer(status, body);
    try {
      URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      return CliProcess.forEndpoint(endpoint).run("locks", "--table", "locks");
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer startServer(int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }
}
