package dev.holdfast.verification.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs a class once for each {@link ContractTable}. {@code -Dholdfast.contract.table=…
 * -Dholdfast.contract.region=…} adds a real table.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ParameterizedClass(name = "{0}")
@MethodSource("dev.holdfast.verification.contract.ContractTable#all")
@interface OnEveryTable {}
