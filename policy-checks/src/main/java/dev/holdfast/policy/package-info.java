/**
 * What the CDK constructs deploy, as files, and a judge that says what a policy among them lets
 * through: tests of the lock and of handlers run behind it.
 */
@NullMarked
package dev.holdfast.policy;

import org.jspecify.annotations.NullMarked;
