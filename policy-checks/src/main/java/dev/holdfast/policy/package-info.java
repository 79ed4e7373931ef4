/**
 * Snapshots of the deployed table and policies, and an evaluation of the policies. Tests of the
 * lock and of handlers run with these policies.
 */
@NullMarked
package dev.holdfast.policy;

import org.jspecify.annotations.NullMarked;
