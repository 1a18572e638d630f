package io.rengo.protocol.access;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/// What a member asks, signed by its certificate's key.
///
/// @param version of this message, now 1
/// @param federation that is asked: the same words are none to another
/// @param at when it is asked; it holds for a few minutes
public record MemberRequest(int version, String federation, Instant at, Ask ask) {
  /// The version that this program writes and understands.
  public static final int VERSION = 1;

  /// The most bytes of a signed request.
  public static final int MAX_BYTES = 1 << 16;

  /// What may be asked. Nothing of it names a member: it is for who signed.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @Type(value = Receive.class, name = "receive"),
    @Type(value = Extend.class, name = "extend"),
    @Type(value = Delete.class, name = "delete"),
    @Type(value = Read.class, name = "read"),
    @Type(value = Put.class, name = "put")
  })
  public sealed interface Ask {}

  /// The next task, invisible to others for these seconds.
  public record Receive(int seconds) implements Ask {}

  /// Keeps a task invisible.
  public record Extend(String receipt, int seconds) implements Ask {}

  /// Takes a task out of the queue.
  public record Delete(String receipt) implements Ask {}

  /// A link to read a model, the list of revoked certificates, or the member's own certificate.
  public record Read(String key) implements Ask {}

  /// A link to put just these bytes, once, as an update's payload or manifest.
  public record Put(String key, long size, String sha256) implements Ask {}
}
