// The program editor: CodeMirror with what programs need, behind an interface small enough for Rust to declare.

import { isolateHistory } from "@codemirror/commands";
import { openSearchPanel } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type ChangeSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { Catalogue } from "./catalogue";
import { completion } from "./completion";
import { mistakes, showing } from "./mistakes";
import type { Mistake, NodeInfo, Options, ParameterInfo } from "./options";
import { run, running } from "./running";
import { setup } from "./setup";
import { theme } from "./theme";
import { typing } from "./typing";

export type { Mistake, NodeInfo, Options, ParameterInfo };

/** A change that comes from the page and need not be told to it. */
const ofPage = Annotation.define<true>();

/** Puts an editor into an element of the page. */
export function mount(host: HTMLElement, options: Options): Editor {
    return new Editor(host, options);
}

/** An editor on the page, until it is destroyed. */
export class Editor {
    readonly #view: EditorView;
    readonly #keys: HTMLElement;
    readonly #readOnly = new Compartment();
    #catalogue: Catalogue;

    constructor(host: HTMLElement, options: Options) {
        this.#catalogue = new Catalogue(options.completions, options.siblings ?? []);
        this.#keys = describeKeys(host);
        this.#view = new EditorView({
            parent: host,
            state: EditorState.create({
                doc: options.doc,
                extensions: [
                    EditorView.cspNonce.of(options.nonce),
                    EditorView.contentAttributes.of({
                        // Editable content has the focus anyway; not every checker knows.
                        tabindex: "0",
                        "aria-label": options.label,
                        "aria-describedby": [options.describedBy, this.#keys.id].filter(Boolean).join(" "),
                    }),
                    this.#readOnly.of(EditorState.readOnly.of(options.readOnly)),
                    completion(() => this.#catalogue),
                    mistakes((doc) => options.check(doc)),
                    running,
                    typing,
                    setup,
                    theme,
                    EditorView.updateListener.of(({ docChanged, selectionSet, state, transactions }) => {
                        const ofUser = transactions.some((one) => one.docChanged && !one.annotation(ofPage));
                        if (docChanged && ofUser) options.onChange(state.doc.toString());
                        if (docChanged || selectionSet) options.onCaret?.(...caret(state));
                    }),
                ],
            }),
        });
    }

    /** The document, with "\n" between its lines. */
    doc(): string {
        return this.#view.state.doc.toString();
    }

    /** Makes the document this one, as one step that can be undone; the caret stays at its place. */
    setDoc(doc: string): void {
        const { state } = this.#view;
        const changes = difference(state.doc.toString(), state.toText(doc).toString());
        if (changes) this.#view.dispatch({ changes, annotations: [ofPage.of(true), isolateHistory.of("full")] });
    }

    /** Shows these mistakes, until the next check. */
    setMistakes(list: Mistake[]): void {
        this.#view.dispatch(showing(list, this.#view.state));
    }

    /** Selects a range with the caret at its beginning, brings it to the middle and takes the focus there. */
    goTo(from: number, to: number): void {
        const range = this.#within(from, to);
        this.#view.dispatch({
            selection: { anchor: range.to, head: range.from },
            effects: EditorView.scrollIntoView(range.from, { y: "center" }),
        });
        this.#view.focus();
    }

    /** Marks the node that runs and brings it into view. */
    highlight(from: number, to: number): void {
        const range = this.#within(from, to);
        this.#view.dispatch({ effects: [run.of(range), EditorView.scrollIntoView(range.from, { yMargin: 48 })] });
    }

    /** No node runs any more. */
    clearHighlight(): void {
        this.#view.dispatch({ effects: run.of(null) });
    }

    setReadOnly(readOnly: boolean): void {
        this.#view.dispatch({ effects: this.#readOnly.reconfigure(EditorState.readOnly.of(readOnly)) });
    }

    /** Completes from this table from now on. */
    setCompletions(completions: NodeInfo[], siblings: ParameterInfo[] = []): void {
        this.#catalogue = new Catalogue(completions, siblings);
    }

    focus(): void {
        this.#view.focus();
    }

    /** Opens find and replace and takes the focus there. */
    openSearch(): void {
        openSearchPanel(this.#view);
    }

    /** Takes everything away again. */
    destroy(): void {
        this.#view.destroy();
        this.#keys.remove();
    }

    #within(from: number, to: number): { from: number; to: number } {
        const clamp = (pos: number) => Math.max(0, Math.min(pos, this.#view.state.doc.length));
        return { from: clamp(Math.min(from, to)), to: clamp(Math.max(from, to)) };
    }
}

const KEYS =
    "The Tab key moves on to the next field, except while completions are open or a place is to be filled in: there " +
    "press Escape first. Control and the right or left square bracket change the indentation, Control and Space open " +
    "completions, Control and F finds, F8 goes to the next mistake.";

let described = 0;

/** Says for screen readers what the keys do. */
function describeKeys(host: HTMLElement): HTMLElement {
    const keys = document.createElement("p");
    keys.id = `editor-keys-${++described}`;
    keys.hidden = true;
    keys.append(KEYS);
    host.append(keys);
    return keys;
}

/** Line and column of the caret, as people count them. */
function caret({ doc, selection }: EditorState): [number, number] {
    const line = doc.lineAt(selection.main.head);
    return [line.number, Array.from(line.text.slice(0, selection.main.head - line.from)).length + 1];
}

/** The one change between two texts, as small as it can be. */
function difference(before: string, after: string): ChangeSpec | null {
    if (before === after) return null;
    let from = 0;
    while (from < before.length && from < after.length && before[from] === after[from]) from++;
    let [to, end] = [before.length, after.length];
    while (to > from && end > from && before[to - 1] === after[end - 1]) [to, end] = [to - 1, end - 1];
    return { from, to, insert: after.slice(from, end) };
}
