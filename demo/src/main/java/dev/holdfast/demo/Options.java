package dev.holdfast.demo;

import java.util.List;

/**
 * Options of the command line.
 *
 * @param seed the seed of the workload
 * @param keepRawData whether the demo keeps the ledger and the logs as files
 * @param help whether the demo only prints its help
 */
record Options(long seed, boolean keepRawData, boolean help) {
  static final String HELP =
      """
      usage: ./holdfast demo [--seed N] [--keep]

      Sends 200 messages and some events to Lambda handlers in local execution environments.
      A fifth of the messages and every event are delivered twice. The demo kills one environment
      and freezes another. It runs the same input without the guard and then with it, and prints
      a table and the path of a page with the timeline. It takes about a minute and needs neither
      an AWS account nor a network.

        --seed N   seed of the generated messages; equal seeds give equal messages (default 1)
        --keep     keep the ledger and the logs of the environments beside the page
        --help     print this text

      exit status: 0 the guard worked; 1 it did not work, or the run without the guard had no
      violation; 2 the demo could not run.
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
            default ->
                throw new UsageException(
                    "unknown option " + arguments.get(i), "run ./holdfast demo --help");
          };
    }
    return options;
  }

  private static long seed(List<String> arguments, int position) {
    String value = position < arguments.size() ? arguments.get(position) : "nothing";
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new UsageException("--seed must be an integer, got " + value, "for example --seed 7");
    }
  }
}
