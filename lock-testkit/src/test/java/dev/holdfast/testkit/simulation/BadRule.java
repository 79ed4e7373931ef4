package dev.holdfast.testkit.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The rules as they ship, and variants of them that are wrong in one place each: most lack one
 * clause of one condition. The simulation has to find out.
 */
enum BadRule {
  /** As shipped. */
  NONE,
  TAKES_OVER_WITHOUT_MARGIN(Worlds.SYNCHRONIZED, BadRule::withoutMargin),
  TAKES_OVER_FROM_WORSE_CLOCKS(Worlds.MIXED, acquire(" AND #skew_ms <= :skew", "")),
  TAKES_OVER_A_RENEWED_ROW(Worlds.UNSYNCHRONIZED, acquire(" AND #version = :watchedVersion", "")),
  TAKES_OVER_ANY_WATCHED_NONCE(
      Worlds.UNSYNCHRONIZED, acquire(" AND #nonce = :watchedNonce AND", " AND")),
  TAKES_OVER_RUNNING_LEASES(Worlds.SYNCHRONIZED, acquire(" AND #expires_at <= :before", "")),
  TAKES_OVER_WHAT_WAS_COMPLETED(
      Worlds.UNSYNCHRONIZED, acquire(" OR (#state = :held AND #nonce", " OR (#nonce")),
  DRAWS_ONE_NONCE,
  FORGETS_WHAT_IS_DONE(
      Worlds.SYNCHRONIZED, acquire("(#state = :done AND #expires_at <= :now)", "#state = :done")),
  LETS_TOKENS_FALL(Worlds.SYNCHRONIZED, acquire("#token < :token AND ", "")),
  RENEWS_WITHOUT_VERSION(Worlds.SLOW_WIRE, when(Kind.RENEW, " AND #version < :version", "")),
  RENEWS_WITHOUT_NONCE(
      Worlds.SYNCHRONIZED, when(Kind.RENEW, " AND #nonce = :nonce AND #token = :token", "")),
  RENEWS_FOR_LESS_THAN_IT_BELIEVES(Worlds.SYNCHRONIZED, BadRule::forHalf),
  RENEWS_WHAT_WAS_RELEASED(
      Worlds.SLOW_WIRE, when(Kind.RENEW, " AND #state = :held AND #version < :version", "")),
  ENDS_WITHOUT_NONCE(
      Worlds.SYNCHRONIZED, when(Kind.SETTLE, " AND #nonce = :nonce AND #token = :token", "")),
  RELEASES_WITHOUT_STATE(Worlds.SLOW_WIRE, when(Kind.RELEASE, " AND #state = :held", "")),
  COMPLETES_WITHOUT_STATE(Worlds.SLOW_WIRE, when(Kind.COMPLETE, " AND #state = :held", "")),
  ENDS_BY_OWNER_ALONE(Worlds.SYNCHRONIZED, BadRule::byOwnerAlone),
  COMPLETES_WITHOUT_CONDITION(
      Worlds.SYNCHRONIZED,
      when(Kind.COMPLETE, " AND #nonce = :nonce AND #token = :token AND #state = :held", "")),
  REDEEMS_UNDER_THE_SAME_NONCE(Worlds.SYNCHRONIZED, BadRule::underSameNonce),
  DOES_NOT_KNOW_ITS_OWN_ROW,
  DOES_NOT_KNOW_ITS_OWN_RENEWAL,
  DOES_NOT_KNOW_ITS_OWN_END,
  COUNTS_FROM_THE_REPLY,
  GOES_BY_THE_WALL_CLOCK_ALONE(Worlds.UNSYNCHRONIZED, put -> put),
  GOES_BY_THE_MONOTONIC_CLOCK_ALONE,
  IGNORES_WHAT_REPLIES_SAY_OF_ITS_CLOCK(Worlds.FOUND_OFF, put -> put),
  SHARES_THE_DRAWS_OF_A_SNAPSHOT,
  TAKES_ANY_PERMIT(Worlds.SYNCHRONIZED, BadRule::withoutLook),
  NEVER_TAKES_OVER(Worlds.SYNCHRONIZED, BadRule::neverOver),
  TAKES_MARKERS_FOR_HELD(
      Worlds.SYNCHRONIZED,
      acquire("#state = :free OR ", "(#state = :free AND #state = :done) OR ")),
  NEVER_WAKES_IN_TIME,
  TRUSTS_HINTS,

  /** Second bolts: what these leave out, other rules imply. */
  RENEWS_WITHOUT_STATE(Worlds.SLOW_WIRE, when(Kind.RENEW, " AND #state = :held", "")),
  REDEEMS_WITHOUT_VERSION(Worlds.SLOW_WIRE, when(Kind.REDEEM, " AND #version = :version", ""));

  private final Worlds world;

  @SuppressWarnings("ImmutableEnumChecker") // none of the functions keeps anything
  private final UnaryOperator<PutItemRequest> bend;

  BadRule() {
    this(Worlds.SYNCHRONIZED, put -> put);
  }

  BadRule(Worlds world, UnaryOperator<PutItemRequest> bend) {
    this.world = world;
    this.bend = bend;
  }

  /** Where it shows. */
  Worlds world() {
    return world;
  }

  PutItemRequest bent(PutItemRequest put) {
    return this == NONE ? put : bend.apply(put);
  }

