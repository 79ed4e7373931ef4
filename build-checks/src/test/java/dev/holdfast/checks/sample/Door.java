package dev.holdfast.checks.sample;

import java.io.IOException;
import java.util.List;

public class Door extends Frame implements AutoCloseable {
  public static final int WIDTH = 80;
  private int angle;

  protected Door(int angle) {
    this.angle = angle;
  }

  public <T extends Comparable<T>> List<T> widest(List<? extends T> doors) throws IOException {
    return List.copyOf(doors);
  }

  protected void push() {
    angle++;
  }

  int angle() {
    return angle;
  }

  @Override
  public void close() {
    angle = 0;
  }

  public sealed interface State permits Open, Shut {}

  public record Open(int angle) implements State {}

  public enum Shut implements State {
    LOCKED,
    LATCHED
  }

  private record Hidden(int angle) {
    @Override
    public String toString() {
      return "hidden " + angle;
    }
  }

  @Override
  public String toString() {
    return new Hidden(angle).toString();
  }
}
