package dev.holdfast.demo.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;

/** Sees what passes between the functions and DynamoDB. Called from many threads. */
@FunctionalInterface
interface ExchangeListener {

  /**
   * DynamoDB has answered, and the function does not know it yet: it waits until this returns.
   *
   * @param exchange what was asked and answered
   */
  void onExchange(Exchange exchange);

  /**
   * A request and its answer.
   *
   * @param operation for example {@code PutItem}
   * @param request its body
   * @param status the answer's HTTP status
   * @param response the answer's body
   */
  record Exchange(String operation, JsonNode request, int status, String response) {

    boolean isForTable(String table) {
      return request.path("TableName").asText().equals(table);
    }
  }
}
