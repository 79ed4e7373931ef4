package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.log.LogContext;
import dev.holdfast.lambda.internal.log.LogValue;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.ResultTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writer of one log line for each decision, as {@code key=value} pairs. A line never contains an
 * event, a message body or a result.
 *
 * @param requestId the request id of the invocation
 */
public record DecisionLog(String requestId) {
  private static final Logger LOG = LoggerFactory.getLogger(LogContext.LOGGER_NAME);

  void succeeded(String key) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("outcome=succeeded lock={} request={}", LogValue.of(key), requestId);
    }
  }

  public void duplicate(Completion completion) {
    LOG.info(
        "outcome=duplicate lock={} expiresAt={} request={}",
        LogValue.of(completion.name()),
        completion.expiresAt(),
        requestId);
  }

  public void skipped(WorkKey workKey, Holder holder) {
    LOG.info(
        "outcome=skipped work={} holder={} leaseExpiresAt={} request={}",
        LogValue.of(workKey.toString()),
        LogValue.of(holder.description()),
        holder.leaseExpiresAt(),
        requestId);
  }

  void completionFailed(String key, LockException cause) {
    LOG.warn(
        "outcome=completion_failed lock={} request={} hint=\"the work succeeded and may run again\"",
        LogValue.of(key),
        requestId,
        cause);
  }

  void releaseFailed(String key, RuntimeException cause) {
    LOG.warn(
        "outcome=release_failed lock={} request={} hint=\"the lock is busy until its lease ends\"",
        LogValue.of(key),
        requestId,
        cause);
  }

  void resultNotStored(String key, ResultTooLargeException cause) {
    LOG.warn(
        "outcome=result_not_stored lock={} request={} reason={}"
            + " hint=\"the work succeeded and is completed without a result\"",
        LogValue.of(key),
        requestId,
        LogValue.of(String.valueOf(cause.getMessage())));
  }

  public void visibilityNotChanged(String messageId, Throwable cause) {
    LOG.warn(
        "outcome=visibility_not_changed message={} request={}"
            + " hint=\"the visibility timeout of the queue applies\"",
        LogValue.of(messageId),
        requestId,
        cause);
  }

  /**
   * Logs that work was not started.
   *
   * @param work the message id or the ids of the work
   */
  public void notStarted(String work, String reason) {
    LOG.warn(
        "outcome=not_started work={} reason={} request={}",
        LogValue.of(work),
        LogValue.of(reason),
        requestId);
  }

  /**
   * Logs that work was not started because other requests were changing its lock's row.
   *
   * @param work the message id or the ids of the work
   */
  public void contention(String work, String reason) {
    LOG.warn(
        "outcome=contention work={} reason={} request={}",
        LogValue.of(work),
        LogValue.of(reason),
        requestId);
  }

  public void failed(String messageId, Throwable cause) {
    LOG.warn("outcome=failed message={} request={}", LogValue.of(messageId), requestId, cause);
  }
}
