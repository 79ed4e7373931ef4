package dev.holdfast.lambda;

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
record DecisionLog(String requestId) {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  void worked(String key) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("outcome=worked lock={} request={}", LogValue.of(key), requestId);
    }
  }

  void duplicate(Completion done) {
    LOG.info(
        "outcome=duplicate lock={} until={} request={}",
        LogValue.of(done.name()),
        done.until(),
        requestId);
  }

  void skipped(Subject subject, Holder holder) {
    LOG.info(
        "outcome=skipped subject={} holder={} leaseEnd={} request={}",
        LogValue.of(subject.toString()),
        LogValue.of(holder.description()),
        holder.leaseEnd(),
        requestId);
  }

  void notRemembered(String key, LockException why) {
    LOG.warn(
        "outcome=notRemembered lock={} request={}: the work is done, and may be done again",
        LogValue.of(key),
        requestId,
        why);
  }

  void notReleased(String key, RuntimeException why) {
    LOG.warn(
        "outcome=notReleased lock={} request={}: it is busy until its lease ends",
        LogValue.of(key),
        requestId,
        why);
  }

  void resultNotKept(String key, ResultTooLargeException why) {
    LOG.warn(
        "outcome=resultNotKept lock={} request={} why={}: the work is done, and remembered as such",
        LogValue.of(key),
        requestId,
        LogValue.of(String.valueOf(why.getMessage())));
  }

  void busy(Delivery message, Holder holder, Duration waited) {
    LOG.info(
        "outcome=busy message={} receiveCount={} sentAt={} ageSeconds={} holder={} leaseEnd={}"
            + " waitedUpToMillis={} request={}",
        LogValue.of(message.id()),
        LogValue.of(message.receiveCount()),
        LogValue.of(message.sentAt()),
        message.ageSeconds().isPresent() ? message.ageSeconds().getAsLong() : "\"\"",
        LogValue.of(holder.description()),
        holder.leaseEnd(),
        waited.toMillis(),
        requestId);
  }

  void notDeferred(String message, Throwable why) {
    LOG.warn(
        "outcome=notDeferred message={} request={}: it comes again after the queue's visibility"
            + " time-out",
        LogValue.of(message),
        requestId,
        why);
  }

  void notStarted(String subject, String why) {
    LOG.warn(
        "outcome=notStarted subject={} why={} request={}",
        LogValue.of(subject),
        LogValue.of(why),
        requestId);
  }

  void notStarted(Subject subject, RuntimeException why) {
    notStarted(subject.toString(), String.valueOf(why.getMessage()));
  }

  void failed(String message, Throwable why) {
    LOG.warn("outcome=failed message={} request={}", LogValue.of(message), requestId, why);
  }
}
