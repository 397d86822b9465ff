// Mistakes in the program: underlined, marked in the margin, explained where the mouse or the F8 key points.

import {
    diagnosticCount,
    forEachDiagnostic,
    linter,
    lintGutter,
    nextDiagnostic,
    previousDiagnostic,
    setDiagnostics,
    type Diagnostic,
} from "@codemirror/lint";
import type { EditorState, Extension, Text, TransactionSpec } from "@codemirror/state";
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
        EditorView.contentAttributes.of(({ state }): Record<string, string> =>
            diagnosticCount(state) > 0 ? { "aria-invalid": "true" } : {},
        ),
        keymap.of([
            { key: "F8", run: aloud(nextDiagnostic), shift: aloud(previousDiagnostic), preventDefault: true },
        ]),
    ];
}

/** The change that shows these mistakes instead of those shown now. */
export function showing(list: Mistake[], state: EditorState): TransactionSpec {
    return setDiagnostics(state, diagnostics(list, state));
}

function diagnostics(list: Mistake[], { doc }: EditorState): Diagnostic[] {
    const within = (pos: number) => Math.max(0, Math.min(pos, doc.length));
    return list.slice(0, DRAWN).map(({ from, to, message, path }) => ({
        ...visible(within(from), Math.max(within(from), within(to)), doc),
        severity: "error",
        message: path ? `${message} (${path})` : message,
        renderMessage: () => explanation(message, path),
    }));
}

/** A place without length is the character that follows it in its line, if there is one. */
function visible(from: number, to: number, doc: Text): { from: number; to: number } {
    return { from, to: from === to ? Math.min(from + 1, doc.lineAt(from).to) : to };
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

/** Goes to a mistake; a screen reader says where it is and what is wrong. */
function aloud(go: Command): Command {
    return (view) => {
        if (!go(view)) return false;
        const { state } = view;
        const { main } = state.selection;
        const said: string[] = [];
        forEachDiagnostic(state, ({ message }, from, to) => {
            if (from === main.from && to === main.to) said.push(message);
        });
        const place = `${state.phrase("Mistake in line")} ${state.doc.lineAt(main.from).number}`;
        view.dispatch({ effects: EditorView.announce.of([place, ...said].join(": ")) });
        return true;
    };
}
