package dev.holdfast.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java source file. Immutable.
 *
 * @param path the path of the file
 * @param text the content of the file
 */
record SourceFile(Path path, String text) {

  /** Literals and comments. A comment marker inside a literal is part of the literal. */
  private static final Pattern LITERAL_OR_COMMENT =
      Pattern.compile(
          "(?:\"\"\"[\\s\\S]*?\"\"\""
              + "|\"[^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+\""
              + "|'(?:\\\\.[^'\n]*+|[^'\\\\\n])')"
              + "|/\\*\\*(?!/)[\\s\\S]*?\\*/"
              + "|/\\*[\\s\\S]*?\\*/"
              + "|//[^\n]*");

  static SourceFile read(Path path) {
    try {
      return new SourceFile(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the name of the file without its extension, which is the top-level type's name. */
  String typeName() {
    return String.valueOf(path.getFileName()).replace(".java", "");
  }

  /** Returns the code without comments. Each literal is replaced by an empty string literal. */
  String code() {
    return LITERAL_OR_COMMENT
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(isLiteral(match) ? "\"\"" : " "));
  }

  /** Returns the text without comments. Literals stay. */
  String withoutComments() {
    return LITERAL_OR_COMMENT
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(isLiteral(match) ? match.group() : " "));
  }

  /** Returns the Javadoc comments, with their delimiters. */
  List<String> javadocComments() {
    return LITERAL_OR_COMMENT
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(token -> token.startsWith("/**") && token.length() > "/**/".length())
        .toList();
  }

  private static boolean isLiteral(MatchResult match) {
    return match.group().startsWith("\"") || match.group().startsWith("'");
  }
}
