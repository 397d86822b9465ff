// The parts of CodeMirror that programs need, and the keys that work them.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { closeSearchPanel, findNext, findPrevious, openSearchPanel, search } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
    EditorView,
    highlightActiveLine,
    highlightActiveLineGutter,
    highlightSpecialChars,
    keymap,
    lineNumbers,
    type KeyBinding,
} from "@codemirror/view";

const searchKeys: KeyBinding[] = [
    { key: "Mod-f", run: openSearchPanel, scope: "editor search-panel" },
    { key: "F3", run: findNext, shift: findPrevious, scope: "editor search-panel", preventDefault: true },
    { key: "Mod-g", run: findNext, shift: findPrevious, scope: "editor search-panel", preventDefault: true },
    { key: "Escape", run: closeSearchPanel, scope: "editor search-panel" },
];

const phrases = {
    next: "Next",
    previous: "Previous",
    "match case": "Match case",
    regexp: "Regular expression",
    "by word": "Whole word",
    replace: "Replace",
    "replace all": "Replace all",
    close: "Close",
};

/**
 * Highlighting, brackets, folding, history, indentation, search.
 *
 * The Tab key is not bound here, so that nobody is caught in the editor.
 */
export const setup: Extension = [
    lineNumbers(),
    foldGutter({ openText: "▾", closedText: "▸" }),
    highlightSpecialChars(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    json(),
    indentUnit.of("  "),
    EditorState.tabSize.of(2),
    EditorState.phrases.of(phrases),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    search({ top: true }),
    EditorView.lineWrapping,
    keymap.of([...closeBracketsKeymap, ...searchKeys, ...historyKeymap, ...foldKeymap, ...defaultKeymap]),
];
