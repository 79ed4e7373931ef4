package dev.holdfast.lambda.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the number format with the samples of RFC 8785 and with its authors' number sequence. */
class EcmaScriptNumberTest {
  private static final int SERIAL_NUMBERS = 2_000;
  private static final int LINES = 10_000;

  /** SHA-256 of the first 10,000 lines of es6testfile100m.txt. */
  private static final String EXPECTED =
      "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892";

  private static String format(double number) {
    return EcmaScriptNumber.format(new BigDecimal(number));
  }

  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void format_samplesOfTheRfc(String bits, String expected) {
    assertThat(format(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "-0.0, 0",
    "4.50, 4.5",
    "2e-3, 0.002",
    "1E30, 1e+30",
    "1E20, 100000000000000000000",
    "2E23, 2e+23",
    "5.684341886080802e-14, 5.684341886080802e-14",
    "1e-400, 0",
    "4.9e-324, 5e-324",
    "123456789012345678, 123456789012345680",
    "0.1000000000000000055511151231257827, 0.1"
  })
  void format_literal_hasItsShortestForm(BigDecimal literal, String expected) {
    assertThat(EcmaScriptNumber.format(literal)).isEqualTo(expected);
  }

  @Test
  void format_sequenceOfNumbers_hasTheHashOfItsAuthors()
      throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    forEachNumber(
        number -> {
          String line = Long.toHexString(Double.doubleToRawLongBits(number)) + "," + format(number);
          digest.update((line + "\n").getBytes(UTF_8));
        });
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(EXPECTED);
  }

  @Test
  void format_itsOwnResult_isTheSame() throws IOException, NoSuchAlgorithmException {
    forEachNumber(
        number -> {
          String text = format(number);
          assertThat(EcmaScriptNumber.format(new BigDecimal(text))).isEqualTo(text);
          assertThat(Double.parseDouble(text)).isEqualTo(number);
        });
  }

  private static void forEachNumber(DoubleConsumer consumer)
      throws IOException, NoSuchAlgorithmException {
    List<String> fixed = fixedNumbers();
    fixed.forEach(
        bits -> consumer.accept(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))));
    for (int i = 0; i < SERIAL_NUMBERS; i++) {
      consumer.accept(Double.longBitsToDouble(Double.doubleToRawLongBits(Double.MIN_NORMAL) + i));
    }
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    ByteBuffer block = ByteBuffer.wrap(new byte[sha256.getDigestLength()]);
    block.position(block.limit());
    for (int left = LINES - fixed.size() - SERIAL_NUMBERS; left > 0; ) {
      if (!block.hasRemaining()) {
        block = ByteBuffer.wrap(sha256.digest(block.array())).order(ByteOrder.LITTLE_ENDIAN);
      }
      double number = block.getDouble();
      if (number != 0 && Double.isFinite(number)) {
        consumer.accept(number);
        left--;
      }
    }
  }

  private static List<String> fixedNumbers() throws IOException {
    try (InputStream file = EcmaScriptNumberTest.class.getResourceAsStream("es6-numbers.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> List.of(line.split(" ", -1)).stream())
          .toList();
    }
  }
}
