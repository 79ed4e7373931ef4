package dev.holdfast.cdk;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.IConstruct;
import software.constructs.IValidation;

/**
 * Looks, at synthesis, at what invokes a connected function, and reports settings under which
 * events would be lost, or worked on twice in spite of the lock.
 */
final class SettingsCheck implements IValidation {

  private final Function function;

  SettingsCheck(Function function) {
    this.function = function;
  }

  @Override
  public List<String> validate() {
    Invocations invocations = new Invocations(function);
    return Stream.concat(ofQueues(invocations), ofAsynchronous(invocations)).toList();
  }

  private Stream<String> ofQueues(Invocations invocations) {
    return invocations.mappings().stream()
        .filter(mapping -> isOfQueue(invocations, mapping))
        .flatMap(mapping -> ofQueue(invocations, mapping));
  }

  private Stream<String> ofQueue(Invocations invocations, CfnEventSourceMapping mapping) {
    QueueCheck check = new QueueCheck(resource(), mapping);
    return Stream.concat(check.ofMapping(), invocations.queue(mapping).stream().flatMap(check::of));
  }

  private Stream<String> ofAsynchronous(Invocations invocations) {
    return resource().getDeadLetterConfig() == null
        ? invocations.losing().stream().map(this::lost)
        : Stream.empty();
  }

  private String lost(IConstruct trigger) {
    return String.format(
        Locale.ROOT,
        "%s invokes %s and does not wait, and events that failed three times, or met a busy lock"
            + " three times, have no destination: they would be lost; set onFailure or a"
            + " dead-letter queue for the function, or let the events come through a queue",
        path(trigger),
        path(resource()));
  }

  private CfnFunction resource() {
    return (CfnFunction) function.getNode().getDefaultChild();
  }

  private static boolean isOfQueue(Invocations invocations, CfnEventSourceMapping mapping) {
    @Nullable String source = mapping.getEventSourceArn();
    return (source != null && source.contains(":sqs:")) || invocations.queue(mapping).isPresent();
  }

  /** The path of what the user wrote, where the resource is its default child. */
  static String path(IConstruct resource) {
    String path = resource.getNode().getPath();
    return path.endsWith("/Resource") ? path.substring(0, path.lastIndexOf('/')) : path;
  }
}
