package dev.holdfast.demo.aws;

import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import java.util.function.IntFunction;

/**
 * A deployed function.
 *
 * @param environmentNamePrefix what the names of its sandboxes begin with
 * @param configuration how it is configured
 * @param code its classes
 * @param warmUpEvent an event for the n-th sandbox to be tried on before it gets real ones
 */
public record DeployedFunction(
    String environmentNamePrefix,
    FunctionConfiguration configuration,
    FunctionCode code,
    IntFunction<String> warmUpEvent) {}
