package dev.holdfast.testkit;

import java.util.List;
import java.util.Locale;

/** The words and signs of a condition expression, and how far they have been read. */
final class Tokens {
  private final String text;
  private final List<Token> tokens;
  private int position;

  Tokens(String text) {
    this.text = text;
    this.tokens = Token.of(text);
  }

  Token peek() {
    return tokens.get(position);
  }

  Token next() {
    return tokens.get(position++);
  }

  boolean takeKeyword(String keyword) {
    return take(peek().isKeyword(keyword));
  }

  boolean takeSign(String sign) {
    return take(peek().isSign(sign));
  }

  private boolean take(boolean matches) {
    if (matches) {
      position++;
    }
    return matches;
  }

  void expectSign(String sign) {
    if (!takeSign(sign)) {
      throw unexpected();
    }
  }

  RuntimeException unexpected() {
    int from = tokens.get(Math.max(0, position - 1)).start();
    int to = tokens.get(Math.min(tokens.size() - 1, position + 1)).end();
    return ServiceError.condition(
        String.format(
            Locale.ROOT,
            "Syntax error; token: \"%s\", near: \"%s\"",
            peek().text(),
            text.substring(from, to)));
  }
}
