package dev.holdfast.lambda.internal.json;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JavaType;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.ObjectReader;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.ObjectWriter;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.holdfast.lambda.error.InvalidEventException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * How values of one type are read from JSON and written as JSON. Immutable and thread-safe.
 *
 * @param <T> the type
 */
public sealed interface JsonCodec<T extends @Nullable Object> {

  /**
   * Reads an event.
   *
   * @throws InvalidEventException if it is none of this type; the message holds nothing of it
   */
  T read(byte[] json);

  /** Writes a result; null, which code without null checks may return, as JSON's null. */
  byte[] write(T value);

  @SuppressWarnings("unchecked") // a class stands for its own type
  static <T> JsonCodec<T> of(Class<T> type) {
    return (JsonCodec<T>) of(Json.MAPPER.constructType(type));
  }

  static JsonCodec<?> of(JavaType type) {
    Class<?> raw = type.getRawClass();
    if (raw == Void.class) {
      return new VoidCodec();
    }
    if (raw == byte[].class) {
      return new RawCodec();
    }
    return LambdaEventSerializers.isLambdaSupportedEvent(raw.getName())
        ? new AwsEventCodec<>(raw.getSimpleName(), serializer(raw))
        : new PojoCodec<>(
            type.toCanonical(), Json.MAPPER.readerFor(type), Json.MAPPER.writerFor(type));
  }

  private static <T> PojoSerializer<T> serializer(Class<T> type) {
    return LambdaEventSerializers.serializerFor(type, type.getClassLoader());
  }

  private static <T> T requirePresent(@Nullable T value, String name) {
    if (value == null) {
      throw new InvalidEventException(
          "event must be " + name + ", got nothing (null or an empty list)");
    }
    return value;
  }

  /** {@code Void}: whatever comes is ignored, and JSON's null is the answer. */
  record VoidCodec() implements JsonCodec<@Nullable Void> {
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    @Override
    @SuppressWarnings("NullAway") // a Void is null
    public @Nullable Void read(byte[] json) {
      return null;
    }

    @Override
    public byte[] write(@Nullable Void value) {
      return nullJson();
    }

    static byte[] nullJson() {
      return NULL.clone();
    }
  }

  /** {@code byte[]}: the JSON itself. */
  record RawCodec() implements JsonCodec<byte[]> {
    @Override
    public byte[] read(byte[] json) {
      return json;
    }

    @Override
    public byte[] write(byte @Nullable [] value) {
      return value == null ? VoidCodec.nullJson() : value;
    }
  }

  /** A class of aws-lambda-java-events, whose names differ from its JSON. */
  record AwsEventCodec<T>(String name, PojoSerializer<T> serializer) implements JsonCodec<T> {
    @Override
    public T read(byte[] json) {
      BareListCheck.ensureNotArray(json, name);
      return requirePresent(parse(json), name);
    }

    /** Each of the library's serializers throws exceptions of its own. */
    private @Nullable T parse(byte[] json) {
      try {
        return serializer.fromJson(new ByteArrayInputStream(json));
      } catch (RuntimeException e) {
        throw Json.unreadableEvent(name, e);
      } catch (StackOverflowError e) {
        throw new InvalidEventException("event cannot be read as " + name + ": nested too deeply");
      }
    }

    @Override
    public byte[] write(@Nullable T value) {
      if (value == null) {
        return VoidCodec.nullJson();
      }
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      serializer.toJson(value, json);
      return json.toByteArray();
    }
  }

  /** Everything else: records and other classes, maps, lists, texts, numbers. */
  record PojoCodec<T>(String name, ObjectReader reader, ObjectWriter writer)
      implements JsonCodec<T> {
    @Override
    public T read(byte[] json) {
      try {
        return requirePresent(reader.<T>readValue(json), name);
      } catch (IOException e) {
        throw Json.unreadableEvent(name, e);
      }
    }

    @Override
    public byte[] write(T value) {
      try {
        return writer.writeValueAsBytes(value);
      } catch (IOException e) {
        throw new UncheckedIOException("result cannot be written as JSON of " + name, e);
      }
    }
  }
}
