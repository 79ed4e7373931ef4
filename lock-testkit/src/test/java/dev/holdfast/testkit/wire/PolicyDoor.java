package dev.holdfast.testkit.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.testkit.ServiceError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A door on the loopback interface in front of a DynamoDB endpoint: it lets through what a policy
 * allows, and refuses the rest as the service does.
 */
public final class PolicyDoor implements AutoCloseable {
  /** What precedes a table's name in its ARN, of all tables behind a door. */
  public static final String TABLES = "arn:aws:dynamodb:us-east-1:123456789012:table/";

  /** Without it the server's answers wait 40 ms for a delayed acknowledgement. */
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpServer server;
  private final URI target;
  private final IamPolicy policy;

  private PolicyDoor(HttpServer server, URI target, IamPolicy policy) {
    this.server = server;
    this.target = target;
    this.policy = policy;
  }

  /**
   * Starts a door on a free port.
   *
   * @param target the endpoint behind it
   * @param policy what it lets through
   * @return the running door; close it when done
   */
  public static PolicyDoor inFrontOf(URI target, IamPolicy policy) {
    System.setProperty(NO_DELAY, "true");
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
      var door = new PolicyDoor(server, target, policy);
      server.setExecutor(door.threads);
      server.createContext("/", door::handle);
      server.start();
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException("the door did not start: " + e.getMessage(), e);
    }
  }

  /**
   * Where the door is: the endpoint to give to a client.
   *
   * @return an {@code http} address on the loopback interface
   */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Stops the door. */
  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var passage = new Passage(exchange, http, target);
    try {
      Optional<Access> refused = refused(passage);
      if (refused.isPresent()) {
        passage.answer(error(refused.get()));
      } else {
        passage.answer(passage.forward());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      passage.drop();
    }
  }

  /** A request is let through when everything that it needs is allowed. */
  private Optional<Access> refused(Passage passage) {
    List<Access> needed = Access.of(passage.operation(), passage.body(), TABLES);
    return needed.stream().filter(access -> !policy.allows(access)).findFirst();
  }

  private static ServiceError error(Access access) {
    return ServiceError.accessDenied(
        access.action().substring("dynamodb:".length()),
        access.table().substring(access.table().lastIndexOf('/') + 1));
  }
}
