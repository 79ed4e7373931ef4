package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.log.LogContext;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.ResultTooLargeException;
import dev.holdfast.lock.internal.text.LogText;
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
      LOG.debug(
          "outcome=succeeded lock={} request={}", LogText.value(key), LogText.value(requestId));
    }
  }

  public void duplicate(Completion completion) {
    LOG.info(
        "outcome=duplicate lock={} expiresAt={} request={}",
        LogText.value(completion.name()),
        completion.expiresAt(),
        LogText.value(requestId));
  }

  public void skipped(WorkKey workKey, Holder holder) {
    LOG.info(
        "outcome=skipped work={} holder={} leaseExpiresAt={} request={}",
        LogText.value(workKey.toString()),
        LogText.value(holder.description()),
        holder.leaseExpiresAt(),
        LogText.value(requestId));
  }

  void completionFailed(String key, LockException cause) {
    LOG.warn(
        "outcome=completion_failed lock={} request={} hint=\"the work succeeded and may run"
            + " again\"",
        LogText.value(key),
        LogText.value(requestId),
        cause);
  }

  void releaseFailed(String key, RuntimeException cause) {
    LOG.warn(
        "outcome=release_failed lock={} request={} hint=\"the lock is busy until its lease ends\"",
        LogText.value(key),
        LogText.value(requestId),
        cause);
  }

  void resultNotStored(String key, ResultTooLargeException cause) {
    LOG.warn(
        "outcome=result_not_stored lock={} request={} reason={}"
            + " hint=\"the work succeeded and is completed without a result\"",
        LogText.value(key),
        LogText.value(requestId),
        LogText.value(String.valueOf(cause.getMessage())));
  }

  public void visibilityNotChanged(String messageId, Throwable cause) {
    LOG.warn(
        "outcome=visibility_not_changed message={} request={}"
            + " hint=\"the visibility timeout of the queue applies\"",
        LogText.value(messageId),
        LogText.value(requestId),
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
        LogText.value(work),
        LogText.value(reason),
        LogText.value(requestId));
  }

  public void failed(String messageId, Throwable cause) {
    LOG.warn(
        "outcome=failed message={} request={}",
        LogText.value(messageId),
        LogText.value(requestId),
        cause);
  }
}
