package dev.holdfast.testkit;

import java.util.List;
import java.util.Locale;

/** Tokens of a condition expression with the current reading position. */
final class TokenReader {
  private final String text;
  private final List<Token> tokens;
  private int position;

  TokenReader(String text) {
    this.text = text;
    this.tokens = Token.tokenize(text);
  }

  Token peek() {
    return tokens.get(position);
  }

  Token next() {
    return tokens.get(position++);
  }

  boolean acceptKeyword(String keyword) {
    return advanceIf(peek().isKeyword(keyword));
  }

  boolean acceptSymbol(String symbol) {
    return advanceIf(peek().isSymbol(symbol));
  }

  private boolean advanceIf(boolean matches) {
    if (matches) {
      position++;
    }
    return matches;
  }

  void expectSymbol(String symbol) {
    if (!acceptSymbol(symbol)) {
      throw syntaxError();
    }
  }

  RuntimeException syntaxError() {
    int from = tokens.get(Math.max(0, position - 1)).start();
    int to = tokens.get(Math.min(tokens.size() - 1, position + 1)).end();
    return ServiceError.invalidCondition(
        String.format(
            Locale.ROOT,
            "Syntax error; token: \"%s\", near: \"%s\"",
            peek().text(),
            text.substring(from, to)));
  }
}
