package io.hcp.core.internal.component;

import java.util.Locale;

/** This machine in the words of Go: {@code linux} and {@code amd64} or {@code arm64}. */
record Platform(String os, String arch) {
    static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT).replace(' ', '-');
        String arch = osArch.toLowerCase(Locale.ROOT);
        return new Platform(
                os.startsWith("mac") ? "darwin" : os,
                switch (arch) {
                    case "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> arch;
                });
    }

    /** Whether the projects release server programs for it in the form that is downloaded here. */
    boolean released() {
        return os.equals("linux") && (arch.equals("amd64") || arch.equals("arm64"));
    }

    @Override
    public String toString() {
        return os + "-" + arch;
    }
}
