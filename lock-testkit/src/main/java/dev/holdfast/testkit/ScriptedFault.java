package dev.holdfast.testkit;

/**
 * One entry of a {@link Faults} script, for what plays it.
 *
 * @param fault what goes wrong
 * @param held the handle that the script's author holds; used by the faults that hold something
 * @param before what happens elsewhere after the client sent and before the table applies
 * @param after what happens elsewhere after the table applied and before the client hears of it
 */
public record ScriptedFault(Fault fault, HeldRequest held, Runnable before, Runnable after) {
  static ScriptedFault of(Fault fault) {
    return new ScriptedFault(
        fault, new HeldRequest(), ScriptedFault::nothing, ScriptedFault::nothing);
  }

  static ScriptedFault before(Runnable event) {
    return new ScriptedFault(Fault.NONE, new HeldRequest(), event, ScriptedFault::nothing);
  }

  static ScriptedFault after(Runnable event) {
    return new ScriptedFault(Fault.NONE, new HeldRequest(), ScriptedFault::nothing, event);
  }

  private static void nothing() {}
}
