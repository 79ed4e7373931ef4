package dev.holdfast.demo.cloud;

import com.fasterxml.jackson.databind.JsonNode;

/** Sees what passes between the functions and DynamoDB. Called from many threads. */
@FunctionalInterface
interface WireTap {

  /**
   * DynamoDB has answered, and the function does not know it yet: it waits until this returns.
   *
   * @param exchange what was asked and answered
   */
  void passed(Exchange exchange);

  /**
   * A request and its answer.
   *
   * @param operation for example {@code PutItem}
   * @param request its body
   * @param status the answer's HTTP status
   * @param reply the answer's body
   */
  record Exchange(String operation, JsonNode request, int status, String reply) {

    boolean isAbout(String table) {
      return request.path("TableName").asText().equals(table);
    }
  }
}
