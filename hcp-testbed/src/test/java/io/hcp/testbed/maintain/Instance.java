package io.hcp.testbed.maintain;

import io.hcp.testbed.proof.Jvm;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@link MaintainingProcess}, from outside. */
final class Instance implements AutoCloseable {
    private static final int END_SECONDS = 40;

    private final String name;
    private final Process process;
    private final BufferedWriter words;
    private final BufferedReader answers;

    private Instance(String name, Process process) {
        this.name = name;
        this.process = process;
        this.words = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one with the classes that are given. */
    static Instance start(String classPath, Path kubeconfig, String namespace, String name) {
        return new Instance(
                name, Jvm.start(MaintainingProcess.class, classPath, Map.of(), kubeconfig.toString(), namespace, name));
    }

    /** What it calls itself in requests. */
    String name() {
        return name;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal, for example {@code STOP}. */
    void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has tenants reconciled, and waits for that. */
    void reconcile(List<String> tenants) {
        try {
            words.write("reconcile " + String.join(" ", tenants) + "\n");
            words.flush();
            String answer = answers.readLine();
            if (!"done".equals(answer)) {
                throw new IllegalStateException(name + " said " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets it leave as it should. */
    @Override
    public void close() {
        try {
            words.close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly(); // it has ended already
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
