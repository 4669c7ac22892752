package io.hcp.testbed.under.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes a tar archive (POSIX ustar) whose content depends on nothing but what is put in: all times are 1970. */
final class TarWriter implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int NAME = 0;
    private static final int MODE = 100;
    private static final int OWNER = 108;
    private static final int GROUP = 116;
    private static final int SIZE = 124;
    private static final int TIME = 136;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int MAGIC = 257;
    private static final int LONGEST_NAME = 100;

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    void directory(String name, int mode) throws IOException {
        header(name + "/", mode, 0, '5', "");
    }

    void link(String name, String target) throws IOException {
        header(name, 0777, 0, '2', target);
    }

    void file(String name, int mode, Path content) throws IOException {
        long size = Files.size(content);
        header(name, mode, size, '0', "");
        Files.copy(content, out);
        pad(size);
    }

    void file(String name, int mode, byte[] content) throws IOException {
        header(name, mode, content.length, '0', "");
        out.write(content);
        pad(content.length);
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }

    private void header(String name, int mode, long size, char type, String link) throws IOException {
        if (name.length() > LONGEST_NAME || link.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("too long for a tar archive: " + name + " " + link);
        }
        byte[] block = new byte[BLOCK];
        put(block, NAME, name);
        put(block, MODE, "%07o".formatted(mode));
        put(block, OWNER, "0000000");
        put(block, GROUP, "0000000");
        put(block, SIZE, "%011o".formatted(size));
        put(block, TIME, "00000000000");
        block[TYPE] = (byte) type;
        put(block, LINK, link);
        put(block, MAGIC, "ustar\00000");
        // The checksum is that of a header whose checksum is blank.
        Arrays.fill(block, CHECKSUM, TYPE, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, CHECKSUM, "%06o\0 ".formatted(sum));
        out.write(block);
    }

    private static void put(byte[] block, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }
}
