package dev.holdfast.verification.admin;

import dev.holdfast.lock.dynamodb.TableSchema;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/**
 * Client of DynamoDB Local that records calls and returns pages of two and scripted answers. It
 * stores the tags of tables, which DynamoDB Local does not support, and returns them in pages of
 * one with the tag of lock tables last.
 */
final class ScriptedDynamoDbClient implements InvocationHandler {
  private static final int PAGE_SIZE = 2;

  private final DynamoDbClient delegate;
  private final List<String> calls = new ArrayList<>();
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final Map<String, List<Tag>> tags = new HashMap<>();
  private final Set<String> permanent = new HashSet<>();

  ScriptedDynamoDbClient(DynamoDbClient delegate) {
    this.delegate = delegate;
  }

  /** Call to DynamoDB Local. */
  interface Call {
    Object execute();
  }

  /** Answer to a call, instead of the real one or around it. */
  interface Answer {
    Object answer(Call real);
  }

  DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            ScriptedDynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            this);
  }

  ScriptedDynamoDbClient answerNext(String operation, Answer answer) {
    answers.computeIfAbsent(operation, key -> new ArrayDeque<>()).add(answer);
    return this;
  }

  ScriptedDynamoDbClient answerAlways(String operation, Answer answer) {
    permanent.add(operation);
    return answerNext(operation, answer);
  }

  ScriptedDynamoDbClient failAlways(String operation, RuntimeException failure) {
    return answerAlways(
        operation,
        real -> {
          throw failure;
        });
  }

  /** Returns the tags of a table. */
  List<Tag> tagsOfTable(String table) {
    return tags.getOrDefault(table, List.of());
  }

  void tagTable(String table) {
    tags.put(table, List.of(Tag.builder().key(TableSchema.TAG).value("1").build()));
  }

  /** Returns the recorded operations and clears them. */
  List<String> drainCalls() {
    List<String> drained = List.copyOf(calls);
    calls.clear();
    return drained;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    boolean isPaginator = method.getName().endsWith("Paginator");
    if (isPaginator || (arguments != null && arguments[0] instanceof Consumer)) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    calls.add(method.getName());
    Deque<Answer> scripted = answers.getOrDefault(method.getName(), new ArrayDeque<>());
    Call call = () -> dispatch(method, arguments);
    if (scripted.isEmpty()) {
      return call.execute();
    }
    boolean isPermanent = permanent.contains(method.getName());
    return (isPermanent ? scripted.peek() : scripted.remove()).answer(call);
  }

  private Object dispatch(Method method, Object[] arguments) {
    Object request = arguments == null ? null : arguments[0];
    if (request instanceof ListTagsOfResourceRequest tagged) {
      return tagPage(tagged);
    }
    if (request instanceof ListTablesRequest listing) {
      return delegate.listTables(listing.toBuilder().limit(PAGE_SIZE).build());
    }
    if (request instanceof ScanRequest scan) {
      return delegate.scan(scan.toBuilder().limit(PAGE_SIZE).build());
    }
    Object response = forward(method, arguments);
    if (request instanceof CreateTableRequest creation) {
      tags.put(creation.tableName(), creation.tags());
    }
    return response;
  }

  private ListTagsOfResourceResponse tagPage(ListTagsOfResourceRequest request) {
    String arn = request.resourceArn();
    List<Tag> all = tagsOfTable(arn.substring(arn.indexOf('/') + 1));
    int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    String next = from + 1 < all.size() ? String.valueOf(from + 1) : null;
    List<Tag> page = all.isEmpty() ? List.of() : List.of(all.get(from));
    return ListTagsOfResourceResponse.builder().tags(page).nextToken(next).build();
  }

  private Object forward(Method method, Object[] arguments) {
    try {
      return method.invoke(delegate, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new AssertionError(e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
