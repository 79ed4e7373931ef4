/** The CDK app that deploys a lock table, and the samples with it when asked. */
@NullMarked
package dev.holdfast.cdk.app;

import org.jspecify.annotations.NullMarked;
