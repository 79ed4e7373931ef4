package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayOutputStream;
import java.util.Map;

/** Converts JSON text with the library that Lambda's managed runtime uses. */
final class LambdaJson {

  private LambdaJson() {}

  static Object read(String json) {
    return JacksonFactory.getInstance().getSerializer(Object.class).fromJson(json);
  }

  @SuppressWarnings("unchecked") // keys of a JSON object are strings
  static Map<String, Object> readObject(String json) {
    return JacksonFactory.getInstance().getSerializer(Map.class).fromJson(json);
  }

  static <T> T read(String json, Class<T> type) {
    return serializer(type).fromJson(json);
  }

  @SuppressWarnings("unchecked") // a Class<T> converts a T
  static <T> String write(T value) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    serializer((Class<T>) value.getClass()).toJson(value, json);
    return json.toString(UTF_8);
  }

  private static <T> PojoSerializer<T> serializer(Class<T> type) {
    if (LambdaEventSerializers.isLambdaSupportedEvent(type.getName())) {
      return LambdaEventSerializers.serializerFor(type, type.getClassLoader());
    }
    return JacksonFactory.getInstance().getSerializer(type);
  }
}
