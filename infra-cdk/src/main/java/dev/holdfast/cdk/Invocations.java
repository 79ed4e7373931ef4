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
 * What invokes a function, by itself or by one of its aliases and versions, as the finished app
 * says: who added it, where and when makes no difference.
 */
final class Invocations {

  /** Services that hand an event over and do not wait for what becomes of it. */
  private static final Set<String> ASYNCHRONOUS =
      Set.of(
          "config.amazonaws.com",
          "events.amazonaws.com",
          "iot.amazonaws.com",
          "logs.amazonaws.com",
          "s3.amazonaws.com",
          "scheduler.amazonaws.com",
          "ses.amazonaws.com",
          "sns.amazonaws.com");

  private final List<IConstruct> app;
  private final CfnFunction function;
  private final Set<String> names = new HashSet<>();

  Invocations(Function function) {
    this.app = function.getNode().getRoot().getNode().findAll();
    this.function = (CfnFunction) function.getNode().getDefaultChild();
    names.add(References.to(this.function));
    Stream.concat(all(CfnVersion.class), all(CfnAlias.class))
        .filter(this::isQualified)
        .map(References::to)
        .toList()
        .forEach(names::add);
  }

  /** What polls a queue or a stream for the function. */
  List<CfnEventSourceMapping> mappings() {
    return all(CfnEventSourceMapping.class)
        .filter(mapping -> invokes(mapping, mapping.getFunctionName()))
        .toList();
  }

  /** The queue that is polled, where it is one of this app. */
  Optional<CfnQueue> queue(CfnEventSourceMapping mapping) {
    Set<String> sources = References.in(mapping, mapping.getEventSourceArn());
    return all(CfnQueue.class).filter(queue -> sources.contains(References.to(queue))).findAny();
  }

  /** What invokes the function, does not wait, and has no destination for what failed. */
  List<IConstruct> losing() {
    List<CfnEventInvokeConfig> keeping =
        all(CfnEventInvokeConfig.class)
            .filter(c -> invokes(c, c.getFunctionName()))
            .filter(c -> References.resolved(c, c.getDestinationConfig()).containsKey("onFailure"))
            .toList();
    return asynchronous()
        .filter(trigger -> keeping.stream().noneMatch(c -> isFor(c, qualified(trigger))))
        .map(Trigger::resource)
        .toList();
  }

  private Stream<Trigger> asynchronous() {
    Stream<Trigger> permitted =
        all(CfnPermission.class)
            .filter(permission -> ASYNCHRONOUS.contains(permission.getPrincipal()))
            .map(permission -> new Trigger(permission, permission.getFunctionName()));
    Stream<Trigger> scheduled =
        all(CfnSchedule.class).map(schedule -> new Trigger(schedule, schedule.getTarget()));
    return Stream.concat(permitted, scheduled)
        .filter(trigger -> invokes(trigger.resource(), trigger.target()));
  }

  /** The alias or version that is invoked, if not the function itself. */
  private Optional<IConstruct> qualified(Trigger trigger) {
    Set<String> targets = References.in(trigger.resource(), trigger.target());
    return Stream.concat(all(CfnVersion.class), all(CfnAlias.class))
        .filter(resource -> targets.contains(References.to(resource)))
        .<IConstruct>map(resource -> resource)
        .findAny();
  }

  private static boolean isFor(CfnEventInvokeConfig configuration, Optional<IConstruct> qualified) {
    String qualifier = configuration.getQualifier();
    if (qualified.isEmpty()) {
      return qualifier.equals("$LATEST");
    }
    boolean byName = qualified.get() instanceof CfnAlias alias && qualifier.equals(alias.getName());
    return byName
        || References.in(configuration, qualifier).contains(References.to(qualified.get()));
  }

  private boolean isQualified(IConstruct resource) {
    String name =
        resource instanceof CfnAlias alias
            ? alias.getFunctionName()
            : ((CfnVersion) resource).getFunctionName();
    return invokes(resource, name);
  }

  private boolean invokes(IConstruct resource, @Nullable Object property) {
    boolean byPhysicalName = property != null && property.equals(function.getFunctionName());
    return byPhysicalName || !Collections.disjoint(names, References.in(resource, property));
  }

  private <T extends IConstruct> Stream<T> all(Class<T> type) {
    return app.stream().filter(type::isInstance).map(type::cast);
  }

  private record Trigger(IConstruct resource, Object target) {}
}
