package dev.holdfast.verification.simulation;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The shipped rules, and mutants with one defect each. Most mutants lack one clause of one
 * condition. The simulation must detect each mutant.
 */
enum Mutant {
  /** The shipped rules. */
  NONE,
  TAKEOVER_WITHOUT_MARGIN(WorldKind.SYNCHRONIZED, Mutant::withoutSkewMargin),
  TAKEOVER_FROM_LARGER_MAX_SKEW(WorldKind.MIXED, replaceInAcquire(" AND #skew_ms <= :skew", "")),
  TAKEOVER_WITHOUT_WATCHED_VERSION(
      WorldKind.UNSYNCHRONIZED, replaceInAcquire(" AND #version = :watchedVersion", "")),
  TAKEOVER_WITHOUT_WATCHED_NONCE(
      WorldKind.UNSYNCHRONIZED, replaceInAcquire(" AND #nonce = :watchedNonce AND", " AND")),
  TAKEOVER_OF_UNEXPIRED_LEASE(
      WorldKind.SYNCHRONIZED, replaceInAcquire(" AND #expires_at <= :before", "")),
  TAKEOVER_OF_COMPLETED_ROW(
      WorldKind.UNSYNCHRONIZED, replaceInAcquire(" OR (#state = :held AND #nonce", " OR (#nonce")),
  REUSED_NONCE,
  COMPLETION_IGNORED(
      WorldKind.SYNCHRONIZED,
      replaceInAcquire("(#state = :completed AND #expires_at <= :now)", "#state = :completed")),
  DECREASING_TOKENS(WorldKind.SYNCHRONIZED, replaceInAcquire("#token < :token AND ", "")),
  RENEWAL_WITHOUT_VERSION(
      WorldKind.DELAYED_DELIVERY, replaceIn(WriteKind.RENEW, " AND #version < :version", "")),
  RENEWAL_WITHOUT_NONCE(
      WorldKind.SYNCHRONIZED,
      replaceIn(WriteKind.RENEW, " AND #nonce = :nonce AND #token = :token", "")),
  RENEWAL_WITH_SHORTER_STORED_LEASE(WorldKind.SYNCHRONIZED, Mutant::withHalfLease),
  RENEWAL_WITHOUT_STATE_AND_VERSION(
      WorldKind.DELAYED_DELIVERY,
      replaceIn(WriteKind.RENEW, " AND #state = :held AND #version < :version", "")),
  END_WITHOUT_NONCE(
      WorldKind.SYNCHRONIZED,
      replaceIn(WriteKind.END, " AND #nonce = :nonce AND #token = :token", "")),
  RELEASE_WITHOUT_STATE(
      WorldKind.DELAYED_DELIVERY, replaceIn(WriteKind.RELEASE, " AND #state = :held", "")),
  COMPLETION_WITHOUT_STATE(
      WorldKind.DELAYED_DELIVERY, replaceIn(WriteKind.COMPLETE, " AND #state = :held", "")),
  END_BY_OWNER_ONLY(WorldKind.SYNCHRONIZED, Mutant::endByOwner),
  COMPLETION_WITHOUT_CONDITION(
      WorldKind.SYNCHRONIZED,
      replaceIn(
          WriteKind.COMPLETE, " AND #nonce = :nonce AND #token = :token AND #state = :held", "")),
  RESUME_WITH_SAME_NONCE(WorldKind.SYNCHRONIZED, Mutant::withSameNonce),
  OWN_ACQUIRE_NOT_RECOGNIZED,
  OWN_RENEWAL_NOT_RECOGNIZED,
  OWN_END_NOT_RECOGNIZED,
  LEASE_COUNTED_FROM_REPLY,
  WALL_CLOCK_ONLY(WorldKind.UNSYNCHRONIZED, put -> put),
  MONOTONIC_CLOCK_ONLY,
  SERVER_DATE_IGNORED(WorldKind.DETECTED_SKEW, put -> put),
  UNDO_WITHOUT_TOKEN(WorldKind.DETECTED_SKEW, put -> put),
  UNDO_WITH_TOKEN_FLOOR(WorldKind.DETECTED_SKEW, put -> put),
  TOKEN_NOT_ADOPTED(WorldKind.DETECTED_SKEW, put -> put),
  RANDOM_SOURCE_SHARED_AFTER_RESTORE,
  ANY_PERMIT_TAKEN(WorldKind.SYNCHRONIZED, Mutant::withoutPermitCondition),
  NO_TAKEOVER(WorldKind.SYNCHRONIZED, Mutant::withoutTakeover),
  MARKER_TREATED_AS_HELD(
      WorldKind.SYNCHRONIZED,
      replaceInAcquire("#state = :free OR ", "(#state = :free AND #state = :completed) OR ")),
  LATE_WAKEUP,
  WAIT_HINT_NOT_VALIDATED,

