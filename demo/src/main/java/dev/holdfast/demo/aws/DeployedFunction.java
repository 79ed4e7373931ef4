package dev.holdfast.demo.aws;

import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import java.util.function.IntFunction;

/**
 * Function that is ready to be started in execution environments.
 *
 * @param environmentNamePrefix the prefix of the names of its execution environments
 * @param configuration the configuration of the function
 * @param code the classes of the function
 * @param warmUpEvent returns the event that the n-th execution environment processes before real
 *     ones
 */
public record DeployedFunction(
    String environmentNamePrefix,
    FunctionConfiguration configuration,
    FunctionCode code,
    IntFunction<String> warmUpEvent) {}
