package dev.holdfast.cdk;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.lambda.CfnAlias;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.CfnVersion;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.constructs.IConstruct;

/**
 * Triggers of a function, its versions and its aliases. They are found in the finished construct
 * tree, so it does not matter which code added a trigger, or when.
 */
final class FunctionTriggers {

  /** Services that invoke functions asynchronously. */
  private static final Set<String> ASYNCHRONOUS_SERVICES =
      Set.of(
          "config.amazonaws.com",
          "events.amazonaws.com",
          "iot.amazonaws.com",
          "logs.amazonaws.com",
          "s3.amazonaws.com",
          "scheduler.amazonaws.com",
          "ses.amazonaws.com",
          "sns.amazonaws.com");

  private final List<IConstruct> constructs;
  private final CfnFunction function;
  private final Set<String> functionReferences = new HashSet<>();

  FunctionTriggers(Function function) {
    this.constructs = function.getNode().getRoot().getNode().findAll();
    this.function = (CfnFunction) function.getNode().getDefaultChild();
    functionReferences.add(ResourceReferences.referenceTo(this.function));
    Stream.concat(constructsOf(CfnVersion.class), constructsOf(CfnAlias.class))
        .filter(this::isVersionOrAliasOfFunction)
        .map(ResourceReferences::referenceTo)
        .toList()
        .forEach(functionReferences::add);
  }

  /** Returns the event source mappings of queues and streams that invoke the function. */
  List<CfnEventSourceMapping> eventSourceMappings() {
    return constructsOf(CfnEventSourceMapping.class)
        .filter(mapping -> invokes(mapping, mapping.getFunctionName()))
        .toList();
  }

  /** Returns the source queue of a mapping, if this app defines the queue. */
  Optional<CfnQueue> sourceQueue(CfnEventSourceMapping mapping) {
    Set<String> sources = ResourceReferences.find(mapping, mapping.getEventSourceArn());
    return constructsOf(CfnQueue.class)
        .filter(queue -> sources.contains(ResourceReferences.referenceTo(queue)))
        .findAny();
  }

  /** Returns the asynchronous triggers that have no destination for failed events. */
  List<IConstruct> withoutFailureDestination() {
    List<CfnEventInvokeConfig> configsWithDestination =
        constructsOf(CfnEventInvokeConfig.class)
            .filter(c -> invokes(c, c.getFunctionName()))
            .filter(
                c ->
                    ResourceReferences.resolve(c, c.getDestinationConfig())
                        .containsKey("onFailure"))
            .toList();
    return asynchronousTriggers()
        .filter(
            trigger ->
                configsWithDestination.stream()
                    .noneMatch(c -> appliesTo(c, versionOrAlias(trigger))))
        .map(Trigger::resource)
        .toList();
  }

  private Stream<Trigger> asynchronousTriggers() {
    Stream<Trigger> permitted =
        constructsOf(CfnPermission.class)
            .filter(permission -> ASYNCHRONOUS_SERVICES.contains(permission.getPrincipal()))
            .map(permission -> new Trigger(permission, permission.getFunctionName()));
    Stream<Trigger> scheduled =
        constructsOf(CfnSchedule.class)
            .map(schedule -> new Trigger(schedule, schedule.getTarget()));
    return Stream.concat(permitted, scheduled)
        .filter(trigger -> invokes(trigger.resource(), trigger.target()));
  }

  /**
   * Returns the alias or version that a trigger invokes; empty if it invokes the function itself.
   */
  private Optional<IConstruct> versionOrAlias(Trigger trigger) {
    Set<String> targets = ResourceReferences.find(trigger.resource(), trigger.target());
    return Stream.concat(constructsOf(CfnVersion.class), constructsOf(CfnAlias.class))
        .filter(resource -> targets.contains(ResourceReferences.referenceTo(resource)))
        .<IConstruct>map(resource -> resource)
        .findAny();
  }

  private static boolean appliesTo(
      CfnEventInvokeConfig configuration, Optional<IConstruct> versionOrAlias) {
    String qualifier = configuration.getQualifier();
    if (versionOrAlias.isEmpty()) {
      return qualifier.equals("$LATEST");
    }
    boolean byName =
        versionOrAlias.get() instanceof CfnAlias alias && qualifier.equals(alias.getName());
    return byName
        || ResourceReferences.find(configuration, qualifier)
            .contains(ResourceReferences.referenceTo(versionOrAlias.get()));
  }

  private boolean isVersionOrAliasOfFunction(IConstruct resource) {
    String name =
        resource instanceof CfnAlias alias
            ? alias.getFunctionName()
            : ((CfnVersion) resource).getFunctionName();
    return invokes(resource, name);
  }

  private boolean invokes(IConstruct resource, @Nullable Object property) {
    boolean byPhysicalName = property != null && property.equals(function.getFunctionName());
    return byPhysicalName
        || !Collections.disjoint(functionReferences, ResourceReferences.find(resource, property));
  }

  private <T extends IConstruct> Stream<T> constructsOf(Class<T> type) {
    return constructs.stream().filter(type::isInstance).map(type::cast);
  }

  private record Trigger(IConstruct resource, Object target) {}
}
