package dev.holdfast.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lock.TicketRefusedException.Reason;
import dev.holdfast.lock.protocol.Stamp;
import dev.holdfast.lock.protocol.Ticket;
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
 * Tickets as text: a version, and base64url of the fields and their CRC-32. The check sum finds
 * what was cut off or mistyped; it proves nothing against somebody who means to forge one, and need
 * not: a ticket is worth something only while it names the random nonce of the row.
 */
final class TicketText {
  private static final int VERSION = 1;
  private static final Pattern TEXT = Pattern.compile("hold([0-9]{1,4})\\.([A-Za-z0-9_-]+)");
  private static final int CHECK_BYTES = Long.BYTES;
  private static final long TOKEN_MAX = (1L << 62) - 1;

  private TicketText() {}

  static String of(Ticket ticket) {
    byte[] fields = fields(ticket);
    byte[] all =
        ByteBuffer.allocate(fields.length + CHECK_BYTES).put(fields).putLong(check(fields)).array();
    return "hold" + VERSION + "." + encode(all);
  }

  /**
   * Reads a ticket.
   *
   * @throws TicketRefusedException if it is none, or a newer one
   */
  static Ticket read(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw damaged();
    }
    int version = Integer.parseInt(matcher.group(1));
    if (version != VERSION) {
      throw new TicketRefusedException(
          Reason.NEWER,
          "the ticket is of version " + version + ", this library knows 1: upgrade the library");
    }
    return ticket(bytes(matcher.group(2)));
  }

  private static byte[] bytes(String encoded) {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      throw damaged();
    }
    // The decoder takes no notice of the last character's unused bits.
    if (all.length < CHECK_BYTES || !encoded.equals(encode(all))) {
      throw damaged();
    }
    byte[] fields = Arrays.copyOf(all, all.length - CHECK_BYTES);
    if (ByteBuffer.wrap(all).getLong(fields.length) != check(fields)) {
      throw damaged();
    }
    return fields;
  }

  private static String encode(byte[] all) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  private static long check(byte[] fields) {
    CRC32 crc = new CRC32();
    crc.update(fields);
    return crc.getValue();
  }

  private static TicketRefusedException damaged() {
    return new TicketRefusedException(
        Reason.DAMAGED,
        "this is no ticket, or not the whole of one, or it was altered: pass on exactly what"
            + " HeldLock.ticket gave");
  }

  private static byte[] fields(Ticket ticket) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, ticket.table());
      write(out, ticket.name());
      write(out, ticket.stamp().nonce());
      out.writeLong(ticket.stamp().token());
      out.writeLong(ticket.stamp().version());
      out.writeLong(ticket.leaseMillis());
      out.writeLong(ticket.expiresAtMillis());
      writeOptional(out, ticket.event());
      writeOptional(out, ticket.payloadHash());
    } catch (IOException e) {
      throw new UncheckedIOException("a ticket could not be written", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void writeOptional(DataOutputStream out, @Nullable String text)
      throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      write(out, text);
    }
  }

  private static Ticket ticket(byte[] fields) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(fields))) {
      String table = text(in);
      String name = text(in);
      Stamp stamp = new Stamp(text(in), in.readLong(), in.readLong());
      long leaseMillis = in.readLong();
      long expiresAtMillis = in.readLong();
      String event = optionalText(in);
      String payloadHash = optionalText(in);
      requirePlausible(in.available() == 0 && stamp.token() >= 0 && stamp.token() <= TOKEN_MAX);
      Names.check(name);
      LockRequest.checkLease(Duration.ofMillis(leaseMillis));
      return new Ticket(table, name, stamp, leaseMillis, expiresAtMillis, event, payloadHash);
    } catch (IOException | IllegalArgumentException e) {
      throw damaged();
    }
  }

  private static @Nullable String optionalText(DataInputStream in) throws IOException {
    return in.readBoolean() ? text(in) : null;
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    requirePlausible(length >= 0 && length <= in.available());
    return new String(in.readNBytes(length), UTF_8);
  }

  /**
   * The check sum keeps accidents out; whoever makes up a whole ticket gets no further than this.
   */
  private static void requirePlausible(boolean plausible) {
    if (!plausible) {
      throw damaged();
    }
  }
}
