/** CDK app that deploys a lock table and, as an option, the samples. */
@NullMarked
package dev.holdfast.cdk.app;

import org.jspecify.annotations.NullMarked;
