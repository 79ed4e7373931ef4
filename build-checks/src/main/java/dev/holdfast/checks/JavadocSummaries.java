package dev.holdfast.checks;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rule for the first sentence of each Javadoc comment. It must open with a noun or a verb, not with
 * a clause, and it must not contain a listed idiom.
 */
final class JavadocSummaries {

  private static final Pattern CLAUSE =
      Pattern.compile(
          "(?:What|Who|Whom|Whose|Where|How|That|Whether|When|Which|Its|By what|By whom|From when"
              + "|As what)\\b.*");

  private static final Pattern IDIOM =
      Pattern.compile(
          "(?i)\\b(?:came to|comes? to nothing|come of|came of|comes of|whoever|whomever"
              + "|becomes? of|is told|are told|tells? of|told of|begun|stands? (?:in|behind|there)"
              + "|lets? others|all the same|by whom|by what|none of|no more than|goes by|is had"
              + "|to be had|is not to be|as it stands|odd|reckon\\w*|whence|thereof|in the way)\\b");

  private static final Pattern LINE_START = Pattern.compile("\\s*\n\\s*\\*?\\s?");
  private static final Pattern BLOCK_TAG =
      Pattern.compile("(?:^|\\s)@(?:param|return|throws|see|since|deprecated)\\b");
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s");
  private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+\\s+([^}]*)\\}");
  private static final Pattern HTML_TAG = Pattern.compile("<[^>]+>");

  private JavadocSummaries() {}

  static List<String> violations(SourceTree tree) {
    return tree.files().stream().flatMap(JavadocSummaries::violations).toList();
  }

  private static Stream<String> violations(SourceFile file) {
    return file.javadocComments().stream()
        .map(JavadocSummaries::firstSentence)
        .filter(JavadocSummaries::isViolation)
        .map(sentence -> file.path() + ": " + sentence);
  }

  private static boolean isViolation(String sentence) {
    return CLAUSE.matcher(sentence).matches() || IDIOM.matcher(sentence).find();
  }

  static String firstSentence(String comment) {
    String content = comment.substring("/**".length(), comment.length() - "*/".length());
    String text = LINE_START.matcher(content).replaceAll(" ").strip();
    String description = BLOCK_TAG.split(text, 2)[0].strip();
    String sentence = SENTENCE_END.split(description, 2)[0];
    return HTML_TAG.matcher(INLINE_TAG.matcher(sentence).replaceAll("$1")).replaceAll("").strip();
  }
}
