/** HTTP events of API Gateway, function URLs and load balancers. Not API. */
@NullMarked
package dev.holdfast.lambda.internal.http;

import org.jspecify.annotations.NullMarked;
