package dev.holdfast.cdk;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.FunctionProps;

/**
 * Options of a {@link LockedFunction}: the methods that its two builders have in common.
 *
 * @param <B> the builder
 */
abstract class LockedFunctionOptions<B> {

  @Nullable ILockTable lockTable;
  @Nullable KeyPrefix keyPrefix;
  @Nullable String handler;
  @Nullable Code code;
  Consumer<FunctionProps.Builder> functionOptions = options -> {};

  LockedFunctionOptions() {}

  /**
   * Sets the lock table of the function. Required.
   *
   * @param table the lock table
   * @return this builder
   */
  public B lockTable(ILockTable table) {
    lockTable = table;
    return self();
  }

  /**
   * Sets the handler. Required.
   *
   * @param className the class of the handler, for example {@code shop.ShipOrder}
   * @return this builder
   */
  public B handler(String className) {
    handler = className;
    return self();
  }

  /**
   * Sets the code, with its dependencies. Required.
   *
   * @param functionCode the code
   * @return this builder
   */
  public B code(Code functionCode) {
    code = functionCode;
    return self();
  }

  /**
   * Limits the function to the locks whose key starts with the prefix. Default: every lock. Without
   * a prefix, the function can also delete every other lock of the table.
   *
   * @param prefix the prefix, see {@link
   *     ILockTable#grantLocking(software.amazon.awscdk.services.iam.IGrantable, String)}
   * @return this builder
   * @throws IllegalArgumentException if the prefix is invalid
   */
  public B keyPrefix(String prefix) {
    keyPrefix = new KeyPrefix(prefix);
    return self();
  }

  /**
   * Sets options of the function itself: all {@link
   * software.amazon.awscdk.services.lambda.FunctionOptions} and the runtime. Further calls add
   * options.
   *
   * <pre>{@code
   * .functionOptions(options -> options.vpc(vpc).tracing(Tracing.ACTIVE).timeout(Duration.minutes(1)))
   * }</pre>
   *
   * <p>These defaults differ from those of the CDK:
   *
   * <ul>
   *   <li>{@code runtime}: Java 25; {@code architecture}: arm64, which costs 20 % less
   *   <li>{@code memorySize}: 512 MB; {@code timeout}: 30 s
   *   <li>{@code role}: a new role that may write the function's logs and lock, and has no AWS
   *       managed policy. In a VPC it has the one that allows network interfaces.
   *   <li>{@code logGroup}: a new log group. {@code logRetention} sets its retention, which is one
   *       month by default, and {@code logRemovalPolicy} its removal policy.
   *   <li>{@code snapStart}: triggers must then invoke {@link LockedFunction#getLive}
   *   <li>{@code onFailure}, {@code onSuccess}, {@code maxEventAge}, {@code retryAttempts}: they
   *       also apply to {@link LockedFunction#getLive}
   * </ul>
   *
   * @param options sets options in the builder that it receives
   * @return this builder
   */
  public B functionOptions(Consumer<FunctionProps.Builder> options) {
    functionOptions = functionOptions.andThen(options);
    return self();
  }

  /** Returns this builder. */
  abstract B self();
}
