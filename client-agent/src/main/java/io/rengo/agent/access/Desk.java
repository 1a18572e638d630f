package io.rengo.agent.access;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectStore.Link;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.access.MemberAnswer;
import io.rengo.protocol.access.MemberAnswer.Done;
import io.rengo.protocol.access.MemberAnswer.Linked;
import io.rengo.protocol.access.MemberAnswer.Refused;
import io.rengo.protocol.access.MemberAnswer.Tasks;
import io.rengo.protocol.access.MemberRequest;
import io.rengo.protocol.access.MemberRequest.Ask;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Signer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.InstantSource;

/// Asks a federation, in requests that the member's key signs.
///
/// @param address of the federation's function for members
/// @param clock says when a request was made
record Desk(URI address, String federation, Signer signer, Http http, InstantSource clock) {
  void done(Ask ask) {
    MemberAnswer answer = ask(ask);
    if (!(answer instanceof Done)) {
      throw unexpected(answer);
    }
  }

  Tasks tasks(Ask ask) {
    MemberAnswer answer = ask(ask);
    if (answer instanceof Tasks tasks) {
      return tasks;
    }
    throw unexpected(answer);
  }

  Link link(Ask ask) {
    MemberAnswer answer = ask(ask);
    if (answer instanceof Linked(Link link)) {
      return link;
    }
    throw unexpected(answer);
  }

  private MemberAnswer ask(Ask ask) {
    String request =
        Json.write(new MemberRequest(MemberRequest.VERSION, federation, clock.instant(), ask));
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(address)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(signer.sign(Kind.REQUEST, request)))),
            MemberAnswer.MAX_BYTES);
    if (response.statusCode() >= 500 || response.statusCode() == 429) {
      throw Http.unavailable(address, "status " + response.statusCode());
    }
    MemberAnswer answer =
        Json.read(ByteBuffer.wrap(response.body()), MemberAnswer.class, address.toString());
    if (answer instanceof Refused refused) {
      throw refused.error();
    }
    return answer;
  }

  private RengoException unexpected(MemberAnswer answer) {
    return new RengoException(
        ErrorCode.MESSAGE_INVALID,
        "the answer is «" + answer.getClass().getSimpleName() + "», which was not asked for",
        address.toString(),
        "Let the agent and the deployment run the same version of Rengo");
  }
}
