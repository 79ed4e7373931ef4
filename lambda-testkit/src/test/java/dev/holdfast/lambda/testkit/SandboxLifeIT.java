package dev.holdfast.lambda.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.InvocationResult.SandboxDied;
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
class SandboxLifeIT {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String HANDLER = WaitsForFile.class.getName();
  private static final int KILLED = 137;

  @AutoClose private final Sandboxes sandboxes = new Sandboxes();
  @TempDir private Path folder;
  private @Nullable Sandbox started;

  @Test
  void kill_inTheMiddle_answersTheEventAndAllAfterIt() throws IOException {
    start();
    CompletableFuture<InvocationResult> working = work(LONG);
    CompletableFuture<InvocationResult> waiting = work(LONG);
    awaitFile("began");

    sandbox().kill();

    assertThat(working.join()).isEqualTo(new SandboxDied(KILLED, ""));
    assertThat(waiting.join()).isEqualTo(new SandboxDied(KILLED, ""));
    assertThat(work(LONG).join()).isEqualTo(new SandboxDied(KILLED, ""));
    assertThat(folder.resolve("ended")).doesNotExist();
  }

  @Test
  void timeout_killsTheSandbox() throws IOException {
    start();
    assertThat(work(SHORT).join()).isEqualTo(new TimedOut(SHORT));
    awaitDeath();
    assertThat(work(LONG).join()).isEqualTo(new SandboxDied(KILLED, ""));
  }

  @Test
  void timeout_workBetweenDeadlineAndKill_happens() throws IOException {
    startKilledLate();
    assertThat(work(SHORT).join()).isEqualTo(new TimedOut(SHORT));
    allowToGoOn();
    awaitFile("ended");
    assertThat(sandbox().isAlive()).isTrue();
  }

  @Test
  void freeze_thenThawWithinTheDeadline_goesOn() throws IOException {
    start();
    CompletableFuture<InvocationResult> working = work(LONG);
    awaitFile("began");

    sandbox().freeze();
    allowToGoOn();
    sandbox().thaw();

    assertThat(working.join()).isEqualTo(new Response("\"done\""));
  }

  @Test
  void freeze_pastTheDeadline_isKilledOnlyAfterThaw() throws IOException {
    start();
    CompletableFuture<InvocationResult> working = work(Duration.ofSeconds(1));
    sandbox().freeze();

    assertThat(working.join()).isInstanceOf(TimedOut.class);
    await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> sandbox().isAlive());

    sandbox().thaw();
    awaitDeath();
  }

  @Test
  void freeze_pastTheDeadline_thawedWorkGoesOnUntilTheKill() throws IOException {
    startKilledLate();
    CompletableFuture<InvocationResult> working = work(Duration.ofSeconds(1));
    awaitFile("began");
    sandbox().freeze();
    assertThat(working.join()).isInstanceOf(TimedOut.class);
    allowToGoOn();
    assertThat(folder.resolve("ended")).doesNotExist();

    sandbox().thaw();

    awaitFile("ended");
  }

  @Test
  void close_whileFrozen_leavesNoProcess() throws IOException {
    start();
    ProcessHandle process = ProcessHandle.of(sandbox().pid()).orElseThrow();
    sandbox().freeze();
    sandbox().close();
    assertThat(process.isAlive()).isFalse();
  }

  private void start() throws IOException {
    started = sandboxes.start(HANDLER);
    started.initialized().join();
  }

  private void startKilledLate() throws IOException {
    started = sandboxes.startKilledLate(HANDLER, LONG);
    started.initialized().join();
  }

  private Sandbox sandbox() {
    return Objects.requireNonNull(started);
  }

  private void allowToGoOn() throws IOException {
    Files.createFile(folder.resolve("go-on"));
  }

  private CompletableFuture<InvocationResult> work(Duration timeout) {
    return sandbox().invoke(JsonText.write(folder.toString()), timeout);
  }

  private void awaitFile(String name) {
    await().atMost(LONG).until(() -> Files.exists(folder.resolve(name)));
  }

  private void awaitDeath() {
    await().atMost(LONG).until(() -> !sandbox().isAlive());
  }
}
