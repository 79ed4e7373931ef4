package dev.holdfast.lambda.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpRequestTest {

  private static HttpRequest request(String method, Map<String, List<String>> headers) {
    return new HttpRequest(
        new HttpTarget(method, "/", "/", Map.of(), Map.of()),
        headers,
        Optional.empty(),
        new byte[0]);
  }

  @Test
  void method_isUpperCase_inAnyLanguage() {
    assertThat(request("link", Map.of()).method()).isEqualTo("LINK");
    assertThat(request("Post", Map.of())).hasToString("POST /");
  }

  @Test
  void headers_inAnyCase_areOneHeader() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("X-Id", List.of("1"));
    headers.put("x-id", List.of("2"));
    assertThat(request("GET", headers).header("X-ID")).containsExactly("1", "2");
  }

  @Test
  void headers_areCopied() {
    List<String> values = new ArrayList<>(List.of("1"));
    HttpRequest request = request("GET", Map.of("a", values));
    values.add("2");
    assertThat(request.header("a")).containsExactly("1").isUnmodifiable();
  }
}
