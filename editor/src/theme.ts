// The look: the tokens of our style, so that light and dark change with the page.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { popups } from "./theme/popups";
import { searchPanel } from "./theme/search";

const text = EditorView.theme({
    "&": {
        minHeight: "var(--editor-min, 18rem)",
        maxHeight: "var(--editor-max, 70vh)",
        color: "var(--ink)",
        fontSize: "var(--text-s)",
    },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { flex: "1", minHeight: "0", overflow: "auto", font: "400 var(--text-s) / 1.6 var(--font-mono)" },
    ".cm-content": { padding: "0.5rem 0", caretColor: "var(--accent)" },
    ".cm-line": { padding: "0 0.75rem 0 0.25rem" },
    ".cm-activeLine": { backgroundColor: "transparent" },
    "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--surface-press) 45%, transparent)" },
    "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--accent-line)" },
    "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--danger-soft)", color: "var(--danger)" },
    ".cm-foldPlaceholder": {
        margin: "0 0.25em",
        padding: "0 0.375em",
        border: "1px solid var(--line-strong)",
        borderRadius: "var(--radius-s)",
        backgroundColor: "var(--surface-raised)",
        color: "var(--ink-soft)",
    },
    ".cm-specialChar": { color: "var(--danger)" },
    ".cm-snippetField": { backgroundColor: "var(--accent-soft)" },
    ".cm-snippetFieldPosition": { borderLeftColor: "var(--accent)" },
});

const margin = EditorView.theme({
    ".cm-gutters": {
        border: "none",
        backgroundColor: "transparent",
        color: "var(--ink-faint)",
        fontVariantNumeric: "tabular-nums",
    },
    ".cm-lineNumbers .cm-gutterElement": { minWidth: "1.75rem", padding: "0 0.125rem 0 0" },
    ".cm-activeLineGutter": { backgroundColor: "transparent" },
    "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)" },
    ".cm-foldGutter .cm-gutterElement": { width: "1.125rem", cursor: "pointer", textAlign: "center" },
    ".cm-foldGutter .cm-gutterElement:hover": { color: "var(--ink)" },
    ".cm-gutter-lint": { width: "1rem" },
    ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
    ".cm-lint-marker": { width: "auto", height: "auto", textAlign: "center" },
    ".cm-lint-marker-error": { content: "normal" },
    ".cm-lint-marker-error::before": { content: '"●"', color: "var(--danger)" },
});

const marks = EditorView.theme({
    ".cm-lintRange": { paddingBottom: "0" },
    ".cm-lintRange-error": {
        backgroundImage: "none",
        backgroundColor: "var(--danger-soft)",
        textDecoration: "underline wavy var(--danger) 1px",
        textUnderlineOffset: "0.2em",
    },
    ".cm-lintRange-active": { backgroundColor: "var(--danger-soft)" },
    ".cm-lintPoint::after": { borderBottomColor: "var(--danger)" },
    ".cm-searchMatch": { borderRadius: "2px", backgroundColor: "var(--warn-soft)", outline: "1px solid var(--warn)" },
    ".cm-searchMatch-selected": { backgroundColor: "var(--accent-line)", outline: "1px solid var(--accent)" },
    ".cm-running, &.cm-focused .cm-running": {
        backgroundColor: "var(--accent-soft)",
        boxShadow: "inset 2px 0 var(--accent)",
    },
    "@media (forced-colors: active)": { ".cm-running": { borderLeft: "3px solid Highlight" } },
});

const code = HighlightStyle.define([
    { tag: tags.propertyName, color: "var(--accent-text)" },
    { tag: tags.string, color: "var(--ink)" },
    { tag: tags.number, color: "var(--info)" },
    { tag: [tags.bool, tags.null], color: "var(--warn)" },
    { tag: [tags.separator, tags.squareBracket, tags.brace], color: "var(--ink-faint)" },
]);

/** The whole look of the editor. */
export const theme: Extension = [text, margin, marks, popups, searchPanel, syntaxHighlighting(code)];
