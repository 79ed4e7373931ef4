package dev.holdfast.lambda.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryValuesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a=b&a=c | a | b,c | b;c",
        "a=b%2Cc | a | b,c | b,c",
        "a=b,c&x=y&a=d | a | b,c,d | b,c;d",
        "a=&a= | a | , | ;",
        "a | a | `` | ``",
        "a&a=b | a | ,b | ;b",
        "a%5B%5D=1&a[]=2 | a[] | 1,2 | 1;2",
        "n%C3%A4me=b+c | näme | b c | b c",
        "a=b=c&a=d | a | b=c,d | b=c;d",
        "a=%zz&a=1 | a | %zz,1 | %zz;1",
        "`` | a | b,c | b,c",
        "x=1 | a | b,c | b,c",
        "x=1 | a | `` | ``",
        "a=other | a | b,c | b,c"
      })
  void split_takesTheValuesOfTheRawQueryIfTheyJoinToTheGivenText(
      String rawQuery, String name, String joined, String expected) {
    assertThat(new QueryValues(rawQuery).split(name, joined))
        .isEqualTo(List.of(expected.split(";", -1)));
  }
}
