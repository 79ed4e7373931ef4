package dev.holdfast.lambda.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.InvocationResult.RuntimeExited;
import dev.holdfast.lambda.testkit.InvocationResult.TimedOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EnvironmentLifecycleIT {
  private static final Duration LONG_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration SHORT_TIMEOUT = Duration.ofMillis(300);
  private static final String HANDLER = WaitForFileHandler.class.getName();
  private static final int SIGKILL_EXIT_CODE = 137;

  @AutoClose private final TestEnvironments environments = new TestEnvironments();
  @TempDir private Path folder;
  private @Nullable LocalExecutionEnvironment started;

  @Test
  void kill_duringInvocation_completesItAndLaterOnesAsRuntimeExited() throws IOException {
    start();
    CompletableFuture<InvocationResult> running = invoke(LONG_TIMEOUT);
    CompletableFuture<InvocationResult> queued = invoke(LONG_TIMEOUT);
    awaitFile("started");

    environment().kill();

    assertThat(running.join()).isEqualTo(new RuntimeExited(SIGKILL_EXIT_CODE, ""));
    assertThat(queued.join()).isEqualTo(new RuntimeExited(SIGKILL_EXIT_CODE, ""));
    assertThat(invoke(LONG_TIMEOUT).join()).isEqualTo(new RuntimeExited(SIGKILL_EXIT_CODE, ""));
    assertThat(folder.resolve("ended")).doesNotExist();
  }

  @Test
  void timeout_killsEnvironment() throws IOException {
    start();
    assertThat(invoke(SHORT_TIMEOUT).join()).isEqualTo(new TimedOut(SHORT_TIMEOUT));
    awaitTermination();
    assertThat(invoke(LONG_TIMEOUT).join()).isEqualTo(new RuntimeExited(SIGKILL_EXIT_CODE, ""));
  }

  @Test
  void timeout_workBetweenDeadlineAndKill_takesEffect() throws IOException {
    startWithLongKillDelay();
    assertThat(invoke(SHORT_TIMEOUT).join()).isEqualTo(new TimedOut(SHORT_TIMEOUT));
    unblockHandler();
    awaitFile("ended");
    assertThat(environment().isAlive()).isTrue();
  }

  @Test
  void freeze_thawBeforeDeadline_invocationContinues() throws IOException {
    start();
    CompletableFuture<InvocationResult> running = invoke(LONG_TIMEOUT);
    awaitFile("started");

    environment().freeze();
    unblockHandler();
    environment().thaw();

    assertThat(running.join()).isEqualTo(new Response("\"done\""));
  }

  @Test
  void freeze_pastDeadline_isKilledOnlyAfterThaw() throws IOException {
    start();
    CompletableFuture<InvocationResult> running = invoke(Duration.ofSeconds(1));
    environment().freeze();

    assertThat(running.join()).isInstanceOf(TimedOut.class);
    await().during(Duration.ofSeconds(1)).atMost(LONG_TIMEOUT).until(() -> environment().isAlive());

    environment().thaw();
    awaitTermination();
  }

  @Test
  void freeze_pastDeadline_thawedWorkContinuesUntilKill() throws IOException {
    startWithLongKillDelay();
    CompletableFuture<InvocationResult> running = invoke(Duration.ofSeconds(1));
    awaitFile("started");
    environment().freeze();
    assertThat(running.join()).isInstanceOf(TimedOut.class);
    unblockHandler();
    assertThat(folder.resolve("ended")).doesNotExist();

    environment().thaw();

    awaitFile("ended");
  }

  @Test
  void close_whileFrozen_leavesNoProcess() throws IOException {
    start();
    ProcessHandle process = ProcessHandle.of(environment().pid()).orElseThrow();
    environment().freeze();
    environment().close();
    assertThat(process.isAlive()).isFalse();
  }

  private void start() throws IOException {
    started = environments.start(HANDLER);
    started.initialized().join();
  }

  private void startWithLongKillDelay() throws IOException {
    started = environments.startWithKillDelay(HANDLER, LONG_TIMEOUT);
    started.initialized().join();
  }

  private LocalExecutionEnvironment environment() {
    return Objects.requireNonNull(started);
  }

  private void unblockHandler() throws IOException {
    Files.createFile(folder.resolve("continue"));
  }

  private CompletableFuture<InvocationResult> invoke(Duration timeout) {
    return environment().invoke(LambdaJson.write(folder.toString()), timeout);
  }

  private void awaitFile(String name) {
    await().atMost(LONG_TIMEOUT).until(() -> Files.exists(folder.resolve(name)));
  }

  private void awaitTermination() {
    await().atMost(LONG_TIMEOUT).until(() -> !environment().isAlive());
  }
}
