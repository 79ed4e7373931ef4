package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.log.LogContext;
import dev.holdfast.lambda.internal.log.WarningLogger;
import dev.holdfast.lambda.internal.time.Invocation;
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
 * <p>Outcomes of work that failed or was not started are visible whatever logging is set up: if
 * SLF4J has no provider, or does not log warnings of this logger, Lambda's own logger writes them.
 *
 * @param invocation the invocation
 */
public record DecisionLog(Invocation invocation) {
  private static final Logger LOG = LoggerFactory.getLogger(LogContext.LOGGER_NAME);

  private WarningLogger logger() {
    return new WarningLogger(LOG, invocation.context());
  }

  private String request() {
    return LogText.value(invocation.requestId());
  }

  void succeeded(String key) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("outcome=succeeded lock={} request={}", LogText.value(key), request());
    }
  }

  public void duplicate(Completion completion) {
    LOG.info(
        "outcome=duplicate lock={} expiresAt={} request={}",
        LogText.value(completion.name()),
        completion.expiresAt(),
        request());
  }

  /**
   * Logs an event that carries no work.
   *
   * @param work the id of the message or record, or the kind of the event
   */
  public void ignored(String work) {
    LOG.info("outcome=ignored work={} request={}", LogText.value(work), request());
  }

  public void skipped(WorkKey workKey, Holder holder) {
    LOG.info(
        "outcome=skipped work={} holder={} leaseExpiresAt={} request={}",
        LogText.value(workKey.toString()),
        LogText.value(holder.description()),
        holder.leaseExpiresAt(),
        request());
  }

  void completionFailed(String key, LockException cause) {
    logger()
        .warn(
            "outcome=completion_failed lock={} request={} hint=\"the work succeeded and may run"
                + " again\"",
            LogText.value(key),
            request(),
            cause);
  }

  void releaseFailed(String key, RuntimeException cause) {
    logger()
        .warn(
            "outcome=release_failed lock={} request={} hint=\"the lock is busy until its lease"
                + " ends\"",
            LogText.value(key),
            request(),
            cause);
  }

  void resultNotStored(String key, ResultTooLargeException cause) {
    logger()
        .warn(
            "outcome=result_not_stored lock={} request={} reason={}"
                + " hint=\"the work succeeded and is completed without a result\"",
            LogText.value(key),
            request(),
            LogText.value(String.valueOf(cause.getMessage())));
  }

  public void visibilityNotChanged(String messageId, Throwable cause) {
    logger()
        .warn(
            "outcome=visibility_not_changed message={} request={}"
                + " hint=\"the visibility timeout of the queue applies\"",
            LogText.value(messageId),
            request(),
            cause);
  }

  /**
   * Logs that work was not started.
   *
   * @param work the message id or the ids of the work
   */
  public void notStarted(String work, String reason) {
    logger()
        .warn(
            "outcome=not_started work={} reason={} request={}",
            LogText.value(work),
            LogText.value(reason),
            request());
  }

  /**
   * Logs that work was not started because other requests were changing its lock's row.
   *
   * @param work the message id or the ids of the work
   */
  public void contention(String work, String reason) {
    logger()
        .warn(
            "outcome=contention work={} reason={} request={}",
            LogText.value(work),
            LogText.value(reason),
            request());
  }

  public void failed(String messageId, Throwable cause) {
    logger()
        .warn("outcome=failed message={} request={}", LogText.value(messageId), request(), cause);
  }
}
