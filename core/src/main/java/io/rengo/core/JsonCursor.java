package io.rengo.core;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads the JSON (RFC 8259) of a safetensors header token by token. As strict as the format needs:
/// no number but a plain non-negative integer, no `true`, `false` or `null`, no byte order mark,
/// strings in well-formed UTF-8. It allocates nothing but the strings that it returns, and every
/// error is a [FormatException] at the byte where the token begins.
final class JsonCursor {
  private final ByteBuffer bytes;
  private final long origin;

  /// @param json the text from position to limit
  /// @param origin the byte of the file that the text begins at
  JsonCursor(ByteBuffer json, long origin) {
    this.bytes = json.slice();
    this.origin = origin;
  }

  /// The byte of the file that the next token begins at.
  long position() {
    skipSpace();
    return origin + bytes.position();
  }

  void expect(char token) {
    long at = position();
    if (!accept(token)) {
      throw new FormatException(at, "'" + token + "' expected, " + seen());
    }
  }

  /// Steps over the token if it is the next one, and says whether it was.
  boolean accept(char token) {
    skipSpace();
    if (bytes.hasRemaining() && bytes.get(bytes.position()) == token) {
      bytes.get();
      return true;
    }
    return false;
  }

  void expectEnd() {
    long at = position();
    if (bytes.hasRemaining()) {
      throw new FormatException(at, "nothing more expected, " + seen());
    }
  }

  /// A non-negative integer that fits into a `long`.
  long integer() {
    long at = position();
    int start = bytes.position();
    long value = 0;
    while (bytes.hasRemaining() && isDigit(bytes.get(bytes.position()))) {
      int digit = bytes.get() - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        throw new FormatException(at, "the number is too large");
      }
      value = value * 10 + digit;
    }
    int digits = bytes.position() - start;
    if (digits == 0) {
      throw new FormatException(at, "a non-negative integer expected, " + seen());
    }
    if (digits > 1 && bytes.get(start) == '0') {
      throw new FormatException(at, "a number may not begin with 0");
    }
    return value;
  }

  String string() {
    long at = position();
    expect('"');
    var text = new StringBuilder();
    while (true) {
      appendRaw(text, at);
      if (next(at) == '"') {
        break;
      }
      appendEscape(text, at);
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new FormatException(at, "the string has half a surrogate pair");
    }
    return text.toString();
  }

  /// Appends what stands before the next quote or backslash, which is not consumed.
  private void appendRaw(StringBuilder text, long at) {
    int start = bytes.position();
    while (bytes.hasRemaining() && !isSpecial(bytes.get(bytes.position()))) {
      bytes.get();
    }
    ByteBuffer raw = bytes.slice(start, bytes.position() - start);
    try {
      text.append(StandardCharsets.UTF_8.newDecoder().decode(raw));
    } catch (CharacterCodingException e) {
      throw new FormatException(at, "the string is not well-formed UTF-8");
    }
  }

  private void appendEscape(StringBuilder text, long at) {
    byte escape = next(at);
    switch (escape) {
      case '"', '\\', '/' -> text.append((char) escape);
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> text.append(hexCharacter(at));
      default -> throw new FormatException(at, "the string has an unknown escape");
    }
  }

  private char hexCharacter(long at) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit((char) (next(at) & 0xff), 16);
      if (digit < 0) {
        throw new FormatException(at, "the string has an unknown escape");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  /// The next byte inside a string; a control character is none.
  private byte next(long at) {
    if (!bytes.hasRemaining()) {
      throw new FormatException(at, "the string does not end");
    }
    byte value = bytes.get();
    if (value >= 0 && value < 0x20) {
      throw new FormatException(at, "the string has a control character that is not escaped");
    }
    return value;
  }

  private static boolean isSpecial(byte value) {
    return value == '"' || value == '\\' || (value >= 0 && value < 0x20);
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  private void skipSpace() {
    while (bytes.hasRemaining() && isSpace(bytes.get(bytes.position()))) {
      bytes.get();
    }
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || value == '\t' || value == '\n' || value == '\r';
  }

  private String seen() {
    return bytes.hasRemaining()
        ? "0x%02x found".formatted(bytes.get(bytes.position()))
        : "the header ends here";
  }
}
