package dev.holdfast.checks;

import static java.lang.reflect.Modifier.isFinal;
import static java.lang.reflect.Modifier.isProtected;
import static java.lang.reflect.Modifier.isPublic;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a user's code can refer to in a set of types, one line each, in a stable order. */
final class Signatures {

  private Signatures() {}

  static List<String> of(List<Class<?>> types) {
    return types.stream()
        .sorted(Comparator.comparing(Class::getName))
        .flatMap(type -> Stream.concat(Stream.of(header(type)), members(type)))
        .toList();
  }

  private static String header(Class<?> type) {
    return Modifier.toString(type.getModifiers() & ~Modifier.INTERFACE)
        + kind(type)
        + type.getName()
        + parameters(type)
        + list(" extends ", superclass(type))
        + list(type.isInterface() ? " extends " : " implements ", type.getGenericInterfaces())
        + list(" permits ", type.isSealed() ? type.getPermittedSubclasses() : new Type[0]);
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return " @interface ";
    }
    if (type.isInterface()) {
      return " interface ";
    }
    return type.isRecord() ? " record " : type.isEnum() ? " enum " : " class ";
  }

  private static String parameters(Class<?> type) {
    return type.getTypeParameters().length == 0
        ? ""
        : Arrays.stream(type.getTypeParameters())
            .map(each -> each + list(" extends ", each.getBounds()))
            .collect(Collectors.joining(",", "<", ">"))
            .replace(" extends java.lang.Object", "");
  }

  private static Type[] superclass(Class<?> type) {
    Type parent = type.getGenericSuperclass();
    boolean implied = parent == null || parent == Object.class || type.isRecord() || type.isEnum();
    return implied ? new Type[0] : new Type[] {parent};
  }

  private static String list(String keyword, Type[] types) {
    return types.length == 0
        ? ""
        : Arrays.stream(types)
            .map(Type::getTypeName)
            .sorted()
            .collect(Collectors.joining(", ", keyword, ""));
  }

  private static Stream<String> members(Class<?> type) {
    return declaredAndHidden(type)
        .flatMap(
            each ->
                Stream.of(fields(each), constructors(type, each), methods(each))
                    .flatMap(member -> member))
        .filter(member -> isVisible(member, type))
        .map(member -> "  " + text(member))
        .sorted()
        .distinct();
  }

  /** A superclass that users cannot name still hands its public methods down. */
  private static Stream<Class<?>> declaredAndHidden(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    boolean hidden = parent != null && !isPublic(parent.getModifiers());
    return hidden ? Stream.concat(Stream.of(type), declaredAndHidden(parent)) : Stream.of(type);
  }

  private static Stream<Field> fields(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields());
  }

  private static Stream<Method> methods(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods());
  }

  private static Stream<Constructor<?>> constructors(Class<?> type, Class<?> declaring) {
    return type == declaring ? Arrays.stream(type.getDeclaredConstructors()) : Stream.of();
  }

  private static boolean isVisible(Member member, Class<?> type) {
    boolean inheritable = isProtected(member.getModifiers()) && !isFinal(type.getModifiers());
    return !member.isSynthetic() && (isPublic(member.getModifiers()) || inheritable);
  }

  private static String text(Member member) {
    return member instanceof Executable executable
        ? executable.toGenericString()
        : ((Field) member).toGenericString();
  }
}
