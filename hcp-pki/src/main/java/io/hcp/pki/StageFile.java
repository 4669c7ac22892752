package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file that says which generations there are and what each is good for: a line {@code NUMBER STAGE} for each. It is
 * there from the moment a second generation is prepared; before that the first one signs.
 *
 * <p>A generation counts once the file gives it a stage. While its files are written the file says {@code preparing}, so
 * that what a crash left half done is told from generations whose stages were lost: those are damage.
 */
final class StageFile {
    private static final String PREPARING = "preparing";

    private final PkiTexts texts;
    private final String path;

    StageFile(PkiTexts texts, String path) {
        this.texts = texts;
        this.path = path;
    }

    /**
     * What the file says.
     *
     * @param stages of the generations from 1
     * @param preparing whether the files of the next one may be there, half done
     */
    record Content(List<Stage> stages, boolean preparing) {
        Content {
            stages = List.copyOf(stages);
        }

        String text() {
            StringBuilder text = new StringBuilder("# Stages of the generations: signing, trusted or withdrawn.\n");
            for (int i = 0; i < stages.size(); i++) {
                text.append(i + 1).append(' ').append(stages.get(i)).append('\n');
            }
            if (preparing) {
                text.append(stages.size() + 1).append(' ').append(PREPARING).append('\n');
            }
            return text.toString();
        }
    }

    Content read() {
        Optional<String> text = texts.read(path);
        if (text.isEmpty()) {
            return new Content(List.of(Stage.SIGNING), false);
        }
        try {
            return parse(text.get().lines().toList());
        } catch (DamagedException e) {
            throw e.in(texts.place(path), remedy());
        }
    }

    /** Returns the failure for a generation that is there and has no stage. */
    HcpException stageMissing(String unlisted) {
        return new HcpException(
                ErrorKind.PKI_DAMAGED,
                texts.place(path) + " is missing or too old: it does not know " + texts.place(unlisted),
                remedy());
    }

    private String remedy() {
        return "restore " + texts.place(path) + " from a backup; it says which authority or key signs";
    }

    private static Content parse(List<String> lines) throws DamagedException {
        List<Stage> stages = new ArrayList<>();
        boolean preparing = false;
        for (String line : lines) {
            if (line.startsWith("#")) {
                continue;
            }
            String expected = (stages.size() + 1) + " ";
            if (preparing || !line.startsWith(expected)) {
                throw unreadable();
            }
            String name = line.substring(expected.length());
            if (name.equals(PREPARING)) {
                preparing = true;
            } else {
                stages.add(stage(name));
            }
        }
        if (stages.stream().filter(stage -> stage == Stage.SIGNING).count() != 1) {
            throw unreadable();
        }
        return new Content(stages, preparing);
    }

    private static Stage stage(String name) throws DamagedException {
        for (Stage stage : Stage.values()) {
            if (stage.toString().equals(name)) {
                return stage;
            }
        }
        throw unreadable();
    }

    private static DamagedException unreadable() {
        return new DamagedException("is no list of generations of which one signs");
    }
}
