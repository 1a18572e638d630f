package io.rengo.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import io.rengo.core.FormatException;
import io.rengo.identity.Request;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import io.rengo.protocol.UpdateManifest;
import io.rengo.protocol.access.MemberAnswer;
import io.rengo.protocol.access.MemberRequest;
import io.rengo.protocol.audit.Page;
import io.rengo.protocol.trust.Identity;
import io.rengo.protocol.trust.Pem;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;

/// Everything that reads what somebody else wrote, each with good inputs to begin from. An input
/// must give a value or one of the errors that the decoder names, and take no more memory than
/// [#mostBytes] says. The first byte of an input of [Target] chooses the decoder by its place here:
/// add new ones at the end.
enum Decoder {
  SAFETENSORS {
    @Override
    void read(ByteBuffer in) {
      Payloads.readSafetensors(in);
    }

    @Override
    List<ByteBuffer> good() {
      return Payloads.safetensors();
    }
  },
  SEALED_HEADER {
    @Override
    void read(ByteBuffer in) {
      Payloads.readSealed(in);
    }

    @Override
    List<ByteBuffer> good() {
      return Payloads.sealed();
    }
  },
  CHANGED_SEAL {
    @Override
    void read(ByteBuffer in) {
      Payloads.readChanged(in);
    }

    @Override
    List<ByteBuffer> good() {
      return List.of(ByteBuffer.wrap(new byte[] {0, 70, 1}), ByteBuffer.wrap(new byte[] {1, 3, 5}));
    }
  },
  ENCODING {
    @Override
    void read(ByteBuffer in) {
      Payloads.readEncoded(in);
    }

    @Override
    List<ByteBuffer> good() {
      return Payloads.encoded();
    }
  },
  MANIFEST {
    @Override
    void read(ByteBuffer in) {
      Json.read(in, UpdateManifest.class, "fuzz");
    }

    @Override
    List<ByteBuffer> good() {
      return Messages.manifests();
    }
  },
  TASK {
    @Override
    void read(ByteBuffer in) {
      Json.read(in, Task.class, "fuzz");
    }

    @Override
    List<ByteBuffer> good() {
      return Messages.tasks();
    }
  },
  SIGNED {
    @Override
    void read(ByteBuffer in) {
      Messages.readSigned(in);
    }

    @Override
    List<ByteBuffer> good() {
      return Messages.signed();
    }
  },
  LEDGER_PAGE {
    @Override
    void read(ByteBuffer in) {
      Json.read(in, Page.class, "fuzz");
    }

    @Override
    List<ByteBuffer> good() {
      return Messages.pages();
    }
  },
  JOB_FILE {
    @Override
    void read(ByteBuffer in) {
      JobFile.parse(UTF_8.decode(in).toString(), "fuzz");
    }

    @Override
    List<ByteBuffer> good() {
      return Messages.jobFiles();
    }
  },
  CERTIFICATE {
    @Override
    void read(ByteBuffer in) {
      Identity.of(Pem.certificate(UTF_8.decode(in).toString(), "fuzz"));
    }

    @Override
    List<ByteBuffer> good() {
      return Messages.certificates();
    }
  },
  REVOCATIONS {
    @Override
    void read(ByteBuffer in) {
      Pem.crl(UTF_8.decode(in).toString(), "fuzz");
    }

    @Override
    List<ByteBuffer> good() {
      return Messages.revocations();
    }
  },
  REQUEST {
    @Override
    void read(ByteBuffer in) {
      Request.read(UTF_8.decode(in).toString(), "fuzz");
    }

    @Override
    List<ByteBuffer> good() {
      return Messages.requests();
    }
  },
  OBJECT_KEY {
    @Override
    void read(ByteBuffer in) {
      String key = UTF_8.decode(in).toString();
      ObjectKeys.parseManifest(key);
      ObjectKeys.parsePlan(key);
      ObjectKeys.parsePayload(key, "ab".repeat(32));
      ObjectKeys.isModel(key);
    }

    @Override
    List<ByteBuffer> good() {
      return Messages.objectKeys();
    }
  },
  WRAPPED_KEY {
    @Override
    void read(ByteBuffer in) {
      Payloads.readWrappedKey(in);
    }

    @Override
    List<ByteBuffer> good() {
      return Payloads.wrappedKeys();
    }
  },
  MEMBER_REQUEST {
    @Override
    void read(ByteBuffer in) {
      Json.read(in, MemberRequest.class, "fuzz");
    }

    @Override
    List<ByteBuffer> good() {
      return Messages.memberRequests();
    }
  },
  MEMBER_ANSWER {
    @Override
    void read(ByteBuffer in) {
      Json.read(in, MemberAnswer.class, "fuzz");
    }

    @Override
    List<ByteBuffer> good() {
      return Messages.memberAnswers();
    }
  };

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  abstract void read(ByteBuffer in);

  abstract List<ByteBuffer> good();

  /// The most memory that reading an input of this many bytes may take, all objects counted that
  /// were ever made: a few large ones, or many small ones for each byte.
  static long mostBytes(int input) {
    return (8L << 20) + 2048L * input;
  }

  /// Reads an input; throws where the decoder does not keep its word. The first time that something
  /// is done it may take more memory, for what the JDK and the libraries make once.
  void check(byte[] input) {
    long bytes = memory(input);
    if (bytes > mostBytes(input.length)) {
      bytes = memory(input);
    }
    if (bytes > mostBytes(input.length)) {
      throw new IllegalStateException(
          "%s takes %d bytes of memory for an input of %d".formatted(this, bytes, input.length));
    }
  }

  private long memory(byte[] input) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      read(ByteBuffer.wrap(input).asReadOnlyBuffer());
    } catch (FormatException | RengoException expected) {
      // These say what is wrong with the input.
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
