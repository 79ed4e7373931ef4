/** Text formats of the demo. */
@NullMarked
package dev.holdfast.demo.format;

import org.jspecify.annotations.NullMarked;
