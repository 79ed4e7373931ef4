package dev.holdfast.demo;

import java.util.List;

/**
 * What the demo was asked for.
 *
 * @param seed what the plan is drawn from
 * @param keepRawData whether raw files are kept
 * @param help whether only the help is wanted
 */
record Options(long seed, boolean keepRawData, boolean help) {
  static final String HELP =
      """
      usage: ./holdfast demo [--seed N] [--keep]

      Sends 200 messages, a fifth of them delivered twice, and some events through real Lambda
      handlers in sandboxes on this machine, first without the guard and then with it; kills one
      sandbox and freezes another one meanwhile. Takes about a minute, needs no account and no
      network, and ends with a table and a page with a timeline.

        --seed N   draw other messages; the same seed gives the same ones (default 1)
        --keep     keep the ledger and what the sandboxes wrote beside the page
        --help     this text

      exit status: 0 the guard held; 1 it did not, or nothing went wrong without it; 2 the demo
      could not run.
      """;

  private static final Options DEFAULTS = new Options(1, false, false);

  static Options parse(List<String> arguments) {
    Options options = DEFAULTS;
    for (int i = 0; i < arguments.size(); i++) {
      options =
          switch (arguments.get(i)) {
            case "--keep" -> new Options(options.seed, true, options.help);
            case "--help", "-h" -> new Options(options.seed, options.keepRawData, true);
            case "--seed" -> new Options(seed(arguments, ++i), options.keepRawData, options.help);
            default -> throw new UsageException("unknown option " + arguments.get(i), "try --help");
          };
    }
    return options;
  }

  private static long seed(List<String> arguments, int position) {
    String value = position < arguments.size() ? arguments.get(position) : "nothing";
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new UsageException("--seed needs a whole number, got " + value, "for example --seed 7");
    }
  }
}
