package dev.holdfast.cdk;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.IConstruct;
import software.constructs.IValidation;

/**
 * Validation of the triggers of a connected function at synthesis. It reports settings that can
 * lose events or process them twice despite the lock, unless the app has acknowledged them.
 */
final class TriggerValidation implements IValidation {

  private final Function function;

  TriggerValidation(Function function) {
    this.function = function;
  }

  @Override
  public List<String> validate() {
    FunctionTriggers triggers = new FunctionTriggers(function);
    return Stream.concat(validateQueues(triggers), validateAsynchronousTriggers(triggers))
        .filter(finding -> !finding.isAcknowledged(function))
        .map(Finding::error)
        .toList();
  }

  private Stream<Finding> validateQueues(FunctionTriggers triggers) {
    return triggers.eventSourceMappings().stream()
        .filter(mapping -> isQueueMapping(triggers, mapping))
        .flatMap(mapping -> validateQueue(triggers, mapping));
  }

  private Stream<Finding> validateQueue(FunctionTriggers triggers, CfnEventSourceMapping mapping) {
    QueueValidation validation = new QueueValidation(cfnFunction(), mapping);
    return Stream.concat(
        validation.validateMapping(),
        triggers.sourceQueue(mapping).stream().flatMap(validation::validateQueue));
  }

  private Stream<Finding> validateAsynchronousTriggers(FunctionTriggers triggers) {
    return cfnFunction().getDeadLetterConfig() == null
        ? triggers.withoutFailureDestination().stream().map(this::missingFailureDestination)
        : Stream.empty();
  }

  private Finding missingFailureDestination(IConstruct trigger) {
    return Finding.of(
        "failure-destination",
        "%s invokes %s asynchronously, and the function has no failure destination: events that"
            + " failed or found a busy lock three times are lost; set onFailure or a dead-letter"
            + " queue for the function, or send the events through a queue",
        ConstructPath.of(trigger),
        ConstructPath.of(cfnFunction()));
  }

  private CfnFunction cfnFunction() {
    return (CfnFunction) function.getNode().getDefaultChild();
  }

  private static boolean isQueueMapping(FunctionTriggers triggers, CfnEventSourceMapping mapping) {
    @Nullable String source = mapping.getEventSourceArn();
    return (source != null && source.contains(":sqs:"))
        || triggers.sourceQueue(mapping).isPresent();
  }
}
