package io.hcp.testbed.maintain;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request of HTTP/1.1, as it was read.
 *
 * @param start its first line
 * @param headers its other lines
 * @param body what follows, a character for each byte
 */
record HttpMessage(String start, List<String> headers, String body) {
    private static final Pattern NAME = Pattern.compile("\"metadata\":\\{[^}]*?\"name\":\"([^\"]+)\"");

    /** Reads one; empty if there is none to come. */
    static Optional<HttpMessage> read(InputStream in) throws IOException {
        String start = line(in);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        List<String> headers = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            headers.add(line);
        }
        HttpMessage head = new HttpMessage(start, headers, "");
        return Optional.of(new HttpMessage(start, headers, head.readBody(in)));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private String readBody(InputStream in) throws IOException {
        if (header("transfer-encoding")
                .filter(value -> value.contains("chunked"))
                .isEmpty()) {
            return text(
                    exactly(in, header("content-length").map(Integer::parseInt).orElse(0)));
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in).strip(), 16);
            whole.write(exactly(in, size));
            String unused = line(in);
            if (size == 0) {
                return text(whole.toByteArray());
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    String method() {
        return start.substring(0, start.indexOf(' '));
    }

    String path() {
        return start.split("[ ?]", -1)[1];
    }

    boolean isWatch() {
        return start.contains("watch=true");
    }

    boolean isWebSocket() {
        return header("upgrade").filter("websocket"::equalsIgnoreCase).isPresent();
    }

    /** Tells what is asked for, for example {@code POST secrets/acme-ca}. */
    String summary() {
        String[] parts = path().split("/", -1);
        int kind = path().contains("/namespaces/") ? (path().startsWith("/apis/") ? 6 : 5) : parts.length - 1;
        String rest = String.join("/", List.of(parts).subList(Math.min(kind, parts.length), parts.length));
        Matcher name = NAME.matcher(body);
        String made = method().equals("POST") && name.find() ? "/" + name.group(1) : "";
        return (isWatch() ? "WATCH " : method() + " ") + rest + made;
    }

    /** The bytes to send it on to a server, which is to end the connection after its answer. */
    byte[] to(String host) {
        StringBuilder head = new StringBuilder(start).append("\r\n");
        boolean socket = isWebSocket();
        for (String line : headers) {
            String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
            boolean ours = List.of("host", "content-length", "transfer-encoding", "http2-settings", "expect")
                    .contains(name);
            if (!ours && (socket || !List.of("connection", "upgrade").contains(name))) {
                head.append(line).append("\r\n");
            }
        }
        head.append("Host: ").append(host).append("\r\n");
        if (!socket) {
            head.append("Connection: close\r\nContent-Length: ")
                    .append(body.length())
                    .append("\r\n");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        whole.writeBytes(body.getBytes(StandardCharsets.ISO_8859_1));
        return whole.toByteArray();
    }

    /** The same, from another version on. */
    HttpMessage since(String version) {
        return new HttpMessage(start.replaceFirst("resourceVersion=\\d+", "resourceVersion=" + version), headers, body);
    }
}
