package dev.holdfast.lambda.internal.json;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JavaType;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.ObjectReader;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.ObjectWriter;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.SerializationFeature;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.holdfast.lambda.error.InvalidEventException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reader and writer of the JSON of one type. Immutable and thread-safe.
 *
 * @param <T> the type
 */
public sealed interface JsonCodec<T extends @Nullable Object> {

  /**
   * Reads an event.
   *
   * @throws InvalidEventException if it is not of this type. The message has no content of it.
   */
  T read(byte[] json);

  /**
   * Reads a result, which may be JSON's null, unlike an event.
   *
   * @throws InvalidEventException if it is not of this type
   */
  @Nullable T readResult(byte[] json);

  /**
   * Writes a result. Null, which code without null checks may return, is JSON's null.
   *
   * @throws IllegalStateException if it cannot be written
   */
  byte[] write(@Nullable T value);

  /** Returns a codec that does not write values of classes without getters and public fields. */
  default JsonCodec<T> refusingEmptyClasses() {
    return this;
  }

  private static IllegalStateException unwritable(String name, Throwable cause) {
    return new IllegalStateException("result cannot be written as JSON of " + name, cause);
  }

  /** Returns the codec of a class. */
  @SuppressWarnings("unchecked") // constructType returns the type of the class
  static <T> JsonCodec<T> of(Class<T> type) {
    return (JsonCodec<T>) of(Json.MAPPER.constructType(type));
  }

  /** Returns the codec of a type. */
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
      throw new InvalidEventException("event must be " + name + ", got null or an empty list");
    }
    return value;
  }

  /** Codec of {@code Void}: ignores the event and writes JSON's null. */
  record VoidCodec() implements JsonCodec<@Nullable Void> {
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    @Override
    @SuppressWarnings("NullAway") // the only value of Void is null
    public @Nullable Void read(byte[] json) {
      return null;
    }

    @Override
    public @Nullable Void readResult(byte[] json) {
      return null;
    }

    @Override
    public byte[] write(@Nullable Void value) {
      return nullJson();
    }

    static byte[] nullJson() {
      return NULL.clone();
    }

    static boolean isNull(byte[] json) {
      return Arrays.equals(NULL, json);
    }
  }

  /** Codec of {@code byte[]}: passes the JSON unchanged. */
  record RawCodec() implements JsonCodec<byte[]> {
    @Override
    public byte[] read(byte[] json) {
      return json;
    }

    @Override
    public byte @Nullable [] readResult(byte[] json) {
      return VoidCodec.isNull(json) ? null : json;
    }

    @Override
    public byte[] write(byte @Nullable [] value) {
      return value == null ? VoidCodec.nullJson() : value;
    }
  }

  /** Codec of a class of aws-lambda-java-events, whose property names differ from its JSON. */
  record AwsEventCodec<T>(String name, PojoSerializer<T> serializer) implements JsonCodec<T> {
    @Override
    public T read(byte[] json) {
      BareListCheck.ensureNotArray(json, name);
      return requirePresent(parse(json), name);
    }

    @Override
    public @Nullable T readResult(byte[] json) {
      return VoidCodec.isNull(json) ? null : parse(json);
    }

    /** Catches every exception, because each serializer of the library throws its own types. */
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
      try {
        serializer.toJson(value, json);
      } catch (RuntimeException e) {
        throw unwritable(name, e);
      }
      return json.toByteArray();
    }
  }

  /** Codec of all other types: records and other classes, maps, lists, strings, numbers. */
  record PojoCodec<T>(String name, ObjectReader reader, ObjectWriter writer)
      implements JsonCodec<T> {
    @Override
    public PojoCodec<T> refusingEmptyClasses() {
      return new PojoCodec<>(name, reader, writer.with(SerializationFeature.FAIL_ON_EMPTY_BEANS));
    }

    @Override
    public T read(byte[] json) {
      return requirePresent(readResult(json), name);
    }

    @Override
    public @Nullable T readResult(byte[] json) {
      try {
        return reader.<@Nullable T>readValue(json);
      } catch (IOException | ArithmeticException | NumberFormatException e) {
        throw Json.unreadableEvent(name, e);
      }
    }

    @Override
    public byte[] write(@Nullable T value) {
      try {
        return writer.writeValueAsBytes(value);
      } catch (IOException e) {
        throw unwritable(name, e);
      }
    }
  }
}
