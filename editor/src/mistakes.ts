// Mistakes in the program: underlined, marked in the margin, explained where the mouse or the F8 key points.

import {
    linter,
    lintGutter,
    nextDiagnostic,
    previousDiagnostic,
    setDiagnostics,
    type Diagnostic,
} from "@codemirror/lint";
import type { EditorState, Extension, TransactionSpec } from "@codemirror/state";
import { EditorView, keymap, type Command } from "@codemirror/view";
import type { Mistake } from "./options";

/** How long the document rests before it is checked, in milliseconds. */
const REST = 150;

/** More than these are not drawn; the list on the page has them all. */
const DRAWN = 1000;

/** Checks the document whenever it rests. */
export function mistakes(check: (doc: string) => Mistake[]): Extension {
    return [
        linter(({ state }) => diagnostics(check(state.doc.toString()), state), { delay: REST }),
        lintGutter(),
        keymap.of([
            { key: "F8", run: aloud(nextDiagnostic), shift: aloud(previousDiagnostic), preventDefault: true },
        ]),
    ];
}

/** The change that shows these mistakes instead of those shown now. */
export function showing(list: Mistake[], state: EditorState): TransactionSpec {
    return setDiagnostics(state, diagnostics(list, state));
}

interface Marked extends Diagnostic {
    path: string;
}

function diagnostics(list: Mistake[], { doc }: EditorState): Marked[] {
    const within = (pos: number) => Math.max(0, Math.min(pos, doc.length));
    return list.slice(0, DRAWN).map(({ from, to, message, path }) => ({
        from: within(from),
        to: Math.max(within(from), within(to)),
        severity: "error",
        message: path ? `${message} (${path})` : message,
        path,
        renderMessage: () => explanation(message, path),
    }));
}

function explanation(message: string, path: string): Node {
    const all = document.createElement("span");
    all.append(message);
    if (path) {
        const place = document.createElement("code");
        place.append(path);
        all.append(place);
    }
    return all;
}

/** Goes to a mistake; a screen reader says which. */
function aloud(go: Command): Command {
    return (view) => {
        if (!go(view)) return false;
        const { head } = view.state.selection.main;
        const line = view.state.doc.lineAt(head).number;
        view.dispatch({ effects: EditorView.announce.of(`${view.state.phrase("Mistake in line")} ${line}`) });
        return true;
    };
}
