package dev.holdfast.lambda.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the number format with the samples of RFC 8785 and of its authors. */
class CanonicalNumberTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "5e-324",
        "-5e-324",
        "1.7976931348623157e+308",
        "-1.7976931348623157e+308",
        "9007199254740992",
        "-9007199254740992",
        "295147905179352830000",
        "9.999999999999997e+22",
        "1e+23",
        "1.0000000000000001e+23",
        "999999999999999700000",
        "999999999999999900000",
        "1e+21",
        "9.999999999999997e-7",
        "0.000001",
        "333333333.3333332",
        "333333333.33333325",
        "333333333.3333333",
        "333333333.3333334",
        "333333333.33333343",
        "-0.0000033333333333333333",
        "1424953923781206.2",
        "5.684341886080802e-14",
        "2e+23"
      })
  void format_samplesOfTheRfc_inEachNotation(String expected) {
    BigDecimal number = new BigDecimal(expected);
    assertThat(CanonicalNumber.format(expected)).isEqualTo(expected);
    assertThat(CanonicalNumber.format(number.toString())).isEqualTo(expected);
    assertThat(CanonicalNumber.format(number.toPlainString())).isEqualTo(expected);
    assertThat(CanonicalNumber.format(number.setScale(number.scale() + 3).toString()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "-0, 0",
    "-0.000e-99999999999, 0",
    "4.50, 4.5",
    "2e-3, 0.002",
    "1E30, 1e+30",
    "1E20, 100000000000000000000",
    "1E+0, 1",
    "-10e-00000000000000000000001, -1",
    "10e-401, 1e-400",
    "4.9e-324, 4.9e-324",
    "9007199254740993, 9007199254740993",
    "123456789012345678901234567890, 1.2345678901234567890123456789e+29",
    "0.1000000000000000055511151231257827, 0.1000000000000000055511151231257827",
    "0.01e-9223372036854775808, 1e-9223372036854775810",
    "1000e9223372036854775807, 1e+9223372036854775810"
  })
  void format_otherLiterals_keepEachDigit(String literal, String expected) {
    assertThat(CanonicalNumber.format(literal)).isEqualTo(expected);
  }

  @Test
  void format_randomNumbers_isTheSameTextOnlyForTheSameNumber() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      BigDecimal number =
          BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(60) - 30);
      String text = CanonicalNumber.format(number.toString());
      assertThat(new BigDecimal(text)).as("seed %s", seed).isEqualByComparingTo(number);
      assertThat(CanonicalNumber.format(number.toPlainString())).isEqualTo(text);
      assertThat(CanonicalNumber.format(text)).isEqualTo(text);
    }
  }
}
