/** Demo that runs Lambda handlers in local execution environments, with and without the guard. */
@NullMarked
package dev.holdfast.demo;

import org.jspecify.annotations.NullMarked;
