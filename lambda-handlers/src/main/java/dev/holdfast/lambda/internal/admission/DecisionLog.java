package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.log.LogContext;
import dev.holdfast.lambda.internal.log.LogValue;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.ResultTooLargeException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each decision, as key=value pairs. Never an event, a message's body or a result.
 *
 * @param requestId of the invocation
 */
public record DecisionLog(String requestId) {
  private static final Logger LOG = LoggerFactory.getLogger(LogContext.LOGGER_NAME);

  /** Logs why the work is not started; returns the outcome unchanged. */
  public Admission record(WorkKey workKey, Admission admission) {
    return admission.fold(
        entered -> entered,
        duplicate -> {
          duplicate(duplicate.completion());
          return duplicate;
        },
        rejected -> {
          notStarted(workKey.toString(), rejected.reason());
          return rejected;
        });
  }

  void succeeded(String key) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("outcome=worked lock={} request={}", LogValue.of(key), requestId);
    }
  }

  public void duplicate(Completion completion) {
    LOG.info(
        "outcome=duplicate lock={} until={} request={}",
        LogValue.of(completion.name()),
        completion.expiresAt(),
        requestId);
  }

  public void skipped(WorkKey workKey, Holder holder) {
    LOG.info(
        "outcome=skipped subject={} holder={} leaseEnd={} request={}",
        LogValue.of(workKey.toString()),
        LogValue.of(holder.description()),
        holder.leaseExpiresAt(),
        requestId);
  }

  void completionFailed(String key, LockException cause) {
    LOG.warn(
        "outcome=notRemembered lock={} request={}: the work is done, and may be done again",
        LogValue.of(key),
        requestId,
        cause);
  }

  void releaseFailed(String key, RuntimeException cause) {
    LOG.warn(
        "outcome=notReleased lock={} request={}: it is busy until its lease ends",
        LogValue.of(key),
        requestId,
        cause);
  }

  void resultNotStored(String key, ResultTooLargeException cause) {
    LOG.warn(
        "outcome=resultNotKept lock={} request={} why={}: the work is done, and remembered as such",
        LogValue.of(key),
        requestId,
        LogValue.of(String.valueOf(cause.getMessage())));
  }

  public void busy(MessageDelivery message, Holder holder, Duration maxWait) {
    LOG.info(
        "outcome=busy message={} receiveCount={} sentAt={} ageSeconds={} holder={} leaseEnd={}"
            + " waitedUpToMillis={} request={}",
        LogValue.of(message.id()),
        LogValue.of(message.receiveCount()),
        LogValue.of(message.sentAt()),
        message.ageSeconds().isPresent() ? message.ageSeconds().getAsLong() : "\"\"",
        LogValue.of(holder.description()),
        holder.leaseExpiresAt(),
        maxWait.toMillis(),
        requestId);
  }

  public void visibilityNotChanged(String messageId, Throwable cause) {
    LOG.warn(
        "outcome=notDeferred message={} request={}: it comes again after the queue's visibility"
            + " time-out",
        LogValue.of(messageId),
        requestId,
        cause);
  }

  public void notStarted(String workKey, String reason) {
    LOG.warn(
        "outcome=notStarted subject={} why={} request={}",
        LogValue.of(workKey),
        LogValue.of(reason),
        requestId);
  }

  public void failed(String messageId, Throwable cause) {
    LOG.warn("outcome=failed message={} request={}", LogValue.of(messageId), requestId, cause);
  }
}
