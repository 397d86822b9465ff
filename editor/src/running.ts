// The node that runs just now.

import { StateEffect, StateField, type EditorState, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

/** A node may be a whole menu with all below it; so many lines show enough of it. */
const LINES = 500;

const line = Decoration.line({ class: "cm-running" });
const first = Decoration.line({ class: "cm-running cm-running-first" });

/** Marks a range as running; null takes the mark away. */
export const run = StateEffect.define<{ from: number; to: number } | null>();

const marked = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(marks, transaction) {
        let now = marks.map(transaction.changes);
        for (const effect of transaction.effects) {
            if (effect.is(run)) now = effect.value ? lines(transaction.state, effect.value) : Decoration.none;
        }
        return now;
    },
    provide: (field) => EditorView.decorations.from(field),
});

/** Shows the node that runs. */
export const running: Extension = marked;

function lines({ doc }: EditorState, { from, to }: { from: number; to: number }): DecorationSet {
    const start = doc.lineAt(from).number;
    const end = Math.min(doc.lineAt(to).number, start + LINES);
    const marks: Range<Decoration>[] = [];
    for (let number = start; number <= end; number++) {
        marks.push((number === start ? first : line).range(doc.line(number).from));
    }
    return Decoration.set(marks);
}
