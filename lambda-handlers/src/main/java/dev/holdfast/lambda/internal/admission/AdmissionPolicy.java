package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lock.AlreadyCompletedException;
import java.time.Duration;
import java.util.Optional;

/** Temporary form with exceptions, until all triggers fold over {@link Admission}. */
public record AdmissionPolicy(WorkGuard workGuard) {

  public HeldWork admit(WorkKey workKey) throws InterruptedException {
    return admit(workKey, workGuard.config().timeBudget().maxWaitOrLongest());
  }

  public HeldWork admit(WorkKey workKey, Duration maxWait) throws InterruptedException {
    return workGuard.admitAndLog(workKey, maxWait).fold(
        Admission.Entered::work,
        duplicate -> {
          throw duplicate.toException();
        },
        rejected -> {
          throw rejected.toException();
        });
  }

  public Optional<HeldWork> admitOnce(WorkKey workKey) throws InterruptedException {
    try {
      return Optional.of(admit(workKey));
    } catch (AlreadyCompletedException duplicate) {
      return Optional.empty();
    }
  }
}
