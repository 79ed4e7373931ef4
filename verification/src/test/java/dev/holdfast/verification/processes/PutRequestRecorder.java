package dev.holdfast.verification.processes;

import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Records the time of the last PutItem call. A lock was acquired by this call or by an earlier one.
 */
final class PutRequestRecorder implements ExecutionInterceptor {
  private final AtomicLong lastMicros = new AtomicLong();

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (context.request() instanceof PutItemRequest) {
      lastMicros.set(WallClock.nowMicros());
    }
  }

  long lastMicros() {
    return lastMicros.get();
  }
}
