// Find and replace, above the text.

import { EditorView } from "@codemirror/view";

/** The look of the search panel: one row for finding, one for replacing. */
export const searchPanel = EditorView.theme({
    ".cm-panels": { backgroundColor: "var(--surface)", color: "var(--ink)", font: "400 var(--text-s) / 1.5 var(--font)" },
    ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
    // Laid out as text is, so that the line break before "Replace" holds.
    ".cm-panel.cm-search": { padding: "0.3125rem 2.75rem 0.3125rem 0.5rem" },
    ".cm-panel.cm-search > :not(br, [name=close])": { margin: "0.1875rem 0.375rem 0.1875rem 0", verticalAlign: "middle" },
    ".cm-textfield": {
        width: "14rem",
        minHeight: "1.75rem",
        padding: "0.125rem 0.5rem",
        border: "1px solid var(--line-control)",
        borderRadius: "var(--radius-m)",
        backgroundColor: "var(--surface-raised)",
        fontSize: "var(--text-s)",
    },
    ".cm-textfield:focus-visible": { borderColor: "var(--accent)", outlineWidth: "1px", outlineOffset: "0" },
    ".cm-button": {
        minHeight: "1.75rem",
        padding: "0.125rem 0.625rem",
        border: "1px solid var(--line-strong)",
        borderRadius: "var(--radius-m)",
        backgroundColor: "var(--surface-raised)",
        backgroundImage: "none",
        fontSize: "var(--text-s)",
        fontWeight: "500",
    },
    ".cm-button:hover": { borderColor: "var(--line-control)", backgroundColor: "var(--surface-hover)" },
    ".cm-button:active": { backgroundColor: "var(--surface-press)", backgroundImage: "none" },
    // Several selections at once are not for this editor.
    ".cm-panel.cm-search [name=select]": { display: "none" },
    ".cm-panel.cm-search label": {
        display: "inline-flex",
        alignItems: "center",
        gap: "0.375rem",
        minHeight: "1.75rem",
        paddingInline: "0.25rem",
        color: "var(--ink-soft)",
        fontSize: "var(--text-s)",
    },
    ".cm-panel.cm-search input[type=checkbox]": { width: "1rem", height: "1rem", margin: "0" },
    ".cm-panel.cm-search [name=close]": {
        top: "0.5rem",
        right: "0.5rem",
        width: "1.75rem",
        height: "1.75rem",
        borderRadius: "var(--radius-m)",
        color: "var(--ink-faint)",
        fontSize: "1.125rem",
        lineHeight: "1",
    },
    ".cm-panel.cm-search [name=close]:hover": { backgroundColor: "var(--surface-press)", color: "var(--ink)" },
    "@media (width < 640px)": {
        ".cm-textfield": { width: "min(100%, 10.5rem)" },
    },
    "@media (pointer: coarse)": {
        ".cm-textfield, .cm-button, .cm-panel.cm-search label": { minHeight: "2.75rem" },
        ".cm-panel.cm-search [name=close]": { width: "2.75rem", height: "2.75rem" },
    },
});
