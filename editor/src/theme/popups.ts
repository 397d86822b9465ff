// What opens over the text: completions with their explanation, and mistakes.

import { EditorView } from "@codemirror/view";

/** The look of tooltips and of the completion list. */
export const popups = EditorView.theme({
    ".cm-tooltip": {
        zIndex: "50",
        border: "1px solid var(--line)",
        borderRadius: "var(--radius-l)",
        backgroundColor: "var(--surface-raised)",
        color: "var(--ink)",
        boxShadow: "var(--shadow-2)",
        font: "400 var(--text-s) / 1.5 var(--font)",
    },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": {
        minWidth: "14rem",
        maxWidth: "min(28rem, 92vw)",
        maxHeight: "15rem",
        padding: "4px",
        font: "400 var(--text-s) / 1.5 var(--font-mono)",
    },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
        display: "flex",
        alignItems: "baseline",
        gap: "1rem",
        minHeight: "1.75rem",
        padding: "0.1875rem 0.5rem",
        borderRadius: "var(--radius-m)",
        lineHeight: "1.5",
    },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li:hover": { background: "var(--surface-hover)" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": {
        background: "var(--accent-soft)",
        color: "var(--accent-text)",
    },
    ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
    ".cm-completionDetail": {
        flex: "1",
        overflow: "hidden",
        marginLeft: "0",
        color: "var(--ink-faint)",
        font: "400 var(--text-xs) / 1.5 var(--font)",
        textAlign: "end",
        textOverflow: "ellipsis",
    },
    ".cm-tooltip.cm-completionInfo": {
        maxWidth: "20rem",
        padding: "0.5rem 0.75rem",
        color: "var(--ink-soft)",
    },
    ".cm-completionInfo.cm-completionInfo-left": { marginRight: "4px" },
    ".cm-completionInfo.cm-completionInfo-right": { marginLeft: "4px" },
    // There is no room beside the list, and over it the explanation would hide what can be chosen.
    "@media (width < 480px)": { ".cm-tooltip.cm-completionInfo": { display: "none" } },
    ".cm-tooltip-lint": { maxWidth: "min(28rem, 92vw)" },
    ".cm-diagnostic": { marginLeft: "0", padding: "0.5rem 0.75rem", overflowWrap: "anywhere" },
    ".cm-diagnostic + .cm-diagnostic": { borderTop: "1px solid var(--line)" },
    ".cm-diagnostic-error": { borderLeft: "none" },
    ".cm-diagnostic code": { display: "block", color: "var(--ink-faint)", fontSize: "var(--text-xs)" },
    "@media (pointer: coarse)": {
        ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { minHeight: "2.75rem", alignItems: "center" },
    },
    "@media (forced-colors: active)": {
        ".cm-tooltip-autocomplete ul li[aria-selected]": { outline: "2px solid Highlight", outlineOffset: "-2px" },
    },
});