  /** A refusal as a host reads it. */
  ConditionalCheckFailedException bent(ConditionalCheckFailedException refusal, PutItemRequest by) {
    AttributeValue nonce = of(by.item(), "nonce");
    boolean its = nonce.equals(refusal.item().get("nonce"));
    boolean forgotten =
        switch (this) {
          case DOES_NOT_KNOW_ITS_OWN_ROW -> Kind.ACQUIRE.is(by);
          case DOES_NOT_KNOW_ITS_OWN_RENEWAL -> Kind.RENEW.is(by);
          case DOES_NOT_KNOW_ITS_OWN_END -> Kind.SETTLE.is(by);
          default -> false;
        };
    if (!its || !forgotten) {
      return refusal;
    }
    Map<String, AttributeValue> strange = new HashMap<>(refusal.item());
    strange.put("nonce", AttributeValue.fromS("somebody else"));
    return refusal.toBuilder().item(strange).build();
  }

  static boolean isAcquire(PutItemRequest put) {
    return Kind.ACQUIRE.is(put);
  }

  private enum Kind {
    ACQUIRE,
    RENEW,
    REDEEM,
    SETTLE,
    RELEASE,
    COMPLETE;

    boolean is(PutItemRequest put) {
      String condition = put.conditionExpression();
      String state = of(put.item(), "state").s();
      return switch (this) {
        case ACQUIRE -> condition.startsWith("attribute_not_exists");
        case RENEW -> condition.endsWith("#version < :version");
        case REDEEM -> condition.endsWith("#version = :version");
        case SETTLE -> !state.equals("HELD");
        case RELEASE -> state.equals("FREE");
        case COMPLETE -> state.equals("DONE");
      };
    }
  }

  private static UnaryOperator<PutItemRequest> acquire(String clause, String instead) {
    return when(Kind.ACQUIRE, clause, instead);
  }

  private static UnaryOperator<PutItemRequest> when(Kind kind, String clause, String instead) {
    return put ->
        kind.is(put) ? withCondition(put, put.conditionExpression().replace(clause, instead)) : put;
  }

  /** The table refuses values and names that the condition does not use. */
  private static PutItemRequest withCondition(PutItemRequest put, String condition) {
    Map<String, String> names = new HashMap<>(put.expressionAttributeNames());
    Map<String, AttributeValue> values = new HashMap<>(put.expressionAttributeValues());
    names.keySet().removeIf(name -> !uses(condition, name));
    values.keySet().removeIf(value -> !uses(condition, value));
    return put.toBuilder()
        .conditionExpression(condition)
        .expressionAttributeNames(names)
        .expressionAttributeValues(values)
        .build();
  }

  private static boolean uses(String condition, String placeholder) {
    return Pattern.compile(Pattern.quote(placeholder) + "(?!\\w)").matcher(condition).find();
  }

  private static AttributeValue of(Map<String, AttributeValue> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static PutItemRequest withoutMargin(PutItemRequest put) {
    Map<String, AttributeValue> values = put.expressionAttributeValues();
    return values.containsKey(":before") ? withValue(put, ":before", of(values, ":now")) : put;
  }

  private static PutItemRequest neverOver(PutItemRequest put) {
    PutItemRequest bent = put;
    if (put.expressionAttributeValues().containsKey(":before")) {
      bent = withValue(bent, ":before", AttributeValue.fromN("0"));
    }
    if (put.expressionAttributeValues().containsKey(":watchedNonce")) {
      bent = withValue(bent, ":watchedNonce", AttributeValue.fromS("nobody"));
    }
    return bent;
  }

  private static PutItemRequest withValue(PutItemRequest put, String name, AttributeValue value) {
    Map<String, AttributeValue> values = new HashMap<>(put.expressionAttributeValues());
    values.put(name, value);
    return put.toBuilder().expressionAttributeValues(values).build();
  }

  private static PutItemRequest forHalf(PutItemRequest put) {
    if (!Kind.RENEW.is(put)) {
      return put;
    }
    long cut = Long.parseLong(of(put.item(), "lease_ms").n()) / 2;
    Map<String, AttributeValue> item = new HashMap<>(put.item());
    item.put("lease_ms", AttributeValue.fromN(Long.toString(cut)));
    long end = Long.parseLong(of(put.item(), "expires_at").n());
    item.put("expires_at", AttributeValue.fromN(Long.toString(end - cut)));
    return put.toBuilder().item(item).build();
  }

  /** The process that asked, and not the hold that it was given. */
  private static PutItemRequest byOwnerAlone(PutItemRequest put) {
    AttributeValue owner =
        AttributeValue.fromS(of(put.item(), "holder").s().replaceFirst(" #.*", ""));
    Map<String, AttributeValue> item = new HashMap<>(put.item());
    item.put("owner", owner);
    PutItemRequest owned = put.toBuilder().item(item).build();
    if (!Kind.SETTLE.is(put)) {
      return owned;
    }
    return owned.toBuilder()
        .conditionExpression("#owner = :owner AND #state = :held")
        .expressionAttributeNames(Map.of("#owner", "owner", "#state", "state"))
        .expressionAttributeValues(
            Map.of(":owner", owner, ":held", of(put.expressionAttributeValues(), ":held")))
        .build();
  }

  private static PutItemRequest withoutLook(PutItemRequest put) {
    boolean permit = of(put.item(), "resource_id").s().contains("#permit-");
    return permit && Kind.ACQUIRE.is(put)
        ? withCondition(put, "attribute_not_exists(#resource_id) OR #format = :format")
        : put;
  }

  private static PutItemRequest underSameNonce(PutItemRequest put) {
    if (!Kind.REDEEM.is(put)) {
      return put;
    }
    Map<String, AttributeValue> item = new HashMap<>(put.item());
    item.put("nonce", of(put.expressionAttributeValues(), ":nonce"));
    return put.toBuilder().item(item).build();
  }
}
