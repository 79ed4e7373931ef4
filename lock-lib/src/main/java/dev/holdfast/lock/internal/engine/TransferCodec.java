package dev.holdfast.lock.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lock.TransferRefusedException;
import dev.holdfast.lock.TransferRefusedException.Reason;
import dev.holdfast.lock.internal.protocol.RowVersion;
import dev.holdfast.lock.internal.protocol.Transfer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Codec for transfers. The text has a version, and the base64url encoding of the fields and their
 * CRC-32. The checksum detects truncated and mistyped texts. It does not detect a forgery, and need
 * not: a transfer is valid only if it contains the random nonce of the row.
 */
final class TransferCodec {
  private static final int VERSION = 1;
  private static final Pattern TEXT = Pattern.compile("hold([0-9]{1,4})\\.([A-Za-z0-9_-]+)");
  private static final int CHECKSUM_BYTES = Long.BYTES;
  private static final long TOKEN_MAX = (1L << 62) - 1;
  private static final int NAME_BYTES_MAX = 2_048;

  private TransferCodec() {}

  static String encode(Transfer transfer) {
    byte[] fields = toFields(transfer);
    byte[] payload =
        ByteBuffer.allocate(fields.length + CHECKSUM_BYTES)
            .put(fields)
            .putLong(checksum(fields))
            .array();
    return "hold" + VERSION + "." + toBase64Url(payload);
  }

  /**
   * Decodes a transfer.
   *
   * @throws TransferRefusedException if the text is malformed or has a newer version
   */
  static Transfer decode(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw malformed();
    }
    int version = Integer.parseInt(matcher.group(1));
    if (version != VERSION) {
      throw new TransferRefusedException(
          Reason.UNSUPPORTED_VERSION,
          "the transfer has version "
              + version
              + ", and this library knows 1: upgrade the library");
    }
    return fromFields(verifiedFields(matcher.group(2)));
  }

  private static byte[] verifiedFields(String encoded) {
    byte[] payload;
    try {
      payload = Base64.getUrlDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
    // The decoder ignores the unused bits of the last character.
    if (payload.length < CHECKSUM_BYTES || !encoded.equals(toBase64Url(payload))) {
      throw malformed();
    }
    byte[] fields = Arrays.copyOf(payload, payload.length - CHECKSUM_BYTES);
    if (ByteBuffer.wrap(payload).getLong(fields.length) != checksum(fields)) {
      throw malformed();
    }
    return fields;
  }

  private static String toBase64Url(byte[] payload) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(payload);
  }

  private static long checksum(byte[] fields) {
    CRC32 crc = new CRC32();
    crc.update(fields);
    return crc.getValue();
  }

  private static TransferRefusedException malformed() {
    return new TransferRefusedException(
        Reason.MALFORMED,
        "the text is not a transfer, is incomplete or was altered: pass exactly the text that"
            + " HeldLock.transfer returned");
  }

  private static byte[] toFields(Transfer transfer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writeText(out, transfer.tableName());
      writeText(out, transfer.name());
      writeText(out, transfer.version().nonce());
      out.writeLong(transfer.version().token());
      out.writeLong(transfer.version().renewals());
      out.writeLong(transfer.leaseMillis());
      out.writeLong(transfer.expiresAtMillis());
      writeOptionalText(out, transfer.event());
      writeOptionalText(out, transfer.payloadHash());
    } catch (IOException e) {
      throw new UncheckedIOException("the transfer cannot be encoded", e);
    }
    return bytes.toByteArray();
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void writeOptionalText(DataOutputStream out, @Nullable String text)
      throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      writeText(out, text);
    }
  }

  private static Transfer fromFields(byte[] fields) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(fields))) {
      String table = readText(in);
      String name = readText(in);
      RowVersion rowVersion = new RowVersion(readText(in), in.readLong(), in.readLong());
      long leaseMillis = in.readLong();
      long expiresAtMillis = in.readLong();
      String event = readOptionalText(in);
      String payloadHash = readOptionalText(in);
      requirePlausible(
          in.available() == 0 && rowVersion.token() >= 0 && rowVersion.token() < TOKEN_MAX);
      requirePlausible(!name.isEmpty() && name.getBytes(UTF_8).length <= NAME_BYTES_MAX);
      RequestDefaults.checkLeaseDuration(Duration.ofMillis(leaseMillis));
      return new Transfer(
          table, name, rowVersion, leaseMillis, expiresAtMillis, event, payloadHash);
    } catch (IOException | IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static @Nullable String readOptionalText(DataInputStream in) throws IOException {
    return in.readBoolean() ? readText(in) : null;
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    requirePlausible(length >= 0 && length <= in.available());
    return new String(in.readNBytes(length), UTF_8);
  }

  /** Refuses values that no transfer has. A forged text can have a correct checksum. */
  private static void requirePlausible(boolean plausible) {
    if (!plausible) {
      throw malformed();
    }
  }
}
