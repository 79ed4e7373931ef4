package dev.holdfast.lock.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Who holds a row and for what; for people, logs and duplicates, never a part of the rules.
 *
 * @param holder who: function, request, host, process
 * @param event the id of the event that is worked on, where there is one
 * @param acquiredAtMillis epoch milliseconds at which it was acquired, by the holder's wall clock
 * @param memo what is kept for duplicates
 */
public record Claimant(String holder, @Nullable String event, long acquiredAtMillis, Memo memo) {

  Claimant keeping(@Nullable Result result) {
    return new Claimant(holder, event, acquiredAtMillis, memo.with(result));
  }
}
