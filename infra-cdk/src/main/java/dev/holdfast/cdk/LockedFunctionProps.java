package dev.holdfast.cdk;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.IDestination;
import software.amazon.awscdk.services.lambda.Runtime;

/**
 * Code and options of a {@link LockedFunction}. Immutable. Every option is optional and independent
 * of the others.
 *
 * <pre>{@code
 * LockedFunctionProps.builder(locks, "shop.ShipOrder", Code.fromAsset("shop.zip"))
 *     .keyPrefix("orders/")
 *     .build()
 * }</pre>
 */
public final class LockedFunctionProps {

  final ILockTable table;
  final String handler;
  final Code code;
  final @Nullable KeyPrefix keyPrefix;
  final Runtime runtime;
  final Architecture architecture;
  final int memorySize;
  final Duration timeout;
  final boolean snapStart;
  final Map<String, String> environment;
  final @Nullable IRole role;
  final @Nullable IDestination onFailure;

  private LockedFunctionProps(Builder builder) {
    table = builder.table;
    handler = builder.handler;
    code = builder.code;
    keyPrefix = builder.keyPrefix;
    runtime = builder.runtime;
    architecture = builder.architecture;
    memorySize = builder.memorySize;
    timeout = builder.timeout;
    snapStart = builder.snapStart;
    environment = Map.copyOf(builder.environment);
    role = builder.role;
    onFailure = builder.onFailure;
  }

  /**
   * Returns a builder with the default of every option.
   *
   * @param table the lock table of the function
   * @param handler the handler, for example {@code shop.ShipOrder}
   * @param code the code, with its dependencies
   * @return the builder
   */
  public static Builder builder(ILockTable table, String handler, Code code) {
    return new Builder(table, handler, code);
  }

  /** Builder of {@link LockedFunctionProps}. Not thread-safe. */
  public static final class Builder {

    private final ILockTable table;
    private final String handler;
    private final Code code;
    private @Nullable KeyPrefix keyPrefix;
    private Runtime runtime = Runtime.JAVA_25;
    private Architecture architecture = Architecture.ARM_64;
    private int memorySize = 512;
    private Duration timeout = Duration.seconds(30);
    private boolean snapStart;
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable IRole role;
    private @Nullable IDestination onFailure;

    private Builder(ILockTable table, String handler, Code code) {
      this.table = table;
      this.handler = handler;
      this.code = code;
    }

    /**
     * Limits the function to the locks whose key starts with the prefix. Default: every lock.
     *
     * @param prefix the prefix, see {@link
     *     ILockTable#grantLocking(software.amazon.awscdk.services.iam.IGrantable, String)}
     * @return this builder
     * @throws IllegalArgumentException if the prefix is invalid
     */
    public Builder keyPrefix(String prefix) {
      keyPrefix = new KeyPrefix(prefix);
      return this;
    }

    /**
     * Sets the runtime. Default: {@link Runtime#JAVA_25}, the current long-term support release.
     *
     * @param lambdaRuntime the runtime
     * @return this builder
     */
    public Builder runtime(Runtime lambdaRuntime) {
      runtime = lambdaRuntime;
      return this;
    }

    /**
     * Sets the processor architecture. Default: {@link Architecture#ARM_64}, which costs 20 % less.
     * Code without native libraries runs on both.
     *
     * @param processor the architecture
     * @return this builder
     */
    public Builder architecture(Architecture processor) {
      architecture = processor;
      return this;
    }

    /**
     * Sets the memory size, which also determines the CPU share. Default: 512 MB.
     *
     * @param megabytes the memory size in MB, within Lambda's limits
     * @return this builder
     */
    public Builder memorySize(int megabytes) {
      memorySize = megabytes;
      return this;
    }

    /**
     * Sets the timeout of an invocation. The lease of a lock is slightly longer. Default: 30 s.
     *
     * @param duration the timeout, within Lambda's limits
     * @return this builder
     */
    public Builder timeout(Duration duration) {
      timeout = duration;
      return this;
    }

    /**
     * Sets SnapStart for published versions. Default: false. Triggers must then invoke {@link
     * LockedFunction#getLive}, because only versions start from a snapshot.
     *
     * @param enabled true to start from snapshots
     * @return this builder
     */
    public Builder snapStart(boolean enabled) {
      snapStart = enabled;
      return this;
    }

    /**
     * Adds an environment variable to the function, besides the variables of the connection.
     *
     * @param name the name
     * @param value the value
     * @return this builder
     */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /**
     * Sets the execution role. By default the function creates a role that may write the function's
     * logs and lock.
     *
     * @param executionRole the role, to which the same grants are added
     * @return this builder
     */
    public Builder role(IRole executionRole) {
      role = executionRole;
      return this;
    }

    /**
     * Sets the destination of asynchronous events that failed in all attempts. Default: none.
     * Synthesis fails if the function has an asynchronous trigger and no destination.
     *
     * @param destination the destination
     * @return this builder
     */
    public Builder onFailure(IDestination destination) {
      onFailure = destination;
      return this;
    }

    /**
     * Builds the props.
     *
     * @return the props
     */
    public LockedFunctionProps build() {
      return new LockedFunctionProps(this);
    }
  }
}