  /** Mutants that lack a redundant term, which other rules imply. */
  RENEWAL_WITHOUT_STATE(
      WorldKind.DELAYED_DELIVERY, replaceIn(WriteKind.RENEW, " AND #state = :held", "")),
  RESUME_WITHOUT_VERSION(
      WorldKind.DELAYED_DELIVERY, replaceIn(WriteKind.RESUME, " AND #version = :version", ""));

  private final WorldKind worldKind;

  @SuppressWarnings("ImmutableEnumChecker") // none of the functions keeps anything
  private final UnaryOperator<PutItemRequest> mutation;

  Mutant() {
    this(WorldKind.SYNCHRONIZED, put -> put);
  }

  Mutant(WorldKind worldKind, UnaryOperator<PutItemRequest> mutation) {
    this.worldKind = worldKind;
    this.mutation = mutation;
  }

  /** Returns the kind of world in which the mutant is detected. */
  WorldKind worldKind() {
    return worldKind;
  }

  PutItemRequest mutate(PutItemRequest put) {
    return this == NONE ? put : mutation.apply(put);
  }

  /** Returns a rejection as the host sees it. */
  ConditionalCheckFailedException mutate(
      ConditionalCheckFailedException rejection, PutItemRequest request) {
    AttributeValue nonce = require(request.item(), "nonce");
    boolean isOwnRow = nonce.equals(rejection.item().get("nonce"));
    boolean isHidden =
        switch (this) {
          case OWN_ACQUIRE_NOT_RECOGNIZED -> WriteKind.ACQUIRE.matches(request);
          case OWN_RENEWAL_NOT_RECOGNIZED -> WriteKind.RENEW.matches(request);
          case OWN_END_NOT_RECOGNIZED -> WriteKind.END.matches(request);
          case TOKEN_NOT_ADOPTED -> isRestored(request.item(), rejection.item());
          default -> false;
        };
    if (!isOwnRow || !isHidden) {
      return rejection;
    }
    Map<String, AttributeValue> hiddenRow = new HashMap<>(rejection.item());
    hiddenRow.put("nonce", AttributeValue.fromS("another"));
    return rejection.toBuilder().item(hiddenRow).build();
  }

  /** Returns whether a held row is the writer's own row with a larger token. */
  static boolean isRestored(Map<String, AttributeValue> ownRow, Map<String, AttributeValue> row) {
    return require(ownRow, "nonce").equals(row.get("nonce"))
        && "HELD".equals(require(row, "state").s())
        && tokenOf(row).compareTo(tokenOf(ownRow)) > 0;
  }

  private static BigDecimal tokenOf(Map<String, AttributeValue> row) {
    return new BigDecimal(require(row, "token").n());
  }

  static boolean isAcquire(PutItemRequest put) {
    return WriteKind.ACQUIRE.matches(put);
  }

  private enum WriteKind {
    ACQUIRE,
    RENEW,
    RESUME,
    END,
    RELEASE,
    COMPLETE;

