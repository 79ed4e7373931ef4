package dev.holdfast.lambda.internal.json;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JavaType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Type arguments of a handler's class for the type parameters of its base class. Generic classes
 * between the two are resolved.
 *
 * @param handler the handler's class
 * @param base its generic base class
 * @param bindings the argument of each type variable between the two
 */
public record TypeArguments(Class<?> handler, Class<?> base, Map<TypeVariable<?>, Type> bindings) {

  /** Returns the type arguments of a handler's class. */
  public static TypeArguments of(Class<?> handler, Class<?> base) {
    Map<TypeVariable<?>, Type> bindings = new HashMap<>();
    Class<?> type = handler;
    while (type != base) {
      Class<?> superclass = type.getSuperclass();
      if (type.getGenericSuperclass() instanceof ParameterizedType generic) {
        bind(superclass.getTypeParameters(), generic.getActualTypeArguments(), bindings);
      }
      type = superclass;
    }
    return new TypeArguments(handler, base, bindings);
  }

  private static void bind(
      TypeVariable<?>[] variables, Type[] arguments, Map<TypeVariable<?>, Type> bindings) {
    for (int i = 0; i < variables.length; i++) {
      bindings.put(variables[i], arguments[i]);
    }
  }

  /**
   * Returns the codec of a type argument.
   *
   * @throws IllegalStateException if the class leaves the argument open
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller knows the type
  public <T> JsonCodec<T> codecAt(int index) {
    TypeVariable<?> parameter = base.getTypeParameters()[index];
    if (!isResolved(parameter)) {
      throw new IllegalStateException(
          handler.getName()
              + " must give a type for "
              + parameter.getName()
              + " of "
              + base.getSimpleName()
              + ", got a type variable or a wildcard: extend it with concrete types, such as "
              + base.getSimpleName()
              + "<Order, Receipt>");
    }
    JavaType[] arguments = Json.MAPPER.constructType(handler).findTypeParameters(base);
    return (JsonCodec<T>) JsonCodec.of(arguments[index]);
  }

  private boolean isResolved(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      return bindings.containsKey(variable) && isResolved(bindings.get(variable));
    }
    if (type instanceof ParameterizedType generic) {
      return areResolved(generic.getActualTypeArguments());
    }
    if (type instanceof GenericArrayType array) {
      return isResolved(array.getGenericComponentType());
    }
    return !(type instanceof WildcardType wildcard)
        || (areResolved(wildcard.getUpperBounds()) && areResolved(wildcard.getLowerBounds()));
  }

  private boolean areResolved(Type[] types) {
    return Arrays.stream(types).allMatch(this::isResolved);
  }
}
