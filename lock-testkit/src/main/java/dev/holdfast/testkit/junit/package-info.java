/** JUnit Jupiter's way to a simulated lock table; the only package here that needs JUnit. */
@NullMarked
package dev.holdfast.testkit.junit;

import org.jspecify.annotations.NullMarked;
