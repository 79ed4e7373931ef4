/**
 * JUnit Jupiter extension for a simulated lock table; no other package of this module needs JUnit.
 */
@NullMarked
package dev.holdfast.testkit.junit;

import org.jspecify.annotations.NullMarked;
