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
 * What a {@link LockedFunction} runs, and what may differ from its defaults. Immutable; every
 * option is optional and independent of the others.
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
   * Starts from the defaults.
   *
   * @param table where the function's locks are
   * @param handler its handler, such as {@code shop.ShipOrder}
   * @param code its code, with everything that it needs
   * @return a builder that holds the default of every option
   */
  public static Builder builder(ILockTable table, String handler, Code code) {
    return new Builder(table, handler, code);
  }

  /** Collects what differs from the defaults. Not thread-safe. */
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
     * Limits the function to the keys that start with the prefix. Default: every key.
     *
     * @param prefix see {@link
     *     ILockTable#grantLocking(software.amazon.awscdk.services.iam.IGrantable, String)}
     * @return this builder
     * @throws IllegalArgumentException if the prefix is none
     */
    public Builder keyPrefix(String prefix) {
      keyPrefix = new KeyPrefix(prefix);
      return this;
    }

    /**
     * Chooses the runtime. Default: {@link Runtime#JAVA_25}, the current long-term one.
     *
     * @param lambdaRuntime the runtime
     * @return this builder
     */
    public Builder runtime(Runtime lambdaRuntime) {
      runtime = lambdaRuntime;
      return this;
    }

    /**
     * Chooses the processor. Default: {@link Architecture#ARM_64}, which costs a fifth less and
     * makes no difference to code that holds nothing native.
     *
     * @param processor the processor
     * @return this builder
     */
    public Builder architecture(Architecture processor) {
      architecture = processor;
      return this;
    }

    /**
     * Sets the memory, and with it the share of a processor. Default: 512.
     *
     * @param megabytes memory in MB, as Lambda allows
     * @return this builder
     */
    public Builder memorySize(int megabytes) {
      memorySize = megabytes;
      return this;
    }

    /**
     * Sets how long an invocation may last; a lock that it takes lasts as long, and a little
     * longer. Default: 30 s.
     *
     * @param duration the time-out, as Lambda allows
     * @return this builder
     */
    public Builder timeout(Duration duration) {
      timeout = duration;
      return this;
    }

    /**
     * Says whether published versions start from a snapshot. Default: false. Only {@link
     * LockedFunction#live} then starts faster, so whatever invokes has to invoke that.
     *
     * @param enabled whether they do
     * @return this builder
     */
    public Builder snapStart(boolean enabled) {
      snapStart = enabled;
      return this;
    }

    /**
     * Adds a variable to the function's environment, besides those of the connection.
     *
     * @param name the variable's name
     * @param value its value
     * @return this builder
     */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /**
     * Sets the role that the function runs with. Default: one of its own, that may write the
     * function's logs, and lock.
     *
     * @param executionRole the role, to which these grants are added
     * @return this builder
     */
    public Builder role(IRole executionRole) {
      role = executionRole;
      return this;
    }

    /**
     * Sets where events go that nobody waits for and that failed to the last. Default: nowhere,
     * which is an error at synthesis where such a trigger is seen.
     *
     * @param destination the destination
     * @return this builder
     */
    public Builder onFailure(IDestination destination) {
      onFailure = destination;
      return this;
    }

    /**
     * Makes the props.
     *
     * @return props with what was set here and the defaults of the rest
     */
    public LockedFunctionProps build() {
      return new LockedFunctionProps(this);
    }
  }
}