    boolean matches(PutItemRequest put) {
      String condition = put.conditionExpression();
      String state = require(put.item(), "state").s();
      return switch (this) {
        case ACQUIRE -> condition.startsWith("attribute_not_exists");
        case RENEW -> condition.endsWith("#version < :version");
        case RESUME -> condition.endsWith("#version = :version");
        case END -> !state.equals("HELD");
        case RELEASE -> state.equals("FREE");
        case COMPLETE -> state.equals("COMPLETED");
      };
    }
  }

  private static UnaryOperator<PutItemRequest> replaceInAcquire(String clause, String replacement) {
    return replaceIn(WriteKind.ACQUIRE, clause, replacement);
  }

  private static UnaryOperator<PutItemRequest> replaceIn(
      WriteKind kind, String clause, String replacement) {
    return put ->
        kind.matches(put)
            ? withCondition(put, put.conditionExpression().replace(clause, replacement))
            : put;
  }

  /**
   * Returns a request with another condition. The table rejects values and names that the condition
   * does not use.
   */
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

  private static AttributeValue require(Map<String, AttributeValue> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static PutItemRequest withoutSkewMargin(PutItemRequest put) {
    Map<String, AttributeValue> values = put.expressionAttributeValues();
    return values.containsKey(":before") ? withValue(put, ":before", require(values, ":now")) : put;
  }

  private static PutItemRequest withoutTakeover(PutItemRequest put) {
    PutItemRequest mutated = put;
    if (put.expressionAttributeValues().containsKey(":before")) {
      mutated = withValue(mutated, ":before", AttributeValue.fromN("0"));
    }
    if (put.expressionAttributeValues().containsKey(":watchedNonce")) {
      mutated = withValue(mutated, ":watchedNonce", AttributeValue.fromS("none"));
    }
    return mutated;
  }

  private static PutItemRequest withValue(PutItemRequest put, String name, AttributeValue value) {
    Map<String, AttributeValue> values = new HashMap<>(put.expressionAttributeValues());
    values.put(name, value);
    return put.toBuilder().expressionAttributeValues(values).build();
  }

  private static PutItemRequest withHalfLease(PutItemRequest put) {
    if (!WriteKind.RENEW.matches(put)) {
      return put;
    }
    long halfMillis = Long.parseLong(require(put.item(), "lease_ms").n()) / 2;
    Map<String, AttributeValue> item = new HashMap<>(put.item());
    item.put("lease_ms", AttributeValue.fromN(Long.toString(halfMillis)));
    long end = Long.parseLong(require(put.item(), "expires_at").n());
    item.put("expires_at", AttributeValue.fromN(Long.toString(end - halfMillis)));
    return put.toBuilder().item(item).build();
  }

  /** Conditions the end of a hold on the process instead of the hold. */
  private static PutItemRequest endByOwner(PutItemRequest put) {
    AttributeValue owner =
        AttributeValue.fromS(require(put.item(), "holder").s().replaceFirst(" #.*", ""));
    Map<String, AttributeValue> item = new HashMap<>(put.item());
    item.put("owner", owner);
    PutItemRequest owned = put.toBuilder().item(item).build();
    if (!WriteKind.END.matches(put)) {
      return owned;
    }
    return owned.toBuilder()
        .conditionExpression("#owner = :owner AND #state = :held")
        .expressionAttributeNames(Map.of("#owner", "owner", "#state", "state"))
        .expressionAttributeValues(
            Map.of(":owner", owner, ":held", require(put.expressionAttributeValues(), ":held")))
        .build();
  }

  private static PutItemRequest withoutPermitCondition(PutItemRequest put) {
    boolean permit = require(put.item(), "resource_id").s().contains("#permit-");
    return permit && WriteKind.ACQUIRE.matches(put)
        ? withCondition(put, "attribute_not_exists(#resource_id) OR #format = :format")
        : put;
  }

  private static PutItemRequest withSameNonce(PutItemRequest put) {
    if (!WriteKind.RESUME.matches(put)) {
      return put;
    }
    Map<String, AttributeValue> item = new HashMap<>(put.item());
    item.put("nonce", require(put.expressionAttributeValues(), ":nonce"));
    return put.toBuilder().item(item).build();
  }
}
