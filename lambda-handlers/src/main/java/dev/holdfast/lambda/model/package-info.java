/** Types that handlers receive and return: events, requests, responses and busy messages. */
@NullMarked
package dev.holdfast.lambda.model;

import org.jspecify.annotations.NullMarked;
