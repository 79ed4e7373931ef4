/** DynamoDB Local of the demo and its tables. */
@NullMarked
package dev.holdfast.demo.dynamodb;

import org.jspecify.annotations.NullMarked;
