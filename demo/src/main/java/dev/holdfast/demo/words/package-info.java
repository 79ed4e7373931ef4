/** Numbers as people read them. */
@NullMarked
package dev.holdfast.demo.words;

import org.jspecify.annotations.NullMarked;
