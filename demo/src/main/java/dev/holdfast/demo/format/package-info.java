/** Numbers as people read them. */
@NullMarked
package dev.holdfast.demo.format;

import org.jspecify.annotations.NullMarked;
