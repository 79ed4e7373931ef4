package dev.holdfast.cdk;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.FunctionProps;
import software.amazon.awscdk.services.lambda.Runtime;

/**
 * Lock table, code and options of a {@link LockedFunction}. Immutable.
 *
 * <pre>{@code
 * LockedFunctionProps.builder()
 *     .lockTable(locks)
 *     .handler("shop.ShipOrder")
 *     .code(Code.fromAsset("shop.zip"))
 *     .keyPrefix("orders/")
 *     .build()
 * }</pre>
 */
public final class LockedFunctionProps {

  final ILockTable lockTable;
  final @Nullable KeyPrefix keyPrefix;
  private final String handler;
  private final Code code;
  private final Consumer<FunctionProps.Builder> functionOptions;

  LockedFunctionProps(LockedFunctionOptions<?> options) {
    lockTable = Objects.requireNonNull(options.lockTable, "lockTable is required");
    keyPrefix = options.keyPrefix;
    handler = Objects.requireNonNull(options.handler, "handler is required");
    code = Objects.requireNonNull(options.code, "code is required");
    functionOptions = options.functionOptions;
  }

  /**
   * Returns a builder with the default of every option.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the options of the function, in a new builder. */
  FunctionProps.Builder function() {
    FunctionProps.Builder function =
        FunctionProps.builder()
            .handler(handler)
            .code(code)
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .memorySize(512)
            .timeout(Duration.seconds(30));
    functionOptions.accept(function);
    return function;
  }

  /** Builder of {@link LockedFunctionProps}. Not thread-safe. */
  public static final class Builder extends LockedFunctionOptions<Builder> {

    private Builder() {}

    /**
     * Builds the props.
     *
     * @return the props
     * @throws NullPointerException if the lock table, the handler or the code is missing
     */
    public LockedFunctionProps build() {
      return new LockedFunctionProps(this);
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
