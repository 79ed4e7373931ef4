package dev.holdfast.lambda.internal.json;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.JsonLocation;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.JsonProcessingException;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.DeserializationFeature;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonMappingException;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.MapperFeature;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.json.JsonMapper;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lock.internal.text.LogText;
import java.util.stream.Collectors;

/** Access to the JSON library inside Lambda's serialization library; no other one is needed. */
public final class Json {
  /**
   * Mapper that also creates records. It is a copy: Lambda uses the shared mapper, which stays
   * unchanged.
   */
  public static final JsonMapper MAPPER =
      ((JsonMapper) JacksonFactory.getInstance().getMapper())
          .rebuild()
          .enable(MapperFeature.AUTO_DETECT_CREATORS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * Returns the error of an event that cannot be read. The message says where reading stopped. It
   * has no content of the event, unlike the message of the library.
   */
  public static InvalidEventException unreadableEvent(String description, Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof JsonProcessingException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (!(cause instanceof JsonProcessingException e)) {
      return new InvalidEventException(
          "event cannot be read as "
              + description
              + ": a field is missing, or its value has another form");
    }
    String message = "event cannot be read as " + description + location(e) + reason(e);
    return e instanceof ValueInstantiationException instantiation
        ? new InvalidEventException(message, instantiation.getCause())
        : new InvalidEventException(message);
  }

  private static String location(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    String path = e instanceof JsonMappingException mapping ? path(mapping) : "";
    return location == null
        ? path
        : path + ", line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String path(JsonMappingException e) {
    String path = e.getPath().stream().map(Json::step).collect(Collectors.joining());
    return path.isEmpty() ? "" : " at " + LogText.value(path);
  }

  private static String step(Reference step) {
    return "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName());
  }

  private static String reason(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return ": " + e.getOriginalMessage();
    }
    if (String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")) {
      return ": duplicate field";
    }
    return e instanceof JsonMappingException ? ": wrong type" : ": not JSON";
  }
}
