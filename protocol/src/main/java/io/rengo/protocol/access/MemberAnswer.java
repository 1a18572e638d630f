package io.rengo.protocol.access;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore.Link;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.TaskQueue.Delivery;
import java.util.List;

/// What a federation answers a [MemberRequest].
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @Type(value = MemberAnswer.Tasks.class, name = "tasks"),
  @Type(value = MemberAnswer.Done.class, name = "done"),
  @Type(value = MemberAnswer.Linked.class, name = "linked"),
  @Type(value = MemberAnswer.Refused.class, name = "refused")
})
public sealed interface MemberAnswer {
  /// The most bytes of an answer: one task, and what it is wrapped in.
  int MAX_BYTES = 1 << 20;

  /// The tasks that were received: none, or one.
  record Tasks(List<Delivery> deliveries) implements MemberAnswer {}

  /// It is done.
  record Done() implements MemberAnswer {}

  /// The link that was asked for.
  record Linked(Link link) implements MemberAnswer {}

  /// It is not done.
  record Refused(ErrorCode code, String what, String where, String mend) implements MemberAnswer {
    /// Where a request failed.
    public static Refused of(RengoException e) {
      return new Refused(e.code(), e.what(), e.where(), e.mend());
    }

    /// The same as an error.
    public RengoException error() {
      return new RengoException(code, what, where, mend);
    }
  }
}
